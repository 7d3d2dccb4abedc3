/**
 * V8's compiled code of large CommonJS modules, kept from one process for the next, as Python keeps
 * its own: compiling what a build uses of TypeScript takes a tenth of the build. It lies beside the
 * compiler, where nobody can put it who could not change the compiler as well.
 *
 * (Node can do the same by itself, `module.enableCompileCache`, but only from version 22 on.)
 */
import crypto = require('node:crypto');
import fs = require('node:fs');
import Module = require('node:module');
import path = require('node:path');
import v8 = require('node:v8');
import vm = require('node:vm');

/** Modules of fewer bytes are compiled quickly enough. */
const large = 200_000;
/** For the version, the options and the processor that the code is made for. */
const folder = path.join(__dirname, '../.code', v8.cachedDataVersionTag().toString(16));

/**
 * Makes `require` use kept code, and keep it at the end of the process where there was none.
 * @returns what makes `require` the usual one again
 */
function useCompiledCode(): () => void {
  // Run from its sources, the compiler is of another make each time.
  if (!__filename.endsWith('.cjs')) return () => {};
  const usual = require.extensions['.js'];
  if (usual === undefined) return () => {};
  const scripts: Kept[] = [];
  require.extensions['.js'] = (module, file) => {
    const stats = fs.statSync(file);
    if (stats.size < large) usual(module, file);
    else run(module, file, keyOf(file, stats), scripts);
  };
  process.once('exit', () => keep(scripts));
  return () => (require.extensions['.js'] = usual);
}

interface Kept {
  readonly script: vm.Script;
  readonly path: string;
}

/** V8 itself compares no more than the length of the source. */
const keyOf = (file: string, { size, mtimeMs }: fs.Stats): string =>
  crypto.createHash('sha256').update(`${file} ${size} ${mtimeMs}`).digest('hex').slice(0, 32);

/** Runs a module as `require` does. What has to be kept is added to `scripts`. */
function run(module: NodeJS.Module, file: string, key: string, scripts: Kept[]): void {
  const kept = path.join(folder, key);
  const cachedData = readIfThere(kept);
  const source = Module.wrap(fs.readFileSync(file, 'utf8'));
  const script = new vm.Script(source, { filename: file, ...(cachedData && { cachedData }) });
  if (!cachedData || script.cachedDataRejected) scripts.push({ script, path: kept });
  // Safe: that is what `wrap` makes of it.
  const body = script.runInThisContext() as (...args: readonly unknown[]) => void;
  const { exports } = module;
  body.call(exports, exports, Module.createRequire(file), module, file, path.dirname(file));
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return fs.readFileSync(file);
  } catch {
    return undefined;
  }
}

/** Keeps the code of the functions that ran. Where it can't be written, the next process is as slow. */
function keep(scripts: readonly Kept[]): void {
  if (scripts.length === 0) return;
  try {
    // What other versions of Node have left may never be used again.
    if (!fs.existsSync(folder)) fs.rmSync(path.dirname(folder), { recursive: true, force: true });
    fs.mkdirSync(folder, { recursive: true });
    for (const { script, path: kept } of scripts) {
      const beside = `${kept}.${process.pid}.tmp`;
      fs.writeFileSync(beside, script.createCachedData());
      fs.renameSync(beside, kept);
    }
  } catch {
    // As before.
  }
}

export = useCompiledCode;
