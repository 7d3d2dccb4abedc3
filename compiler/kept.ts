/** What a process keeps of a project between its builds. */
import { sha256 } from './5-link/cache.ts';
import { targetKey } from './5-link/targets.ts';
import type { Target } from './5-link/types.ts';
import type { NativeOutputs } from './native-half.ts';
import { KeptProgram } from './1-read/kept.ts';
import type { ProjectFolder } from './1-read/model.ts';
import { KeptEmission } from './4-emit/kept-emission.ts';
import type { KeptScripts } from './4-emit/javascript.ts';
import { KeptUnits } from './units/index.ts';

/** One project's with one set of options; builds with it come one after the other. */
export class KeptProject {
  readonly program = new KeptProgram();
  readonly units = new KeptUnits();
  /** What was made of sources. */
  readonly scripts: KeptScripts = this.program.perFile();
  readonly emission = new KeptEmission();
  private readonly objects = new Map<string, Map<string, Uint8Array>>();
  /** The project's own C libraries are made of these: absolute paths. */
  libraryInputs: readonly string[] = [];
  private native: { readonly key: string; readonly outputs: NativeOutputs } | undefined;

  /** The object files of a target's parts. */
  objectsFor(target: Target): Map<string, Uint8Array> {
    const key = targetKey(target);
    const known = this.objects.get(key) ?? new Map<string, Uint8Array>();
    this.objects.set(key, known);
    return known;
  }

  /** What the last build was made of: absolute paths of the files read. */
  get inputs(): readonly string[] {
    return [...new Set([...this.program.inputs, ...this.libraryInputs])];
  }

  /** Folders with files by a pattern. */
  get folders(): readonly ProjectFolder[] {
    return this.program.folders;
  }

  /**
   * What the second half makes of a module: what it made last, if that was of the same module, as after an edit beside
   * native functions.
   * @param surroundings what it depends on that can change between builds: a hash of the lowered module, and other things
   */
  async nativeOf(
    surroundings: readonly string[],
    make: () => Promise<NativeOutputs>,
  ): Promise<NativeOutputs> {
    const key = sha256(JSON.stringify(surroundings));
    if (this.native?.key === key) return this.native.outputs;
    this.native = undefined;
    const outputs = await make();
    this.native = { key, outputs };
    return outputs;
  }
}
