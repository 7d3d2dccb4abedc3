/**
 * Functions of C under the tools that watch memory and threads: those of `test/externs/vendor/`, with callbacks, errors,
 * handles and threads, and the samples with libraries, where these are installed.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildProject, makeProject } from '../../support/project.ts';
import type { Checker } from '../checkers.ts';
import { ofAll, ofLibraries, ofThreads } from './cases.ts';
import { ownFirst } from './own-first.ts';

const externs = new URL('../../externs/', import.meta.url);
const samples = new URL('../../../samples/c-libraries/src/', import.meta.url);
const runner = fileURLToPath(new URL('../cases.mjs', import.meta.url));

interface Watched {
  readonly name: string;
  readonly sources: Readonly<Record<string, string>>;
  /** A source in C, which is compiled for the tool, too. */
  readonly c?: string;
  readonly usesThreads?: boolean;
}

const read = (path: string): string => readFileSync(new URL(path, externs), 'utf8');
const programs: readonly Watched[] = [
  {
    name: 'functions of C',
    c: 'all',
    sources: {
      'src/program.ts': read('program.ts'),
      'src/cases.ts': ofAll,
      'vendor/all.c': read('vendor/all.c'),
      'vendor/all.h': read('vendor/all.h'),
    },
  },
  {
    name: 'threads of C',
    c: 'threads',
    usesThreads: true,
    sources: {
      'src/threads.ts': read('threads.ts'),
      'src/cases.ts': ofThreads,
      'vendor/threads.c': read('vendor/threads.c'),
    },
  },
  {
    name: 'libraries in C',
    sources: {
      ...Object.fromEntries(
        readdirSync(samples)
          .filter((name) => name !== 'main.ts')
          .map((name) => [`src/${name}`, readFileSync(new URL(name, samples), 'utf8')]),
      ),
      'src/cases.ts': ofLibraries,
    },
  },
];

const sanitizers: Readonly<Record<string, string>> = {
  AddressSanitizer: '-fsanitize=address',
  ThreadSanitizer: '-fsanitize=thread',
};

/** @returns how many of the programs have errors */
export async function checkExterns(checker: Checker, level: 0 | 3): Promise<number> {
  let failed = 0;
  for (const { name, sources, c, usesThreads = false } of programs) {
    if (checker.isOfThreads && !usesThreads) continue;
    const project = makeProject(sources);
    try {
      const outDir = join(project.folder, 'out');
      const sanitizer = sanitizers[checker.name];
      const libraries: Record<string, string> = {};
      const library = join(project.folder, `vendor/lib${c}.so`);
      const compile = (...options: string[]): void => {
        const source = join(project.folder, `vendor/${c}.c`);
        const all = ['-shared', '-fPIC', '-g', `-O${level}`, ...options];
        execFileSync('gcc', [...all, source, '-o', library]);
      };
      if (c !== undefined) {
        compile();
        libraries[c] = library;
      } else if (sanitizer) {
        // Node has a zlib of its own, whose functions would come first.
        const z = ownFirst('z', project.folder);
        if (z !== undefined) libraries['z'] = z;
      }
      const manifest = { name: 'cases', type: 'module', tsnative: { libraries } };
      project.write('package.json', JSON.stringify(manifest));
      const { diagnostics } = await buildProject(project, {
        ...{ level, outDir, emit: ['ll'], cpu: 'v2', separateBlocks: true },
      });
      if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics));
      const args = [runner, join(outDir, 'cases.js')];
      const env = { ...process.env, TSNATIVE: 'require' };
      const expected = execFileSync('node', args, { encoding: 'utf8', env, stdio: 'pipe' });
      if (c !== undefined && sanitizer) compile(sanitizer);
      checker.prepare(outDir, level);
      const { stdout, errors } = checker.run(args, outDir);
      // A tool may end the process, and libraries may have met others than their own.
      if (stdout !== expected) errors.push(`it should be ${expected.trim()}`);
      console.log(
        `${errors.length > 0 ? '✘' : ' '} ${checker.name} -O${level} ${name}: ${stdout.trim()}`,
      );
      errors.forEach((error) => console.log(`    ${error}`));
      if (errors.length > 0) failed++;
    } finally {
      project.remove();
    }
  }
  return failed;
}
