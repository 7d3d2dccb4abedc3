/** Makes `runtime/std/powers-of-ten.ts`: each power of ten that doubles are converted with, to 128 bits. */

/** Below 10^-342 even nineteen digits are nearer to 0 than to the smallest double; shortest digits need 10^324. */
export const smallest = -342;
export const largest = 324;

/**
 * The upper 128 bits of 10^exponent, whose highest bit is 1; the bits below are cut off.
 * @param {number} exponent
 * @returns {bigint}
 */
export function significand(exponent) {
  const power = 10n ** BigInt(Math.abs(exponent));
  const length = BigInt(power.toString(2).length);
  if (exponent >= 0) return length > 128n ? power >> (length - 128n) : power << (128n - length);
  const quotient = (1n << (length + 128n)) / power;
  return quotient >> BigInt(quotient.toString(2).length - 128);
}

/** @returns {string} the file */
export function powersOfTen() {
  const words = [];
  for (let exponent = smallest; exponent <= largest; exponent++) {
    const bits = significand(exponent);
    words.push(bits >> 64n, BigInt.asUintN(64, bits));
  }
  const lines = [];
  for (let index = 0; index < words.length; index += 6) {
    const line = words.slice(index, index + 6).map((word) => `0x${word.toString(16)}n`);
    lines.push(`  ${line.join(', ')},`);
  }
  return `/** Made by \`npm run tables\`: powers of ten to 128 bits, as \`compiler/tables/powers-of-ten.mjs\` computes them. */

/** The exponents in the table, both included. */
export const SMALLEST_POWER = ${smallest};
export const LARGEST_POWER = ${largest};

/**
 * The upper 128 bits of 10^e, whose highest bit is 1, in two words: the higher one is element
 * 2·(e − SMALLEST_POWER). The bits below are cut off; for 0 ≤ e ≤ 55 there are none.
 */
// prettier-ignore
export const powersOfTen = new BigUint64Array([
${lines.join('\n')}
]);
`;
}
