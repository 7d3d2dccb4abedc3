let calls = 0;

/** @native */
export function next(): number {
  calls++;
  return 1;
}
// rewritten:
const calls = new Float64Array(1);

/** @native */
export function next(): number {
  calls[0]!++;
  return 1;
}
