/** @native */
export function next(state: number): number {
  enum State {
    Idle,
    Busy,
  }
  return state === 0 ? 1 : 0;
}
// rewritten:
/** @native */
export function next(state: number): number {
  const Idle = 0, Busy = 1;
  return state === Idle ? Busy : Idle;
}
