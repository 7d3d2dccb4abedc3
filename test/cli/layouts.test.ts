/** Projects of other shapes than one folder: several that refer to each other, and packages behind links. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { temporaryFolder } from './harness.ts';

// The command as it is installed; test/run.mjs has built it.
const root = fileURLToPath(new URL('../..', import.meta.url));
const command = join(root, 'dist/compiler/cli/main.js');

function folderWith(files: Readonly<Record<string, string | object>>): string {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), typeof text === 'string' ? text : JSON.stringify(text));
  }
  return folder;
}

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path, 'junction');
}

/** @param preload what Node is to load first */
function tryBuild(folder: string, project: string, ...preload: readonly string[]) {
  const args = [...preload, command, 'build', '-p', join(folder, project)];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

function build(folder: string, project: string, ...preload: readonly string[]): string {
  const { status, output } = tryBuild(folder, project, ...preload);
  assert.is(status, 0, output);
  return output;
}

function run(folder: string, file: string): string {
  const { stdout, stderr } = spawnSync(process.execPath, [join(folder, file)], {
    encoding: 'utf8',
    env: { ...process.env, TSNATIVE: 'require' },
  });
  return stdout + stderr;
}

const options = { target: 'es2022', strict: true, types: [], declaration: true, rootDir: 'src' };
const log = 'declare const console: { log(...args: unknown[]): void };\n';
const twice = '/** @native */\nexport function twice(x: number): number { return 2 * x; }\n';
const thrice = '/** @native */\nexport function thrice(x: number): number { return 3 * x; }\n';

for (const format of ['module', 'commonjs'] as const)
  test(`a monorepo whose projects refer to each other, as ${format}`, () => {
    const own = { ...options, module: 'nodenext', composite: true, outDir: 'dist' };
    const folder = folderWith({
      'package.json': { name: 'all', private: true, workspaces: ['packages/*'] },
      'packages/lib/package.json': { name: '@all/lib', type: format, exports: './dist/index.js' },
      'packages/lib/tsconfig.json': { compilerOptions: own, include: ['src'] },
      'packages/lib/src/index.ts': twice,
      'packages/app/package.json': { name: '@all/app', type: format },
      'packages/app/tsconfig.json': {
        compilerOptions: own,
        include: ['src'],
        references: [{ path: '../lib' }],
      },
      'packages/app/src/main.ts': `import { twice } from '@all/lib';\nimport { thrice } from './thrice.js';\n${log}console.log(thrice(twice(7)));\n`,
      'packages/app/src/thrice.ts': thrice,
    });
    // As npm, pnpm and yarn link the packages of a workspace.
    link(join(folder, 'packages/lib'), join(folder, 'node_modules/@all/lib'));
    link(root, join(folder, 'node_modules/tsnative'));
    build(folder, 'packages/lib');
    build(folder, 'packages/app');
    assert.is(run(folder, 'packages/app/dist/main.js'), '42\n');
  });

test('TypeScript’s paths, with a package behind links as pnpm lays it out', () => {
  const folder = folderWith({
    'package.json': { name: 'app', type: 'module', imports: { '#math/*': './dist/math/*' } },
    'tsconfig.json': {
      compilerOptions: {
        ...options,
        module: 'nodenext',
        outDir: 'dist',
        paths: { '#math/*': ['./src/math/*'] },
      },
      include: ['src'],
    },
    'src/main.ts': `import { twice } from '#math/twice.js';\nimport type { f64 } from 'tsnative';\n/** @native */\nexport function six(x: f64): f64 { return 3 * twice(x); }\n${log}console.log(six(7));\n`,
    'src/math/twice.ts': twice,
    'node_modules/.pnpm/node_modules/.keep': '',
  });
  const store = join(folder, 'node_modules/.pnpm/tsnative@0.1.0/node_modules/tsnative');
  link(root, store);
  link(store, join(folder, 'node_modules/tsnative'));
  build(folder, 'tsconfig.json');
  assert.is(run(folder, 'dist/main.js'), '42\n');
});

/**
 * As much of what Yarn writes to `.pnp.cjs` as says where packages are: `Module.findPnpApi`. Yarn's own also has Node
 * find them, and read archives.
 */
const plugAndPlay = (folder: string, packages: object): string => `
  const packages = ${JSON.stringify(packages)};
  const owner = (at) => Object.keys(packages).filter((name) => at.startsWith(packages[name].at))[0] ?? null;
  const api = {
    findPackageLocator: (at) => owner(at) && { name: owner(at), reference: '1' },
    getPackageInformation: ({ name }) => ({
      packageLocation: packages[name].at,
      packageDependencies: new Map(packages[name].needs.map((need) => [need, '1'])),
    }),
    resolveToUnqualified: (name) => packages[name].at,
    resolveRequest: () => ${JSON.stringify(join(folder, '.pnp.cjs'))},
  };
  require('node:module').findPnpApi = (at) => (at.startsWith(${JSON.stringify(folder)}) ? api : null);
`;

test('packages that Yarn’s Plug’n’Play keeps without node_modules', () => {
  const folder = folderWith({
    'app/package.json': { name: 'app', type: 'module' },
    'app/tsconfig.json': {
      compilerOptions: { ...options, module: 'nodenext', outDir: 'dist', types: ['of-the-host'] },
      include: ['src'],
    },
    'app/src/main.ts': `import type { Scale } from '@math/types';
import type { f64 } from 'tsnative';\n/** @native */\nexport function six(x: f64): f64 { const by: Scale = 6; return by * x; }\nexport const of: HostValue = six(7);\n`,
    'store/types-a1/package.json': { name: '@math/types', types: 'index.d.ts' },
    'store/types-a1/index.d.ts': `export type { Scale } from 'scales';\n`,
    'store/scales-b2/package.json': { name: 'scales', types: 'scales.d.ts' },
    'store/scales-b2/scales.d.ts': 'export type Scale = 6;\n',
    'store/host-c3/package.json': { name: '@types/of-the-host', types: 'index.d.ts' },
    'store/host-c3/index.d.ts': 'type HostValue = number;\n',
  });
  link(root, join(folder, 'store/tsnative'));
  const at = (path: string): string => `${join(folder, path)}/`;
  const packages = {
    app: { at: at('app'), needs: ['tsnative', '@math/types', '@types/of-the-host'] },
    '@math/types': { at: at('store/types-a1'), needs: ['scales'] },
    scales: { at: at('store/scales-b2'), needs: [] },
    '@types/of-the-host': { at: at('store/host-c3'), needs: [] },
    tsnative: { at: at('store/tsnative'), needs: [] },
  };
  const pnp = join(folder, '.pnp.cjs');
  writeFileSync(pnp, plugAndPlay(folder, packages));
  const project = join('app', 'tsconfig.json');
  assert.match(build(folder, project, '-r', pnp), /✓ six .*main\.ts/);
  assert.match(build(folder, project, '-r', pnp), 'nothing has changed');
  writeFileSync(join(folder, 'store/scales-b2/scales.d.ts'), 'export type Scale = 5 | 6;\n');
  assert.match(build(folder, project, '-r', pnp), /✓ six .*main\.ts/);
  // What a package doesn't ask for it can't import.
  const fewer = { ...packages, '@math/types': { ...packages['@math/types'], needs: [] } };
  writeFileSync(pnp, plugAndPlay(folder, fewer));
  const refused = tryBuild(folder, project, '-r', pnp);
  assert.is(refused.status, 1);
  assert.match(refused.output, "Cannot find module 'scales'");
});

test.run();
