/**
 * `npm run bench:checks`: the checks that run inside the innermost loops of the kernels, each with the
 * reason why it is left. Checks in the careful copies of loops don't count: they run where a test before
 * the loop has failed.
 */
import { explain } from '../../compiler/explain.ts';
import { makeProject } from '../support/project.ts';
import { kernels } from './kernels/index.ts';
import { table } from './figures.ts';

const project = makeProject(
  Object.fromEntries(kernels.map(({ name, source }) => [`src/${name}.ts`, source])),
);
try {
  const { report, diagnostics } = await explain(
    { project: project.tsconfig, toolchain: 'bundled', level: 3, version: '' },
    { progress: () => {} },
  );
  if (!report) throw new Error(`the kernels don't compile: ${JSON.stringify(diagnostics)}`);
  const rows = kernels.flatMap(({ name, suite }) => {
    const file = report.files.find(({ path }) => path === `src/${name}.ts`);
    const checks = (file?.lines ?? []).flatMap(({ line, items }) =>
      items
        .filter(({ kind, tone, hot }) => kind === 'check' && tone === 'cost' && hot === true)
        .map(({ title, text }) => [suite, name, String(line), title, text ?? '']),
    );
    return checks.length > 0 ? checks : [[suite, name, '', 'none', '']];
  });
  const without = (which: string): string => {
    const names = new Set(rows.filter(([suite]) => suite === which).map(([, name]) => name));
    const free = rows.filter(([suite, , , title]) => suite === which && title === 'none');
    return `${which}: ${free.length} of ${names.size} kernels have no check in an innermost loop`;
  };
  console.log(table([['suite', 'kernel', 'line', 'check', 'why it is left'], ...rows]));
  console.log(`\n${without('polybench')}\n${without('other')}`);
} finally {
  project.remove();
}
