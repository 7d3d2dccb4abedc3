/**
 * Functions of C under the tools that watch memory: those of `test/externs/vendor/all.c`, with callbacks, errors and
 * handles, and the samples with libraries, where these are installed.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildProject, makeProject } from '../support/project.ts';
import type { Checker } from './checkers.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const samples = new URL('../../samples/c-libraries/src/', import.meta.url);
const runner = fileURLToPath(new URL('cases.mjs', import.meta.url));

/** Calls of `test/externs/program.ts`; some of them throw. */
const own = `
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
const libraries = `
declare const process: { readonly env: Record<string, string | undefined> };
export { compressed, streamed } from './zlib.js';
export { product } from './openblas.js';
export { transformed } from './fftw.js';
export { asked } from './sqlite.js';
export { decoded, encoded } from './png.js';
export { ofPower, integral } from './gsl.js';
const bytes = Uint8Array.from({ length: 4000 }, (_, i) => (i * i) >> 5);
// Node has a zlib of its own, which libraries call where they are opened as AddressSanitizer wants it.
const ofZlib: readonly (readonly [string, readonly unknown[]])[] = [
  ['compressed', [bytes, 9]], ['streamed', [bytes, 6, 100]],
  ['encoded', [bytes.subarray(0, 400), 10, 10]], ['decoded', [bytes]],
];
export const cases: readonly (readonly [string, readonly unknown[]])[] = [
  ...(process.env['ASAN_OPTIONS'] === undefined ? ofZlib : []),
  ['product', [Float64Array.of(1, 2, 3, 4), Float64Array.of(5, 6, 7, 8), 2, 2, 2]],
  ['transformed', [Float64Array.from({ length: 128 }, (_, i) => Math.sin(i))]],
  ['asked', [Float64Array.of(3, 4, 5, 12), 'select x, y, hypotenuse(x, y) from points']],
  ['asked', [Float64Array.of(-3, 4), 'select hypotenuse(x, y) from points']],
  ['asked', [Float64Array.of(3, 4), 'nonsense']],
  ['ofPower', [2]], ['integral', [Math.sqrt, 0, 1]],
  ['integral', [() => { throw new RangeError('never'); }, 0, 1]],
];
`;

/** @returns how many of the two programs have errors */
export async function checkExterns(checker: Checker, level: 0 | 3): Promise<number> {
  const files = readdirSync(samples).filter((name) => name !== 'main.ts');
  const programs = {
    'functions of C': {
      'src/program.ts': read('../externs/program.ts'),
      'src/cases.ts': own,
      'vendor/all.c': read('../externs/vendor/all.c'),
      'vendor/all.h': read('../externs/vendor/all.h'),
    },
    'libraries in C': {
      ...Object.fromEntries(
        files.map((name) => [`src/${name}`, readFileSync(new URL(name, samples), 'utf8')]),
      ),
      'src/cases.ts': libraries,
    },
  };
  let failed = 0;
  for (const [name, sources] of Object.entries(programs)) {
    const project = makeProject(sources);
    try {
      const outDir = join(project.folder, 'out');
      const all = join(project.folder, 'vendor/liball.so');
      if ('vendor/all.c' in sources) {
        const watched = checker.name === 'AddressSanitizer' ? ['-fsanitize=address'] : [];
        execFileSync('gcc', [
          ...['-shared', '-fPIC', '-g', `-O${level}`, ...watched],
          ...[join(project.folder, 'vendor/all.c'), '-o', all],
        ]);
      }
      const manifest = { name: 'cases', type: 'module', tsnative: { libraries: { all } } };
      project.write('package.json', JSON.stringify(manifest));
      const { diagnostics } = await buildProject(project, {
        ...{ level, outDir, emit: ['ll'], cpu: 'v2', separateBlocks: true },
      });
      if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics));
      checker.prepare(outDir, level);
      const { stdout, errors } = checker.run([runner, join(outDir, 'cases.js')], outDir);
      console.log(
        `${errors.length > 0 ? '✘' : ' '} ${checker.name} -O${level} ${name}: ${stdout.trim()}`,
      );
      errors.forEach((error) => console.log(`    ${error}`));
      if (errors.length > 0) failed++;
    } finally {
      project.remove();
    }
  }
  return failed;
}
