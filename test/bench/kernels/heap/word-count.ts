/** How often each word of a text occurs. */
import type { f64, i32 } from 'tsnative';

/** Words of different lengths, some of which are common. */
function textOf(numbers: Int32Array): string {
  let text = '';
  for (let i = 0; i < numbers.length; i++) {
    const number = numbers[i]!;
    text += number % 3 === 0 ? 'the' : `w${number % 1000}${number % 5 === 0 ? 'ing' : ''}`;
    text += i % 12 === 11 ? '\n' : ' ';
  }
  return text;
}

/** @native */
export function wordCount(numbers: Int32Array): f64 {
  const text = textOf(numbers);
  const counts = new Map<string, i32>();
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit !== 32 && unit !== 10) continue;
    if (at > start) {
      const word = text.slice(start, at);
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
    start = at + 1;
  }
  let sum = counts.size;
  for (const [word, count] of counts) sum += word.length * count * count;
  return sum;
}
