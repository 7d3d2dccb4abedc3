/**
 * Programs about structures of C, made of descriptions: the C, and the TypeScript with the same in JavaScript bodies, so
 * that what comes out natively can be compared with what JavaScript gives.
 */

/** A member: a number by its hint, an array of such as a typed array or a tuple, a text, or a structure by its name. */
export type Member =
  | { readonly kind: 'number'; readonly hint: Hint }
  | { readonly kind: 'array'; readonly hint: Exclude<Hint, 'bool'>; readonly count: number }
  | { readonly kind: 'tuple'; readonly of: Member; readonly count: number }
  | { readonly kind: 'text'; readonly count: number }
  | { readonly kind: 'struct'; readonly name: string };

const cTypes = {
  ...{ i8: 'int8_t', u8: 'uint8_t', i16: 'int16_t', u16: 'uint16_t', i32: 'int32_t' },
  ...{ u32: 'uint32_t', i64: 'int64_t', u64: 'uint64_t', f32: 'float', f64: 'double' },
  bool: '_Bool',
} as const;
export type Hint = keyof typeof cTypes;
export const hints = Object.keys(cTypes) as Hint[];

const arrayClasses = {
  ...{ i8: 'Int8Array', u8: 'Uint8Array', i16: 'Int16Array', u16: 'Uint16Array' },
  ...{ i32: 'Int32Array', u32: 'Uint32Array', i64: 'BigInt64Array', u64: 'BigUint64Array' },
  ...{ f32: 'Float32Array', f64: 'Float64Array' },
} as const;

export interface Structure {
  readonly name: string;
  readonly members: readonly Member[];
}

/** What stands before and behind a structure in the arguments of a function, so that registers run out. */
export interface Around {
  readonly before: readonly Hint[];
  readonly behind: readonly Hint[];
}

export interface Program {
  readonly c: string;
  readonly ts: string;
}

/** A number in a structure, with how both languages come to it. */
interface Leaf {
  readonly hint: Hint | 'char';
  readonly c: string;
  readonly ts: string;
}

