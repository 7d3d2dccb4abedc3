import type { Progress } from 'tsnative';

function half(values: Float64Array, progress: Progress): void {
  for (let i = 0; i < values.length; i++) {
    values[i] /= 2;
    progress(i / values.length);
  }
}

/** @native */
export async function halve(values: Float64Array, progress: Progress): Promise<void> {
  half(values, progress);
}

/** @native */
export async function count(n: number, progress?: Progress): Promise<number> {
  let i = 0;
  while (i < n) {
    i++;
    if (progress) progress(i / n);
  }
  return i;
}

/** @native */
export async function told(n: number, tell: (done: number, of: number) => void): Promise<number> {
  tell(n, n);
  return n;
}
// rewritten:
import type { Progress } from 'tsnative';

function half(values: Float64Array, i: number): void {
  values[i] /= 2;
}

/** @native */
export async function halve(values: Float64Array, progress: Progress): Promise<void> {
  for (let i = 0; i < values.length; i++) {
    half(values, i);
    progress(i / values.length);
  }
}

/** @native */
export async function count(n: number, progress?: Progress): Promise<number> {
  let i = 0;
  while (i < n) {
    i++;
    progress?.(i / n);
  }
  return i;
}

/** @native */
export async function told(n: number, tell: Progress): Promise<number> {
  tell(n);
  return n;
}
