/** What ThreadSanitizer watches besides the programs of `conformance/`: the tests of loops and calls on many threads. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildProject, makeProject } from '../support/project.ts';
import type { Checker } from './checkers.ts';

interface Scripts {
  /** The program, and how Node is started with the file that it is built to in the place of `PROGRAM`. */
  readonly program: string;
  readonly runs: readonly (readonly string[])[];
  /** It has a race, which has to be reported. */
  readonly races?: boolean;
}

const scripts: readonly Scripts[] = [
  {
    program: 'memory/threads/racing.ts',
    runs: [['memory/threads/racing.mjs', 'PROGRAM']],
    races: true,
  },
  {
    program: 'parallel/pool/program.ts',
    runs: [
      ['parallel/pool/results.mjs', 'PROGRAM'],
      ['parallel/pool/workers.mjs', 'PROGRAM', '4', '3'],
    ],
  },
  {
    program: 'nd/cores/program.ts',
    runs: [['nd/cores/results.mjs', 'PROGRAM']],
  },
  {
    program: 'async/calls/program.ts',
    runs: [
      ['async/calls/results.mjs', 'PROGRAM'],
      ['async/calls/native.mjs', 'PROGRAM'],
      ['async/calls/ends.mjs', 'PROGRAM', 'own', '4'],
    ],
  },
  {
    program: 'async/signals/program.ts',
    runs: [['async/signals/native.mjs', 'PROGRAM']],
  },
  {
    program: 'async/progress/program.ts',
    runs: [
      ['async/progress/results.mjs', 'PROGRAM'],
      ['async/progress/native.mjs', 'PROGRAM'],
    ],
  },
];

const tests = fileURLToPath(new URL('..', import.meta.url));

/** Runs all of them. @returns how many were wrong */
export async function checkThreadScripts(checker: Checker, level: 0 | 3): Promise<number> {
  let failed = 0;
  for (const { program, runs, races = false } of scripts) {
    const source = readFileSync(join(tests, program), 'utf8');
    const project = makeProject({ 'src/program.ts': source });
    try {
      const outDir = join(project.folder, 'out');
      const { diagnostics } = await buildProject(project, {
        level,
        outDir,
        emit: ['ll'],
        cpu: 'v2',
      });
      if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics));
      checker.prepare(outDir, level);
      for (const [script = '', ...args] of runs) {
        const built = args.map((arg) => (arg === 'PROGRAM' ? join(outDir, 'program.js') : arg));
        const { errors } = checker.run(['--expose-gc', join(tests, script), ...built], outDir);
        const isWrong = races !== errors.length > 0;
        if (isWrong) failed++;
        const told = races ? `${errors.length} reports of its race` : `${errors.length} reports`;
        console.log(
          `${isWrong ? '✘' : ' '} ${checker.name} -O${level} ${script} ${args.slice(1).join(' ')}: ${told}`,
        );
        if (!races) errors.forEach((error) => console.log(`    ${error}`));
      }
    } finally {
      project.remove();
    }
  }
  return failed;
}
