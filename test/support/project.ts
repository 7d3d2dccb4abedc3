/** Projects in temporary folders, built by the real compiler. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuildOptions, BuildResult } from '../../compiler/build-types.ts';
import { build } from '../../compiler/build.ts';

export const repository = fileURLToPath(new URL('../..', import.meta.url));

export const baseConfig = {
  compilerOptions: {
    target: 'ES2022',
    module: 'NodeNext',
    moduleResolution: 'NodeNext',
    strict: true,
    rootDir: 'src',
    outDir: 'out',
    declaration: true,
    skipLibCheck: true,
    types: [] as string[],
  },
  include: ['src'],
};

export interface TestProject {
  readonly folder: string;
  readonly tsconfig: string;
  write(path: string, text: string): void;
  remove(): void;
}

/** Makes a folder with these files, a package.json, a tsconfig.json and tsnative in node_modules. */
export function makeProject(
  files: Readonly<Record<string, string>>,
  config: object = baseConfig,
  type: 'module' | 'commonjs' = 'module',
): TestProject {
  const folder = mkdtempSync(join(tmpdir(), 'tsnative-test-'));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(repository, join(folder, 'node_modules/tsnative'));
  write('package.json', JSON.stringify({ name: 'test-project', type }));
  write('tsconfig.json', JSON.stringify(config));
  for (const [path, text] of Object.entries(files)) write(path, text);
  return {
    folder,
    tsconfig: join(folder, 'tsconfig.json'),
    write,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Builds a project with the bundled toolchain unless told otherwise. */
export function buildProject(
  project: TestProject,
  options: Partial<BuildOptions> = {},
): Promise<BuildResult> {
  return build(
    {
      project: project.tsconfig,
      emit: [],
      toolchain: 'bundled',
      level: 3,
      assertElided: process.env['TSNATIVE_ASSERT_ELIDED'] === '1',
      checkOnly: false,
      ...options,
    },
    { progress: () => {} },
  );
}
