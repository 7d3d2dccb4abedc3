/**
 * What the functions that `parallel.invoke` runs call: those may write the arrays that are handed on to them, which
 * only one of the functions has then, and no others.
 */
import type { Node as SourceNode } from '../../ts-morph.ts';
import { isView, type IrFunction, type Operation, type Span } from '../../ir/types.ts';
import { forEachValueUse, reachedFrom, walkOps } from '../../ir/walk.ts';
import type { Functions, Region } from './regions.ts';
import { methodOf, reachedBy, touches } from './touching.ts';

/** The pieces of a region and of those that stand inside it. */
export const piecesInside = (
  { call }: Region,
  reached: readonly IrFunction[],
  regions: ReadonlyMap<string, Region>,
): Set<IrFunction> =>
  new Set(
    reached.filter(({ name }) => {
      const inner = regions.get(name)?.call;
      return inner !== undefined && isAround(call, inner);
    }),
  );

const isAround = (outer: SourceNode, inner: SourceNode): boolean =>
  outer.getSourceFile() === inner.getSourceFile() &&
  outer.getPos() <= inner.getPos() &&
  outer.getEnd() >= inner.getEnd();

/** Whether arrays that the functions of a region hand on may be written. */
export function handsToWriters(
  region: Region,
  functions: Functions,
  regions: ReadonlyMap<string, Region>,
): boolean {
  const reached = reachedBy(region.piece, functions);
  const own = piecesInside(region, reached, regions);
  return reached.some((fn) => (own.has(fn) ? callsMethod(fn) : writesArrays(fn)));
}

/** Whether an operation changes elements of arrays. */
const isStore = ({ op }: Operation): boolean =>
  ['view.store', 'data.store', 'view.move'].includes(op) || op.startsWith('atomic.');

const callsMethod = (fn: IrFunction): boolean => someOp(fn, (op) => methodOf(op) !== undefined);

/** Whether a function itself writes arrays other than those that it makes. */
function writesArrays(fn: IrFunction): boolean {
  const made = new Set<number>();
  walkOps(fn.body, ({ op, results: [result] }) => {
    if (op === 'view.new' && result) made.add(result.id);
  });
  const isForeign = ({ args: [array] }: Operation): boolean =>
    array !== undefined && !made.has(array.id);
  return someOp(fn, (op) => methodOf(op) !== undefined || (isStore(op) && isForeign(op)));
}

function someOp({ body }: IrFunction, test: (op: Operation) => boolean): boolean {
  let found = false;
  walkOps(body, (op) => {
    found ||= test(op);
  });
  return found;
}

interface Around {
  readonly region: Region;
  /** The pieces whose source is that of the region. */
  readonly own: ReadonlySet<IrFunction>;
  /** The values of the function that are arrays which the region writes. */
  readonly written: ReadonlySet<number>;
  readonly isInside: (span: Span | undefined) => boolean;
  readonly functions: Functions;
}

/** Whether an operation uses memory that the source of the region doesn't tell of. */
export function strays(
  op: Operation,
  fn: IrFunction,
  { region, own, written, isInside, functions }: Around,
): boolean {
  const { handed } = region;
  if (!handed) return false;
  if (own.has(fn)) {
    // Functions that see the variables around the region have arrays that the region's own source doesn't name.
    const callee = op.op === 'call' ? (op.attributes.callee ?? '') : '';
    if (callee.startsWith(handed.inside))
      return (
        op.args.some(({ id }) => written.has(id)) ||
        reachedFrom(callee, functions).some(writesArrays)
      );
    return touches(op, region, written) && !isInside(op.span);
  }
  if (op.op !== 'global.get' || !op.results[0] || !isView(op.results[0].type)) return false;
  if (region.writtenGlobals.has(op.attributes.global ?? '')) return true;
  return handed.isWritten === true && isMoreThanRead(fn, op.results[0].id);
}

/** Whether a value is used for more than its elements and their number. */
function isMoreThanRead({ body }: IrFunction, id: number): boolean {
  let isMore = false;
  forEachValueUse(body, (value, user) => {
    const isRead = user.kind === 'op' && (user.op === 'view.load' || user.op === 'view.length');
    if (value.id === id && !isRead) isMore = true;
  });
  return isMore;
}
