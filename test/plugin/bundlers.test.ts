/** The plugin in each bundler: what it bundles runs natively on a server, and gives what JavaScript gives. */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuildOptions } from 'esbuild';
import type { RollupBuild } from 'rollup';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { temporaryFolder } from '../cli/harness.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** The plugins as they are installed; test/run.mjs has built them. */
const plugin = async (bundler: string) =>
  (await import(join(root, `dist/compiler/plugin/${bundler}.js`))).default;

const folder = temporaryFolder();
const files = {
  'package.json': '{ "name": "app", "type": "module" }',
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      target: 'es2022',
      module: 'esnext',
      moduleResolution: 'bundler',
      allowImportingTsExtensions: true,
      noEmit: true,
      strict: true,
      types: [],
    },
    include: ['src'],
  }),
  'src/inner/dot.ts': `import { scale, type Scale } from './scale.ts';
const two: Scale = 2;
export const description = scale(two);
/** @native */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
`,
  'src/inner/scale.ts': 'export type Scale = number;\nexport const scale = (x) => x * 3;\n'.replace(
    '(x)',
    '(x: Scale): Scale',
  ),
  'src/main.js': `import { dot, description } from './inner/dot.ts';
console.log(dot(Float64Array.of(1, 2, 3), Float64Array.of(4, 5, 6)), description);
`,
};
for (const [name, text] of Object.entries(files)) {
  mkdirSync(join(folder, name, '..'), { recursive: true });
  writeFileSync(join(folder, name), text);
}
mkdirSync(join(folder, 'node_modules'));
symlinkSync(root, join(folder, 'node_modules/tsnative'), 'junction');

const entry = join(folder, 'src/main.js');
const project = join(folder, 'tsconfig.json');
type Side = 'server' | 'browser';

/** Of esbuild, for a folder. */
const esbuildOptions = async (side: Side, out: string): Promise<BuildOptions> => ({
  entryPoints: [entry],
  bundle: true,
  format: 'esm',
  platform: side === 'server' ? 'node' : 'browser',
  outdir: out,
  outExtension: { '.js': '.mjs' },
  logLevel: 'silent',
  plugins: [(await plugin('esbuild'))({ project })],
});

async function rolledUp(options: object): Promise<RollupBuild> {
  const { rollup } = await import('rollup');
  const { transform } = await import('esbuild');
  return rollup({
    input: entry,
    external: /^node:/,
    plugins: [
      (await plugin('rollup'))({ project, ...options }),
      {
        // As a plugin for TypeScript would.
        name: 'types',
        transform: async (code, id) =>
          id.endsWith('.ts') ? (await transform(code, { loader: 'ts' })).code : null,
      },
    ],
  });
}

/** Bundles into a folder, as \`main.js\` or \`main.mjs\` in it or below it. */
const bundlers: Record<string, (side: Side, out: string) => Promise<void>> = {
  async esbuild(side, out) {
    const { build } = await import('esbuild');
    await build(await esbuildOptions(side, out));
  },
  async rollup(side, out) {
    const bundle = await rolledUp({ side });
    // Chunks below the folder of the bundle find native code too.
    await bundle.write({ dir: out, entryFileNames: 'chunks/[name].mjs' });
  },
  async vite(side, out) {
    const { build } = await import('vite');
    await build({
      root: folder,
      configFile: false,
      logLevel: 'error',
      plugins: [(await plugin('vite'))({ project })],
      build: {
        outDir: out,
        emptyOutDir: true,
        minify: false,
        target: 'es2022',
        ...(side === 'server' && { ssr: true }),
        rollupOptions: { input: entry, output: { entryFileNames: '[name].mjs' } },
      },
    });
  },
  async webpack(side, out) {
    const { default: webpack } = await import('webpack');
    const loader = join(folder, 'types.cjs');
    const compiler = webpack({
      ...common(side, out, loader),
      plugins: [(await plugin('webpack'))({ project })],
    });
    await finished(compiler);
  },
  async rspack(side, out) {
    const { rspack } = await import('@rspack/core');
    const compiler = rspack({
      ...common(side, out, join(folder, 'types.cjs')),
      plugins: [(await plugin('rspack'))({ project })],
    });
    await finished(compiler);
  },
};

