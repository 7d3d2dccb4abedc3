/** @native */
export async function later(values: Float64Array): Promise<number> {
  await Promise.resolve();
  return values[0];
}

/** @native */
export async function promised(x: number): Promise<number> {
  return Promise.resolve(x);
}
// rewritten:
/** @native */
export async function later(values: Float64Array): Promise<number> {
  return values[0];
}

/** @native */
export async function promised(x: number): Promise<number> {
  return x;
}
