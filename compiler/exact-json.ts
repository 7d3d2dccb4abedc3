/** JSON that differs wherever values do: for hashes, not to be read again. */

/** `JSON.stringify` has no bigints, maps, sets and minus zero. */
function exactly(_: string, value: unknown): unknown {
  if (typeof value === 'bigint') return `bigint ${value}`;
  if (typeof value === 'number' && (Object.is(value, -0) || !Number.isFinite(value)))
    return `number ${Object.is(value, -0) ? '-0' : value}`;
  return value instanceof Map || value instanceof Set ? [...value] : value;
}

export const exactJson = (value: unknown): string => JSON.stringify(value, exactly);
