/** Functions of places: C passes nothing that tells one from another, so each has a function of its own. */
import type { LlvmFunction } from '../writer.ts';
import { nameOf, signatureOf, type CallbackJob } from './callback-code.ts';

/**
 * Writes what C gets of a place.
 * @param index an i32
 * @param define defines the function of a place, and gives its name
 */
export function trampolineAt(
  f: LlvmFunction,
  job: CallbackJob,
  count: number,
  index: string,
  define: (place: number) => string,
): string {
  const { llvm } = job.module;
  const table = nameOf(job, 'ts.trampolines');
  const type = `[${count} x ptr]`;
  const addresses = Array.from(
    { length: count },
    (_, place) => `ptr ${llvm.functionAddress(define(place), signatureOf(job))}`,
  );
  llvm.global(table, `private constant ${type} [${addresses.join(', ')}], align 8`);
  // Pointers in constants have the size that the platform has for them.
  const ptr = llvm.spell('ptr');
  const at = f.emit(`zext i32 ${index} to i64`);
  const place = f.emit(
    `getelementptr inbounds ${ptr}, ${f.typedPointer('ptr', llvm.address(table, type))}, i64 ${at}`,
  );
  return f.emit(`load ${ptr}, ${llvm.dialect === 'opaque' ? 'ptr' : `${ptr}*`} ${place}`);
}
