/** A module as a library for C in LLVM: its functions, and the symbols by which C calls them. */
import type { IrModule } from '../../ir/types.ts';
import { emitModule, type EmitOptions } from '../module.ts';
import type { LibraryPlan } from './plan.ts';
import { defineSymbols, type SymbolOptions } from './symbols.ts';

export interface LibraryOptions
  extends Omit<EmitOptions, 'standsAlone' | 'servesC'>, SymbolOptions {}

/**
 * LLVM assembly of a library.
 * @param ir whose exports are those of the plan, in their order
 */
export function emitLibrary(
  ir: IrModule,
  { functions }: LibraryPlan,
  { platform, isStatic, filesOf, ...options }: LibraryOptions,
): string {
  const emitted = emitModule(ir, { ...options, standsAlone: true });
  const { linked } = options;
  defineSymbols(emitted, ir, functions, {
    platform,
    ...(isStatic && { isStatic }),
    ...(linked && { linked }),
    ...(filesOf && { filesOf }),
  });
  return emitted.llvm.text();
}
