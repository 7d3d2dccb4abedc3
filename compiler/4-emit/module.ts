/** Writes a module's functions as LLVM; wrappers are added to what it gives. */
import type { Site } from '../../runtime/messages.ts';
import type { CpuTier, LlvmDialect } from '../5-link/types.ts';
import type { IrFunction, IrModule, Operation } from '../ir/types.ts';
import { throwingFunctions } from './abi.ts';
import { demandsOfKept } from './boundary/facts.ts';
import { DebugInfo, type DebugOptions } from './debug.ts';
import type { Delivered } from './externs/kept.ts';
import { emitFunction } from './functions.ts';
import { defineCollector } from './heap/cycles.ts';
import { Shapes } from './heap/shapes.ts';
import { StringConstants } from './heap/string-constants.ts';
import { emitVectorForms, keepVectorForms, planCalls } from './inlining.ts';
import { lastingViews } from './lasting.ts';
import { scratchViews } from './scratch.ts';
import { Sites, type SitePlaces } from './sites.ts';
import { emitTables } from './tables.ts';
import { planTiers, type TierPlan } from './tiers.ts';
import { LlvmModule } from './writer.ts';

export interface EmitOptions {
  readonly dialect: LlvmDialect;
  /** LLVM's triple, such as `x86_64-unknown-linux-gnu`; a little-endian 64-bit target. */
  readonly triple: string;
  /** The CPU whose timings count; see `tuning`. */
  readonly tune?: string;
  /** What to write code for; by default for the target's own CPU alone. */
  readonly tiers?: readonly CpuTier[];
  /** See `LlvmModule`. */
  readonly separateBlocks?: boolean | undefined;
  /** The names of the libraries of C that are linked with the addon. */
  readonly linked?: ReadonlySet<string>;
  /** See `LlvmModule`. */
  readonly standsAlone?: boolean;
  /** Where sites keep their indices from one build to the next. */
  readonly sitePlaces?: SitePlaces | undefined;
  readonly servesC?: boolean;
  /** Asks for debug locations. */
  readonly debug?: DebugOptions | undefined;
}

export interface EmittedModule {
  /** Holds all functions, and is open for more. */
  readonly llvm: LlvmModule;
  /** `context.errorSite` is an index into them, plus one. */
  readonly sites: readonly Site[];
  /** The indices of the sites that are in functions of some names. */
  sitesOf(names: ReadonlySet<string>): ReadonlySet<number>;
  readonly functions: ReadonlyMap<string, IrFunction>;
  /** The functions that can leave with an error, as `abi` and `callNative` want to know. */
  readonly throwing: ReadonlySet<string>;
  readonly tiers: TierPlan;
  readonly shapes: Shapes;
  readonly strings: StringConstants;
  readonly debug: DebugInfo | undefined;
  /** The functions that C keeps which the event loop may run. */
  readonly delivered: readonly Delivered[];
}

/**
 * Writes every function of a verified IR module, as `internal` ones, in each version that it needs; see
 * `abi` for their signatures.
 * @throws Error for IR that a verifier would refuse
 */
export function emitModule(ir: IrModule, options: EmitOptions): EmittedModule {
  const { dialect, triple, tune, separateBlocks, standsAlone, servesC } = options;
  const linked = options.linked ?? new Set<string>();
  const llvm = new LlvmModule(dialect, triple, { tune, separateBlocks, standsAlone, servesC });
  emitTables(llvm, ir);
  const functions = new Map(ir.functions.map((fn) => [fn.name, fn]));
  const throwing = throwingFunctions(ir);
  const sites = new Sites(options.sitePlaces);
  const debug = options.debug && new DebugInfo(llvm, options.debug);
  const lasting = lastingViews(ir);
  // Windows wants frames of a page and more to be touched step by step, by code that nothing has here.
  const scratch = triple.includes('windows') ? new Map<Operation, number>() : scratchViews(ir);
  const shapes = new Shapes(ir);
  defineCollector(llvm, shapes);
  const strings = new StringConstants(llvm);
  const callsJavaScript = ir.functions.some(({ foreign }) => foreign !== undefined);
  const calls = planCalls(ir, throwing, options.dialect);
  const keepsViews = ir.records.some(({ keeps }) => keeps === true);
  const keptDemands = demandsOfKept(ir);
  const tiers = planTiers(ir, calls, options.tiers);
  const delivered: Delivered[] = [];
  const forms = tiers.versions.flatMap((version, index) => {
    const module = {
      llvm,
      ir,
      functions,
      throwing,
      calls,
      sites,
      lasting,
      scratch,
      shapes,
      strings,
      callsJavaScript,
      triple,
      linked,
      delivered,
      keepsViews,
      keptDemands,
      tiers,
      version,
      debug,
    };
    const here = ir.functions.filter(({ name }) => index === 0 || tiers.functions.has(name));
    for (const fn of here) emitFunction(module, fn);
    return emitVectorForms(
      llvm,
      here.filter(({ name }) => calls.vectorized.has(name)),
      version,
    );
  });
  keepVectorForms(llvm, forms);
  return {
    ...{ llvm, sites: sites.list, functions, throwing, tiers, shapes, strings, debug, delivered },
    sitesOf: (names) => sites.of(names),
  };
}