export function makeProgram(
  structures: readonly Structure[],
  aroundOf: (index: number) => Around,
): Program {
  const byName = new Map(structures.map((one) => [one.name, one]));
  const membersOf = (name: string): readonly Member[] => byName.get(name)?.members ?? [];

  const declared = (member: Member, name: string): string => {
    switch (member.kind) {
      case 'number':
        return `${cTypes[member.hint]} ${name}`;
      case 'array':
        return `${cTypes[member.hint]} ${name}[${member.count}]`;
      case 'tuple':
        return declared(member.of, `${name}[${member.count}]`);
      case 'text':
        return `char ${name}[${member.count}]`;
      case 'struct':
        return `struct ${member.name} ${name}`;
    }
  };
  const typed = (member: Member): string => {
    switch (member.kind) {
      case 'number':
        return member.hint;
      case 'array':
        return `Sized<${arrayClasses[member.hint]}, ${member.count}>`;
      case 'tuple':
        return `[${Array(member.count).fill(typed(member.of)).join(', ')}]`;
      case 'text':
        return `Sized<string, ${member.count}>`;
      case 'struct':
        return member.name;
    }
  };
  /** An expression for a new value, of which all numbers come of `k`. */
  let counter = 0;
  const made = (member: Member): string => {
    switch (member.kind) {
      case 'number':
        return numberOf(member.hint, ++counter);
      case 'array': {
        const elements = Array.from({ length: member.count }, () =>
          numberOf(member.hint, ++counter),
        );
        return `${arrayClasses[member.hint]}.of(${elements.join(', ')})`;
      }
      case 'tuple':
        return `[${Array.from({ length: member.count }, () => made(member.of)).join(', ')}]`;
      case 'text':
        counter += member.count;
        return `textOf(k, ${member.count})`;
      case 'struct':
        return `{ ${membersOf(member.name)
          .map((one, index) => `m${index}: ${made(one)}`)
          .join(', ')} }`;
    }
  };
  const leavesOf = (member: Member, c: string, ts: string): Leaf[] => {
    switch (member.kind) {
      case 'number':
        return [{ hint: member.hint, c, ts }];
      case 'array':
        return Array.from({ length: member.count }, (_, index) => ({
          ...{ hint: member.hint, c: `${c}[${index}]`, ts: `${ts}[${index}]!` },
        }));
      case 'tuple':
        return Array.from({ length: member.count }, (_, index) =>
          leavesOf(member.of, `${c}[${index}]`, `${ts}[${index}]`),
        ).flat();
      case 'text':
        return [{ hint: 'char', c, ts }];
      case 'struct':
        return membersOf(member.name).flatMap((one, index) =>
          leavesOf(one, `${c}.m${index}`, `${ts}.m${index}`),
        );
    }
  };
  const c: string[] = [cHead];
  const ts: string[] = [tsHead];
  const runs: string[] = [];
  structures.forEach(({ name, members }, at) => {
    const whole: Member = { kind: 'struct', name };
    const cLeaves = leavesOf(whole, 's', 's');
    const { before, behind } = aroundOf(at);
    const extra = (list: readonly Hint[], start: string): string[] =>
      list.map((_, index) => `${start}${index}`);
    const sum = (language: 'c' | 'ts'): string =>
      [
        ...[...extra(before, 'a'), ...extra(behind, 'b')].map((one, index) =>
          language === 'c' ? `(double)${one} * ${index + 3}` : `Number(${one}) * ${index + 3}`,
        ),
        ...cLeaves.map((leaf, index) =>
          leaf.hint === 'char'
            ? `text_sum(${language === 'c' ? leaf.c : leaf.ts}${language === 'c' ? `, sizeof ${leaf.c}` : ''}) * ${index + 1}`
            : language === 'c'
              ? `(double)${leaf.c} * ${index + 1}`
              : `Number(${leaf.ts}) * ${index + 1}`,
        ),
      ].join(' + ');
    const changed = (leaf: Leaf, language: 'c' | 'ts', index: number): string => {
      const place = language === 'c' ? leaf.c : leaf.ts.replace(/!$/, '');
      if (leaf.hint === 'char')
        return language === 'c'
          ? `text_change(${place}, sizeof ${place});`
          : `${place} = text_change(${place});`;
      if (leaf.hint === 'bool') return `${place} = !${place};`;
      const isBig = leaf.hint === 'i64' || leaf.hint === 'u64';
      const step = isFloat(leaf.hint) ? `${index % 3}.5` : `${1 + (index % 3)}`;
      const read = language === 'c' ? place : leaf.ts;
      return `${place} = ${read} + ${step}${isBig && language === 'ts' ? 'n' : ''};`;
    };
    const body = (language: 'c' | 'ts'): string =>
      cLeaves.map((leaf, index) => changed(leaf, language, index)).join('\n  ');
    const params = (language: 'c' | 'ts', own: string): string =>
      [
        ...before.map((hint, index) => one(language, hint, `a${index}`)),
        own,
        ...behind.map((hint, index) => one(language, hint, `b${index}`)),
      ].join(', ');
    c.push(
      `struct ${name} {\n${members.map((member, index) => `  ${declared(member, `m${index}`)};`).join('\n')}\n};`,
      `double sum_${name}(${params('c', `struct ${name} s`)}) { return ${sum('c')}; }`,
      `void change_${name}(struct ${name} *p) {\n  if (!p) { nulls++; return; }\n  struct ${name} s = *p;\n  ${body('c')}\n  *p = s;\n}`,
      `struct ${name} next_${name}(${params('c', `struct ${name} s`)}) {\n  ${body('c')}\n  return s;\n}`,
      `double look_${name}(const struct ${name} *p) { struct ${name} s = *p; return ${cLeaves
        .map((leaf, index) =>
          leaf.hint === 'char'
            ? `text_sum(${leaf.c}, sizeof ${leaf.c}) * ${index + 1}`
            : `(double)${leaf.c} * ${index + 1}`,
        )
        .join(' + ')}; }`,
      `int32_t place_${name}(int32_t which) {\n  switch (which) {\n    case 0: return sizeof(struct ${name});\n    case 1: return _Alignof(struct ${name});\n${members
        .map((_, index) => `    case ${index + 2}: return offsetof(struct ${name}, m${index});`)
        .join('\n')}\n  }\n  return -1;\n}`,
    );
    counter = 0;
    const value = made(whole);
    const given = (list: readonly Hint[], from: number): string[] =>
      list.map((hint, index) => constantOf(hint, from + index));
    const passed = [...given(before, 2), 's', ...given(behind, 20)].join(', ');
    ts.push(
      `/** @struct */\nexport interface ${name} {\n${members.map((member, index) => `  m${index}: ${typed(member)};`).join('\n')}\n}`,
      `/** @extern all: sum_${name} */\nfunction sum_${name}(${params('ts', `s: ByValue<${name}>`)}): f64 {\n  return ${sum('ts')};\n}`,
      `/** @extern all: change_${name} */\nfunction change_${name}(s: ${name} | null): void {\n  if (s === null) return;\n  ${body('ts')}\n}`,
      `/** @extern all: next_${name} */\nfunction next_${name}(${params('ts', `given: ByValue<${name}>`)}): ByValue<${name}> {\n  const s: ${name} = copy_${name}(given);\n  ${body('ts')}\n  return s;\n}`,
      `/** @extern all: look_${name} */\nfunction look_${name}(s: Readonly<${name}>): f64 {\n  return ${cLeaves
        .map((leaf, index) =>
          leaf.hint === 'char'
            ? `text_sum(${leaf.ts}) * ${index + 1}`
            : `Number(${leaf.ts}) * ${index + 1}`,
        )
        .join(' + ')};\n}`,
      `function copy_${name}(s: ${name}): ${name} {\n  return ${copied(whole, 's', membersOf)};\n}`,
      `function make_${name}(k: i32): ${name} {\n  return ${value};\n}`,
      `/** @native */\nexport function ${name}_run(k: i32, kept: ${name}): ${name}[] {\n  const s = make_${name}(k);\n  const before = sum_${name}(${passed}) + look_${name}(s);\n  change_${name}(s);\n  change_${name}(null);\n  change_${name}(kept);\n  const next = next_${name}(${passed});\n  const more = next_${name}(${passed.replace(/\bs\b/, 'next')});\n  note(before);\n  note(sum_${name}(${passed}) + look_${name}(more));\n  return [s, next, more];\n}`,
      `/** @extern all: place_${name} */\ndeclare function place_${name}(which: i32): i32;\n/** @native */\nexport function ${name}_place(which: i32): i32 {\n  return place_${name}(which);\n}`,
    );
    runs.push(
      `  {\n    const kept = make_${name}(k + 5);\n    results.push({ name: '${name}', made: ${name}_run(k, kept), kept, sums: take() });\n  }`,
    );
  });
  runs.push('  results.push({ name: "narrow", made: narrow_run(k * 1234567), kept: null });');
  ts.push(
    `export function run(k: i32): unknown[] {\n  const results: unknown[] = [];\n${runs.join('\n')}\n  return results;\n}`,
  );
  return { c: c.join('\n'), ts: ts.join('\n\n') };
}

