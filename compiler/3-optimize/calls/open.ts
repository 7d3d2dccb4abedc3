/** Whose calls are all known. */
import type { IrModule } from '../../ir/types.ts';
import { entriesOf, walkOps } from '../../ir/walk.ts';

/** The functions that call each function. */
export function callersOf(module: IrModule): Map<string, Set<string>> {
  const callers = new Map<string, Set<string>>();
  for (const fn of module.functions)
    walkOps(fn.body, ({ attributes: { callee } }) => {
      if (callee === undefined) return;
      const known = callers.get(callee);
      if (known) known.add(fn.name);
      else callers.set(callee, new Set([fn.name]));
    });
  return callers;
}

/**
 * The functions that others may call with anything: exports; the library's, which later passes call; what
 * an operation other than a call names; and what nobody calls here. Those of JavaScript and of C stay as they are, too.
 * @param gone functions that never run, though nobody calls them
 */
export function openFunctions(
  module: IrModule,
  callers: ReadonlyMap<string, ReadonlySet<string>>,
  gone: ReadonlySet<string> = new Set(),
): ReadonlySet<string> {
  const open = new Set(entriesOf(module).map(({ callee }) => callee));
  for (const { name, body, foreign, extern } of module.functions) {
    if (foreign || extern || name.startsWith('std.') || (!callers.has(name) && !gone.has(name)))
      open.add(name);
    walkOps(body, ({ op, attributes: { callee } }) => {
      if (op !== 'call' && callee !== undefined) open.add(callee);
    });
  }
  return open;
}
