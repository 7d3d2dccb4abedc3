namespace Units {
  export const metre = 1;
}

/** @native */
export function metres(x: number): number {
  return x * (Units as unknown as number);
}
// rewritten:
const metre = 1;

/** @native */
export function metres(x: number): number {
  return x * metre;
}
