import $native from "./native/tsnative.cjs";
var $native_ofPower = $native.functions.ofPower;
var $native_integral = $native.functions.integral;
/** @extern gsl: gsl_integration_workspace_alloc */
function allocate(intervals) {
    return $native.missing("allocate", "gsl");
}
/** @extern gsl: gsl_integration_workspace_free, frees: workspace */
function free(workspace) {
    return $native.missing("free", "gsl");
}
/** @extern gsl: gsl_integration_qags */
function qags(f, from, to, absolute, relative, limit, workspace, result, error) {
    return $native.missing("qags", "gsl");
}
function integrated(f, from, to) {
    const workspace = allocate(1000n);
    const result = { value: 0 };
    const error = { value: 0 };
    try {
        const status = qags(f, from, to, 1e-12, 1e-10, 1000n, workspace, result, error);
        if (status !== 0)
            throw new RangeError(`GSL: ${status}`);
    }
    finally {
        free(workspace);
    }
    return result.value;
}
/** The integral of x^power · log(1/x) from 0 to 1, which is 1 / (power + 1)². */
/** @native */
export function ofPower(power) {
    if ($native_ofPower !== void 0) return $native_ofPower(power);
    return integrated({ function: (x) => x ** power * Math.log(1 / x), params: 0n }, 0, 1);
}
/** The integral of a function of JavaScript. */
/** @native */
export function integral(f, from, to) {
    if ($native_integral !== void 0) return $native_integral(f, from, to);
    return integrated({ function: (x) => f(x), params: 0n }, from, to);
}
