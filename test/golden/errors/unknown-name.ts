class Unit {
  static readonly metre = 1;
}

/** @native */
export function metres(x: number): number {
  return x * Unit.metre;
}
// rewritten:
const metre = 1;

/** @native */
export function metres(x: number): number {
  return x * metre;
}
