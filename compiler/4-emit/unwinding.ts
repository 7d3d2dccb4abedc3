/**
 * What an error runs on its way out of a function: each local that owns a reference gives it back.
 *
 * In the function itself, such locals have to be joined from every place that can fail: as many values as
 * there are places times locals, which LLVM moves about for long. Where that is a lot, the locals stay in memory,
 * and a function of its own gets their addresses.
 */
import type { IrFunction, IrType } from '../ir/types.ts';
import { walkOps } from '../ir/walk.ts';
import { contextAttributes } from './abi.ts';
import type { FunctionEmission } from './emission.ts';
import { release } from './heap/references.ts';
import { context } from './layout.ts';

/** The most values that are joined. */
const mostJoined = 1000;

/** A local that owns a reference which an error gives back. */
interface Owner {
  readonly local: string;
  readonly type: IrType;
}

function ownersOf({ unwind = [] }: IrFunction): Owner[] {
  const owners: Owner[] = [];
  walkOps(unwind, ({ attributes: { local }, results: [held] }) => {
    if (local !== undefined && held) owners.push({ local, type: held.type });
  });
  return owners;
}

/** Whether so many places that leave a function by errors are too many to join its locals from. */
export const unwindsApart = (fn: IrFunction, places: number): boolean =>
  ownersOf(fn).length * places > mostJoined;

/** Writes a function that gives back what the locals own, and its call. */
export function unwindApart(e: FunctionEmission): void {
  const { module, fn, f, ctx } = e;
  const owners = ownersOf(fn);
  const params = owners.map((_, index) => ({
    name: `local${index}`,
    type: 'ptr',
    attributes: 'nocapture readonly',
  }));
  const name = `${f.name}.unwind`;
  const own = module.llvm.define(
    name,
    'void',
    [{ name: 'ctx', type: 'ptr', attributes: contextAttributes }, ...params],
    'internal',
    'nounwind noinline cold',
  );
  own.origin = f.origin;
  const heap = own.load('ptr', own.offset('%ctx', context.heap));
  owners.forEach(({ type }, index) => {
    const held = own.load('ptr', `%local${index}`);
    release(own, { shapes: module.shapes, heap, isApart: true }, type, held);
  });
  own.ret();
  f.call('void', name, [
    ['ptr', ctx],
    ...owners.map(({ local }) => ['ptr', e.slot(local)] as const),
  ]);
}
