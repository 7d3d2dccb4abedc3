import { readFileSync, writeFileSync } from 'node:fs';
import { resultPath, writePng } from '../support/files.js';
import { present } from '../support/present.js';
import { spectrum } from './fft.js';
import { decodeWav, encodeWav } from './wav.js';

const rate = 44100;
const size = 4096;

/** Ten seconds of a chord of plucked strings: A, C♯ and E with overtones that fade. */
function chord(): Float32Array {
  return Float32Array.from({ length: rate * 10 }, (_, i) => {
    const t = i / rate;
    let x = 0;
    for (const tone of [440, 554.37, 659.26]) {
      for (let k = 1; k <= 6; k++)
        x += (Math.sin(2 * Math.PI * tone * k * t) * Math.exp(-k * (t % 2))) / k;
    }
    return x / 6;
  });
}

const file = resultPath('chord.wav');
writeFileSync(file, encodeWav({ rate, samples: chord() }));
const sound = decodeWav(readFileSync(file));

/** Columns of decibels, from −100 at the bottom to 0 at the top, up to 5 kHz. */
function draw(power: Float64Array): string {
  const [width, height] = [640, 240];
  const rgba = new Uint8Array(width * height * 4).fill(255);
  const peak = Math.max(...power);
  for (let x = 0; x < width; x++) {
    const bin = Math.round(((x / width) * 5000 * size) / rate);
    const decibels = 10 * Math.log10(power[bin]! / peak);
    for (let y = Math.max(0, Math.round((-decibels / 100) * height)); y < height; y++) {
      rgba.set([40, 90 + y / 2, 200, 255], (y * width + x) * 4);
    }
  }
  return writePng('spectrum.png', width, height, rgba);
}

present({
  title: `FFT spectrum of ${sound.samples.length / sound.rate} s of sound`,
  work: () => spectrum(sound.samples, size),
  bytes: (result) => result,
  describe: (result) => {
    const power = result;
    const isPeak = (k: number): boolean => power[k]! > power[k - 1]! && power[k]! > power[k + 1]!;
    const peaks = [...power.keys()].filter((k) => k > 0 && k < size / 2 && isPeak(k));
    const loudest = peaks.sort((a, b) => power[b]! - power[a]!).slice(0, 3);
    const tones = loudest.map((k) => `${((k * sound.rate) / size).toFixed(0)} Hz`);
    return [file, `loudest: ${tones.join(', ')}`];
  },
  picture: (result) => draw(result),
});
