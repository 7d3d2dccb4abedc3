/** @native */
export function size(values?: Float64Array): number {
  return values?.length ?? -1;
}

/** @native */
export function first(values?: Float64Array): number {
  return values![0]!;
}
