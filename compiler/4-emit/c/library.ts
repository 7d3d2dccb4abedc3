/** A module as a library for C in LLVM: its functions, and the symbols by which C calls them. */
import type { IrModule } from '../../ir/types.ts';
import { factsOfExports } from '../boundary/facts.ts';
import { emitModule, type EmitOptions } from '../module.ts';
import { defineCFunction } from './functions.ts';
import { defineMessages, numberFormatter } from './messages.ts';
import type { LibraryPlan } from './plan.ts';

export interface LibraryOptions extends Omit<EmitOptions, 'standsAlone'> {
  /** As `process.platform` names it. */
  readonly platform: string;
  readonly isStatic: boolean;
}

/**
 * LLVM assembly of a library.
 * @param ir whose exports are those of the plan, in their order; it has `numberFormatter` too
 */
export function emitLibrary(
  ir: IrModule,
  { functions: planned }: LibraryPlan,
  { platform, isStatic, ...options }: LibraryOptions,
): string {
  const emitted = emitModule(ir, { ...options, standsAlone: true });
  const { llvm, functions, throwing, tiers, strings } = emitted;
  const facts = factsOfExports(ir);
  planned.forEach((one, index) => {
    const callee = functions.get(one.exported.callee);
    const factsOfOne = facts[index];
    if (!callee || !factsOfOne) throw new Error(`no function ${one.exported.callee}`);
    defineCFunction({
      llvm,
      planned: one,
      callee,
      functions,
      canThrow: throwing.has(callee.name),
      facts: factsOfOne,
      tiers,
      strings,
      platform,
      isStatic,
    });
  });
  const formatter = functions.get(numberFormatter);
  if (!formatter) throw new Error(`no function ${numberFormatter}`);
  const canThrow = throwing.has(formatter.name);
  defineMessages(llvm, emitted.sites, { fn: formatter, canThrow });
  return llvm.text();
}
