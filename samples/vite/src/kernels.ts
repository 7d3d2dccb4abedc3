/** The kernels, as tsnative's plugin bundles them and as plain JavaScript, and what they work on. */
import { blur, gaussian } from '../../blur/blur.ts';
import { mandelbrot } from '../../mandelbrot/mandelbrot.ts';

export interface Kernels {
  readonly blur: typeof blur;
  readonly mandelbrot: typeof mandelbrot;
}

export const compiled: Kernels = { blur, mandelbrot };

export const width = 480;
export const height = 320;
const limit = 300;

/** Pixels in RGBA: the Mandelbrot set in a palette, black inside. */
export function mandelbrotPicture(kernels: Kernels): Uint8ClampedArray<ArrayBuffer> {
  const counts = new Uint16Array(width * height);
  kernels.mandelbrot(counts, width, height, -0.7436, 0.1319, 0.00002, limit);
  const rgba = new Uint8ClampedArray(counts.length * 4);
  counts.forEach((count, index) => {
    const phase = Math.floor(Math.sqrt(count) * 40);
    const channel = (shift: number): number =>
      count === limit ? 0 : Math.abs(((phase + shift) % 510) - 255);
    rgba.set([channel(0), channel(90), channel(180), 255], index * 4);
  });
  return rgba;
}

/** The same picture, blurred. */
export function blurPicture(kernels: Kernels): Uint8ClampedArray<ArrayBuffer> {
  const rgba = mandelbrotPicture(kernels);
  kernels.blur(rgba, width, height, gaussian(4));
  return rgba;
}

/** A hash of bytes (FNV-1a of 32 bits), in hexadecimal. */
export function digest(bytes: Uint8ClampedArray): string {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

export const pictures = {
  mandelbrot: { title: 'Mandelbrot set', draw: mandelbrotPicture },
  blur: { title: 'Gaussian blur, 25 taps', draw: blurPicture },
} as const;
