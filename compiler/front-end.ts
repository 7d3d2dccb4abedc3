/** The first half of the pipeline: from a project's sources to optimised IR. Pure but for reading files. */
import { dirname } from 'node:path';
import { readLibraries, type CLibraries } from './c-libraries/config.ts';
import { inArrays } from './1-read/hints.ts';
import { arrayFunctionAt, isGenerated } from './1-read/kernels/index.ts';
import { placeOf } from './1-read/places.ts';
import { withoutEchoes } from './1-read/echoes.ts';
import { openProject } from './1-read/open.ts';
import { readProject } from './1-read/project.ts';
import type { HintedModules } from './1-read/hinted/open.ts';
import type { KeptProgram } from './1-read/kept.ts';
import type { NativeFunction, Reading } from './1-read/model.ts';
import { lowerProject, type LoweringResult } from './2-lower/index.ts';
import { relativeSpans } from './2-lower/relative-spans.ts';
import { optimize } from './3-optimize/index.ts';
import type { Notes } from './3-optimize/notes.ts';
import { sha256 } from './5-link/cache.ts';
import type { OptimizationLevel } from './5-link/types.ts';
import { codes } from './diagnostics/codes.ts';
import { hasErrors } from './diagnostics/list.ts';
import type { Diagnostic, Place } from './diagnostics/types.ts';
import type { IrFunction, IrModule } from './ir/types.ts';
import { keepViews } from './ir/kept-views.ts';
import { CallGraph } from './ir/call-graph.ts';
import { typeName } from './ir/parts.ts';
import { exactJson } from './exact-json.ts';
import { libraryFunction, linkLibrary } from './library.ts';
import { planLibrary } from './4-emit/c/plan.ts';
import type { KeptUnits, Unit } from './units/index.ts';
import { nameByContents } from './units/library-names.ts';
import { mergeLowerings, mergeModules } from './units/merge.ts';
import { conflictsOf, staleCopies } from './wire/conflicts.ts';
import { addWire } from './wire/index.ts';
import { losingTypes } from './wire/losing.ts';

/** What is known of a project that was read, whole or in units. */
export type ProjectReading = Pick<
  Reading,
  | 'program'
  | 'checked'
  | 'configPath'
  | 'folders'
  | 'inputs'
  | 'functions'
  | 'wrapped'
  | 'refusals'
  | 'diagnostics'
  | 'hinted'
> & { readonly classes: Pick<Reading['classes'], 'errors'> };

export interface LoweredProject<R extends ProjectReading = ProjectReading> {
  readonly reading: R;
  readonly lowering: LoweringResult;
  /** The project's own C libraries. */
  readonly libraries: CLibraries;
  /** The functions of the project's own sources, which a build tells of. */
  readonly shown: readonly ShownFunction[];
  /** tsnative refuses something, so that there is no use in going on. TypeScript has not been asked. */
  readonly isRefused: boolean;
  /** All of them. TypeScript checks the program when they are first asked for; see `Reading`. */
  readonly diagnostics: readonly Diagnostic[];
  /** What the lowered module has, in a hash. To be asked for before `optimize`. */
  hash(): string;
  /** Better IR of a project that isn't refused. It takes the place of the lowering's. */
  optimize(level: OptimizationLevel, options?: OptimizedOptions): IrModule;
}

/** A native function as the source has it. */
export interface ShownFunction {
  readonly name: string;
  readonly line: number;
  readonly fn: NativeFunction;
}

/** Loops that the compiler has written are those of a function of arrays; the package's own functions are no user's. */
function shownFunctions(fn: NativeFunction): ShownFunction[] {
  const { name, span, file, node } = fn;
  if (inArrays(file.getFilePath())) return [];
  if (!isGenerated(node.compilerNode)) return [{ name, line: span.line, fn }];
  const made = arrayFunctionAt(node.compilerNode);
  return made && !made.isCall ? [{ name: made.name, line: made.line, fn }] : [];
}

export interface ReadOptions {
  /** Instead of the tsconfig's own `outDir`. */
  readonly outDir?: string;
  /** Modules with hints files instead of a project. */
  readonly modules?: HintedModules;
  /** JavaScript will be written, so options against that are errors. */
  readonly emits?: boolean;
  /** It will be run at once; see `BuildOptions`. */
  readonly runs?: boolean;
  /** What this process keeps of the project between builds. */
  readonly kept?: KeptProgram;
}

