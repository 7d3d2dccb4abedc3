/**
 * Which calls must be inlined and which functions have vector forms, so that loops that call them can be
 * vectorised: LLVM vectorises no loop with a call in it, and its inliner stops at about fifty instructions.
 *
 * A small function of numbers is inlined into loops, and into functions that loops call. A large one, such as
 * the reduction of huge angles, stays apart, with forms that LLVM calls for several elements at once,
 * under a mask: they call it for those elements that need it, which is mostly none.
 */
import type { LlvmDialect } from '../5-link/types.ts';
import { opInfo } from '../ir/ops.ts';
import { ofSettled, settledCallees } from '../ir/settled.ts';
import {
  isScalar,
  type IrFunction,
  type IrModule,
  type Node,
  type Operation,
} from '../ir/types.ts';
import { regionsOf, walkNodes } from '../ir/walk.ts';
import { abi, type Version } from './abi.ts';
import type { LlvmModule } from './writer.ts';

/** The most operations of a function that is inlined whatever LLVM thinks, what it calls included. */
const mostOperations = 400;
/** The most operations that one function takes in this way; what is beyond, LLVM decides. */
const mostTaken = 6000;
/** Numbers of elements that a vector form exists for. */
const widths = [2, 4, 8];

export interface CallPlan {
  /** The calls that are inlined. */
  readonly inlined: ReadonlySet<Operation>;
  /** The names of the functions that have vector forms. */
  readonly vectorized: ReadonlySet<string>;
}

/** How many operations a function becomes; undefined for what does more than compute numbers from numbers. */
type Weights = ReadonlyMap<string, number | undefined>;

/** @param throwing the functions that may leave with an error */
export function planCalls(
  ir: IrModule,
  throwing: ReadonlySet<string>,
  dialect: LlvmDialect,
): CallPlan {
  const functions = new Map(ir.functions.map((fn) => [fn.name, fn]));
  const weights = weigh(functions, throwing);
  const hot = calledInLoops(ir, functions);
  const inlined = new Set<Operation>();
  const vectorized = new Set<string>();
  for (const fn of ir.functions) {
    let taken = 0;
    for (const { call, callee, isInLoop } of callsIn(fn)) {
      const weight = weights.get(callee);
      if (weight === undefined || !(isInLoop || hot.has(fn.name))) continue;
      // LLVM knows masked forms since version 17, long after pointers became opaque.
      if (weight > mostOperations && dialect === 'opaque') vectorized.add(callee);
      if (weight <= mostOperations && (taken += weight) <= mostTaken) inlined.add(call);
    }
  }
  return { inlined, vectorized };
}

interface Call {
  readonly call: Operation;
  readonly callee: string;
  readonly isInLoop: boolean;
}

/** All calls of a function. */
const callsIn = ofSettled((fn): readonly Call[] => {
  const calls: Call[] = [];
  const walk = (nodes: readonly Node[], isInLoop: boolean): void => {
    for (const node of nodes) {
      const callee = node.kind === 'op' ? node.attributes.callee : undefined;
      if (node.kind === 'op' && callee !== undefined) calls.push({ call: node, callee, isInLoop });
      const isLoop = node.kind === 'loop';
      // What rarely runs isn't worth the code.
      const isHot = (isInLoop || isLoop) && !(isLoop && node.rare);
      for (const region of regionsOf(node)) walk(region, isHot);
    }
  };
  walk(fn.body, false);
  return calls;
});

/** The functions that are called from a loop, or from such a function. */
function calledInLoops(ir: IrModule, functions: ReadonlyMap<string, IrFunction>): Set<string> {
  const hot = new Set<string>();
  for (const fn of ir.functions)
    for (const { callee, isInLoop } of callsIn(fn)) if (isInLoop) hot.add(callee);
  // The set grows while it is walked.
  for (const name of hot) {
    const fn = functions.get(name);
    if (fn) for (const callee of settledCallees(fn)) hot.add(callee);
  }
  return hot;
}

