/// <reference lib="es2024.string" />
/** Halves of surrogate pairs: `isWellFormed` and `toWellFormed`. */

/** @native */
export function formed(text: string): [boolean, string, number] {
  const whole = text.toWellFormed();
  return [text.isWellFormed(), whole, whole.length];
}

/** @native */
export function allFormed(texts: string[]): boolean[] {
  return texts.map((text) => (text + '\ud83d').isWellFormed() || text.toWellFormed() === text);
}

const texts = [
  '',
  'abc',
  'é漢',
  '😀',
  'a😀b',
  '\ud83d',
  '\ude00',
  '\ude00\ud83d',
  'x\ud83dy',
  '\ud83d\ud83d\ude00',
  '😀\ude00',
  '\udfff\ud800',
  'ab\ud800',
];

export const cases: [string, unknown[]][] = [
  ...texts.map((text): [string, unknown[]] => ['formed', [text]]),
  ['allFormed', [texts]],
  ['allFormed', [[]]],
];
