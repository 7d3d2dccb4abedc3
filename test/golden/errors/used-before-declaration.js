/**
 * @native
 * @param {number} x
 * @returns {number}
 */
export function late(x) {
  const y = x + z;
  const z = 1;
  return y + z;
}
/** @native @param {number} x @returns {number} */
export function renamedLater(x) {
  const root = () => sqrt(x) + PI;
  if (x > 2) return root();
  const { sqrt, PI } = Math;
  return root();
}

/** @native @param {number} x @returns {number} */
export function renamedByHoisted(x) {
  if (x > 2) return root();
  const { sqrt: squareRoot } = Math;
  return root();
  function root() {
    return squareRoot(x);
  }
}

/** @native @param {number} x @returns {number} */
export function renamedInCase(x) {
  switch (x) {
    case 1:
      const { sqrt: first } = Math;
      return first(x);
    default:
      return first(4);
  }
}
// rewritten:
/**
 * @native
 * @param {number} x
 * @returns {number}
 */
export function late(x) {
  const z = 1;
  const y = x + z;
  return y + z;
}
