/** Functions with objects and instances, made of the binary's functions and the scripts that the compiler wrote for them. */
import { Instances } from './instances.ts';
import type { Manifest } from './manifest.ts';
import { refusalError } from './refusal.ts';
import { startStackAt } from './stacks.ts';
import { Refused, refused } from './wire.ts';

type AnyFunction = (...args: never[]) => unknown;

/**
 * What the compiler writes for an export with objects or instances.
 * @param native the binary's function, which takes the wire and handles
 * @param rest its second function, where it has one
 * @param fail gives the error to throw for one that was caught
 */
export type WireScript = (
  native: AnyFunction | undefined,
  rest: AnyFunction | undefined,
  fail: (error: unknown, args: readonly unknown[]) => unknown,
  instances: Instances,
) => AnyFunction;

/** The ids of the binary's functions about instances (`compiler/wire/instances.ts`). */
export const instanceIds = {
  kind: 'wire.instance.kind',
  release: 'wire.instance.release',
} as const;

/**
 * Puts the functions that emitted code calls in the place of the binary's.
 * @param functions those of the binary, by id; changed
 * @returns what has the wrappers of instances
 */
export function wireFunctions(
  manifest: Pick<Manifest, 'functions' | 'shapes' | 'classes'>,
  scripts: Readonly<Record<string, WireScript>>,
  functions: Record<string, AnyFunction | undefined>,
): Instances {
  const release = functions[instanceIds.release] as (handle: number) => void;
  const instances = new Instances(manifest.classes, functions, {
    kind: functions[instanceIds.kind] as (handle: number) => number,
    release(handle) {
      try {
        release(handle);
      } catch {
        // WebAssembly that has ended in the middle of a call: there is nothing to release, and nobody to tell.
      }
    },
  });
  const rests = new Map(manifest.functions.map(({ id, restOf }) => [restOf, id]));
  for (const info of manifest.functions) {
    const { id, wire } = info;
    const script = wire && scripts[wire.id];
    // WebAssembly has no async functions.
    if (!wire || !script || !functions[id]) continue;
    const fail = (error: unknown, args: readonly unknown[]): unknown => {
      if (!(error instanceof Refused)) return error;
      const made = refusalError(info, wire.params, { ...manifest, instances }, args, error);
      // The stack starts at the function that was called.
      startStackAt(made, call);
      return made;
    };
    const rest = functions[rests.get(wire.id) ?? ''];
    const call = script(functions[id], rest, fail, instances);
    functions[wire.id] = info.steady ? Object.assign(call, { refused }) : call;
  }
  return instances;
}
