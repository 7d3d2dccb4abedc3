/** The samples as a project of its own, built as users build: for the benchmarks of builds. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = fileURLToPath(new URL('../..', import.meta.url));
export const command = join(repository, 'dist/compiler/cli/main.js');

/**
 * Copies the samples to a project with caches of its own, so that nobody else's are cleared, and brings the compiler
 * up to date.
 * @param wanted the samples to take; all by default
 */
export function layOutSamples(wanted?: readonly string[]): string {
  const packaged = spawnSync(process.execPath, [join(repository, 'compiler/build-package.mjs')], {
    stdio: 'inherit',
  });
  if (packaged.status !== 0) process.exit(1);
  const target = mkdtempSync(join(tmpdir(), 'tsnative-bench-'));
  const source = join(repository, 'samples');
  const parts = wanted && [...wanted, 'support', 'tsconfig.json'];
  for (const name of readdirSync(source))
    if (parts?.includes(name) ?? true)
      cpSync(join(source, name), join(target, name), {
        recursive: true,
        filter: (path) => !/[\\/](out|results)$/.test(path),
      });
  writeFileSync(join(target, 'package.json'), '{ "name": "samples", "type": "module" }');
  const modules = join(target, 'node_modules');
  mkdirSync(modules);
  for (const name of readdirSync(join(repository, 'node_modules')))
    if (!name.startsWith('.'))
      symlinkSync(join(repository, 'node_modules', name), join(modules, name));
  symlinkSync(repository, join(modules, 'tsnative'));
  return target;
}

export function remove(...paths: readonly string[]): void {
  for (const path of paths) rmSync(path, { recursive: true, force: true });
}

export interface SamplesBuild {
  /** Of the whole process. */
  readonly seconds: number;
  /** What processors have computed for it and what it started, which another load changes little; NaN where Linux isn't. */
  readonly computed: number;
  readonly addons: readonly { readonly platform: string; readonly bytes: number }[];
}

/**
 * One build.
 * @param options of the command line
 * @throws where it fails, or has not been up to date when it should be
 */
export function buildSamples(
  folder: string,
  { upToDate, options = [] }: { readonly upToDate: boolean; readonly options?: readonly string[] },
): SamplesBuild {
  const config = join(folder, 'tsconfig.json');
  const args = [command, 'build', '--project', config, '--json', ...options];
  const before = computedByChildren();
  const { seconds, output } = runNode(args);
  const computed = computedByChildren() - before;
  // Safe: the command has written it.
  const result = JSON.parse(output) as {
    ok: boolean;
    upToDate: boolean;
    addons: SamplesBuild['addons'];
  };
  if (!result.ok || result.upToDate !== upToDate)
    throw new Error(`the build is not what is measured:\n${output}`);
  return { seconds, computed, addons: result.addons };
}

const computedByChildren = (): number => computed('self').children;

/** Seconds of processors that a process and its ended children have had; NaN where Linux isn't. */
export function computedBy(id: number): number {
  const { own, children } = computed(id);
  return own + children;
}

/** `utime` + `stime`, and `cutime` + `cstime`, of proc(5), in seconds; there they are in hundredths. */
function computed(id: number | 'self'): { readonly own: number; readonly children: number } {
  if (process.platform !== 'linux') return { own: NaN, children: NaN };
  const [, fields = ''] = readFileSync(`/proc/${id}/stat`, 'utf8').split(') ');
  const [own = NaN, ownSystem = NaN, children = NaN, childrenSystem = NaN] = fields
    .split(' ')
    .slice(11, 15)
    .map(Number);
  return { own: (own + ownSystem) / 100, children: (children + childrenSystem) / 100 };
}

/** @throws where the process fails */
export function runNode(args: readonly string[]): {
  readonly seconds: number;
  readonly output: string;
} {
  const start = performance.now();
  const output = execFileSync(process.execPath, args, { encoding: 'utf8' });
  return { seconds: (performance.now() - start) / 1000, output };
}
