/** The symbols by which C calls a module's functions, and what those need. */
import type { IrModule } from '../../ir/types.ts';
import { reachedFrom } from '../../ir/walk.ts';
import { factsOfExports } from '../boundary/facts.ts';
import type { EmittedModule } from '../module.ts';
import { defineCFunction } from './functions.ts';
import { defineMessages } from './messages.ts';
import type { CFunction } from './plan.ts';

export interface SymbolOptions {
  /** As `process.platform` names it. */
  readonly platform: string;
  /** They are for a static library. */
  readonly isStatic?: boolean;
  /** See `Libraries`. */
  readonly linked?: ReadonlySet<string>;
  readonly filesOf?: (library: string) => readonly string[];
}

/** Defines the symbols of functions of a module that holds all that these call. */
export function defineSymbols(
  emitted: EmittedModule,
  ir: IrModule,
  planned: readonly CFunction[],
  { platform, isStatic = false, linked = new Set(), filesOf = () => [] }: SymbolOptions,
): void {
  const { llvm, functions, throwing, tiers, strings } = emitted;
  const facts = factsOfExports({ ...ir, exports: planned.map(({ exported }) => exported) });
  const reached = new Set<string>();
  planned.forEach((one, index) => {
    const callee = functions.get(one.exported.callee);
    const factsOfOne = facts[index];
    if (!callee || !factsOfOne) throw new Error(`no function ${one.exported.callee}`);
    for (const { name } of reachedFrom(callee.name, functions)) reached.add(name);
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
      libraries: { ir, linked, filesOf },
    });
  });
  defineMessages(llvm, emitted.sites, emitted.sitesOf(reached));
}
