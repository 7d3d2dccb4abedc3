/**
 * Each wrong program of `errors/` with the diagnostics beside it, as `tsnative check` prints them. The
 * programs are one project, so that TypeScript starts once; so are the rewritten ones, which must
 * be without diagnostics.
 */
import { readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { renderDiagnostics } from '../../compiler/diagnostics/render.ts';
import type { Diagnostic } from '../../compiler/diagnostics/types.ts';
import { compileProject } from '../../compiler/front-end.ts';
import { baseConfig, makeProject, repository } from '../support/project.ts';
import { matchGolden } from './golden.ts';
import { wrongPrograms, type WrongProgram } from './programs.ts';

const test = suite('errors');

/** Of whole projects, which have no place in a source file. */
const withoutPlace = new Set(['TSN1501', 'TSN1502']);

const programs = wrongPrograms();
const config = {
  ...baseConfig,
  compilerOptions: {
    ...baseConfig.compilerOptions,
    lib: ['ES2023', 'ESNext.Disposable'],
    allowJs: true,
    types: ['node'],
    typeRoots: [join(repository, 'node_modules/@types')],
  },
};

type Files = Readonly<Record<string, string>>;

/** The diagnostics of a project with these files, with the folder that their places are in. */
function diagnose(files: Files, tsconfig: object): { folder: string; all: readonly Diagnostic[] } {
  const project = makeProject(
    Object.fromEntries(Object.entries(files).map(([path, text]) => [`src/${path}`, text])),
    tsconfig,
  );
  const folder = join(realpathSync(project.folder), 'src');
  try {
    const { diagnostics } = compileProject(join(folder, '../tsconfig.json'), 3, { emits: true });
    return { folder, all: diagnostics };
  } finally {
    project.remove();
  }
}

/** Whether a diagnostic is in one of a program's files. */
const isIn = ({ place }: Diagnostic, folder: string, files: Files): boolean =>
  place !== undefined && Object.keys(files).some((path) => place.file === join(folder, path));

function render(diagnostics: readonly Diagnostic[], folder: string, files: Files): string {
  const readSource = (file: string): string | undefined =>
    Object.entries(files).find(([path]) => file === join(folder, path))?.[1];
  return renderDiagnostics(diagnostics, { colour: false, readSource, cwd: folder });
}

const seen = new Set<string>();

/** Told as the reason why a function can't be called, inside TSN1301, by these programs. */
const toldAsReason: Readonly<Record<string, string>> = {
  TSN1110: 'function-in-variable',
  TSN1113: 'function-in-namespace',
  TSN1114: 'function-twice',
  TSN1115: 'function-assigned',
};

function check(program: WrongProgram, diagnostics: readonly Diagnostic[], folder: string): void {
  assert.ok(diagnostics.length > 0, 'it is accepted');
  for (const { code, place, why, rewrite } of diagnostics) {
    seen.add(code);
    if (!code.startsWith('TSN')) continue;
    assert.ok(why && rewrite, `${code} has a why and a rewrite`);
    assert.is(place === undefined, withoutPlace.has(code), `${code} has a place`);
  }
  const text = render(diagnostics, folder, program.files);
  assert.not.match(text, /^ +at .*:\d+:\d+|\[object /m);
  matchGolden(program.golden, text);
}

const together = programs.filter(({ hasConfig }) => !hasConfig);
const wrong = Object.assign({}, ...together.map(({ files }) => files)) as Files;
const rewritten = Object.assign({}, ...together.map((program) => program.rewritten)) as Files;
let wrongResult: ReturnType<typeof diagnose>;

test('no program of the project is left out', () => {
  wrongResult = diagnose(wrong, config);
  const { all, folder } = wrongResult;
  assert.equal(
    all.filter((diagnostic) => !isIn(diagnostic, folder, wrong)),
    [],
  );
});

for (const program of programs) {
  test(program.name, () => {
    if (!program.hasConfig) {
      const { all, folder } = wrongResult;
      const own = all.filter((diagnostic) => isIn(diagnostic, folder, program.files));
      return check(program, own, folder);
    }
    const { all, folder } = diagnoseAlone(program);
    check(program, all, folder);
  });
}

/** A program that is a project by itself. */
function diagnoseAlone(program: WrongProgram): { folder: string; all: readonly Diagnostic[] } {
  const own = JSON.parse(program.files[`${program.name}/tsconfig.json`] ?? '{}') as object;
  return diagnose(program.files, { ...own, include: ['src'] });
}

test('the rewrites work', () => {
  assert.ok(Object.keys(rewritten).length >= 30);
  const { all, folder } = diagnose(rewritten, config);
  assert.is(render(all, folder, rewritten), '');
});

test('every refusal has a program', () => {
  const messages = ['read', 'lower'].map((name) =>
    readFileSync(
      new URL(`../../compiler/diagnostics/messages/${name}.md`, import.meta.url),
      'utf8',
    ),
  );
  const codes = messages.flatMap((text) =>
    [...text.matchAll(/^## (TSN\d+)/gm)].map(([, code]) => code),
  );
  const names = new Set(programs.map(({ name }) => name));
  const isCovered = (code: string): boolean =>
    seen.has(code) || names.has(toldAsReason[code] ?? '');
  assert.equal(
    codes.filter((code) => code !== undefined && !isCovered(code)),
    [],
  );
});

test.run();
