/** @native */
export function load(): number {
  void import('./two-files/helper.js');
  return 1;
}
// rewritten:
import 'tsnative';

/** @native */
export function load(): number {
  return 1;
}
