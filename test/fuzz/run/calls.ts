/** Calls of a program's entry, the same in every way of running it. */
import { outcomeOf, show, type Outcome } from '../../support/outcome.ts';
import { valuesOf } from '../arguments.ts';
import type { ArgumentSet } from '../program.ts';

type Table = ArrayBufferView & { set(from: ArrayBufferView): void; slice(): Table };

/** Values of module-level constants by their names. */
export type Constants = Readonly<Record<string, unknown>>;

const isTable = (value: unknown): value is Table => ArrayBuffer.isView(value);

/** Constants whose arrays are a copy's own. */
export const copyOf = (constants: Constants): Constants =>
  Object.fromEntries(
    Object.entries(constants).map(([name, value]) => [
      name,
      isTable(value) ? value.slice() : value,
    ]),
  );

/**
 * Calls once with each set of arguments. Before each call the constant arrays are as they were
 * at first, and their content after it is part of the outcome.
 * @param constants the very objects that the program sees
 */
export function outcomesOf(
  call: (...args: unknown[]) => unknown,
  sets: readonly ArgumentSet[],
  constants: Constants,
): Outcome[] {
  const tables = Object.values(constants).filter(isTable);
  const first = tables.map((table) => table.slice());
  const reset = (): void => tables.forEach((table, index) => table.set(first[index] ?? table));
  return sets.map((set) => {
    const outcome = outcomeOf(call, valuesOf(set));
    const arrays = [...outcome.arrays, ...tables.map(show)];
    reset();
    return { ...outcome, arrays };
  });
}
