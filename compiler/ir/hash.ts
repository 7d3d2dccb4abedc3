/** Hashes of optimised modules, of which one build after the other has most functions. */
import { createHash } from 'node:crypto';
import { exactJson } from '../exact-json.ts';
import { printFunction } from './print.ts';
import type { IrFunction, IrModule } from './types.ts';

const known = new WeakMap<IrFunction, string>();

/** A hash of all that native code is made of, in hexadecimal. The functions must not change any more. */
export function hashModule({ functions, exports, ...rest }: IrModule): string {
  // What a wire plan tells of the types is in the functions that it led to.
  const called = exports.map((exported) => ({ ...exported, wire: exported.wire !== undefined }));
  const hash = createHash('sha256').update(exactJson([rest, called]));
  for (const fn of functions) hash.update(hashFunction(fn));
  return hash.digest('hex');
}

function hashFunction(fn: IrFunction): string {
  const made = known.get(fn) ?? createHash('sha256').update(printFunction(fn)).digest('hex');
  known.set(fn, made);
  return made;
}
