/**
 * Runs IR on JavaScript's own values, as an oracle beside V8 and machine code. Each function is
 * written as JavaScript when it is first called (`interpreter/`).
 *
 * Integers up to 32 bits and floats are numbers, i64 and u64 are bigints, bools are booleans, and
 * views are typed arrays, Buffers and DataViews with their identity, strings are strings, records and lists
 * as `interpreter/heap.ts` has them. A null reference is `null`.
 */
import type { Extern } from './externs.ts';
import { InterpreterFault, languageError, StepLimit, Thrown } from './errors.ts';
import { foreignFunction, type Passed } from './interpreter/foreign.ts';
import { compileFunction } from './interpreter/function.ts';
import { State, type Runnable } from './interpreter/state.ts';
import { zeroValue } from './interpreter/zero.ts';
import { Tag, type BoundaryType, type IrExport, type IrModule, isOptional } from './types.ts';

export interface InterpreterOptions {
  /** The values of module constants by `IrGlobal.name`; looked up whenever code reads one. */
  readonly globals?: Readonly<Record<string, unknown>>;
  /** How many rounds of loops plus recursive calls one call from outside may take. */
  readonly maxSteps?: number;
  /** Functions of C by `library:symbol`: they get what the IR function gets, and give what it gives. */
  readonly externs?: Readonly<Record<string, (...args: unknown[]) => unknown>>;
  /** How deep calls of functions that check the stack may nest. */
  readonly stackDepth?: number;
}

export interface Interpreter {
  /**
   * Calls a function of the module with one value for each IR parameter. It gives undefined, the
   * result, or an array of the results where there are several.
   * @throws the language's own errors (`isNativeError` knows them), StepLimit, or InterpreterFault for broken IR
   */
  call(name: string, args: readonly unknown[]): unknown;
  /** Calls an export as JavaScript would, with arguments that are valid for it. Throws as `call` does. */
  callExport(item: IrExport, args: readonly unknown[]): unknown;
}

export function createInterpreter(
  module: IrModule,
  { globals = {}, externs = {}, maxSteps = Infinity, stackDepth = 5000 }: InterpreterOptions = {},
): Interpreter {
  const state = new State(module, globals, maxSteps, stackDepth);
  const indices = new Map(module.functions.map(({ name }, index) => [name, index]));
  module.functions.forEach((fn, index) => {
    if (fn.foreign) state.functions.push(foreignFunction(fn.foreign, state));
    else if (fn.extern) state.functions.push(externFunction(fn.extern, externs));
    else
      state.functions.push((...args) => {
        const compiled = compileFunction(fn, indices, state);
        state.functions[index] = compiled;
        return compiled(...args);
      });
  });

  function call(name: string, args: readonly unknown[]): unknown {
    const run = state.functions[indices.get(name) ?? -1];
    if (!run) throw new InterpreterFault(`there is no function ${name}`);
    state.start();
    try {
      return run(...args);
    } catch (error) {
      throw outward(error);
    }
  }

  function callExport(item: IrExport, args: readonly unknown[]): unknown {
    const { callee, name: to, params, guarded, views } = item;
    const given = params.flatMap((param, index) => {
      const arg = args[index];
      const { name } = param;
      return toIr(param, param.type === 'js' && arg ? ({ fn: arg, to, name } as Passed) : arg);
    });
    const more = args.slice(params.length);
    const inside = views ? (more.shift() as unknown[]) : undefined;
    const guard = guarded ? (more.shift() as () => void) : undefined;
    const result = state.during([...args, ...Object.values(globals)], { guard, inside }, () =>
      call(callee, given),
    );
    return item.result && fromIr(item.result, result);
  }

  return { call, callExport };
}

/** What stands for a function of C, which the interpreter itself can't call. */
function externFunction(
  { library, symbol }: Extern,
  externs: NonNullable<InterpreterOptions['externs']>,
): Runnable {
  return (
    externs[`${library}:${symbol}`] ??
    (() => {
      throw new InterpreterFault(`the interpreter has no ${symbol} of the library ${library}`);
    })
  );
}

/** What a call throws for what was thrown inside it. */
function outward(error: unknown): unknown {
  if (error instanceof InterpreterFault || error instanceof StepLimit) return error;
  if (error instanceof Thrown) return error.value;
  const own = languageError(error);
  if (own) return own;
  // The generated code trusts the IR: what JavaScript itself throws shows that the IR was wrong.
  return new InterpreterFault(String(error), { cause: error });
}

function toIr(boundary: BoundaryType, value: unknown): unknown[] {
  const absent = value === undefined || value === null;
  if (absent) return [value === null ? Tag.null : Tag.undefined, zeroValue(boundary.type)];
  const held =
    typeof value === 'number' && boundary.type !== 'f64' && boundary.type !== 'f32'
      ? value + 0 // integers have no −0
      : value;
  return isOptional(boundary) ? [Tag.value, held] : [held];
}

function fromIr(boundary: BoundaryType, result: unknown): unknown {
  if (!isOptional(boundary)) return result;
  const [tag, value] = result as [number, unknown];
  return tag === Tag.undefined ? undefined : tag === Tag.null ? null : value;
}
