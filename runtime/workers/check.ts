/** Checks of options. */

/** @throws RangeError or TypeError for what is no whole number of at least `least`; undefined is fine */
export function checkWhole(user: string, name: string, value: unknown, least: number): void {
  if (value === undefined) return;
  if (typeof value !== 'number') throw new TypeError(`${user}: ${name} must be a number`);
  if (!Number.isSafeInteger(value) || value < least)
    throw new RangeError(
      `${user}: ${name} must be a whole number of at least ${least}, and is ${value}`,
    );
}
