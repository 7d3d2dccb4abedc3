/** Programs that scan and make text: characters, code points, halves of surrogate pairs, numbers in it. */
import type { Random } from '../../random.ts';
import type { Content } from './index.ts';

const strings = [
  ...[
    "''",
    "'a'",
    "'abc'",
    "'a,b,,c'",
    "'  x 12 '",
    "'éÿß'",
    "'€uro'",
    "'😀b😀'",
    "'\\ud83d'",
    "'\\udc00\\ud83d'",
  ],
  ...[
    "'x\\ude00\\ud83d'",
    "'12.50e3z'",
    "'-0'",
    "'\\0\\u2028'",
    "'ABCabc'",
    "'1,2,3'",
    "'aaaa'",
    "'\\ufeff 7 '",
  ],
] as const;

const place = (random: Random): string =>
  random.pick([
    '0',
    '1',
    '2',
    '-1',
    'i',
    'j',
    'i + 1',
    'j - 1',
    'a.length',
    'i - 3',
    '0.5',
    'NaN',
    'Infinity',
    '-Infinity',
  ]);

function value(random: Random, depth: number): string {
  if (depth <= 0) return random.pick(['a', 'b', 'a', 'b', 'c', ...strings]);
  const of = (): string => value(random, depth - 1);
  const at = (): string => place(random);
  return random.weighted<() => string>([
    [3, () => `(${of()} + ${of()})`],
    [4, () => `${of()}.${random.pick(['slice', 'substring', 'slice'])}(${at()}, ${at()})`],
    [2, () => `${of()}.substr(${at()}, ${at()})`],
    [2, () => `${of()}.slice(${at()})`],
    [2, () => `${of()}.charAt(${at()})`],
    [2, () => `(${of()}.at(${at()}) ?? 'none')`],
    [2, () => `(${of()}[i] ?? '-')`],
    [
      1,
      () =>
        `${of()}.${random.pick(['trim', 'trimStart', 'trimEnd', 'toUpperCase', 'toLowerCase'])}()`,
    ],
    [1, () => `${of()}.${random.pick(['padStart', 'padEnd'])}(${random.below(12)}, ${of()})`],
    [1, () => `${of()}.repeat(${random.below(4)})`],
    [
      2,
      () =>
        `${of()}.${random.pick(['replace', 'replaceAll'])}(${of()}, ${random.pick(["'x'", "'$&'", "'$$'", "'$`'", 'b'])})`,
    ],
    [2, () => `${of()}.split(${of()}).join(${random.pick(["'-'", 'c', "''"])})`],
    [1, () => `${of()}.concat(${of()}, ${of()})`],
    [1, () => `String.fromCharCode(${amount(random, 0)}, ${amount(random, 0)})`],
    [1, () => `String.fromCodePoint((${amount(random, 0)} >>> 0) % 0x110000)`],
    [1, () => `\`\${${amount(random, depth - 1)}}|\${${of()}}\``],
    [1, () => `(${amount(random, depth - 1)}).toString(${random.pick(['', '2', '16', '36'])})`],
    [1, () => `[...${of()}].reverse().join('')`],
    [1, () => `(${of()} < ${of()} ? ${of()} : ${of()})`],
  ])();
}

