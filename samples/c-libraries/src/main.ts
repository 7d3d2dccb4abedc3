/** Shows one result of each library. */
import { info } from 'tsnative';
import { transformed } from './fftw.js';
import { integral, ofPower } from './gsl.js';
import { product } from './openblas.js';
import { decoded, encoded } from './png.js';
import { asked } from './sqlite.js';
import { compressed, crc32 } from './zlib.js';

const text = new TextEncoder().encode('the quick brown fox '.repeat(500));
const wave = Float64Array.from({ length: 128 }, (_, i) =>
  i % 2 ? 0 : Math.sin((i / 128) * 8 * Math.PI),
);
const pixels = Uint8Array.from({ length: 4 * 64 * 64 }, (_, i) =>
  i % 4 === 3 ? 255 : (i * 7) & 255,
);

/** A library that isn't installed says how it is called. */
function show(library: string, result: () => string): void {
  try {
    console.log(`${library.padEnd(9)} ${result()}`);
  } catch (error) {
    console.log(`${library.padEnd(9)} ${error instanceof Error ? error.message : String(error)}`);
  }
}

show('zlib', () => {
  const checksum = crc32(0n, text, text.length).toString(16);
  return `crc32 ${checksum}; ${text.length} bytes become ${compressed(text, 9).length}`;
});
show('OpenBLAS', () =>
  product(Float64Array.of(1, 2, 3, 4), Float64Array.of(5, 6, 7, 8), 2, 2, 2).join(' '),
);
show('FFTW', () => {
  const spectrum = transformed(wave);
  const sizes = Array.from({ length: 32 }, (_, k) =>
    Math.hypot(spectrum[2 * k]!, spectrum[2 * k + 1]!),
  );
  return `the loudest of 64 frequencies is ${sizes.indexOf(Math.max(...sizes))}`;
});
show('SQLite', () =>
  asked(Float64Array.of(3, 4, 5, 12), 'select x, y, hypotenuse(x, y) from points')
    .trim()
    .replace('\n', '; '),
);
show('libpng', () => {
  const file = encoded(pixels, 64, 64);
  return `${file.length} bytes, which ${decoded(file).every((one, i) => one === pixels[i]) ? 'come back' : 'are lost'}`;
});
show('GSL', () => `${ofPower(2)} is 1/9, and ${integral(Math.sqrt, 0, 1)} is 2/3`);
if (info().modules.some(({ functions }) => functions.some(({ native }) => !native)))
  console.log('not all of it is native code');
