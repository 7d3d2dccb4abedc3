/** Which typed arrays a function may write to. */
import { opInfo } from './ops.ts';
import { isView, viewKind, type IrFunction, type ViewKind } from './types.ts';
import { reachedFrom, walkOps } from './walk.ts';

/** The kinds of views that a function, and all that it calls, may write: also through such of another kind over the same memory. */
export function writtenKinds(
  root: string,
  functions: ReadonlyMap<string, IrFunction>,
): ReadonlySet<ViewKind> {
  const kinds = new Set<ViewKind>();
  const reached = reachedFrom(root, functions);
  for (const { extern, params, body } of reached) {
    if (extern && !extern.pure)
      for (const { value } of params) if (isView(value.type)) kinds.add(viewKind(value.type));
    walkOps(body, ({ op, args }) => {
      // C may write where it has been told the address of.
      if (opInfo(op).effect !== 'write' && op !== 'view.address') return;
      for (const { type } of args) if (isView(type)) kinds.add(viewKind(type));
    });
  }
  // A Buffer may stand for the Uint8Array that it is.
  if (kinds.has('u8')) kinds.add('buffer');
  if (kinds.has('buffer')) kinds.add('u8');
  return kinds;
}
