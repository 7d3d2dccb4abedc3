/**
 * What is known of functions of C once all functions are there: which of them may come to a function that C keeps, and
 * on which thread a function runs that C calls on threads of its own.
 */
import type { ExternCallback } from '../../ir/externs.ts';
import { partsOf } from '../../ir/parts.ts';
import { isWrapped } from '../../ir/records.ts';
import {
  isHeap,
  type IrFunction,
  type IrModule,
  type IrType,
  type Operation,
} from '../../ir/types.ts';
import { reachedFrom, walkOps } from '../../ir/walk.ts';

export function finishExterns(module: IrModule): void {
  const externs = module.functions.filter(({ extern }) => extern !== undefined);
  if (externs.length === 0) return;
  callKept(externs);
  noteInstances(module);
  const libraries = new Set(
    externs.flatMap(({ extern }) => (extern?.threads ? extern.library : [])),
  );
  for (const library of libraries)
    placeCallbacks(
      module,
      externs.filter(({ extern }) => extern?.library === library),
    );
}

/** Notes the exports that come to instances of native classes: where a library is missing, JavaScript can't stand in for them. */
function noteInstances(module: IrModule): void {
  const byName = new Map(module.functions.map((fn) => [fn.name, fn]));
  const known = new Map<IrType, boolean>();
  const hasInstance = (type: IrType): boolean => {
    const before = known.get(type);
    if (before !== undefined) return before;
    // A type may be a part of itself.
    known.set(type, false);
    const found = isWrapped(module, type) || partsOf(module, type).some(hasInstance);
    known.set(type, found);
    return found;
  };
  const uses = ({ params, results, body }: IrFunction): boolean => {
    let found = [...params.map(({ value }) => value.type), ...results].some(hasInstance);
    walkOps(body, (op) => {
      found ||= [...op.args, ...op.results].some(({ type }) => hasInstance(type));
    });
    return found;
  };
  module.exports = module.exports.map((exported) =>
    reachedFrom(exported.callee, byName).some(uses)
      ? { ...exported, usesInstances: true }
      : exported,
  );
}

/** Where a library keeps functions, any of its functions may call them. */
function callKept(externs: readonly IrFunction[]): void {
  const kept = new Map<string, Set<string>>();
  for (const { extern } of externs)
    for (const { callback } of extern?.params ?? [])
      if (extern && callback?.kept)
        kept.set(extern.library, (kept.get(extern.library) ?? new Set()).add(callback.callee));
  for (const fn of externs) {
    const { extern } = fn;
    const callees = extern && kept.get(extern.library);
    if (!callees) continue;
    fn.extern = { ...extern, callsKept: true };
    const known = new Set<string | undefined>();
    walkOps(fn.body, ({ attributes }) => known.add(attributes.callee));
    for (const callee of callees)
      if (!known.has(callee))
        fn.body.push({
          ...{ kind: 'op', op: 'extern.target', args: [], results: [] },
          attributes: { callee },
          span: fn.span,
        });
  }
}

/**
 * Says of the functions that C calls on threads of its own where they run, and of the calls of C during which that may
 * be whether the calling thread has to be there for them.
 * @param externs all functions of one library
 */
function placeCallbacks(module: IrModule, externs: readonly IrFunction[]): void {
  const byName = new Map(module.functions.map((fn) => [fn.name, fn]));
  const placed = ({ threads: _, ...callback }: ExternCallback): ExternCallback => ({
    ...callback,
    threads: belongsToOne(callback, byName) ? 'calling' : 'any',
  });
  let keepsSome = false;
  for (const fn of externs) {
    const { extern } = fn;
    if (!extern) continue;
    const params = extern.params.map((param) => {
      const { callback, functions } = param;
      const isCalled = callback && (extern.threads === true || callback.kept === true);
      return {
        ...param,
        ...(isCalled && { callback: placed(callback) }),
        ...(functions &&
          extern.threads && {
            functions: functions.map((one) => ({ ...one, callback: placed(one.callback) })),
          }),
      };
    });
    fn.extern = { ...extern, params };
    keepsSome ||= params.some(({ callback }) => callback?.kept && callback.threads === 'calling');
  }
  for (const fn of externs) {
    const { extern } = fn;
    if (!extern?.threads) continue;
    const isServed =
      keepsSome ||
      extern.params.some(
        ({ callback, functions = [] }) =>
          callback?.threads === 'calling' ||
          functions.some((one) => one.callback.threads === 'calling'),
      );
    if (isServed) fn.extern = { ...extern, served: true };
  }
}

/** Whether what a function does only the thread that it was passed on may do. */
function belongsToOne(
  { callee, kept }: ExternCallback,
  functions: ReadonlyMap<string, IrFunction>,
): boolean {
  for (const fn of reachedFrom(callee, functions)) {
    if (fn.foreign) return true;
    // What was passed is only looked at, to call it.
    const own = new Set(
      fn.name === callee ? fn.params.slice(0, 1).map(({ value }) => value.id) : [],
    );
    let found = false;
    walkOps(fn.body, (op) => {
      if (op.op === 'rec.as' && own.has(op.args[0]?.id ?? -1))
        for (const { id } of op.results) own.add(id);
      found ||= isOfOneThread(op, own) || (kept === true && needsCall.has(op.op));
    });
    if (found) return true;
  }
  return false;
}

/** What a function that C keeps has only in a call from JavaScript. */
const needsCall: ReadonlySet<Operation['op']> = new Set([
  ...(['global.get', 'parallel', 'check.ended', 'extern.errno'] as const),
]);

/** Objects, arrays and strings belong to one thread, which counts their references, and so does JavaScript. */
const isOfOneThread = ({ op, args, results }: Operation, own: ReadonlySet<number>): boolean =>
  ['state.get', 'state.set', 'view.new', 'view.sub'].includes(op) ||
  [...args, ...results].some(({ id, type }) => isHeap(type) && !own.has(id));
