/** @native */
export function check(values: Float64Array): void {
  if (values.length === 0) throw new RangeError(`no values in ${values}`);
}
// rewritten:
/** @native */
export function check(values: Float64Array): void {
  if (values.length === 0) throw new RangeError(`no values in ${values.length}`);
}
