// @ts-nocheck
/** What TypeScript refuses in files that it checks, as people's JavaScript has it: variables that are read too early, and sums that may be strings. */

/** @native */
export function varOfBranch(n: number): boolean[] {
  if (n > 1) {
    var x = n;
  }
  return [x > -1, x < 1, x === 0, x === undefined];
}

/** @native */
export function varBefore(n: number): number {
  var y = n > 1 ? z : 2;
  var z = n;
  return y + z;
}

/** @native */
export function varBehindBreak(n: number): string {
  label: {
    if (n > 2) break label;
    var k = 3;
  }
  return `${k} ${k + 1}`;
}

/** @native */
export function varOfCase(n: number): number {
  switch (n) {
    case 1:
      var k = 5;
      break;
    case 2:
      k = 6;
  }
  return k * 2;
}

/** @native */
export function varOfRounds(n: number): string {
  let text = '';
  for (var i = 0; i < n; i++) {
    text += last;
    var last = i * 2;
  }
  return text + last;
}

/** @native */
export function textAndNumber(s: string | undefined, n: number): string {
  return s + n;
}

/** @native */
export function numberAndText(s: string | null, n: number): string {
  return n + s;
}

/** @native */
export function twoTexts(a: string | undefined, b: string | undefined): string {
  return a + b;
}

/** @native */
export function textOfMember(p: { name?: string; list: string[] }, n: number): string {
  return p.name + n + p.list.pop() + 'x' + p.list.pop();
}

/** @native */
export function grownText(n: number): string {
  let k;
  if (n > 2) k = 'x';
  k += n;
  return k;
}

/** @native */
export function chosenAndText(n: number, s: string): string {
  return (n > 1 ? 'a' : 2) + s + ('b' + (n > 2 ? 'c' : 3)) + (s || 7 ? s : 'd');
}

/** @native */
export function chosenAndAbsent(n: number, s: string | undefined): string {
  return (n > 1 ? 'a' : 2) + s!;
}

/** Throws where JavaScript adds numbers. */
export const checked = [
  'textAndNumber',
  'numberAndText',
  'twoTexts',
  'textOfMember',
  'grownText',
  'chosenAndAbsent',
];

const numbers = [0, 1, 2, 3, 4];

export const cases: [string, unknown[]][] = [
  ...[
    'varOfBranch',
    'varBefore',
    'varBehindBreak',
    'varOfCase',
    'varOfRounds',
    'grownText',
  ].flatMap((name) => numbers.map((n): [string, unknown[]] => [name, [n]])),
  ...['a', '', undefined].flatMap((s): [string, unknown[]][] => [
    ['textAndNumber', [s, 1]],
    ['numberAndText', [s ?? null, 1]],
    ['twoTexts', [s, undefined]],
    ['twoTexts', [undefined, s]],
    ['twoTexts', [s, 'b']],
    ['textOfMember', [{ name: s, list: ['p', 'q'] }, 1]],
    ['textOfMember', [{ name: s, list: [] }, 1]],
    ['textOfMember', [{ list: ['p'] }, 1]],
    ['chosenAndText', [1, s ?? 'c']],
    ['chosenAndText', [3, s ?? 'c']],
    ['chosenAndAbsent', [1, s]],
    ['chosenAndAbsent', [3, s]],
  ]),
];
