/** @native */
export function wait(x: number): number {
  return await Promise.resolve(x);
}