/** A new structure of the same, in TypeScript. */
function copied(
  member: Member,
  from: string,
  membersOf: (name: string) => readonly Member[],
): string {
  switch (member.kind) {
    case 'number':
    case 'text':
      return from;
    case 'array':
      return `${from}.slice()`;
    case 'tuple':
      return `[${Array.from({ length: member.count }, (_, index) =>
        copied(member.of, `${from}[${index}]`, membersOf),
      ).join(', ')}]`;
    case 'struct':
      return `{ ${membersOf(member.name)
        .map((one, index) => `m${index}: ${copied(one, `${from}.m${index}`, membersOf)}`)
        .join(', ')} }`;
  }
}

const isFloat = (hint: string): boolean => hint.startsWith('f');

const one = (language: 'c' | 'ts', hint: Hint, name: string): string =>
  language === 'c' ? `${cTypes[hint]} ${name}` : `${name}: ${hint}`;

function numberOf(hint: Hint, index: number): string {
  if (hint === 'bool') return `(k + ${index}) % 2 === 0`;
  const float = `(k * 3 + ${index}) % 90 + 0.25`;
  if (isFloat(hint)) return hint === 'f32' ? `Math.fround(${float})` : float;
  const number = `(k * 7 + ${index * 5}) % 90`;
  if (hint === 'i64' || hint === 'u64') return `BigInt(${number})`;
  return number;
}