// As a loader for TypeScript would.
writeFileSync(
  join(folder, 'types.cjs'),
  `const { transformSync } = require(${JSON.stringify(join(root, 'node_modules/esbuild'))});
module.exports = (code) => transformSync(code, { loader: 'ts' }).code;
`,
);

const common = (side: Side, out: string, loader: string) => ({
  mode: 'none' as const,
  context: folder,
  entry: { main: entry },
  target: side === 'server' ? ('node' as const) : (['web', 'es2022'] as ['web', 'es2022']),
  // Without a page there is nothing that a path could be found from.
  output: { path: out, filename: '[name].cjs', ...(side === 'browser' && { publicPath: '/' }) },
  module: { rules: [{ test: /\.ts$/, use: [loader] }] },
});

interface Compiler {
  run(
    done: (error: Error | null, stats?: { toJson(): { errors?: { message: string }[] } }) => void,
  ): void;
  close(done: (error?: Error | null) => void): void;
}

async function finished(compiler: Compiler): Promise<void> {
  await new Promise<void>((resolve, reject) =>
    compiler.run((error, stats) => {
      const [problem] = stats?.toJson().errors ?? [];
      if (error ?? problem) reject(error ?? new Error(problem?.message));
      else compiler.close(() => resolve());
    }),
  );
}

/** As much of a page as bundles look for, from which they fetch files; tells in the end what runs. */
const page = join(folder, 'page.mjs');
writeFileSync(
  page,
  `import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
const out = process.env.SITE;
globalThis.document = { baseURI: 'http://localhost/' };
globalThis.fetch = async (address) => {
  const url = new URL(address, document.baseURI);
  const own = url.protocol === 'file:' ? fileURLToPath(url) : '';
  const path = own.startsWith(out) ? own : join(out, url.pathname);
  return existsSync(path) ? new Response(readFileSync(path)) : new Response('', { status: 404 });
};
process.on('exit', () => {
  const modules = globalThis[Symbol.for('tsnative.modules')] ?? [];
  for (const { wasm, native, reason, functions } of modules)
    console.log(wasm ? 'WebAssembly' : native ? 'native' : reason, JSON.stringify(functions));
});
`,
);
/** What such a page prints. */
const ofWasm = `32 6\nWebAssembly ${JSON.stringify([
  { name: 'dot', file: 'src/inner/dot.ts', line: 5, native: false, wasm: true },
])}\n`;

const filesIn = (out: string): string[] => readdirSync(out, { recursive: true, encoding: 'utf8' });
const wasmIn = (out: string): string[] => filesIn(out).filter((file) => file.endsWith('.wasm'));

/** Runs a bundle as a page does that has its folder as the root of its site. */
const visited = (out: string) => run(out, { SITE: out }, '--import', page);

function run(out: string, env: Record<string, string>, ...args: string[]) {
  const main = filesIn(out).find((name) => /main\.[cm]?js$/.test(name));
  assert.ok(main, 'a bundle');
  const { stdout, stderr } = spawnSync(process.execPath, [...args, join(out, main)], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  return { main: join(out, main), output: stdout + stderr };
}

for (const [name, bundle] of Object.entries(bundlers)) {
  test(`${name}, for a server`, async () => {
    const out = join(folder, `out-${name}`);
    await bundle('server', out);
    // A bundle is taken elsewhere.
    const moved = join(temporaryFolder(), 'app');
    cpSync(out, moved, { recursive: true });
    assert.is(run(moved, { TSNATIVE: 'require' }).output, '32 6\n');
    assert.is(run(moved, { TSNATIVE: 'off' }).output, '32 6\n');
    const native = join(moved, 'native');
    assert.ok(readdirSync(native).some((file) => file.endsWith('.node')));
    rmSync(native, { recursive: true });
    assert.is(run(moved, {}).output, '32 6\n', 'JavaScript without the files');
    assert.match(run(moved, { TSNATIVE: 'require' }).output, 'TSNATIVE=require');
  });

  test(`${name}, for browsers`, async () => {
    const out = join(folder, `page-${name}`);
    await bundle('browser', out);
    const { main, output } = visited(out);
    assert.is(output, ofWasm);
    const [wasm = '', ...more] = wasmIn(out);
    assert.equal(more, []);
    assert.not.match(readFileSync(main, 'utf8'), /node:|\.node\b/);
    assert.not.ok(existsSync(join(out, 'native')), 'no binaries');
    rmSync(join(out, wasm));
    const without = visited(out).output;
    assert.match(without, /^32 6\nit was built for wasm32, and .*"native":false}\]\n/);
    assert.match(without, 'app runs as JavaScript: its binary for wasm32 is not there');
  });
}

