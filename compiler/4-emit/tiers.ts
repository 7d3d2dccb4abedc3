/**
 * CPU tiers: which functions a module holds in several copies, each for another level of CPUs. The
 * loader asks the addon what the CPU can do and takes the wrappers of one tier, so calls cost nothing more.
 */
import type { CpuTier } from '../5-link/types.ts';
import type { IrModule } from '../ir/types.ts';
import { walkNodes } from '../ir/walk.ts';
import { plain, type Version } from './abi.ts';

export interface TierPlan {
  /** As `EmitOptions` has them; empty where the target's own CPU is all there is. */
  readonly tiers: readonly CpuTier[];
  /** One for each tier, and at least one. The first has all functions. */
  readonly versions: readonly Version[];
  /** The functions that are in each version, by name. */
  readonly functions: ReadonlySet<string>;
}

/**
 * The copies of a module. Those exports are in all of them that come to a loop, with everything they call; what
 * runs straight to its end gains too little for its size.
 */
export function planTiers(ir: IrModule, tiers: readonly CpuTier[] = []): TierPlan {
  const versions = tiers.map((tier, index): Version => ({
    prefix: index === 0 ? plain.prefix : `${tier.name}.`,
    // A CPU without a level is that of the whole module.
    attributes: tier.level === undefined ? '' : ` "target-cpu"="${tier.cpu}"`,
  }));
  if (versions.length === 0) return { tiers, versions: [plain], functions: new Set() };
  return { tiers, versions, functions: versions.length > 1 ? loopingFunctions(ir) : new Set() };
}

/** The versions that there are of a function, in the order of the tiers. */
export const versionsOf = ({ versions, functions }: TierPlan, name: string): readonly Version[] =>
  functions.has(name) ? versions : versions.slice(0, 1);

/** The exports from which a loop can be reached, and all that they call. */
function loopingFunctions(ir: IrModule): Set<string> {
  const callees = new Map<string, Set<string>>();
  const looping = new Set<string>();
  for (const fn of ir.functions) {
    const called = new Set<string>();
    walkNodes(fn.body, (node) => {
      if (node.kind === 'loop') looping.add(fn.name);
      if (node.kind === 'op' && node.attributes.callee !== undefined)
        called.add(node.attributes.callee);
    });
    callees.set(fn.name, called);
  }
  const tiered = new Set<string>();
  for (const { callee } of ir.exports) {
    const reached = new Set([callee]);
    // The set grows while it is walked.
    for (const name of reached) for (const next of callees.get(name) ?? []) reached.add(next);
    if ([...reached].some((name) => looping.has(name)))
      for (const name of reached) tiered.add(name);
  }
  return tiered;
}
