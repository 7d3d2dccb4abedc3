/** What operations of parallel regions do with the memory that others may have, too. */
import { sortOf } from '../../library-template.ts';
import { isView, type IrFunction, type Operation } from '../../ir/types.ts';
import { reachedFrom, walkOps } from '../../ir/walk.ts';
import type { Functions, Region } from './regions.ts';

/** The functions that one calls, directly or through others, and through those that sort. */
export function reachedBy(name: string, functions: Functions): IrFunction[] {
  const reached = new Set(reachedFrom(name, functions));
  // The set grows while it is walked.
  for (const fn of reached)
    walkOps(fn.body, ({ attributes: { callee = '' } }) => {
      const sort = sortOf(callee);
      for (const one of sort ? reachedFrom(sort.comparison, functions) : []) reached.add(one);
    });
  return [...reached];
}

/** The values of a piece, or of one inside it, that are arrays which the region writes. */
export function writtenIn(
  fn: IrFunction,
  { written }: Region,
  regions: ReadonlyMap<string, Region>,
): Set<number> {
  const own = regions.get(fn.name)?.written ?? written;
  return new Set(
    fn.params.filter(({ name }) => own.has(name) || written.has(name)).map(({ value }) => value.id),
  );
}

/** Whether an operation passes an array that the region writes to a function, which may do anything with it. */
export const handsOn = ({ op, args }: Operation, written: ReadonlySet<number>): boolean =>
  op === 'call' && args.some(({ id }) => written.has(id));

/** Whether an operation makes a part of an array, which the check of the body has seen. */
export const isPart = ({ attributes: { callee = '' } }: Operation): boolean =>
  callee.startsWith('std.subarray.');

/** Whether an operation writes memory, or uses an array that the region writes. */
export function touches(op: Operation, region: Region, written: ReadonlySet<number>): boolean {
  switch (op.op) {
    case 'view.store':
    case 'data.store':
    case 'view.move':
      return true;
    case 'global.get':
      return region.writtenGlobals.has(op.attributes.global ?? '');
    case 'parallel':
      return false;
    default:
      return op.op.startsWith('atomic.') || op.args.some(({ id }) => written.has(id));
  }
}

/** Whether an operation calls a function of the library that the region's own piece may call. */
export const isLibrary = (
  { attributes: { callee = '' } }: Operation,
  { library }: Region,
): boolean => library.has(sortOf(callee)?.template ?? callee);

/** The method of typed arrays that a function of the library is, but for those that only read. */
export function methodOf({
  attributes: { callee = '' },
  args,
  results,
}: Operation): string | undefined {
  const [, method] = /^std\.(\w+)/.exec(callee) ?? [];
  const hasArray = [...args, ...results].some(({ type }) => isView(type));
  return hasArray && method !== undefined && !readers.has(method) ? method : undefined;
}

const readers: ReadonlySet<string> = new Set([
  ...['includes', 'indexOf', 'lastIndexOf', 'like', 'slice', 'subarray'],
]);