function weigh(functions: ReadonlyMap<string, IrFunction>, throwing: ReadonlySet<string>): Weights {
  const weights = new Map<string, number | undefined>();
  const weightOf = (fn: IrFunction): number | undefined => {
    if (weights.has(fn.name)) return weights.get(fn.name);
    weights.set(fn.name, undefined); // for what calls itself
    const weight = throwing.has(fn.name) || fn.extern || !isOfNumbers(fn) ? undefined : sum(fn);
    weights.set(fn.name, weight);
    return weight;
  };
  const sum = (fn: IrFunction): number | undefined => {
    let total: number | undefined = 0;
    walkNodes(fn.body, (node) => {
      if (node.kind === 'loop') total = undefined;
      if (node.kind !== 'op' || total === undefined) return;
      const callee = functions.get(node.attributes.callee ?? '');
      const added = callee ? weightOf(callee) : isComputation(node) ? 1 : undefined;
      total = added === undefined ? undefined : total + (added > mostOperations ? 1 : added);
    });
    return total;
  };
  for (const fn of functions.values()) weightOf(fn);
  return weights;
}

const isOfNumbers = (fn: IrFunction): boolean =>
  fn.results.length === 1 &&
  fn.results.every(isScalar) &&
  fn.params.every(({ value }) => isScalar(value.type));

const isComputation = ({ op }: Operation): boolean =>
  opInfo(op).effect === 'none' || op === 'local.get' || op === 'local.set';

/** The attribute of calls that names a function's vector forms: mangled names of the vector function ABI. */
export function variants(fn: IrFunction, version: Version): string {
  const { name, params } = abi(fn, false, version);
  const forms = widths.map(
    (width) => `_ZGV_LLVM_M${width}${'v'.repeat(params.length)}_${name}(${name}.${width})`,
  );
  return ` "vector-function-abi-variant"="${forms.join(',')}"`;
}

/** Adds the vector forms of functions to the module; returns the LLVM names that `keepVectorForms` needs. */
export function emitVectorForms(
  llvm: LlvmModule,
  functions: readonly IrFunction[],
  version: Version,
): string[] {
  return functions.flatMap((fn) => [
    ...widths.map((width) => emitVectorForm(llvm, fn, width, version)),
    // The functions themselves, whose parameters LLVM may not change then.
    abi(fn, false, version).name,
  ]);
}

/** Keeps functions until the vectoriser looks for them. */
export function keepVectorForms(llvm: LlvmModule, names: readonly string[]): void {
  if (names.length === 0) return;
  const list = names.map((name) => `ptr @${name}`).join(', ');
  const type = `[${names.length} x ptr]`;
  llvm.global('llvm.compiler.used', `appending global ${type} [${list}], section "llvm.metadata"`);
}

function emitVectorForm(llvm: LlvmModule, fn: IrFunction, width: number, version: Version): string {
  const { name, result, params } = abi(fn, false, version);
  const vector = (type: string): string => `<${width} x ${type}>`;
  const form = `${name}.${width}`;
  const f = llvm.define(
    form,
    vector(result),
    [
      ...params.map((param) => ({ name: param.name, type: vector(param.type) })),
      { name: 'mask', type: vector('i1') },
    ],
    'internal',
    `nounwind noinline${version.attributes}`,
  );
  const bits = f.emit(`bitcast ${vector('i1')} %mask to i${width}`);
  const some = f.emit(`icmp ne i${width} ${bits}, 0`);
  let [before, none] = [f.fresh('some'), f.fresh('none')];
  f.condBr(some, before, none);
  f.block(none);
  f.ret(vector(result), 'zeroinitializer');
  f.block(before);
  let values = 'zeroinitializer';
  for (let lane = 0; lane < width; lane++) {
    const [called, after] = [f.fresh('lane'), f.fresh('next')];
    const element = (type: string, from: string): string =>
      f.emit(`extractelement ${vector(type)} %${from}, i32 ${lane}`);
    f.condBr(element('i1', 'mask'), called, after);
    f.block(called);
    const args = params.map((param) => [param.type, element(param.type, param.name)] as const);
    const value = f.call(result, name, args);
    const inserted = `insertelement ${vector(result)} ${values}, ${result} ${value}, i32 ${lane}`;
    const more = f.emit(inserted);
    f.block(after);
    values = f.emit(`phi ${vector(result)} [ ${values}, %${before} ], [ ${more}, %${called} ]`);
    before = after;
  }
  f.ret(vector(result), values);
  return form;
}
