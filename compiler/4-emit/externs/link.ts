/** What opens libraries when an addon is loaded: a callback of the loader's, and the table of the functions that it looks for. */
import type { IrModule } from '../../ir/types.ts';
import { callback } from '../boundary/napi.ts';
import type { LlvmModule } from '../writer.ts';
import { boundSymbols, slotAddress } from './symbols.ts';

/**
 * `$link(library, file, …)`: see runtime/native/externs/libraries.h. Undefined where no library is opened.
 * @returns the name of the function
 */
export function defineLink(
  llvm: LlvmModule,
  ir: IrModule,
  linked: ReadonlySet<string>,
): string | undefined {
  const { table, count } = defineTable(llvm, ir, linked);
  if (count === 0) return undefined;
  llvm.declare('tsn_link', {
    result: 'ptr',
    params: ['ptr', 'ptr', 'ptr', 'i64'],
    attributes: 'nounwind',
  });
  const f = llvm.define(
    'ts.napi.link',
    callback.result,
    [
      { name: 'env', type: 'ptr' },
      { name: 'info', type: 'ptr' },
    ],
    'internal',
  );
  f.ret(
    'ptr',
    f.call('ptr', 'tsn_link', [
      ['ptr', '%env'],
      ['ptr', '%info'],
      ['ptr', table],
      ['i64', String(count)],
    ]),
  );
  return f.name;
}

/** The functions of libraries that are opened, where their addresses go, and which library each is of. */
export function defineTable(
  llvm: LlvmModule,
  ir: IrModule,
  linked: ReadonlySet<string>,
): { readonly table: string; readonly count: number } {
  const bound = boundSymbols(ir, linked);
  const entry = '{ ptr, ptr, i64 }';
  const entries = bound.map(
    ({ library, symbol }) =>
      `${entry} { ptr ${llvm.string(symbol)}, ptr ${slotAddress(llvm, library, symbol)}, i64 ${library} }`,
  );
  const type = `[${bound.length} x ${entry}]`;
  if (bound.length > 0)
    llvm.global('ts.c.table', `private constant ${type} [${entries.join(', ')}], align 8`);
  return { table: llvm.address('ts.c.table', type), count: bound.length };
}