function amount(random: Random, depth: number): string {
  if (depth <= 0)
    return random.pick([
      'i',
      'j',
      'n',
      'a.length',
      '65',
      '0x1f600',
      '0xd83d',
      '-1',
      '0.1',
      '1e21',
      '-0',
    ]);
  const of = (): string => value(random, depth - 1);
  return random.weighted<() => string>([
    [2, () => amount(random, 0)],
    [3, () => `${of()}.length`],
    [3, () => `${of()}.${random.pick(['indexOf', 'lastIndexOf'])}(${of()})`],
    [2, () => `${of()}.${random.pick(['indexOf', 'lastIndexOf'])}(${of()}, ${place(random)})`],
    [3, () => `${of()}.charCodeAt(${place(random)})`],
    [3, () => `(${of()}.codePointAt(${place(random)}) ?? -7)`],
    [2, () => `(${of()}.${random.pick(['includes', 'startsWith', 'endsWith'])}(${of()}) ? 1 : 0)`],
    [
      1,
      () =>
        `(${of()}.${random.pick(['includes', 'startsWith', 'endsWith'])}(${of()}, ${place(random)}) ? 1 : 0)`,
    ],
    [2, () => `${random.pick(['Number', 'parseFloat'])}(${of()})`],
    [1, () => `parseInt(${of()}, ${random.pick(['10', '16', '2', '36', '0'])})`],
    [1, () => `(${of()} < ${of()} ? 1 : 2)`],
    [
      1,
      () =>
        `(${amount(random, depth - 1)} ${random.pick(['+', '-', '*', '|'])} ${amount(random, depth - 1)})`,
    ],
    [1, () => `${of()}.split(${of()}).length`],
    [1, () => `[...${of()}].length`],
  ])();
}

function scan(random: Random): string {
  const next = (): string => value(random, 2);
  return random.pick([
    () =>
      `for (const x of ${next()}.slice(0, 30)) { n += x.codePointAt(0) ?? 0; ${random.chance(0.5) ? 'c += x;' : "if (x === 'a' || x.length > 1) c = x + c;"} }`,
    () =>
      `for (i = 0; i < Math.min(a.length, 30); i++) { if (a[i] === ${random.pick(["','", "'a'", 'b[0]', 'b.charAt(i)'])}) { c += b.slice(j, i); j = i; } }`,
    () =>
      `for (i = 0; i < a.length && i < 30; i++) { const u = a.charCodeAt(i); if (u >= 48 && u <= 57) n = n * 10 + (u - 48); else if (u >= 0xd800 && u < 0xdc00) n += a.codePointAt(i) ?? 0; }`,
    () => `for (i = Math.min(a.length, 30) - 1; i >= 0; i--) c += a[i];`,
    () =>
      `while (a.length > 3 && a.startsWith(${next()}.slice(0, 1)) && j < 20) { a = a.slice(1); j++; }`,
    () =>
      `for (const x of ${next()}.split(${random.pick(["','", "''", "'a'", 'b'])}).slice(0, 20)) { c = x + c; n += x.length; }`,
    () =>
      `{ const seen = new Map<string, number>(); for (const x of ${next()}.slice(0, 30)) seen.set(x, (seen.get(x) ?? 0) + 1); for (const [x, k] of seen) c += x + k; }`,
    () =>
      `switch (${next()}) { case 'a': n += 1; break; case b: n += 2; case '': c += 'e'; break; default: n -= 1; }`,
    () => `b = ${next()}.slice(0, 40);`,
    () => `a = ${next()}.slice(0, 40);`,
    () => `i = ${amount(random, 1)} | 0; j = (${amount(random, 1)} | 0) & 7;`,
    () => `n += ${amount(random, 2)};`,
  ])();
}

export function text(random: Random): Content {
  const lines = Array.from(
    { length: random.between(4, 8) },
    () =>
      `${scan(random)} if (c.length > 80) c = c.slice(-60); out.push(a, b, c, \`\${n} \${i} \${j}\`);`,
  );
  const module = `import type { i32 } from 'tsnative';
/** @native */
export function entry(a: string, b: string, n: number): string[] {
  const out: string[] = [];
  let i: i32 = 1;
  let j: i32 = 0;
  let c = '';
  ${lines.join('\n  ')}
  return out;
}
`;
  const calls = Array.from(
    { length: 8 },
    () =>
      `thrown(() => m.entry(${random.pick(strings)} + ${random.pick(strings)}, ${random.pick(strings)}, ${random.pick(['0', '1', '2.5', 'NaN', '-1'])}));`,
  );
  return { module, script: calls.join('\n') };
}
