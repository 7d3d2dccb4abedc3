/** @native */
export function skip(x: number, nothing: undefined): null {
  return null;
}
// rewritten:
/** @native */
export function skip(x: number): void {}
