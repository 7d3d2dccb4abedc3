/** `npm run cycles`: worker threads with parallel loops and async calls, started and ended again and again. */
import yargs from 'yargs';
import { aimed } from '../../bench/figures.ts';
import { buildCycles, runCycles } from './run.ts';

const { cycles } = yargs(process.argv.slice(2))
  .scriptName('npm run cycles --')
  .usage(
    '$0\n\nStarts and ends worker threads, in the middle of what they do too; nothing may stay.',
  )
  .option('cycles', { type: 'number', default: 1000, describe: 'how many workers' })
  .strictOptions()
  .parseSync();

/** Growth of the resident set behind the first fifth of the cycles that is noise, in KiB a cycle. */
const noise = 8;

const project = await buildCycles();
let failed = false;
try {
  for (const threads of ['2', '5']) {
    const env = { TSNATIVE_TEST_THREADS: threads };
    const { resident, results, milliseconds, ...ran } = runCycles(project, cycles, env, 3600);
    const [, first = 0] = resident;
    const growth = ((resident.at(-1) ?? 0) - first) / (cycles * 0.8);
    const shown = resident.map((kib) => (kib / 1024).toFixed(0)).join(' ');
    console.log(
      `${cycles} workers, ${threads} threads of the pool: exit 0 after ${(milliseconds / 1000).toFixed(1)} s`,
    );
    console.log(`  resident set after each tenth, in MiB: ${shown}`);
    const isFine = growth <= noise && results.length === 1;
    const text = `${growth.toFixed(1)} KiB a cycle behind the second tenth; ${ran.threads} threads at the end`;
    console.log(aimed(isFine, text, `≤ ${noise} KiB, the same results`));
    failed ||= !isFine;
  }
} finally {
  project.remove();
}
process.exitCode = failed ? 1 : 0;
