/**
 * Handles that C has freed. Where a module has a function that frees handles of a kind, each use of one asks whether it
 * was: C would do anything with it. Of the others nothing is known, so it costs them nothing.
 */
import type { IrModule } from '../../ir/types.ts';
import type { LlvmFunction } from '../writer.ts';

const kinds = new WeakMap<IrModule, ReadonlySet<string>>();

/** Whether handles of a kind are freed by a function of the module. */
export function isTracked(ir: IrModule, handle: string): boolean {
  const known =
    kinds.get(ir) ??
    new Set(
      ir.functions.flatMap(({ extern }) =>
        (extern?.params ?? []).flatMap((param) => (param.frees ? (param.handle ?? []) : [])),
      ),
    );
  kinds.set(ir, known);
  return known.has(handle);
}

function call(f: LlvmFunction, name: string, result: 'i32' | 'void', address: string): string {
  f.module.declare(name, { result, params: ['i64'], attributes: 'nounwind' });
  return f.call(result, name, [['i64', address]]);
}

/** Writes whether a handle is none that was freed: an i1. */
export const checkHandle = (f: LlvmFunction, address: string): string =>
  f.emit(`icmp eq i32 ${call(f, 'tsn_handle_freed', 'i32', address)}, 0`);

/** Writes that a handle is none any more. */
export const forgetHandle = (f: LlvmFunction, address: string): void =>
  void call(f, 'tsn_handle_free', 'void', address);

/** Writes that C has given a handle, perhaps at the place of one that was freed. */
export const noteHandle = (f: LlvmFunction, address: string): void =>
  void call(f, 'tsn_handle_made', 'void', address);
