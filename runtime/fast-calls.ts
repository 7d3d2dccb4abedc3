/** Functions that Node's FFI calls, where it is faster than Node-API (`compiler/4-emit/boundary/fast-calls.ts`). */

type AnyFunction = (...args: never[]) => unknown;

/** What the compiler wrote for a function. */
export interface FastCall {
  /** Of the binary: a function that takes doubles and gives one. */
  readonly symbol: string;
  /** How many it takes. */
  readonly parameters: number;
  /** Makes the function that JavaScript calls. */
  make(fast: AnyFunction, slow: AnyFunction): AnyFunction;
}

/** Gives functions of a binary by their symbols, from how many doubles they take; undefined where that isn't faster. */
export type OpenFast = (
  path: string,
  symbols: Readonly<Record<string, number>>,
) => Readonly<Record<string, AnyFunction>> | undefined;

/** Puts faster functions in the place of some. @param calls by the functions' ids */
export function takeFastCalls(
  functions: Record<string, AnyFunction | undefined>,
  calls: Readonly<Record<string, FastCall>>,
  path: string,
  open: OpenFast,
): void {
  const wanted = Object.entries(calls).filter(([id]) => functions[id]);
  if (wanted.length === 0) return;
  const symbols = wanted.map(([, { symbol, parameters }]) => [symbol, parameters] as const);
  const opened = open(path, Object.fromEntries(symbols));
  for (const [id, { symbol, make }] of wanted) {
    const [slow, fast] = [functions[id], opened?.[symbol]];
    if (slow && fast) functions[id] = make(fast, slow);
  }
}
