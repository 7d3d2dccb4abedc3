/** A module as one Node addon in LLVM: its functions, and what lets JavaScript call them. */
import type { Site } from '../../runtime/messages.ts';
import type { IrModule } from '../ir/types.ts';
import { defineComplete } from './boundary/complete.ts';
import { defineFastCalls, hasFastCalls } from './boundary/fast-calls.ts';
import { emitBoundary, methodUse, globalsOfExports, type MethodUse } from './boundary/index.ts';
import { cFunction } from './c/plan.ts';
import { defineSymbols } from './c/symbols.ts';
import type { KeptEmission } from './kept-emission.ts';
import { moduleParts, sourceParts } from './module-parts.ts';
import { emitModule, type EmitOptions } from './module.ts';

export interface AddonOptions extends EmitOptions {
  /** As `process.platform` names it. */
  readonly platform: string;
  /** Identifies the build: the loader takes only the binary with the hash of its own manifest. */
  readonly hash: string;
  /** Of the module before it; the parts are those that an edit changes few of. See `sourceParts`. */
  readonly kept?: KeptEmission | undefined;
  /** See `Libraries`. */
  readonly filesOf?: (library: string) => readonly string[];
  /** The functions of Node that what is linked calls, by the names that a module declares. */
  readonly nodeImports?: (declared: readonly string[]) => readonly string[];
}

export interface EmittedAddon {
  /** LLVM assembly, which is written when it is asked for. */
  readonly llvm: string;
  /** Its part that tells the target and what is declared. */
  readonly head: string;
  /** The same as several modules, where it is long or some is kept; see `moduleParts`. */
  readonly parts: readonly string[];
  /** As `EmittedModule` has them. */
  readonly sites: readonly Site[];
  /** What the glue must know of the classes of arguments. */
  readonly methods: MethodUse;
  /** The globals that each export reads. */
  readonly read: readonly (readonly number[])[];
}

/** @throws as `emitModule` and `emitBoundary` do */
export function emitAddon(
  ir: IrModule,
  { platform, hash, kept, nodeImports = () => [], filesOf, ...options }: AddonOptions,
): EmittedAddon {
  const symbols = platform === 'wasm32' ? [] : (ir.symbols ?? []);
  const servesC = symbols.length > 0;
  const emitted = emitModule(ir, { ...options, servesC, sitePlaces: kept?.sites });
  const { llvm, sites, throwing, tiers, shapes, debug, delivered } = emitted;
  const methods = methodUse(ir, { areSettled: true });
  emitBoundary(llvm, ir, {
    throwing,
    platform,
    hash,
    methods,
    tiers,
    shapes,
    debug,
    delivered,
    linked: options.linked ?? new Set(),
  });
  if (servesC)
    defineSymbols(
      emitted,
      ir,
      symbols.map((one) => cFunction(one)),
      { platform, linked: options.linked ?? new Set(), ...(filesOf && { filesOf }) },
    );
  if (hasFastCalls(platform, options.triple)) defineFastCalls(llvm, ir, throwing);
  defineComplete(llvm, nodeImports(llvm.declaredNames()));
  return {
    get llvm() {
      return llvm.text();
    },
    head: llvm.head(),
    parts: kept ? sourceParts(llvm, kept) : moduleParts(llvm),
    sites,
    methods,
    read: globalsOfExports(ir),
  };
}
