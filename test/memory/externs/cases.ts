/** The calls that are watched. */

/** Calls of `test/externs/program.ts`; some of them throw. */
export const ofAll = `
export * from './program.js';
const listener = (x: number): number => x + 0.5;
const bad = (): number => { throw new SyntaxError('mine'); };
export const cases: readonly (readonly [string, readonly unknown[]])[] = [
  ['addU8', [255, 2]], ['addI64', [-(2n ** 63n), -1n]], ['addF32', [0.5, 1]], ['callMany', [0.25]],
  ['sumBytes', [Uint8Array.of(1, 2, 250), 3]], ['sumBytes', [null, 5]], ['sumBytes', [new Uint8Array(0), 0]],
  ['negated', [Float64Array.of(1.5, -2)]], ['negatedOwn', [100]],
  ...['', 'grüße €😀', 'x'.repeat(127), 'x'.repeat(128), '€'.repeat(5000), 'a\\0b', '\\ud800', 'x\\udc00y€'].map(
    (text) => ['textBytes', [text]] as const,
  ),
  ['repeated', ['ä€😀', 3]], ['repeated', ['a', -1]], ['brokenText', []], ['twoTexts', ['ab', 'ß']],
  ['twoTexts', ['ok', 'a\\0'.repeat(400)]], ['never', [-1]], ['never', [2]],
  ['divide', [17, 5, true]], ['divide', [17, 5, false]], ['divide', [1, 0, true]],
  ['counted', [5, 3]], ['opened', [41]], ['opened', [-1]], ['counted', [-1, 1]],
  ['freedTwice', []], ['usedFreed', []], ['newAtOldPlace', [1000]],
  ['areaOf', [{ kind: 1, width: 4, height: 1.5, scale: -2, wide: false, calls: 10n }]], ['areas', [4]],
  ['variadic', [0.5]], ['variadicSmall', [-128]],
  ['ofNamed', [50]], ['ofClosure', [3, 50]], ['ofJavaScript', [Math.sqrt, 50]], ['ofJavaScript', [bad, 50]],
  ['nested', [20]], ['words', ['one  two drei', 10]], ['words', ['one two three', 2]], ['withData', ['ab cde']],
  ['thrown', [5, new Int32Array(1)]], ['thrown', [-1, new Int32Array(1)]], ['thrown', [20, new Int32Array(1)]],
  ['listen', [3]], ['notified', [7]], ['notified', [13]], ['listenJavaScript', [listener]], ['notified', [7]],
  ['bytesAt', [Uint8Array.of(0xe2, 0x82, 0xac, 33, 0, 65)]], ['textAtNull', []],
];
`;

/** Calls of the samples. */
export const ofLibraries = `
export { compressed, streamed } from './zlib.js';
export { product } from './openblas.js';
export { transformed } from './fftw.js';
export { asked } from './sqlite.js';
export { decoded, encoded } from './png.js';
export { ofPower, integral } from './gsl.js';
import { decoded, encoded } from './png.js';
export const decodedAgain = (pixels: Uint8Array, width: number): Uint8Array =>
  decoded(encoded(pixels, width, pixels.length / 4 / width));
const bytes = Uint8Array.from({ length: 4000 }, (_, i) => (i * i) >> 5);
export const cases: readonly (readonly [string, readonly unknown[]])[] = [
  ['compressed', [bytes, 9]], ['streamed', [bytes, 6, 100]],
  ['encoded', [bytes.subarray(0, 400), 10, 10]], ['decoded', [bytes]], ['decodedAgain', [bytes.subarray(0, 400), 10]],
  ['product', [Float64Array.of(1, 2, 3, 4), Float64Array.of(5, 6, 7, 8), 2, 2, 2]],
  ['transformed', [Float64Array.from({ length: 128 }, (_, i) => Math.sin(i))]],
  ['asked', [Float64Array.of(3, 4, 5, 12), 'select x, y, hypotenuse(x, y) from points']],
  ['asked', [Float64Array.of(-3, 4), 'select hypotenuse(x, y) from points']],
  ['asked', [Float64Array.of(3, 4), 'nonsense']],
  ['ofPower', [2]], ['integral', [Math.sqrt, 0, 1]],
  ['integral', [() => { throw new RangeError('never'); }, 0, 1]],
];
`;

/** Calls of `test/externs/threads.ts`: functions that C calls on threads of its own. */
export const ofThreads = `
import * as p from './threads.js';
export * from './threads.js';
const some = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));
export const ticking = async (f: (x: number) => number): Promise<number> => { p.start(f); await some(60); return p.stop(); };
export const tickingOwn = async (factor: number): Promise<number> => { p.startOwn(factor); await some(60); return p.stop(); };
export const tickingInto = async (into: Float64Array): Promise<number> => { p.startWriting(into); await some(60); return p.stop(); };
const bad = (): number => { throw new SyntaxError('mine'); };
export const cases: readonly (readonly [string, readonly unknown[]])[] = [
  ['ofJavaScript', [(x: number): number => x * 2, 200, 4]], ['ofJavaScript', [bad, 20, 4]],
  ['ofJavaScript', [(x: number): number => p.ofJavaScript((y) => x * y, 4, 2), 6, 3]],
  ['onBoth', [(x: number): number => x, 5]], ['unannounced', [(): number => 1, 3]],
  ['ofNumbers', [0.5, 1000, 8]], ['ofNumbersOnBoth', [0.5, 10]], ['throwing', [50, 100, 4]], ['tooDeep', []], ['texts', [50, 4]], ['visited', []],
  ['ticking', [(x: number): number => x]], ['tickingOwn', [3]], ['tickingInto', [new Float64Array(1)]],
  ['forgotten', []],
];
`;
