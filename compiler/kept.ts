/** What a process keeps of a project between its builds. */
import { KeptProgram } from './1-read/kept.ts';
import type { OutputFile } from './4-emit/javascript.ts';

/** One project's with one set of options; builds with it come one after the other. */
export class KeptProject {
  readonly program = new KeptProgram();
  /** What was made of sources without native code. */
  readonly scripts = this.program.perFile<readonly OutputFile[]>();
}
