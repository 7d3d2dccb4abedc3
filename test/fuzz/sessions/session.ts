/**
 * Sessions: a module with native code, and a script of JavaScript that works with it for a while. What the script
 * tells must be the same with machine code as with the module's JavaScript.
 */

export interface Session {
  /** Unique in its run; its module is `s` and this. */
  readonly index: number;
  readonly kind: string;
  /** The module in TypeScript. */
  readonly module: string;
  /** The body of an async function of `m`, the module, `tell`, which notes values, and `thrown`, which catches. */
  readonly script: string;
  /** Sources of C by their paths, which the module declares functions of. */
  readonly sources?: Readonly<Record<string, string>>;
}

/** The name of a session's module, without what stands behind the dot. */
export const nameOf = ({ index }: Pick<Session, 'index'>): string => `s${index}`;

/** What a run of a session gave: what it told, or what ended the process. */
export type Told = readonly string[] | string;

/** Errors of tsnative's own checks, where JavaScript goes on. */
const checks: readonly RegExp[] = [
  /RangeError: (write to )?index .* is outside/,
  /RangeError: .* (does not fit|would make holes|an integer from) /,
  /RangeError: The shifted bigint/,
  /TypeError: .* (can't be (undefined|null|used.*)$|is no |in another order than|expected )/,
  /TypeError: (native code can't change|a callback has detached or resized) /,
];

const isCheck = (line: string): boolean => checks.some((check) => check.test(line));

/** What one run differs in from another; undefined where it doesn't. Behind a check of tsnative's all may differ. */
export function difference(plain: Told, native: Told): string | undefined {
  if (typeof plain === 'string') return `JavaScript ${plain}`;
  if (typeof native === 'string') return `machine code ${native}`;
  const length = Math.max(plain.length, native.length);
  for (let line = 0; line < length; line++) {
    const [a, b] = [plain[line], native[line]];
    if (a === b) continue;
    if (b !== undefined && isCheck(b)) return undefined;
    return `line ${line}: JavaScript ${a ?? 'ends'} | machine code ${b ?? 'ends'}`;
  }
  return undefined;
}
