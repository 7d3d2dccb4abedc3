/**
 * Loops over functions of small arrays (`guvectorize`), which run on several threads where their calls may run in any order:
 * the function only reads its arguments, and what it does besides several threads may do. Each thread has a heap of its
 * own there, so it may make objects. Other functions run in order.
 */
import { Node, type CallExpression } from '../../ts-morph.ts';
import { arrayFunctionAt } from '../../1-read/kernels/index.ts';
import { functionOf, unwrapped } from '../../1-read/function-nodes.ts';
import type { FunctionNode } from '../../1-read/model.ts';
import { lastingRecords } from '../../ir/kept-views.ts';
import {
  isRecord,
  isView,
  type IrFunction,
  type IrModule,
  type Operation,
} from '../../ir/types.ts';
import { walkOps } from '../../ir/walk.ts';
import { WrittenParameters } from '../../ir/written-parameters.ts';
import { recordName } from '../../ir/records.ts';
import { sourceOf } from '../refusals.ts';
import { writeOf } from './reads-only.ts';
import type { Functions, Region } from './regions.ts';
import { reachedBy } from './touching.ts';

/** Whether a region is the loop of a function of small arrays. */
export const isOfCores = ({ call }: Region): boolean =>
  arrayFunctionAt(call.compilerNode)?.results !== undefined;

/** Why the calls of the function of such a region must run in order; undefined where they needn't. */
export function whyInOrder(
  region: Region,
  piece: IrFunction,
  functions: Functions,
  module: IrModule,
): string | undefined {
  const written = writtenArgument(region);
  if (written) return `\`${sourceOf(written)}\` may write an argument.`;
  const reached = reachedBy(piece.name, functions);
  const lasting = lastingRecords(module);
  const parameters = new WrittenParameters(functions);
  for (const fn of reached) {
    if (fn.foreign) return `It calls \`${fn.name}\` of JavaScript.`;
    if (fn.extern && !fn.extern.pure)
      return `It calls \`${fn.extern.symbol}\` of the library ${fn.extern.library}.`;
    let why: string | undefined;
    const globals = new Set<number>();
    walkOps(fn.body, (op) => {
      why ??= whyOf(op, lasting);
      const [result] = op.results;
      if (op.op === 'global.get' && result && isView(result.type)) globals.add(result.id);
      why ??= usesOfGlobals(op, globals, functions, parameters);
    });
    if (why !== undefined) return why;
  }
  return undefined;
}

/** Where the function may write one of its arguments. */
function writtenArgument({ call }: Region): Node | undefined {
  const results = arrayFunctionAt(call.compilerNode)?.results ?? 0;
  const core = coreCall(call);
  const fn = core && functionIn(core);
  if (!fn) return call;
  const inputs = core.getArguments().length - results;
  for (let index = 0; index < inputs; index++) {
    const write = writeOf(fn, index);
    if (write) return write;
  }
  return undefined;
}

/** The call of the function with the arrays of one round, which is the first in the loops that the compiler has written. */
const coreCall = (call: Node): CallExpression | undefined =>
  call.forEachDescendant((node) =>
    Node.isCallExpression(node) && Node.isParenthesizedExpression(node.getExpression())
      ? node
      : undefined,
  );

function functionIn(core: CallExpression): FunctionNode | undefined {
  const callee = unwrapped(core.getExpression());
  if (Node.isArrowFunction(callee) || Node.isFunctionExpression(callee)) return callee;
  const symbol = callee.getSymbol();
  const [declaration] = (symbol?.getAliasedSymbol() ?? symbol)?.getDeclarations() ?? [];
  return declaration && functionOf(declaration)?.node;
}

/** What only one thread may do, or not in any order. */
function whyOf(op: Operation, lasting: ReadonlySet<string>): string | undefined {
  if (op.op.startsWith('atomic.') && op.op !== 'atomic.load') return 'It uses Atomics.';
  switch (op.op) {
    case 'state.get':
    case 'state.set':
      return 'It uses an object of the module.';
    case 'error.message':
      return 'It reads the message of an error that it catches.';
    case 'error.of':
      return 'It makes an instance of a class of errors.';
    case 'view.address':
    case 'memory.load':
    case 'memory.store':
      return 'It uses memory of C.';
    case 'eq':
    case 'ne':
      if (op.args[0] && isView(op.args[0].type)) return 'It compares typed arrays.';
  }
  const values = [...op.args, ...op.results];
  if (values.some(({ type }) => type === 'js')) return 'It calls a function of JavaScript.';
  const isLasting = values.some(({ type }) => isRecord(type) && lasting.has(recordName(type)));
  return isLasting ? 'It uses objects that JavaScript may have.' : undefined;
}

/** Whether an operation does something else with a typed array of the module than to read it. */
function usesOfGlobals(
  op: Operation,
  globals: ReadonlySet<number>,
  functions: Functions,
  parameters: WrittenParameters,
): string | undefined {
  const reads = ['view.load', 'view.length', 'view.byteOffset', 'data.load', 'atomic.load'];
  const callee = functions.get(op.attributes.callee ?? '');
  const isWritten = op.args.some(
    ({ id }, index) =>
      globals.has(id) &&
      !reads.includes(op.op) &&
      !(op.op === 'call' && callee && !parameters.isWritten(callee, index)),
  );
  return isWritten ? 'It may write a typed array of the module.' : undefined;
}
