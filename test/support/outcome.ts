/** What a call did: its result or error, and the bytes of the arrays it was given. */

export interface Outcome {
  /** The result as text that tells −0 from 0 and a bigint from a number; NaNs are all alike. */
  readonly result?: string;
  /** Class and message of the error it threw. */
  readonly error?: string;
  /** Each array argument's elements after the call. */
  readonly arrays: readonly string[];
}

type View = ArrayBufferView & { readonly length?: number };

const isView = (value: unknown): value is View => ArrayBuffer.isView(value);

/** Shows a value exactly. */
export function show(value: unknown): string {
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (isView(value)) return showView(value);
  return String(value);
}

function showView(view: View): string {
  const name = view.constructor.name;
  const elements =
    view instanceof DataView
      ? new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
      : (view as unknown as Iterable<number | bigint>);
  return `${name}(${view.byteOffset}+${view.byteLength})[${[...elements].map(show).join(' ')}]`;
}

/** A copy of arguments in which views of one buffer still are views of one buffer, and one object is one. */
export function cloneArguments(args: readonly unknown[]): unknown[] {
  const buffers = new Map<ArrayBufferLike, ArrayBufferLike>();
  const views = new Map<View, View>();
  return args.map((arg) => {
    if (!isView(arg)) return arg;
    const known = views.get(arg);
    if (known) return known;
    let buffer = buffers.get(arg.buffer);
    if (!buffer) {
      buffer = arg.buffer.slice(0);
      buffers.set(arg.buffer, buffer);
    }
    const copy = viewOver(arg, buffer);
    views.set(arg, copy);
    return copy;
  });
}

function viewOver(like: View, buffer: ArrayBufferLike): View {
  if (Buffer.isBuffer(like))
    return Buffer.from(buffer as ArrayBuffer, like.byteOffset, like.length);
  const make = like.constructor as new (
    buffer: ArrayBufferLike,
    offset: number,
    length: number | undefined,
  ) => View;
  return new make(
    buffer,
    like.byteOffset,
    like instanceof DataView ? like.byteLength : like.length,
  );
}

/** Calls a function on a copy of arguments and tells what it did. */
export function outcomeOf(
  call: (...args: unknown[]) => unknown,
  args: readonly unknown[],
): Outcome {
  const own = cloneArguments(args);
  const arrays = (): string[] => own.filter(isView).map(showView);
  try {
    const result = call(...own);
    const which = own.indexOf(result);
    // An argument that comes back must be that very object.
    const shown = isView(result) && which >= 0 ? `argument ${which}` : show(result);
    return { result: shown, arrays: arrays() };
  } catch (error) {
    return { error: errorText(error), arrays: arrays() };
  }
}

function errorText(error: unknown): string {
  if (!(error instanceof Error)) return `not an Error: ${String(error)}`;
  return `${error.constructor.name}: ${error.message}`;
}

export const sameOutcome = (a: Outcome, b: Outcome): boolean =>
  JSON.stringify(a) === JSON.stringify(b);
