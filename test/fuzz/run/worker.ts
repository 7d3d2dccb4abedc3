/** The process that runs machine code: gets one list of jobs, and answers with each job's outcomes. */
import { createRequire } from 'node:module';
import { copyOf, outcomesOf, type Constants } from './calls.ts';
import type { Job, JobList, JobResult } from './native.ts';

interface Glue {
  readonly functions: Readonly<Record<string, ((...args: unknown[]) => unknown) | undefined>>;
  bind(id: string, value: unknown): void;
}

process.once('message', ({ glue, jobs }: JobList) => {
  const native = createRequire(import.meta.url)(glue) as Glue;
  let unsent = jobs.length;
  for (const job of jobs) {
    const result: JobResult = { index: job.index, outcomes: run(native, job) };
    process.send?.(result, () => {
      if (--unsent === 0) process.disconnect();
    });
  }
});

function run(native: Glue, job: Job): JobResult['outcomes'] {
  const entry = native.functions[job.id];
  if (!entry) throw new Error(`the addon has no ${job.id}`);
  // What came through the pipe lies somewhere in one large buffer.
  const constants = copyOf(job.constants);
  bind(native, job.globals, constants);
  return outcomesOf(entry, job.sets, constants);
}

/** Hands over the constants that native code reads. */
function bind(native: Glue, globals: Job['globals'], constants: Constants): void {
  for (const [name, value] of Object.entries(constants)) {
    const id = globals[name];
    if (id !== undefined) native.bind(id, value);
  }
}
