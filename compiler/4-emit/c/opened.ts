/** The shared libraries of C that functions call which C calls: opened when one of these is first called. */
import type { IrFunction, IrModule } from '../../ir/types.ts';
import { reachedFrom } from '../../ir/walk.ts';
import { callExternal } from '../boundary/napi.ts';
import { defineTable } from '../externs/link.ts';
import { librariesOf, slotAddress } from '../externs/symbols.ts';
import { callC, isNull } from '../helpers.ts';
import type { LlvmFunction, LlvmModule } from '../writer.ts';

export interface Libraries {
  readonly ir: IrModule;
  /** The names of those that are part of what is made. */
  readonly linked: ReadonlySet<string>;
  /** The names of a library's files on the platform, the most likely first; an empty one is the program itself. */
  filesOf(library: string): readonly string[];
}

/** Writes the leaving with an Error where a library isn't there, or lacks what a function calls of it. */
export function openLibraries(
  f: LlvmFunction,
  callee: IrFunction,
  functions: ReadonlyMap<string, IrFunction>,
  libraries: Libraries,
): void {
  const { ir, linked } = libraries;
  const names = librariesOf(ir);
  const needed = new Map<string, Set<string>>();
  for (const { extern } of reachedFrom(callee.name, functions))
    if (extern && !linked.has(extern.library))
      needed.set(extern.library, (needed.get(extern.library) ?? new Set()).add(extern.symbol));
  for (const [name, symbols] of needed) {
    const index = names.indexOf(name);
    const isThere = (): string =>
      [...symbols]
        .map((symbol) => {
          const address = f.load('ptr', slotAddress(f.module, index, symbol), ', align 8');
          return f.emit(`xor i1 ${isNull(f, address)}, true`);
        })
        .reduce((all, one) => f.emit(`and i1 ${all}, ${one}`));
    const [there, open, lacking] = [f.fresh('there'), f.fresh('open'), f.fresh('lacking')];
    f.condBr(isThere(), there, open);
    f.block(open);
    const files = libraries.filesOf(name);
    const { table, count } = defineTable(f.module, ir, linked);
    const problem = callExternal(
      f,
      'ptr',
      'tsn_library_open',
      ['ptr', 'ptr', 'i64', 'ptr', 'i64', 'i64'],
      [
        f.module.string(name),
        defineFiles(f.module, index, files),
        String(files.length),
        ...[table, String(count), String(index)],
      ],
    );
    const opened = f.fresh('opened');
    f.condBr(isThere(), opened, lacking);
    f.block(lacking);
    const error = ['0', problem, '%error'];
    f.ret('i32', callExternal(f, 'i32', 'tsn_library_fail', ['i32', 'ptr', 'ptr'], error));
    f.block(opened);
    callC(f, 'void', 'free', [['ptr', problem]]);
    f.br(there);
    f.block(there);
  }
}

/** The list of a library's files; gives a pointer to it. */
function defineFiles(llvm: LlvmModule, index: number, files: readonly string[]): string {
  const name = `ts.c.files.${index}`;
  const type = `[${files.length} x ptr]`;
  const list = files.map((file) => `ptr ${llvm.string(file)}`).join(', ');
  llvm.global(name, `private constant ${type} [${list}], align 8`);
  return llvm.address(name, type);
}
