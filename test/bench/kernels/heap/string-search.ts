/** What is found in a text, and where. */
import type { f64, i32 } from 'tsnative';

function textOf(units: Uint8Array): string {
  let text = '';
  for (let i = 0; i < units.length; i++) text += String.fromCharCode(97 + (units[i]! % 26));
  return text;
}

function count(text: string, wanted: string): i32 {
  let found = 0;
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) found++;
  return found;
}

function vowels(text: string): i32 {
  let found = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 97 || unit === 101 || unit === 105 || unit === 111 || unit === 117) found++;
  }
  return found;
}

/** @native */
export function stringSearch(units: Uint8Array): f64 {
  const text = textOf(units);
  const words = ['a', 'th', 'qz', 'ing', 'tion', 'native', 'the quick brown fox', text.slice(-20)];
  let sum = vowels(text);
  for (const word of words) {
    sum += count(text, word);
    if (text.includes(word)) sum += text.lastIndexOf(word);
    for (let at = 0; at + 64 <= text.length; at += 64) if (text.startsWith(word, at)) sum++;
  }
  for (const part of text.split('e')) sum += part.length * part.length;
  return sum;
}
