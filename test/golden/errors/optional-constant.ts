const limit: number | undefined = [1, 2].at(0);

/** @native */
export function below(x: number): boolean {
  return limit !== undefined && x < limit;
}
// rewritten:
const limit = [1, 2].at(0) ?? Infinity;

/** @native */
export function below(x: number): boolean {
  return x < limit;
}
