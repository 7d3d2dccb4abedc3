/** What a process keeps of a project between its builds. */
import { sha256 } from './5-link/cache.ts';
import type { IrModule } from './ir/types.ts';
import type { NativeOutputs } from './native-half.ts';
import { KeptProgram } from './1-read/kept.ts';
import type { OutputFile } from './4-emit/javascript.ts';

/** For `JSON.stringify`, which has no bigints, maps, sets and minus zero. */
function exactly(_: string, value: unknown): unknown {
  if (typeof value === 'bigint') return `bigint ${value}`;
  if (typeof value === 'number' && (Object.is(value, -0) || !Number.isFinite(value)))
    return `number ${Object.is(value, -0) ? '-0' : value}`;
  return value instanceof Map || value instanceof Set ? [...value] : value;
}

/** One project's with one set of options; builds with it come one after the other. */
export class KeptProject {
  readonly program = new KeptProgram();
  /** What was made of sources without native code. */
  readonly scripts = this.program.perFile<readonly OutputFile[]>();
  private native: { readonly key: string; readonly outputs: NativeOutputs } | undefined;

  /**
   * What the second half makes of a module, which is as the lowering left it: what it made last, if that was of the same
   * module, as after an edit beside native functions.
   * @param surroundings what else it depends on that can change between builds
   */
  async nativeOf(
    module: IrModule,
    surroundings: readonly string[],
    make: () => Promise<NativeOutputs>,
  ): Promise<NativeOutputs> {
    const key = sha256(JSON.stringify([module, surroundings], exactly));
    if (this.native?.key === key) return this.native.outputs;
    this.native = undefined;
    const outputs = await make();
    this.native = { key, outputs };
    return outputs;
  }
}