test('esbuild, with names of its own for files and addresses', async () => {
  const { build } = await import('esbuild');
  const out = join(folder, 'page-names');
  const options = await esbuildOptions('browser', out);
  await build({
    ...options,
    assetNames: 'assets/[name]-[hash]',
    publicPath: 'http://cdn.example/',
  });
  assert.match(wasmIn(out)[0] ?? '', /^assets[/\\]app\.wasm32-\w+\.wasm$/);
  assert.is(visited(out).output, ofWasm);
  const deep = join(folder, 'page-deep');
  await build({
    ...options,
    outdir: deep,
    entryNames: 'js/deep/[name]',
    assetNames: 'files/[name]',
  });
  assert.equal(wasmIn(deep), [join('files', 'app.wasm32.wasm')]);
  assert.is(visited(deep).output, ofWasm);
});

test('esbuild, for pages that can’t wait', async () => {
  const { build } = await import('esbuild');
  for (const [name, own] of Object.entries({
    iife: { format: 'iife' },
    old: { target: 'es2020' },
  } as const)) {
    const out = join(folder, `page-${name}`);
    await build({ ...(await esbuildOptions('browser', out)), ...own });
    assert.equal(wasmIn(out), [], name);
    assert.is(visited(out).output, ofWasm, name);
  }
});

test('esbuild compiles again for a bundle after edits', async () => {
  const { context } = await import('esbuild');
  const out = join(folder, 'page-again');
  const session = await context(await esbuildOptions('browser', out));
  const source = join(folder, 'src/inner/dot.ts');
  const text = files['src/inner/dot.ts'];
  try {
    await session.rebuild();
    assert.is(visited(out).output, ofWasm);
    writeFileSync(source, text.replace('let sum = 0', 'let sum = 100'));
    await session.rebuild();
    assert.is(visited(out).output, ofWasm.replace('32', '132'));
  } finally {
    writeFileSync(source, text);
    await session.dispose();
  }
});

test('rollup, for pages that can’t wait', async () => {
  const out = join(folder, 'page-inside');
  const bundle = await rolledUp({ side: 'browser', embed: true });
  await bundle.write({ dir: out, format: 'iife', entryFileNames: '[name].mjs' });
  assert.equal(wasmIn(out), []);
  assert.is(visited(out).output, ofWasm);
  const apart = await rolledUp({ side: 'browser' });
  try {
    await apart.write({ dir: out, format: 'iife' });
    assert.unreachable('it waits');
  } catch (error) {
    assert.match(String(error), "a bundle of the format 'iife' can't wait");
  }
});

test('errors of the project end the bundling', async () => {
  const text = files['src/inner/dot.ts'];
  writeFileSync(join(folder, 'src/inner/dot.ts'), text.replace('let sum = 0', 'let sum: any = 0'));
  try {
    await bundlers['esbuild']?.('server', join(folder, 'wrong'));
    assert.unreachable('it has errors');
  } catch (error) {
    assert.match(String(error), /TSN\d+\][^]*dot\.ts:6:/);
  } finally {
    writeFileSync(join(folder, 'src/inner/dot.ts'), text);
  }
});

test.run();
