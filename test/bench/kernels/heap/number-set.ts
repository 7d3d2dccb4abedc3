/** Which numbers occur more than once, and what two of them come to a wanted sum. */
import type { f64, i32 } from 'tsnative';

/** @native */
export function numberSet(numbers: Int32Array, wanted: i32): f64 {
  const seen = new Set<i32>();
  const again = new Set<i32>();
  let pairs = 0;
  for (let i = 0; i < numbers.length; i++) {
    const number = numbers[i]!;
    if (seen.has(wanted - number)) pairs++;
    if (seen.has(number)) again.add(number);
    else seen.add(number);
  }
  let sum = 0;
  for (const number of again) sum += number;
  return sum + pairs * 0.5 + seen.size;
}
