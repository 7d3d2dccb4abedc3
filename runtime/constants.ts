/**
 * The module constants that JavaScript hands over, and functions that JavaScript calls where it has looked at the
 * arguments itself. Native code knows from the start where the typed arrays of constants are, so that a call of
 * such a function needn't find that out.
 */
import type { ConstantInfo, Manifest, SteadyInfo } from './manifest.ts';

/** What emitted code finds on a native function. */
export interface Steady {
  /** Whether the constants that the function reads still are what native code knows of them. */
  fresh(): boolean;
  /** Where fields of an object are handed over. */
  frame?: Float64Array;
}

type AnyArray = ArrayBufferView & ArrayLike<number | bigint>;

type ArrayClass = { readonly prototype: object; from(values: unknown): AnyArray };

export class Constants {
  /** What was handed over, with its length. */
  private readonly known: { readonly value: unknown; readonly length: number }[] = [];
  private readonly manifest: Pick<Manifest, 'functions' | 'globals'>;
  private readonly classes: Readonly<Record<string, object>>;
  private readonly give: (index: number, value: unknown) => void;

  /**
   * @param classes those of views
   * @param give hands the global of an index over to native code
   */
  constructor(
    manifest: Pick<Manifest, 'functions' | 'globals'>,
    classes: readonly { readonly name: string }[],
    give: (index: number, value: unknown) => void,
  ) {
    this.manifest = manifest;
    this.classes = Object.fromEntries(classes.map((one) => [one.name, one]));
    this.give = give;
  }

  /** @see NativeModule.bind */
  bind(id: string, value: unknown): void {
    const { functions, globals } = this.manifest;
    const index = globals.findIndex((one) => one.id === id);
    const info = globals[index];
    const given = info?.array ? this.packed(value, info) : value;
    try {
      this.give(index, given);
    } catch (error) {
      // Where functions ask first, what isn't as it should be is not there.
      if (functions.some(({ steady }) => steady)) return;
      throw error;
    }
    this.known[index] = { value: given, length: lengthOf(given) };
  }

  /** Gives the functions by id what emitted code asks them. @returns the frames by their ids */
  prepare(
    functions: Readonly<Record<string, object | undefined>>,
  ): ReadonlyMap<string, Float64Array> {
    const frames = new Map<string, Float64Array>();
    this.manifest.globals.forEach(({ id, frame }, index) => {
      if (frame === undefined) return;
      const made = new Float64Array(frame);
      this.give(index, made);
      frames.set(id, made);
    });
    for (const { id, wire, steady } of this.manifest.functions) {
      const called = wire?.id ?? id;
      const fn = functions[called] as Partial<Steady> | undefined;
      if (!fn || !steady) continue;
      const frame = frames.get(`${called}.frame`);
      if (frame) fn.frame = frame;
      fn.fresh = this.freshness(steady);
    }
    return frames;
  }

  /** What is asked before each call. */
  private freshness([first, ...others]: readonly SteadyInfo[]): () => boolean {
    if (!first) return () => true;
    if (others.length === 0) return () => this.isFresh(first);
    return () => this.isFresh(first) && others.every((one) => this.isFresh(one));
  }

  /** A typed array that was detached has the length 0, and one whose buffer was resized another one. */
  private isFresh({ index, exact }: SteadyInfo): boolean {
    const known = this.known[index];
    if (known === undefined || lengthOf(known.value) !== known.length) return false;
    const Class = this.classes[this.manifest.globals[index]?.class ?? ''] as ArrayClass | undefined;
    return exact !== true || Object.getPrototypeOf(known.value) === Class?.prototype;
  }

  /** The typed array of an array's numbers; the value itself where it holds something else. */
  private packed(value: unknown, info: ConstantInfo): unknown {
    const Class = this.classes[info.class ?? ''] as ArrayClass | undefined;
    if (!Array.isArray(value) || !Class) return value;
    const isNumber = typeof value[0] === 'bigint' ? 'bigint' : 'number';
    if (value.some((one) => typeof one !== isNumber) || value.includes(undefined)) return value;
    try {
      const made = Class.from(value);
      return value.every((one, index) => Object.is(one, made[index])) ? made : value;
    } catch {
      return value;
    }
  }
}

const lengthOf = (value: unknown): number =>
  ArrayBuffer.isView(value) ? ((value as Partial<AnyArray>).length ?? 0) : 0;
