import $native from "./native/tsnative.cjs";
/** @extern openblas: cblas_dgemm */
function dgemm(order, transposeA, transposeB, rows, columns, inner, alpha, a, strideA, b, strideB, beta, c, strideC) {
    return $native.missing("dgemm", "openblas");
}
const rowMajor = 101;
const asItIs = 111;
var $native_product = $native.functions.product;
/** The product of an n × k and a k × m matrix, both row by row. */
/** @native */
export function product(a, b, n, k, m) {
    if ($native_product !== void 0) return $native_product(a, b, n, k, m);
    // C doesn't look.
    if (a.length < n * k || b.length < k * m)
        throw new RangeError('a matrix is too small');
    const c = new Float64Array(n * m);
    dgemm(rowMajor, asItIs, asItIs, n, m, k, 1, a, k, b, m, 0, c, m);
    return c;
}
