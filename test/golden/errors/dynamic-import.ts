/** @native */
export function load(): number {
  void import('./constant-elsewhere/main.js');
  return 1;
}
// rewritten:
import './constant-elsewhere/main.js';

/** @native */
export function load(): number {
  return 1;
}