/** @param project path of the tsconfig file */
export function lowerSources(project: string, options: ReadOptions = {}): LoweredProject<Reading> {
  const reading = readProject({ project, ...options });
  const { lowering, refusals } = lowered(reading);
  return {
    ...projectOf(reading, lowering, refusals),
    hash: () => sha256(exactJson(lowering.module)),
    optimize: (level, how) => optimized({ reading, lowering }, level, how),
  };
}

/**
 * The same in units, of which those are made anew that an edit affects.
 * @param kept the units that there are
 */
export function lowerUnits(
  project: string,
  kept: KeptUnits,
  options: ReadOptions = {},
): LoweredProject {
  const opened = openProject({ project, ...options });
  const units = kept.of(opened, lowered);
  if (!units) return lowerSources(project, options);
  const { program, checked, configPath, folders, inputs } = opened;
  const lowering = mergeLowerings(units.map((unit) => unit.lowering));
  const refusals = [...opened.refusals, ...kept.told];
  let diagnostics: readonly Diagnostic[] | undefined;
  const reading: ProjectReading = {
    ...{ program, checked, configPath, folders, inputs, refusals },
    functions: units.flatMap((unit) => unit.reading.functions),
    wrapped: units.flatMap((unit) => unit.reading.wrapped),
    classes: { errors: units.flatMap((unit) => unit.reading.classes.errors) },
    get diagnostics() {
      if (diagnostics) return diagnostics;
      const told = opened.check();
      diagnostics = [...told, ...withoutEchoes(program, told, refusals)];
      return diagnostics;
    },
  };
  return {
    ...projectOf(
      reading,
      lowering,
      units.flatMap((unit) => unit.refusals),
    ),
    hash: () => sha256(JSON.stringify(units.map(({ hash }) => hash))),
    optimize(level, how = {}) {
      try {
        return mergeModules(units.map((unit) => optimizedUnit(unit, level, how)));
      } catch (error) {
        kept.forget();
        throw error;
      }
    },
  };
}

/** Lowers what was read; gives what is refused beside that. */
function lowered(reading: Reading): {
  readonly lowering: LoweringResult;
  readonly refusals: readonly Diagnostic[];
} {
  const lowering = lowerProject(reading);
  const refusals = [
    ...lowering.diagnostics,
    ...conflictsIn(reading, lowering),
    ...widenedIn(lowering),
  ];
  return { lowering, refusals };
}

function projectOf<R extends ProjectReading>(
  reading: R,
  lowering: LoweringResult,
  own: readonly Diagnostic[],
): Omit<LoweredProject<R>, 'hash' | 'optimize'> {
  const libraries = readLibraries(reading.configPath);
  const refusals = [...own, ...libraries.diagnostics];
  let diagnostics: readonly Diagnostic[] | undefined;
  return {
    reading,
    lowering,
    libraries,
    shown: lowering.functions.flatMap(shownFunctions),
    isRefused: hasErrors(reading.refusals) || hasErrors(refusals),
    get diagnostics() {
      if (diagnostics) return diagnostics;
      const told = reading.diagnostics;
      diagnostics = [...told, ...withoutEchoes(reading.program, told, refusals)];
      return diagnostics;
    },
  };
}

/** Better IR of a unit, whose library functions have names that other units' don't have unless they are the same. */
function optimizedUnit(
  { reading, lowering, prefix, optimized: made }: Unit,
  level: OptimizationLevel,
  options: OptimizedOptions,
): IrModule {
  const key = JSON.stringify([level, options.assertElided, options.symbolsOf]);
  const known = made.get(key);
  if (known) return known;
  const module = optimized({ reading, lowering }, level, { ...options, prefix });
  nameByContents(module);
  made.set(key, module);
  return module;
}

