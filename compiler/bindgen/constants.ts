/**
 * Macros that stand for a number or a text. The preprocessor tells which there are (`-dD -E`), and what they stand for
 * the compiler computes, so that casts, suffixes, `sizeof` and escapes mean what they mean in C.
 */
import { runClang, type HeaderOptions } from './clang.ts';

export interface Macro {
  readonly name: string;
  /** As TypeScript writes it. */
  readonly value: string;
}

/**
 * The bodies of a header's own macros without parameters, by their names.
 * @param isOwn whether a file's macros are wanted
 */
export function macrosOf(
  preprocessed: string,
  isOwn: (file: string) => boolean,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  let own = false;
  for (const line of preprocessed.split('\n')) {
    const marker = /^# \d+ "(.*?)"/.exec(line);
    if (marker) own = isOwn(marker[1] ?? '');
    const [, name, body = ''] = /^#define (\w+)(?: (.*))?$/.exec(line) ?? [];
    if (name !== undefined && own) found.set(name, body.trim());
    const undefinedName = /^#undef (\w+)/.exec(line)?.[1];
    if (undefinedName !== undefined) found.delete(undefinedName);
  }
  return found;
}

/** The names of those that may be constants. */
export const candidatesOf = (macros: ReadonlyMap<string, string>): string[] =>
  [...macros].flatMap(([name, body]) =>
    name.startsWith('_') || !mayBeExpression(body) ? [] : [name],
  );

/** Whether a body can stand in a line of C without changing how the lines behind it are read. */
function mayBeExpression(body: string): boolean {
  const bare = body.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)+'/g, '0');
  if (bare === '' || /[{};#"'\\]/.test(bare)) return false;
  let depth = 0;
  for (const char of bare) {
    if (char === '(') depth++;
    if (char === ')' && --depth < 0) return false;
    // A list for the arguments of something.
    if (char === ',' && depth === 0) return false;
  }
  return depth === 0;
}

/** What a macro is, by its type in C. */
const kinds = { signed: 0, unsigned: 1, real: 2, text: 3 } as const;

const prelude = `
#define tsn_kind(x) _Generic((x), _Bool: 1, char: (char)-1 > 0, signed char: 0, short: 0, int: 0, long: 0, \\
  long long: 0, unsigned char: 1, unsigned short: 1, unsigned int: 1, unsigned long: 1, unsigned long long: 1, \\
  float: 2, double: 2, long double: 2, char *: 3, const char *: 3)
#define tsn_if(x, kind, other) __builtin_choose_expr(kind, (x), other)
`;

/** One line for a macro, whose definitions have its index in their names. */
function line(name: string, index: number): string {
  const x = `(${name})`;
  const [real, text] = [`tsn_kind(${x}) == 2`, `tsn_kind(${x}) == 3`];
  return [
    `const int tsn_k${index} = tsn_kind(${x});`,
    `const unsigned long long tsn_i${index} = (unsigned long long)tsn_if(${x}, tsn_kind(${x}) < 2, 0);`,
    `const double tsn_r${index} = (double)tsn_if(${x}, ${real}, 0);`,
    `const char *const tsn_t${index} = tsn_if(${x}, ${text}, 0);`,
  ].join(' ');
}

/**
 * The macros among them that are constants, with their values.
 * @param names out of `candidatesOf`
 */
export async function constantsOf(
  options: HeaderOptions,
  names: readonly string[],
): Promise<Macro[]> {
  let candidates = names;
  const first = `${prelude}#include "${options.header}"\n`;
  const offset = first.split('\n').length;
  // One that is no constant may keep the compiler from telling of others.
  while (candidates.length > 0) {
    const source = first + candidates.map(line).join('\n') + '\n';
    const { stderr } = await runClang(options, ['-fsyntax-only', '-w', '-ferror-limit=0'], source);
    const wrong = new Set<number>();
    for (const [, row] of stderr.matchAll(/^<stdin>:(\d+):\d+: (?:fatal )?error:/gm))
      wrong.add(Number(row) - offset);
    const left = candidates.filter((_, index) => !wrong.has(index));
    if (left.length === candidates.length) break;
    candidates = left;
  }
  if (candidates.length === 0) return [];
  const source = first + candidates.map(line).join('\n') + '\n';
  const ask = ['-S', '-emit-llvm', '-O0', '-w', '-o', '-'];
  const { failed, stdout } = await runClang(options, ask, source);
  if (failed) return [];
  const globals = new Map<string, string>();
  for (const [, name = '', value = ''] of stdout.matchAll(
    /^@(tsn_\w+|\.str[\w.]*) = .*?constant (.*?)(?:, align \d+)?$/gm,
  ))
    globals.set(name, value);
  return candidates.flatMap((name, index) => {
    const value = valueOf(globals, index);
    return value === undefined ? [] : [{ name, value }];
  });
}

/** The value of a macro in TypeScript, out of LLVM's definitions. */
function valueOf(globals: ReadonlyMap<string, string>, index: number): string | undefined {
  const of = (what: string): string => globals.get(`tsn_${what}${index}`)?.split(' ').at(-1) ?? '';
  switch (Number(of('k') || NaN)) {
    case kinds.signed:
      return integer(BigInt(of('i')));
    case kinds.unsigned:
      return integer(BigInt.asUintN(64, BigInt(of('i'))));
    case kinds.real:
      return literal(real(of('r')));
    case kinds.text:
      return text(globals.get(of('t').slice(1)) ?? '');
    default:
      return undefined;
  }
}

/** A bigint only where a number can't hold it. */
export function integer(value: bigint): string {
  const isSafe =
    value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER);
  return isSafe ? String(value) : `${value}n`;
}

const literal = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));

/** LLVM writes the bits where the digits aren't exact. */
function real(literal: string): number {
  if (!literal.startsWith('0x')) return Number(literal);
  const bits = new DataView(new ArrayBuffer(8));
  bits.setBigUint64(0, BigInt(literal));
  return bits.getFloat64(0);
}

/** `[3 x i8] c"ab\00"`, in which a backslash is doubled, or `[1 x i8] zeroinitializer`; undefined for what is no text in UTF-8. */
function text(constant: string): string | undefined {
  if (/^\[1 x i8\] zeroinitializer$/.test(constant)) return '""';
  const inside = /^\[\d+ x i8\] c"(.*)\\00"$/.exec(constant)?.[1];
  if (inside === undefined) return undefined;
  const bytes = [...inside.matchAll(/\\([\dA-F]{2})|\\?([\s\S])/g)].map(([, hex, char = '']) =>
    hex === undefined ? char.charCodeAt(0) : parseInt(hex, 16),
  );
  try {
    return JSON.stringify(new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes)));
  } catch {
    return undefined;
  }
}
