/**
 * `npm run platforms`: the conformance programs, compiled on this machine for all platforms and run in every
 * runtime that it has or can emulate; prints a table. Words after `--` choose runtimes by their names.
 * Ends with 1 where a bit is different.
 */
import { targetNames } from '../../compiler/5-link/targets.ts';
import { columns, seconds } from '../../compiler/cli/format.ts';
import { buildSuite, compare, runSuite } from './conformance.ts';
import { runtimes, type Runtime } from './runtimes.ts';

const words = process.argv.slice(2);
const [own, ...all] = runtimes;
if (!own) throw new Error('this Node is one of the runtimes');
const others = all.filter(({ name }) => words.length === 0 || words.some((w) => name.includes(w)));
const problems = new Map(others.map((runtime) => [runtime, runtime.problem()]));
const able = [own, ...others.filter((runtime) => problems.get(runtime) === undefined)];

const suite = await buildSuite([...new Set(able.map(({ platform }) => platform))]);
const rows = [['platform', 'runtime', 'tests passed', 'cases', 'differences', 'time']];
const details: string[] = [];
try {
  const reference = await runSuite(suite, own);
  for (const runtime of [own, ...others]) rows.push(await row(runtime));

  async function row(runtime: Runtime): Promise<string[]> {
    const { name, platform } = runtime;
    const problem = problems.get(runtime);
    if (problem !== undefined) return [platform, name, 'not run', '', '', problem];
    const start = performance.now();
    try {
      const { passed, cases, differences } = compare(await runSuite(suite, runtime), reference);
      details.push(...differences.map((difference) => `${name}: ${difference}`));
      const time = seconds(performance.now() - start);
      const count = `${passed} of ${suite.programs.length}`;
      return [platform, name, count, String(cases), String(differences.length), time];
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error);
      details.push(`${name}: ${words}`);
      return [platform, name, 'failed', '', '', 'see below'];
    }
  }
} finally {
  suite.remove();
}
console.log(
  `built in ${seconds(suite.milliseconds)}; compared with ${own.name} on ${own.platform}`,
);
for (const platform of targetNames.filter((name) => !rows.some(([one]) => one === name)))
  rows.push([platform, '–', 'not run', '', '', 'structure.test.ts reads its binaries']);
console.log(columns(rows).join('\n'));
for (const detail of details.slice(0, 40)) console.log(detail.slice(0, 400));
process.exitCode = details.length > 0 ? 1 : 0;
