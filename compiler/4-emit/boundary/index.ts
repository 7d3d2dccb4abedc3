/**
 * The boundary between JavaScript and native code: writes into a module that holds the native
 * functions everything that makes it a Node addon, straight on Node-API.
 */
import type { IrModule, ViewKind } from '../../ir/types.ts';
import { versionsOf, type TierPlan } from '../tiers.ts';
import type { DebugInfo } from '../debug.ts';
import type { Delivered } from '../externs/kept.ts';
import type { Shapes } from '../heap/shapes.ts';
import type { LlvmModule } from '../writer.ts';
import { defineDelivered } from './delivered.ts';
import { factsOfExports, type MethodUse } from './facts.ts';
import { hasOneMemory, runsOn } from './platform.ts';
import { defineRegister } from './register.ts';
import { defineWrapper } from './wrapper.ts';

export { methodUse, globalsOfExports, type MethodUse } from './facts.ts';

export interface BoundaryOptions {
  /** The names of the functions that can throw (`throwingFunctions`). */
  readonly throwing: ReadonlySet<string>;
  /** As `process.platform` names it. */
  readonly platform: string;
  /** Identifies the build: the loader takes only the binary with the hash of its own manifest. */
  readonly hash: string;
  readonly methods: MethodUse;
  /** What `emitModule` gave. */
  readonly tiers: TierPlan;
  readonly shapes: Shapes;
  readonly debug: DebugInfo | undefined;
  readonly delivered: readonly Delivered[];
  /** The libraries of C that are part of the addon. */
  readonly linked: ReadonlySet<string>;
}

/**
 * Writes the wrapper of each export and the addon's entry point.
 * @throws Error when an export's callee isn't in the module
 */
export function emitBoundary(llvm: LlvmModule, ir: IrModule, options: BoundaryOptions): void {
  const functions = new Map(ir.functions.map((fn) => [fn.name, fn]));
  const { methods, tiers, platform } = options;
  const facts = factsOfExports(ir, { memoryIsShared: hasOneMemory(platform) });
  ir.exports.forEach((exported, index) => {
    const callee = functions.get(exported.callee);
    const factsOfExport = facts[index];
    if (!callee || !factsOfExport) throw new Error(`no function ${exported.callee}`);
    if (!runsOn(platform, exported)) return;
    for (const version of versionsOf(tiers, callee.name))
      defineWrapper({
        llvm,
        ir,
        index,
        exported,
        callee,
        platform,
        canThrow: options.throwing.has(callee.name),
        version,
        facts: factsOfExport,
        shapes: options.shapes,
        debug: options.debug,
        exactKinds: methods.get(exported.callee) ?? new Set<ViewKind>(),
      });
  });
  for (const one of options.delivered) defineDelivered(llvm, ir, one, options);
  defineRegister(llvm, ir, tiers, options);
}