const constantOf = (hint: Hint, value: number): string =>
  hint === 'bool'
    ? String(value % 2 === 0)
    : isFloat(hint)
      ? `${value}.5`
      : hint === 'i64' || hint === 'u64'
        ? `${value}n`
        : String(value);

const cHead = `
#include <stddef.h>
#include <stdint.h>
static int nulls;
static double text_sum(const char *text, size_t size) {
  double sum = 0;
  for (size_t i = 0; i < size && text[i]; i++) sum += (unsigned char)text[i] * (double)(i + 1);
  return sum;
}
/* What is narrower than an int may stand in a register with anything above it. */
int8_t narrow_i8(int32_t x) { return (int8_t)x; }
uint8_t narrow_u8(int32_t x) { return (uint8_t)x; }
int16_t narrow_i16(int32_t x) { return (int16_t)x; }
uint16_t narrow_u16(int32_t x) { return (uint16_t)x; }
_Bool narrow_bool(int32_t x) { return x & 2; }
double narrow_given(double (*f)(int8_t, uint8_t, int16_t, uint16_t, _Bool), int32_t x) {
  return f((int8_t)x, (uint8_t)x, (int16_t)x, (uint16_t)x, x & 2);
}
static void text_change(char *text, size_t size) {
  if (size > 1 && text[0]) text[0] = text[0] == 'z' ? 'a' : text[0] + 1;
  /* All bytes may be text, without a 0 behind. */
  if (size > 2) text[size - 1] = 0;
}
`;

const tsHead = `import type { bool, ByValue, f32, f64, i16, i32, i64, i8, Sized, u16, u32, u64, u8 } from 'tsnative';

const noted = new Float64Array(2);
const places = new Int32Array(1);

function note(sum: f64): void {
  noted[places[0]!] = sum;
  places[0]!++;
}

function take(): number[] {
  places[0] = 0;
  return [...noted];
}

/** @extern all: narrow_i8 */
function narrow_i8(x: i32): i8 {
  return (x << 24) >> 24;
}
/** @extern all: narrow_u8 */
function narrow_u8(x: i32): u8 {
  return x & 255;
}
/** @extern all: narrow_i16 */
function narrow_i16(x: i32): i16 {
  return (x << 16) >> 16;
}
/** @extern all: narrow_u16 */
function narrow_u16(x: i32): u16 {
  return x & 65535;
}
/** @extern all: narrow_bool */
function narrow_bool(x: i32): bool {
  return (x & 2) !== 0;
}
/** @extern all: narrow_given */
function narrow_given(f: (a: i8, b: u8, c: i16, d: u16, e: bool) => f64, x: i32): f64 {
  return f((x << 24) >> 24, x & 255, (x << 16) >> 16, x & 65535, (x & 2) !== 0);
}
/** @native */
export function narrow_run(x: i32): f64[] {
  return [
    narrow_i8(x),
    narrow_u8(x),
    narrow_i16(x),
    narrow_u16(x),
    narrow_bool(x) ? 1 : 0,
    narrow_given((a, b, c, d, e) => a + b * 3 + c * 5 + d * 7 + (e ? 0.5 : 0), x),
  ];
}

function text_sum(text: string): f64 {
  let sum = 0;
  for (let i = 0; i < text.length; i++) sum += text.charCodeAt(i) * (i + 1);
  return sum;
}

function text_change(text: string): string {
  if (text === '') return text;
  const first = text.charCodeAt(0);
  return (first === 122 ? 'a' : String.fromCharCode(first + 1)) + text.slice(1);
}

function textOf(k: i32, room: i32): string {
  let text = '';
  for (let i = 0; i < room - 1 && i < (k * 3) % 11; i++) text += String.fromCharCode(97 + ((k + i * 5) % 26));
  return text;
}`;
