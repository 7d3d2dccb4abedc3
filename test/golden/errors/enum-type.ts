enum Mode {
  Fast,
  Exact = 4,
  Both,
}

/** @native */
export function steps(mode: Mode): number {
  return mode === 0 ? 10 : 100;
}
// rewritten:
const Fast = 0, Exact = 4, Both = 5;

/** @native */
export function steps(mode: number): number {
  return mode === Fast ? 10 : mode === Exact ? 100 : Both;
}
