/** Functions with objects, made of the binary's functions and the scripts that the compiler wrote for them. */
import type { Manifest } from './manifest.ts';
import { refusalError } from './refusal.ts';
import { Refused } from './wire.ts';

type AnyFunction = (...args: never[]) => unknown;

/**
 * What the compiler writes for an export with objects.
 * @param native the binary's function, which takes the wire
 * @param rest its second function, where it has one
 * @param fail gives the error to throw for one that was caught
 */
export type WireScript = (
  native: AnyFunction | undefined,
  rest: AnyFunction | undefined,
  fail: (error: unknown, args: readonly unknown[]) => unknown,
) => AnyFunction;

/**
 * Puts the functions that emitted code calls in the place of the binary's.
 * @param functions those of the binary, by id; changed
 */
export function wireFunctions(
  manifest: Pick<Manifest, 'functions' | 'shapes'>,
  scripts: Readonly<Record<string, WireScript>>,
  functions: Record<string, AnyFunction | undefined>,
): void {
  const rests = new Map(manifest.functions.map(({ id, restOf }) => [restOf, id]));
  for (const { id, name, wire } of manifest.functions) {
    const script = wire && scripts[wire.id];
    if (!wire || !script) continue;
    const fail = (error: unknown, args: readonly unknown[]): unknown => {
      if (!(error instanceof Refused)) return error;
      const made = refusalError(name, wire.params, manifest.shapes, args, error);
      // The stack starts at the function that was called.
      Error.captureStackTrace(made, call);
      return made;
    };
    const call = script(functions[id], functions[rests.get(wire.id) ?? ''], fail);
    functions[wire.id] = call;
  }
}
