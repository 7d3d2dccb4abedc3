import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
const [,, repo, dir, name] = process.argv;
const { outcomeOf } = await import(repo + '/test/support/outcome.ts');
const { makeProject, buildProject } = await import(repo + '/test/support/project.ts');
const { renderDiagnostics } = await import(repo + '/compiler/diagnostics/render.ts');
const file = `${repo}/test/conformance/${dir}/${name}.ts`;
const project = makeProject({ [`src/${name}.ts`]: readFileSync(file, 'utf8') });
const program = await import(file);
process.env.TSNATIVE = 'require';
for (const level of [0, 3] as const) {
  const outDir = join(project.folder, `out${level}`);
  const { diagnostics } = await buildProject(project, { level, outDir });
  if (diagnostics.length) { console.log(renderDiagnostics(diagnostics, { colour: false, readSource: (f: string) => readFileSync(f, 'utf8'), cwd: project.folder })); break; }
  const loaded = await import(pathToFileURL(join(outDir, `${name}.js`)).href);
  let bad = 0, n = 0;
  for (const [fn, args] of program.cases) {
    const plain = outcomeOf(program[fn], args);
    const ours = outcomeOf(loaded[fn], args);
    n++;
    if (JSON.stringify(plain) !== JSON.stringify(ours) && !(program.checked ?? []).includes(fn)) { bad++; if (bad < 4) console.log(level, fn, args, '\n V8  ', plain, '\n ours', ours); }
  }
  console.log('native level', level, n, 'cases', bad, 'differ');
}
project.remove();