/** What functions change that JavaScript has too while they call it. */
function conflictsIn({ functions }: Reading, { module, receivers }: LoweringResult): Diagnostic[] {
  if (!module.functions.some(({ foreign }) => foreign)) return [];
  const whole = { ...module, functions: [...module.functions] };
  linkLibrary(whole);
  const told = (
    id: string,
    tell: (place: Place | undefined, name: string) => Diagnostic,
  ): Diagnostic => {
    const fn = functions.find((one) => one.id === id);
    return tell(fn && placeOf(fn.node), fn?.name ?? id);
  };
  const takesFields = [...receivers].flatMap(([id, { frame, fields }]) =>
    frame.length + fields.length > 0 ? [id] : [],
  );
  const takesVariables = module.exports.flatMap(({ handed }) => handed?.callee ?? []);
  return [
    ...conflictsOf(whole).map(({ callee, type }) =>
      told(callee, (place, name) => codes.changedCopy(place, { name, type })),
    ),
    ...staleCopies(whole, [...takesFields, ...takesVariables]).map((id) =>
      told(id, (place, name) => codes.staleCopy(place, { name })),
    ),
  ];
}

/** Where objects of more properties than a type has would lose them. */
function widenedIn({ module, widenings }: LoweringResult): Diagnostic[] {
  if (widenings.length === 0) return [];
  const whole = { ...module, functions: [...module.functions] };
  linkLibrary(whole);
  const lost = losingTypes(whole);
  const told = new Set<string>();
  return widenings.flatMap(({ from, to, place }) => {
    const why = lost.get(to);
    const key = `${from} ${to}`;
    if (why === undefined || told.has(key)) return [];
    told.add(key);
    const [actual, expected] = [typeName(module, from), typeName(module, to)];
    return [codes.widened(place, { actual, expected, why })];
  });
}

/** Called with each function after each pass, in tests. */
export type Verify = (fn: IrFunction, module: IrModule) => void;

export interface OptimizedOptions {
  readonly verify?: Verify;
  /** Gets what passes tell of their decisions. */
  readonly notes?: Notes;
  /** Keeps the checks that are proved never to fail as assertions. */
  readonly assertElided?: boolean;
  /** The name of a pass that is left out. */
  readonly without?: string;
  /** The name of the package where C is to call its functions, too. */
  readonly symbolsOf?: string;
  /** See `addWire`. */
  readonly prefix?: string;
}

/**
 * Better IR of a project that isn't refused. It takes the place of the lowering's.
 * @param level 0 leaves out what is only for speed
 */
export function optimized(
  { reading, lowering }: Pick<LoweredProject, 'reading' | 'lowering'>,
  level: OptimizationLevel,
  { verify, notes, without, prefix, assertElided = false, symbolsOf }: OptimizedOptions = {},
): IrModule {
  const module = relativeSpans(lowering.module, dirname(reading.configPath));
  linkLibrary(module);
  const { prefix: start, functions: symbols } =
    symbolsOf === undefined ? { prefix: '', functions: [] } : planLibrary(module, symbolsOf);
  addWire(module, prefix);
  // What reads maps and sets from the wire fills their tables.
  linkLibrary(module);
  keepViews(module);
  const graph = new CallGraph(module.functions);
  const ofC = symbols.filter(({ exported }) => !keepsForJavaScript(graph, exported.callee));
  if (ofC.length > 0)
    module.symbols = ofC.map(({ symbol, exported }) => ({ symbol, prefix: start, exported }));
  optimize(module, {
    ...{ level, libraryFunction, notes, without, assertElided },
    ...(verify && { verify }),
  });
  return module;
}

/** Whether a function has to do with objects that keep typed arrays of JavaScript. */
const keepsForJavaScript = (graph: CallGraph, callee: string): boolean =>
  graph
    .reachedFrom(callee)
    .some((fn) =>
      graph.operationsOf(fn).some(({ op }) => op === 'view.keep' || op === 'view.kept'),
    );

export interface CompiledProject extends Omit<LoweredProject<Reading>, 'hash' | 'optimize'> {
  /** Undefined where a diagnostic is an error. */
  readonly module: IrModule | undefined;
}

/** All of it in one go. */
export function compileProject(
  project: string,
  level: OptimizationLevel,
  { verify, assertElided, ...options }: ReadOptions & OptimizedOptions = {},
): CompiledProject {
  const lowered = lowerSources(project, options);
  const { reading, lowering, libraries, shown, isRefused, diagnostics } = lowered;
  const module = hasErrors(diagnostics)
    ? undefined
    : optimized(lowered, level, {
        ...(verify && { verify }),
        ...(assertElided !== undefined && { assertElided }),
      });
  return { reading, lowering, libraries, shown, isRefused, diagnostics, module };
}
