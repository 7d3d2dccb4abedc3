/**
 * Functions that emitted code has made and native code has too: they are handed over to native functions as the
 * variables around them, and what native code assigns comes back when the call ends.
 */
import type { Manifest, HandedInfo, HandedParameterInfo } from './manifest.ts';

type AnyFunction = (...args: never[]) => unknown;

/** A function of JavaScript that native code knows. */
interface Known {
  readonly id: string;
  /** The values of the variables around it, numbers and booleans first, then typed arrays. */
  readonly get: () => readonly unknown[];
  /** Assigns those numbers and booleans that the function assigns. */
  readonly set: ((values: readonly unknown[]) => void) | undefined;
}

type Candidate = HandedParameterInfo['candidates'][number];

/** What is handed over for a parameter. */
interface Handed {
  readonly known: Known;
  readonly which: number;
  readonly candidate: Candidate;
  readonly values: readonly unknown[];
}

export class HandedFunctions {
  private readonly known = new WeakMap<object, Known>();
  private readonly classes: Readonly<Record<string, object>>;

  /** @param classes those of views */
  constructor(classes: readonly { readonly name: string }[]) {
    this.classes = Object.fromEntries(classes.map((one) => [one.name, one]));
  }

  /** @see NativeModule.known */
  note<F extends object>(id: string, fn: F, get: Known['get'], set?: Known['set']): F {
    this.known.set(fn, { id, get, set });
    return fn;
  }

  /**
   * Puts functions that take what the source's take in the place of the binary's.
   * @param frames by the ids of globals
   */
  prepare(
    { functions: infos }: Pick<Manifest, 'functions'>,
    functions: Record<string, AnyFunction | undefined>,
    frames: ReadonlyMap<string, Float64Array>,
  ): void {
    for (const { id, wire, handed } of infos) {
      const native = functions[wire?.id ?? id];
      if (!handed || !native) continue;
      const call = (...args: unknown[]): unknown => this.call(native, handed, frames, args);
      const knows = (...args: unknown[]): boolean => this.find(handed, args) !== undefined;
      functions[handed.callee] = Object.assign(call, { knows }) as AnyFunction;
    }
  }

  private call(
    native: AnyFunction,
    plan: HandedInfo,
    frames: ReadonlyMap<string, Float64Array>,
    args: readonly unknown[],
  ): unknown {
    const found = this.find(plan, args);
    if (!found) throw new TypeError('a function that native code does not know');
    const given: unknown[] = [];
    args.forEach((argument, index) => {
      const at = plan.params.findIndex((param) => param.index === index);
      const [param, handed] = [plan.params[at], found[at]];
      if (!param || !handed) return given.push(argument);
      const { candidate, values, which } = handed;
      const slots: unknown[] = Array.from({ length: param.slots });
      const count = candidate.numbers.length;
      candidate.views.forEach(({ slot }, view) => (slots[slot] = values[count + view]));
      const frame = frames.get(param.frame ?? '');
      for (let i = 0; frame && i < count; i++) frame[i] = Number(values[i]);
      return given.push(which, ...slots);
    });
    try {
      return native(...(given as never[]));
    } finally {
      plan.params.forEach((param, at) => {
        const handed = found[at];
        const frame = frames.get(param.frame ?? '');
        if (!frame || !handed?.known.set) return;
        const values = handed.candidate.numbers.flatMap(({ type, isWritten }, index) =>
          isWritten ? [type === 'bool' ? frame[index] !== 0 : frame[index]] : [],
        );
        handed.known.set(values);
      });
    }
  }

  /** What is handed over for the functions among the arguments; undefined where JavaScript has to do. */
  private find({ params }: HandedInfo, args: readonly unknown[]): Handed[] | undefined {
    const found: Handed[] = [];
    for (const { index, candidates } of params) {
      const argument = args[index];
      const known = typeof argument === 'function' ? this.known.get(argument) : undefined;
      const which = candidates.findIndex(({ id }) => id === known?.id);
      const candidate = candidates[which];
      if (!known || !candidate) return undefined;
      const values = valuesOf(known);
      if (!this.areFit(candidate, values)) return undefined;
      // Two functions may share a variable, and native code would have two of it.
      if (found.some((other) => mayShare(other.candidate, candidate))) return undefined;
      found.push({ known, which, candidate, values });
    }
    return found;
  }

  private areFit({ numbers, views }: Candidate, values: readonly unknown[]): boolean {
    const areNumbers = numbers.every(({ type }, index) => isOfType(values[index], type));
    return (
      areNumbers &&
      views.every(({ class: name }, index) => {
        const Class = this.classes[name] as (new () => object) | undefined;
        const value = values[numbers.length + index];
        const isPlain = name !== 'Uint8Array' || !(value instanceof Buffer);
        return Class !== undefined && value instanceof Class && isPlain;
      })
    );
  }
}

/** The values around a function; none while some of the variables don't exist yet. */
function valuesOf({ get }: Known): readonly unknown[] {
  try {
    return get();
  } catch {
    return [];
  }
}

const mayShare = (one: Candidate, other: Candidate): boolean =>
  one.numbers.some(({ name, isWritten }) =>
    other.numbers.some((number) => number.name === name && (isWritten || number.isWritten)),
  );

function isOfType(value: unknown, type: string): boolean {
  if (type === 'bool') return typeof value === 'boolean';
  if (typeof value !== 'number') return false;
  if (type === 'f64') return true;
  if (type === 'f32') return Object.is(Math.fround(value), value);
  const bits = Number(type.slice(1));
  const least = type.startsWith('u') ? 0 : -(2 ** (bits - 1));
  return (
    Number.isInteger(value) && !Object.is(value, -0) && value >= least && value < least + 2 ** bits
  );
}
