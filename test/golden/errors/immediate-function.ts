/** @native */
export function three(): number {
  return (() => 3)();
}
// rewritten:
/** @native */
export function three(): number {
  return 3;
}
