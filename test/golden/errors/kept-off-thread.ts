import type { f64 } from 'tsnative';

/** @native */
export class Window {
  values: Float64Array;
  constructor(size: f64) {
    this.values = new Float64Array(size);
  }
}

/** @native */
export async function filled(size: f64): Promise<f64> {
  const window = new Window(size);
  return window.values.length;
}
// rewritten:
/** @native */
export async function filled(values: Float64Array): Promise<number> {
  return values.length;
}
