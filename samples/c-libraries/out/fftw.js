import $native from "./native/tsnative.cjs";
/** @extern fftw3: fftw_plan_dft_1d */
function planOf(n, from, to, sign, flags) {
    return $native.missing("planOf", "fftw3");
}
/** @extern fftw3: fftw_execute */
function execute(plan) {
    return $native.missing("execute", "fftw3");
}
/** @extern fftw3: fftw_destroy_plan, frees: plan */
function destroy(plan) {
    return $native.missing("destroy", "fftw3");
}
const forward = -1;
const estimate = 64;
var $native_transformed = $native.functions.transformed;
/** The transform of complex numbers, of which the real part stands before the imaginary one. */
/** @native */
export function transformed(values) {
    if ($native_transformed !== void 0) return $native_transformed(values);
    const n = values.length >> 1;
    const to = new Float64Array(2 * n);
    const plan = planOf(n, values, to, forward, estimate);
    if (plan === null)
        throw new RangeError('FFTW has no plan for that');
    execute(plan);
    destroy(plan);
    return to;
}
