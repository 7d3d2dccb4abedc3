let threshold = 10;

export function setThreshold(value: number): void {
  threshold = value;
}

/** @native */
export function above(x: number): boolean {
  return x > threshold;
}
// rewritten:
/** @native */
export function above(x: number, threshold: number): boolean {
  return x > threshold;
}
