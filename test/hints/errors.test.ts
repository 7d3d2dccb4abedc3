/** Each folder of `errors/` has a module with wrong hints, and what is said of them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { renderDiagnostics } from '../../compiler/diagnostics/render.ts';
import type { Diagnostic } from '../../compiler/diagnostics/types.ts';
import { lowerSources } from '../../compiler/front-end.ts';
import { matchGolden } from '../golden/golden.ts';

const test = suite('wrong hints');
const folder = fileURLToPath(new URL('./errors', import.meta.url));
const seen = new Set<string>();

/** @param hints the hints file's name */
function diagnose(name: string, hints: string): readonly Diagnostic[] {
  const path = (file: string): string => join(folder, name, file);
  const isProject = existsSync(path('tsconfig.json'));
  const entries = isProject ? [] : [path('dep.mjs')];
  const modules = { hints: [path(hints)], entries };
  return lowerSources(path(isProject ? 'tsconfig.json' : 'dep.mjs'), { modules, emits: true })
    .diagnostics;
}

const render = (diagnostics: readonly Diagnostic[], name: string): string =>
  renderDiagnostics(diagnostics, {
    colour: false,
    readSource: (file) => readFileSync(file, 'utf8'),
    cwd: join(folder, name),
  }).replaceAll(`${join(folder, name)}/`, '');

for (const name of readdirSync(folder).filter((entry) => !entry.endsWith('.txt'))) {
  test(name, () => {
    const diagnostics = diagnose(name, 'dep.hints.d.ts');
    assert.ok(diagnostics.length > 0, 'it is accepted');
    for (const { code } of diagnostics) seen.add(code);
    matchGolden(join(folder, `${name}.txt`), render(diagnostics, name));
    const rewritten = readdirSync(join(folder, name)).includes('rewritten.d.ts');
    if (rewritten) assert.is(render(diagnose(name, 'rewritten.d.ts'), name), '');
  });
}

test('every refusal has a program', () => {
  const url = new URL('../../compiler/diagnostics/messages/hints.md', import.meta.url);
  const codes = [...readFileSync(url, 'utf8').matchAll(/^## (TSN\d+)/gm)].map(([, code]) => code);
  assert.equal(
    codes.filter((code) => code !== undefined && !seen.has(code)),
    [],
  );
});

test.run();
