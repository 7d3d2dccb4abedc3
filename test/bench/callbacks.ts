/**
 * `npm run bench:callbacks`: integrals by GSL, which calls the integrand: a native function, beside the same function in
 * C, and beside functions of JavaScript: passed by tsnative, by koffi, and by Node 26's own FFI. In turn, in one process,
 * but for the last; the results have to be the same. C has the Math functions of its own library, native code tsnative's.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildProject, makeProject } from '../support/project.ts';
import { compileInC, declarations, findLibrary } from './callbacks/c.ts';
import { integrands, microseconds } from './callbacks/integrands.ts';
import { integralByKoffi } from './callbacks/koffi.ts';
import { integralsByNodeFfi } from './callbacks/node-ffi.ts';
import { aimed, median, table } from './figures.ts';

const rounds = 15;
const sample = readFileSync(
  new URL('../../samples/c-libraries/src/gsl.ts', import.meta.url),
  'utf8',
);
const natives = integrands.map(
  ({ name, text }) => `
/** @native */
export function ${name}(): f64 {
  return integrated({ function: (x) => ${text}, params: 0n }, 0, 1);
}
`,
);

type Program = Readonly<Record<string, () => number>> & {
  readonly integral: (f: (x: number) => number, from: number, to: number) => number;
};

const gsl = findLibrary('gsl');
const project = makeProject({ 'src/gsl.ts': sample + natives.join('') + declarations });
try {
  const inc = compileInC(project.folder, gsl);
  project.write(
    'package.json',
    JSON.stringify({ name: 'gsl', type: 'module', tsnative: { libraries: { inc } } }),
  );
  const { diagnostics } = await buildProject(project, { level: 3 });
  if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics));
  process.env['TSNATIVE'] = 'require';
  const program = (await import(
    pathToFileURL(join(project.folder, 'out/gsl.js')).href
  )) as unknown as Program;
  const koffi = await integralByKoffi(gsl);
  const ffi = await integralsByNodeFfi(gsl, rounds);
  const rows = integrands.map(({ name, text, inJs: f }, index) => {
    const native = program[name]!;
    const inC = program[`inC${name}`]!;
    const inJs = (): number => program.integral(f, 0, 1);
    const byKoffi = koffi && ((): number => koffi(f));
    let calls = 0;
    program.integral((x) => (calls++, f(x)), 0, 1);
    if (native() !== inJs()) console.log(`${name}: ${native()} is not ${inJs()}`);
    for (const other of [inC, ...(byKoffi ? [byKoffi] : [])])
      if (Math.abs(other() - inJs()) > 1e-15) console.log(`${name}: ${other()} is not ${inJs()}`);
    const times = Math.ceil(20_000 / calls);
    const measured = Array.from({ length: rounds }, () => [
      microseconds(native, times * 10),
      microseconds(inC, times * 10),
      microseconds(inJs, times),
      byKoffi ? microseconds(byKoffi, times) : NaN,
    ]);
    const [ours, c, js, koffis] = [0, 1, 2, 3].map((at) =>
      median(measured.map((round) => round[at]!)),
    ) as [number, number, number, number];
    const ratio = median(measured.map(([a, , b]) => b! / a!));
    const bound = median(measured.map(([, a, b]) => b! / a!));
    return { text, calls, ours, c, js, koffis, ffi: ffi?.[index] ?? NaN, ratio, bound };
  });
  const figure = (value: number): string => (Number.isNaN(value) ? '–' : `${value.toFixed(2)} µs`);
  console.log(
    table([
      ...[
        ['integrand', 'calls', 'native', 'C', 'JavaScript', 'koffi', 'node:ffi', 'ratio', 'of C'],
      ],
      ...rows.map(({ text, calls, ours, c, js, koffis, ffi, ratio, bound }) => [
        ...[text, String(calls), ...[ours, c, js, koffis, ffi].map(figure)],
        ...[ratio.toFixed(1), bound.toFixed(1)],
      ]),
    ]),
  );
  const least = Math.min(...rows.map(({ ratio }) => ratio));
  console.log(aimed(least >= 10, `the least ratio is ${least.toFixed(1)}`, 'at least 10'));
} finally {
  project.remove();
}
