/** GSL: integrals of functions of native code or of JavaScript, which the library calls. */
import type { f64, Handle, i32, Out, Pointer, u64 } from 'tsnative';

/** @struct 16 */
interface GslFunction {
  function: (x: f64, params: Pointer) => f64;
  params: Pointer;
}

type Workspace = Handle<'gsl_integration_workspace'>;

/** @extern gsl: gsl_integration_workspace_alloc */
declare function allocate(intervals: u64): Workspace;

/** @extern gsl: gsl_integration_workspace_free, frees: workspace */
declare function free(workspace: Workspace): void;

/** @extern gsl: gsl_integration_qags */
declare function qags(
  f: GslFunction,
  from: f64,
  to: f64,
  absolute: f64,
  relative: f64,
  limit: u64,
  workspace: Workspace,
  result: Out<f64>,
  error: Out<f64>,
): i32;

function integrated(f: GslFunction, from: f64, to: f64): f64 {
  const workspace = allocate(1000n);
  const result: Out<f64> = { value: 0 };
  const error: Out<f64> = { value: 0 };
  try {
    const status = qags(f, from, to, 1e-12, 1e-10, 1000n, workspace, result, error);
    if (status !== 0) throw new RangeError(`GSL: ${status}`);
  } finally {
    free(workspace);
  }
  return result.value;
}

/** The integral of x^power · log(1/x) from 0 to 1, which is 1 / (power + 1)². */
/** @native */
export function ofPower(power: f64): f64 {
  return integrated({ function: (x) => x ** power * Math.log(1 / x), params: 0n }, 0, 1);
}

/** The integral of a function of JavaScript. */
/** @native */
export function integral(f: (x: f64) => f64, from: f64, to: f64): f64 {
  return integrated({ function: (x) => f(x), params: 0n }, from, to);
}
