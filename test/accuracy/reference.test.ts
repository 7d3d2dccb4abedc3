/** The reference itself, against digits from elsewhere. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { real, shifted, ulpError, type Real } from './real.ts';
import { reference } from './reference.ts';
import { pi } from './series.ts';

/** The first decimals of a number, cut off. */
function digits({ m, e }: Real, count: number): string {
  const scaled = shifted(m * 10n ** BigInt(count), e)
    .toString()
    .padStart(count + 1, '0');
  return `${scaled.slice(0, -count)}.${scaled.slice(-count)}`;
}

// Abramowitz and Stegun, "Handbook of Mathematical Functions", table 1.1 and chapter 4
test('constants', () => {
  assert.is(digits(pi, 35), '3.14159265358979323846264338327950288');
  assert.is(digits(reference('exp', [1]), 33), '2.718281828459045235360287471352662');
  assert.is(digits(reference('log', [2]), 33), '0.693147180559945309417232121458176');
  assert.is(digits(reference('log', [10]), 33), '2.302585092994045684017991454684364');
  assert.is(digits(reference('log10', [2]), 30), '0.301029995663981195213738894724');
  assert.is(digits(reference('pow', [2, 0.5]), 33), '1.414213562373095048801688724209698');
  assert.is(digits(reference('hypot2', [1, 1]), 33), '1.414213562373095048801688724209698');
  assert.is(digits(reference('cbrt', [2]), 30), '1.259921049894873164767210607278');
  assert.is(digits(reference('sin', [1]), 33), '0.841470984807896506652502321630298');
  assert.is(digits(reference('cos', [1]), 33), '0.540302305868139717400936607442976');
  assert.is(digits(reference('tan', [1]), 30), '1.557407724654902230506974807458');
  assert.is(digits(reference('sinh', [1]), 30), '1.175201193643801456882381850595');
  assert.is(digits(reference('cosh', [1]), 30), '1.543080634815243778477905620757');
  assert.is(digits(reference('tanh', [1]), 30), '0.761594155955764888119458282604');
  assert.is(digits(reference('atan', [1]), 30), '0.785398163397448309615660845819');
  assert.is(digits(reference('acos', [0.5]), 30), '1.047197551196597746154214461093');
});

test('a huge argument', () => {
  const twentyTwo = reference('sin', [1e22]);
  // Ng, "Argument reduction for huge arguments: good to the last bit" (1992)
  assert.is(digits(real(-twentyTwo.m, twentyTwo.e), 20), '0.85220084976718880177');
});

test('errors are measured in units of the last place', () => {
  assert.is(ulpError(1, real(1n)), 0);
  assert.is(ulpError(1 + 2 ** -52, real(1n)), 1);
  assert.is(ulpError(5e-324, real(0n)), 1);
  assert.is(ulpError(0, real(1n, -1075)), 0.5);
  assert.is(ulpError(Infinity, real(1n, 2000)), 0);
  assert.is(ulpError(Number.MAX_VALUE, real(1n, 2000)), 1);
  assert.is(ulpError(NaN, real(1n)), Infinity);
});

test.run();
