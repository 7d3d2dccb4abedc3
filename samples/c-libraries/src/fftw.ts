/** FFTW: the discrete Fourier transform of any length. */
import type { Handle, i32, u32 } from 'tsnative';

type Plan = Handle<'fftw_plan'>;

/** @extern fftw3: fftw_plan_dft_1d */
declare function planOf(
  n: i32,
  from: Float64Array,
  to: Float64Array,
  sign: i32,
  flags: u32,
): Plan | null;

/** @extern fftw3: fftw_execute */
declare function execute(plan: Plan): void;

/** @extern fftw3: fftw_destroy_plan, frees: plan */
declare function destroy(plan: Plan): void;

const forward = -1;
const estimate = 64;

/** The transform of complex numbers, of which the real part stands before the imaginary one. */
/** @native */
export function transformed(values: Float64Array): Float64Array {
  const n = values.length >> 1;
  const to = new Float64Array(2 * n);
  const plan = planOf(n, values, to, forward, estimate);
  if (plan === null) throw new RangeError('FFTW has no plan for that');
  execute(plan);
  destroy(plan);
  return to;
}
