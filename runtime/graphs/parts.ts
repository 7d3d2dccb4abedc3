/** Values with holes, which results of tasks fill. */
import { inspect } from './plain.ts';
import { Task } from './task.ts';

/** What is no object stands for itself. */
export type Part =
  | string
  | number
  | bigint
  | boolean
  | null
  | undefined
  /** Which of a task's inputs. */
  | { readonly input: number }
  | { readonly list: readonly Part[] }
  | { readonly fields: readonly (readonly [string, Part])[] }
  /** As it is, without holes. */
  | { readonly value: unknown };

/** Tasks and functions, by where they are among those that something needs. */
export type Inputs = Map<Task<unknown> | Function, number>;

/**
 * @param inputs gets the tasks and functions in it that aren't there yet
 * @param what names the value in errors
 * @throws TypeError for what isn't plain
 */
export function partOf(value: unknown, inputs: Inputs, what: string): Part {
  return inspect(value, what, isInput) ? withHoles(value, inputs, what) : whole(value);
}

const isInput = (part: object): boolean => part instanceof Task || typeof part === 'function';

function whole(value: unknown): Part {
  // What is inspected is no symbol.
  return typeof value === 'object' && value !== null ? { value } : (value as Part);
}

/** @param value has something lazy in it */
function withHoles(value: unknown, inputs: Inputs, what: string): Part {
  if (value instanceof Task || typeof value === 'function') {
    const input = inputs.get(value) ?? inputs.size;
    inputs.set(value, input);
    return { input };
  }
  if (value instanceof Map || value instanceof Set)
    throw new TypeError(`${what}: tasks can't be in a Map or a Set; pass an array or an object`);
  const inside = (part: unknown): Part => partOf(part, inputs, what);
  if (Array.isArray(value)) return { list: Array.from(value, inside) };
  const entries = Object.entries(value as Readonly<Record<string, unknown>>);
  return { fields: entries.map(([key, part]) => [key, inside(part)] as const) };
}

/** The value, with what its holes stand for. */
export function filled(part: Part, input: (index: number) => unknown): unknown {
  if (typeof part !== 'object' || part === null) return part;
  if ('input' in part) return input(part.input);
  if ('value' in part) return part.value;
  if ('list' in part) return part.list.map((inner) => filled(inner, input));
  return Object.fromEntries(part.fields.map(([key, inner]) => [key, filled(inner, input)]));
}
