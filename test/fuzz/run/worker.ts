/** The process that runs machine code: gets one list of jobs, and answers with each job's outcomes. */
import { createRequire } from 'node:module';
import { copyOf, outcomesOf, type Constants } from './calls.ts';
import type { Job, JobList, JobResult } from './native.ts';

interface Glue {
  readonly functions: Readonly<Record<string, ((...args: unknown[]) => unknown) | undefined>>;
  bind(id: string, value: unknown): void;
}

/** What an addon that counts its heap has beside what the loader uses. */
interface CountingAddon {
  $live(): number;
}

/** Loads the glue; gives it with the addon that it opens, which it keeps for itself. */
function loadGlue(path: string): { readonly native: Glue; readonly live: () => number } {
  const opened: CountingAddon[] = [];
  const open = process.dlopen.bind(process);
  process.dlopen = (module: { exports: unknown }, ...rest) => {
    open(module, ...rest);
    opened.push(module.exports as CountingAddon);
  };
  const native = createRequire(import.meta.url)(path) as Glue;
  process.dlopen = open;
  return { native, live: () => opened.at(-1)?.$live() ?? 0 };
}

process.once('message', ({ glue, jobs }: JobList) => {
  const { native, live } = loadGlue(glue);
  let unsent = jobs.length;
  for (const job of jobs) {
    const result: JobResult = { index: job.index, outcomes: run(native, live, job) };
    process.send?.(result, () => {
      if (--unsent === 0) process.disconnect();
    });
  }
});

function run(native: Glue, live: () => number, job: Job): JobResult['outcomes'] {
  const entry = native.functions[job.id];
  if (!entry) throw new Error(`the addon has no ${job.id}`);
  // What came through the pipe lies somewhere in one large buffer.
  const constants = copyOf(job.constants);
  bind(native, job.globals, constants);
  const leaks: number[] = [];
  const counted = (...args: unknown[]): unknown => {
    const before = live();
    try {
      return entry(...args);
    } finally {
      leaks.push(live() - before);
    }
  };
  const outcomes = outcomesOf(counted, job.sets, constants);
  return outcomes.map((outcome, call) => ({ ...outcome, leaked: leaks[call] ?? 0 }));
}

/** Hands over the constants that native code reads. */
function bind(native: Glue, globals: Job['globals'], constants: Constants): void {
  for (const [name, value] of Object.entries(constants)) {
    const id = globals[name];
    if (id !== undefined) native.bind(id, value);
  }
}
