/** What is known of functions of C once all functions are there: which of them may come to a function that C keeps. */
import type { Node } from '../../ts-morph.ts';
import type { NativeFunction } from '../../1-read/model.ts';
import { placeOf } from '../../1-read/places.ts';
import { codes } from '../../diagnostics/codes.ts';
import type { Diagnostic } from '../../diagnostics/types.ts';
import { isHeap, type IrFunction, type IrModule, type Operation } from '../../ir/types.ts';
import { reachedFrom, walkOps } from '../../ir/walk.ts';

/** @returns what is wrong */
export function finishExterns(
  module: IrModule,
  functions: readonly NativeFunction[],
): Diagnostic[] {
  const externs = module.functions.filter(({ extern }) => extern !== undefined);
  if (externs.length === 0) return [];
  callKept(externs);
  return threadProblems(module, externs, functions);
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

/** What functions do that C calls on threads of its own, and only the thread of JavaScript may. */
function threadProblems(
  module: IrModule,
  externs: readonly IrFunction[],
  functions: readonly NativeFunction[],
): Diagnostic[] {
  const byName = new Map(module.functions.map((fn) => [fn.name, fn]));
  return externs.flatMap(({ name, extern }) => {
    if (!extern?.threads) return [];
    const native = functions.find(({ id }) => `${id}.c` === name);
    const callbacks = extern.params.flatMap(({ callback, functions = [] }) => [
      ...(callback ? [callback] : []),
      ...functions.map((one) => one.callback),
    ]);
    const found = callbacks.flatMap(({ callee }) => problemIn(callee, byName) ?? []);
    const [what] = found;
    if (what === undefined || !native) return [];
    const node: Node = native.node;
    return [codes.externThreads(placeOf(node), { symbol: extern.symbol, what })];
  });
}

function problemIn(root: string, functions: ReadonlyMap<string, IrFunction>): string | undefined {
  let found: string | undefined;
  for (const fn of reachedFrom(root, functions)) {
    if (fn.foreign) found ??= 'a function of JavaScript';
    // What was passed is only looked at, to call it.
    const own = new Set(fn.name === root ? fn.params.slice(0, 1).map(({ value }) => value.id) : []);
    walkOps(fn.body, (op) => {
      if (op.op === 'rec.as' && own.has(op.args[0]?.id ?? -1))
        for (const { id } of op.results) own.add(id);
      found ??= problemOf(op, own);
    });
  }
  return found;
}

function problemOf(op: Operation, own: ReadonlySet<number>): string | undefined {
  if (op.op === 'state.get' || op.op === 'state.set') return 'an object of the module';
  if (op.op === 'view.new' || op.op === 'view.sub') return 'a new typed array';
  const value = [...op.args, ...op.results].find(({ id, type }) => isHeap(type) && !own.has(id));
  return value && (value.type === 'str' ? 'a string' : 'an object or array');
}
