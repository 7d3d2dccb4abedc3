/** @native */
export function scale(this: Float64Array, factor: number): void {
  for (let i = 0; i < this.length; i++) this[i]! *= factor;
}
// rewritten:
/** @native */
export function scale(array: Float64Array, factor: number): void {
  for (let i = 0; i < array.length; i++) array[i]! *= factor;
}
