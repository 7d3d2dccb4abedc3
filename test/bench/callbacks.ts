/**
 * `npm run bench:callbacks`: integrals by GSL, which calls the integrand: a native function, beside the same function of
 * JavaScript. In turn, in one process; the results have to be the same.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildProject, makeProject } from '../support/project.ts';
import { aimed, median, table } from './figures.ts';

const sample = readFileSync(
  new URL('../../samples/c-libraries/src/gsl.ts', import.meta.url),
  'utf8',
);
const integrands: Readonly<Record<string, readonly [text: string, inJs: (x: number) => number]>> = {
  square: ['x * x', (x) => x * x],
  bell: ['1 / (1 + 25 * x * x)', (x) => 1 / (1 + 25 * x * x)],
  root: ['Math.sqrt(x)', (x) => Math.sqrt(x)],
  power: ['x ** 2.5 * Math.log(1 / x)', (x) => x ** 2.5 * Math.log(1 / x)],
};
const natives = Object.entries(integrands).map(
  ([name, [text]]) => `
/** @native */
export function ${name}(): f64 {
  return integrated({ function: (x) => ${text}, params: 0n }, 0, 1);
}
`,
);

type Program = Readonly<Record<string, () => number>> & {
  readonly integral: (f: (x: number) => number, from: number, to: number) => number;
};

const project = makeProject({ 'src/gsl.ts': sample + natives.join('') });
try {
  const { diagnostics } = await buildProject(project, { level: 3 });
  if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics));
  process.env['TSNATIVE'] = 'require';
  const program = (await import(
    pathToFileURL(join(project.folder, 'out/gsl.js')).href
  )) as unknown as Program;
  const microseconds = (call: () => number, times: number): number => {
    const start = performance.now();
    for (let i = 0; i < times; i++) call();
    return ((performance.now() - start) * 1000) / times;
  };
  const rows = Object.entries(integrands).map(([name, [text, f]]) => {
    const native = program[name]!;
    const inJs = (): number => program.integral(f, 0, 1);
    let calls = 0;
    program.integral((x) => (calls++, f(x)), 0, 1);
    if (native() !== inJs()) console.log(`${name}: ${native()} is not ${inJs()}`);
    const times = Math.ceil(20_000 / calls);
    const rounds = Array.from({ length: 15 }, () => [
      microseconds(native, times * 10),
      microseconds(inJs, times),
    ]);
    const [ours, theirs] = [0, 1].map((at) => median(rounds.map((round) => round[at]!)));
    const ratio = median(rounds.map(([a, b]) => b! / a!));
    return { text, calls, ours: ours!, theirs: theirs!, ratio };
  });
  console.log(
    table([
      ['integrand', 'calls', 'native', 'JavaScript', 'ratio'],
      ...rows.map(({ text, calls, ours, theirs, ratio }) => [
        ...[text, String(calls), `${ours.toFixed(2)} µs`, `${theirs.toFixed(2)} µs`],
        ratio.toFixed(1),
      ]),
    ]),
  );
  const least = Math.min(...rows.map(({ ratio }) => ratio));
  console.log(aimed(least >= 10, `the least ratio is ${least.toFixed(1)}`, 'at least 10'));
} finally {
  project.remove();
}
