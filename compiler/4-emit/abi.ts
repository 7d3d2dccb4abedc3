/**
 * How native functions are called: the LLVM signature of an IR function, and
 * the call with its results taken apart.
 *
 * A function that can throw gives `i1`, or a struct that starts with `i1`: true means
 * that an error is recorded in the context and that there are no results.
 */
import { externThrows } from '../ir/externs.ts';
import { opInfo } from '../ir/ops.ts';
import { ofSettled, settledCallees } from '../ir/settled.ts';
import { isView, type IrFunction, type IrModule, type IrType } from '../ir/types.ts';
import { walkNodes } from '../ir/walk.ts';
import { context, view } from './layout.ts';
import { llvmType } from './types.ts';
import type { LlvmFunction, LlvmType } from './writer.ts';

export interface AbiParameter {
  /** Without `%`. */
  readonly name: string;
  readonly type: LlvmType;
  readonly attributes?: string;
}

export interface Abi {
  /** The LLVM name, without `@`. */
  readonly name: string;
  readonly result: LlvmType;
  /** The context first, then the IR function's parameters in order. */
  readonly params: readonly AbiParameter[];
}

/** A copy of native functions, for one tier of CPUs. Those that are in no other are called by those of all. */
export interface Version {
  /** What the LLVM names of its functions start with. */
  readonly prefix: string;
  /** LLVM's attributes of its functions; empty, or with a space before them. */
  readonly attributes: string;
  /** As LLVM calls it; undefined where nothing tells. */
  readonly cpu?: string;
}

/** The copy for the CPU of the target. */
export const plain: Version = { prefix: 'f.', attributes: '' };

export interface NativeResult {
  /** An i1 operand, true where the callee recorded an error; undefined if it cannot. */
  readonly error: string | undefined;
  /** Operands of the callee's results; meaningless after an error. */
  readonly results: readonly string[];
}

/** The attributes of a pointer to a context parameter. */
export const contextAttributes = `nonnull noundef dereferenceable(${context.size}) align 8`;

const viewAttributes = `nonnull noundef dereferenceable(${view.size}) align 8`;

/** The LLVM name of an IR function: injective, and needs no quotes. */
export const nativeName = (irName: string, version = plain): string =>
  version.prefix +
  irName.replace(/[^A-Za-z0-9_.]/gu, (char) => `$${char.codePointAt(0)?.toString(16) ?? ''}$`);

/** The LLVM signature of a function. `canThrow` is its membership in `throwingFunctions`. */
export function abi(fn: IrFunction, canThrow: boolean, version = plain): Abi {
  const results = [...(canThrow ? ['i1'] : []), ...fn.results.map(llvmType)];
  const [only] = results;
  const paramTypes = fn.params.map(({ value }) => value.type);
  return {
    name: nativeName(fn.name, version),
    result: only === undefined ? 'void' : results.length === 1 ? only : `{ ${results.join(', ')} }`,
    params: [
      { name: 'ctx', type: 'ptr', attributes: contextAttributes },
      ...fn.params.map((param, index) => ({
        name: `a${index}`,
        type: llvmType(param.value.type),
        ...(isPresentView(paramTypes, index) && { attributes: viewAttributes }),
      })),
    ],
  };
}

/**
 * Whether a parameter or result is a view that is never null: an optional one stands
 * behind its tag, so a view without a `u8` before it is always there.
 */
export function isPresentView(types: readonly IrType[], index: number): boolean {
  const type = types[index];
  return type !== undefined && isView(type) && types[index - 1] !== 'u8';
}

/**
 * Writes the return of a function's results, behind the error's flag where it can throw.
 * @param result of its `abi`
 */
export function returnMembers(
  f: LlvmFunction,
  result: LlvmType,
  fn: IrFunction,
  canThrow: boolean,
  members: readonly string[],
): void {
  const [only] = members;
  if (members.length === 1 && only !== undefined) return f.ret(result, only);
  const types = [...(canThrow ? ['i1'] : []), ...fn.results.map(llvmType)];
  const struct = members.reduce(
    (made, member, index) =>
      f.emit(
        f.module.spell(`insertvalue ${result} ${made}, ${types[index] ?? ''} `) +
          `${member}, ${index}`,
      ),
    'undef',
  );
  f.ret(result, struct);
}

/** Writes the call of a native function; `ctx` and `args` are operands of its `abi` parameters, `attributes` the call's. */
export function callNative(
  f: LlvmFunction,
  fn: IrFunction,
  canThrow: boolean,
  ctx: string,
  args: readonly string[],
  version = plain,
  attributes = '',
): NativeResult {
  const { name, result, params } = abi(fn, canThrow, version);
  const operands = [ctx, ...args];
  if (operands.length !== params.length) throw new Error(`${fn.name}: wrong argument count`);
  const returned = f.call(
    result,
    name,
    params.map((param, index) => [param.type, operands[index] ?? '']),
    attributes,
  );
  if (!canThrow && fn.results.length === 0) return { error: undefined, results: [] };
  if (!result.startsWith('{'))
    return canThrow ? { error: returned, results: [] } : { error: undefined, results: [returned] };
  const member = (index: number): string =>
    f.emit(`extractvalue ${f.module.spell(result)} ${returned}, ${index}`);
  const first = canThrow ? 1 : 0;
  return {
    error: canThrow ? member(0) : undefined,
    results: fn.results.map((_, index) => member(first + index)),
  };
}

/** Whether a function may leave with an error by what it does itself. */
const throwsItself = ofSettled((fn) => {
  if (fn.foreign || (fn.extern && externThrows(fn.extern))) return true;
  let throws = false;
  walkNodes(fn.body, (node) => {
    if (node.kind === 'throw' || node.kind === 'rethrow') throws = true;
    if (node.kind !== 'op') return;
    const { effect } = opInfo(node.op);
    if (effect === 'throw' || effect === 'allocate') throws = true;
  });
  return throws;
});

/** The names of the functions that may leave with an error: by an operation, by `throw`, or by what they call. */
export function throwingFunctions(module: IrModule): Set<string> {
  const throwing = new Set<string>();
  const callers = new Map<string, string[]>();
  for (const fn of module.functions) {
    if (throwsItself(fn)) throwing.add(fn.name);
    for (const callee of settledCallees(fn)) {
      const known = callers.get(callee);
      if (known) known.push(fn.name);
      else callers.set(callee, [fn.name]);
    }
  }
  // The set grows while it is walked: callers of callers are visited too.
  for (const callee of throwing)
    for (const caller of callers.get(callee) ?? []) throwing.add(caller);
  return throwing;
}
