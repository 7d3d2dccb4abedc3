/**
 * Names for a module's functions of the runtime's library that tell what is in them: two modules that were optimised
 * apart, and so may have made different ones of the same function, can then be one.
 */
import { sha256 } from '../5-link/cache.ts';
import { calledBy } from '../3-optimize/pass.ts';
import { printFunction } from '../ir/print.ts';
import type { IrFunction, IrModule } from '../ir/types.ts';
import { walkOps } from '../ir/walk.ts';

const isOfLibrary = (name: string): boolean => name.startsWith('std.');

/** Names each function of the library by itself and all that it calls; what calls them follows. Changes the module. */
export function nameByContents(module: IrModule): void {
  const functions = new Map(
    module.functions.map((fn) => [fn.name, { fn, callees: calledBy(fn) }] as const),
  );
  const own = module.functions.filter(({ name }) => isOfLibrary(name));
  const texts = new Map<string, string>();
  const textOf = (name: string): string => {
    const known = texts.get(name);
    if (known !== undefined) return known;
    const { fn } = functions.get(name) ?? {};
    const text = fn ? printFunction(fn) : '';
    texts.set(name, text);
    return text;
  };
  const names = new Map(
    own.map((fn) => {
      const reached = new Set(functions.get(fn.name)?.callees);
      // The set grows while it is walked.
      for (const name of reached)
        for (const callee of functions.get(name)?.callees ?? []) reached.add(callee);
      const called = [...reached].sort().map((name) => textOf(name));
      const hash = sha256(JSON.stringify([textOf(fn.name), ...called]));
      return [fn.name, `${fn.name}.${hash.slice(0, 12)}`] as const;
    }),
  );
  for (const fn of module.functions) {
    const { callees = [] } = functions.get(fn.name) ?? {};
    fn.name = names.get(fn.name) ?? fn.name;
    if (callees.some((callee) => names.has(callee))) rename(fn, names);
  }
}

function rename(fn: IrFunction, names: ReadonlyMap<string, string>): void {
  for (const nodes of [fn.body, fn.unwind ?? []])
    walkOps(nodes, (op) => {
      const callee = names.get(op.attributes.callee ?? '');
      if (callee !== undefined) op.attributes = { ...op.attributes, callee };
    });
}
