/**
 * Exports that Node's own FFI (`node:ffi`) calls faster than Node-API: those that take and give numbers and booleans
 * alone, do nothing else, and take so little time that the call counts. Each gets a C symbol that takes doubles and gives
 * one: NaN for what it can't do, an argument that its type can't hold or an error. JavaScript (`fastCallScripts`) then calls
 * the Node-API function, which does the same again and throws. So both check the same, with the same words.
 */
import {
  bitWidth,
  isInteger,
  isOptional,
  isScalar,
  isSigned,
  type BoundaryType,
  type IrExport,
  type IrFunction,
  type IrModule,
  type ScalarType,
} from '../../ir/types.ts';
import { reachedFrom, walkNodes } from '../../ir/walk.ts';
import { callNative, plain } from '../abi.ts';
import { context } from '../layout.ts';
import { llvmType } from '../types.ts';
import { doubleLiteral, type LlvmFunction, type LlvmModule } from '../writer.ts';
import { factsOfExports, type ExportFacts } from './facts.ts';
import { toInteger, toSingle, type Need } from './scalars.ts';

/** More doubles don't all travel in registers, and V8 then calls slowly. */
const mostParameters = 8;

/**
 * Where the calls were measured (`npm run bench:call -- ffi`). V8 has fast ones on other machines too, but nobody knows
 * whether they are faster there than Node-API's.
 */
export const hasFastCalls = (platform: string, triple: string): boolean =>
  platform === 'linux' && triple.startsWith('x86_64');

/** The symbol of the export of an index. */
const symbolOf = (index: number): string => `tsn_fast_${index}`;

/** The indices of the exports that have one. */
export function fastExports(ir: IrModule): number[] {
  const functions = new Map(ir.functions.map((fn) => [fn.name, fn]));
  const facts = factsOfExports(ir);
  return ir.exports.flatMap((exported, index) => {
    const own = facts[index];
    return own && isPlain(exported) && isPure(own) && isShort(exported.callee, functions)
      ? [index]
      : [];
  });
}

/** Whether JavaScript calls it with numbers and booleans, and with nothing else behind them. */
function isPlain(exported: IrExport): boolean {
  const { params, result, isAsync, wire, more, handed, steady, guarded, views, field } = exported;
  if (isAsync || wire || more || handed || steady || guarded || views || field) return false;
  if (exported.signal || exported.progress || exported.internal) return false;
  return (
    params.length <= mostParameters && params.every(fits) && result !== undefined && fits(result)
  );
}

/** Whether all values of a type are doubles. */
const fits = (place: BoundaryType): boolean =>
  isScalar(place.type) &&
  !isOptional(place) &&
  !(isInteger(place.type) && bitWidth(place.type) === 64);

/** Whether it can be called twice instead of once. */
const isPure = (facts: ExportFacts): boolean =>
  facts.globals.length === 0 &&
  !facts.makesViews &&
  !facts.usesHeap &&
  !facts.keepsState &&
  !facts.callsJavaScript &&
  !facts.isParallel &&
  !facts.asksEnd;

/** Whether it has no loops and no recursion, and calls nothing of C's. */
function isShort(callee: string, functions: ReadonlyMap<string, IrFunction>): boolean {
  let isLong = false;
  for (const { body, extern } of reachedFrom(callee, functions)) {
    isLong ||= extern !== undefined;
    walkNodes(body, (node) => {
      isLong ||= node.kind === 'loop' || (node.kind === 'op' && node.op === 'check.stack');
    });
  }
  return !isLong;
}

/** Defines the symbols. @param throwing as `throwingFunctions` gives them */
export function defineFastCalls(
  llvm: LlvmModule,
  ir: IrModule,
  throwing: ReadonlySet<string>,
): void {
  const functions = new Map(ir.functions.map((fn) => [fn.name, fn]));
  for (const index of fastExports(ir)) {
    const exported = ir.exports[index];
    const callee = functions.get(exported?.callee ?? '');
    if (exported && callee) define(llvm, index, exported, callee, throwing.has(callee.name));
  }
}

function define(
  llvm: LlvmModule,
  index: number,
  { params, result, span }: IrExport,
  callee: IrFunction,
  canThrow: boolean,
): void {
  const f = llvm.define(
    symbolOf(index),
    'double',
    params.map((_, n) => ({ name: `a${n}`, type: 'double' })),
  );
  f.origin = span?.file;
  const need: Need = (condition, name) => {
    const good = f.fresh(name);
    f.condBr(condition, good, 'slow');
    f.block(good);
  };
  const args = params.map(({ type }, n) => fromDouble(f, type as ScalarType, `%a${n}`, need));
  const ctx = f.alloca(`[${context.size} x i8]`, 'ctx');
  if (canThrow) f.store('i32', '0', f.offset(ctx, context.errorSite));
  const { error, results } = callNative(f, callee, canThrow, ctx, args, plain);
  if (error !== undefined) need(f.emit(`xor i1 ${error}, true`), 'returned');
  f.ret('double', toDouble(f, result?.type as ScalarType, results[0] ?? ''));
  f.block('slow');
  f.ret('double', doubleLiteral(NaN));
}

function fromDouble(f: LlvmFunction, type: ScalarType, value: string, need: Need): string {
  if (type === 'f64') return value;
  if (type === 'bool') return f.emit(`fcmp une double ${value}, ${doubleLiteral(0)}`);
  return type === 'f32' ? toSingle(f, value, need) : toInteger(f, type, value, need);
}

function toDouble(f: LlvmFunction, type: ScalarType, value: string): string {
  if (type === 'f64') return value;
  if (type === 'f32') return f.emit(`fpext float ${value} to double`);
  const sign = type !== 'bool' && isSigned(type) ? 's' : 'u';
  return f.emit(`${sign}itofp ${llvmType(type)} ${value} to double`);
}

/**
 * JavaScript: an object that has, by the ids of functions, the symbol, how many doubles it takes, and what makes a
 * function of the symbol's (`fast`) and the one that Node-API has made (`slow`). Each is a text of its own, so that V8
 * optimises each call by itself.
 */
export function fastCallScripts(
  ir: Pick<IrModule, 'exports' | 'functions' | 'globals' | 'records'>,
): string {
  const entries = fastExports(ir).flatMap((index) => {
    const exported = ir.exports[index];
    return exported
      ? [`  ${JSON.stringify(exported.callee)}: ${scriptOf(exported, index)},\n`]
      : [];
  });
  return `{\n${entries.join('')}}`;
}

function scriptOf({ params, result }: IrExport, index: number): string {
  const names = params.map((_, n) => `a${n}`);
  const isBoolean = (n: number): boolean => params[n]?.type === 'bool';
  const tests = names.map(
    (name, n) => `typeof ${name} === '${isBoolean(n) ? 'boolean' : 'number'}'`,
  );
  const args = names.map((name, n) => (isBoolean(n) ? `${name} ? 1 : 0` : name)).join(', ');
  const own = result?.type === 'bool' ? 'result === 1' : 'result';
  const all = names.join(', ');
  return `{
    symbol: '${symbolOf(index)}', parameters: ${params.length},
    make: (fast, slow) => (${all}) => {
      if (${tests.join(' && ') || 'true'}) {
        const result = fast(${args});
        if (result === result) return ${own};
      }
      return slow(${all});
    },
  }`;
}
