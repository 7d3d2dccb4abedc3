// Builds the package into dist/: `npm run build`. Does nothing when dist is newer than the sources.
import { spawn } from 'node:child_process';
import {
  chmod,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const bin = join(dist, 'compiler/cli/main.js');
const library = join(dist, 'runtime/std.ir');
/** Written last, so that an interrupted build counts as none. */
const stamp = join(dist, '.built');
/** What V8 has compiled of TypeScript; see `compiled-code.cts`. */
const compiledCode = join(dist, '.code');

/**
 * Makes a clone ready to use: installs what npm has to install, builds what is out of date.
 * Prints only when there is something to do.
 * @throws {Error} when npm or the build fails
 */
export async function ensureReady() {
  if (await lacksPackages()) {
    console.log('installing dependencies …');
    // Through the shell, as npm is a script with another name on Windows.
    await runCommand('npm', ['install', '--no-audit', '--no-fund'], {
      shell: process.platform === 'win32',
    });
  }
  if (await isStale(stamp)) {
    console.log('building tsnative …');
    await buildPackage();
  }
}

/**
 * Diagnostics, JavaScript and declarations, the runtime's library, the executable bit, and what V8 compiles of TypeScript.
 * @throws {Error} when a step fails
 */
export async function buildPackage() {
  await rm(stamp, { force: true });
  const { writeCodes } = await import('./diagnostics/generate.mjs');
  await writeCodes();
  // Both are waited for also when one fails, so that what they print comes before anything else.
  const results = await Promise.allSettled([compileTypeScript(), buildLibrary()]);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
  for (const folder of ['runtime/native', 'runtime/python'])
    await cp(join(root, folder), join(dist, folder), { recursive: true });
  await prune(dist);
  await chmod(bin, 0o755);
  await keepCompiledCode();
  await writeFile(stamp, '');
}

async function compileTypeScript() {
  // tsc itself skips what has not changed; its notes lie in dist, so they go when dist goes.
  const notes = ['--incremental', '--tsBuildInfoFile', join(dist, '.tsbuildinfo')];
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  await runCommand(process.execPath, [tsc, '-p', root, ...notes]);
}

/** Builds something, so that the first build of a user needn't wait until V8 has compiled TypeScript. */
async function keepCompiledCode() {
  if ((await modified(compiledCode)) > 0) return;
  const folder = await mkdtemp(join(tmpdir(), 'tsnative-'));
  try {
    const source = [
      'interface Pair { a: number; b: string }',
      '/** @native */',
      'export function first(pair: Pair): string { return pair.b.repeat(pair.a); }',
    ];
    await writeFile(join(folder, 'first.ts'), source.join('\n'));
    const options = { target: 'ES2022', module: 'NodeNext', strict: true, declaration: true };
    const config = { compilerOptions: { ...options, outDir: 'out', types: [] } };
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config));
    await runCommand(process.execPath, [bin, 'build', '-p', folder], { stdio: 'ignore' });
  } catch {
    // Then the first build takes a second longer, or tells what is wrong.
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Removes what was compiled from sources that are gone, so that it is not packed. */
async function prune(folder) {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await prune(path);
    else {
      const made = /\.(?:d\.(c?)ts|(c?)js(?:\.map)?)$/.exec(path);
      if (!made) continue;
      const stem = relative(dist, path).slice(0, -made[0].length);
      const source = join(root, `${stem}.${made[1] ?? made[2]}ts`);
      if ((await modified(source)) === 0) await rm(path);
    }
  }
}

/** The library is made by the compiler's sources, as they are. */
async function buildLibrary() {
  if (!(await isStale(library))) return;
  const { tsImport } = await import('tsx/esm/api');
  const { buildLibrary: build } = await tsImport('./library-build.ts', import.meta.url);
  const text = build(join(root, 'runtime/std'));
  await mkdir(join(dist, 'runtime'), { recursive: true });
  const beside = `${library}.${process.pid}.tmp`;
  await writeFile(beside, text);
  await rename(beside, library);
}

/** Whether a file is missing or older than any source. */
async function isStale(file) {
  const made = await modified(file);
  if (made === 0) return true;
  const sources = ['compiler', 'runtime', 'package.json', 'tsconfig.json'];
  const newest = await Promise.all(sources.map((name) => newestBelow(join(root, name))));
  return Math.max(...newest) > made;
}

async function modified(file) {
  return stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}

async function newestBelow(path) {
  if (!(await stat(path)).isDirectory()) return modified(path);
  const entries = await readdir(path);
  // The folder's own time tells of files that were deleted.
  const times = entries.map((name) => newestBelow(join(path, name)));
  return Math.max(await modified(path), ...(await Promise.all(times)));
}

/** Whether node_modules lacks a package that package.json requires; optional ones don't count. */
async function lacksPackages() {
  const text = await readFile(join(root, 'package.json'), 'utf8');
  const { dependencies, devDependencies } = JSON.parse(text);
  const names = Object.keys({ ...dependencies, ...devDependencies });
  const times = names.map((name) => modified(join(root, 'node_modules', name, 'package.json')));
  return (await Promise.all(times)).includes(0);
}

function runCommand(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`${command} ${args.join(' ')} ended with ${signal ?? code}`));
    });
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const start = performance.now();
  try {
    if (!(await isStale(stamp))) console.log('dist is up to date');
    else {
      await buildPackage();
      console.log(`dist built in ${((performance.now() - start) / 1000).toFixed(1)} s`);
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
