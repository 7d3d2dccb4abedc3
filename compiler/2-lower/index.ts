/** From read functions to IR: lowers the tagged functions and, in turn, what they call. */
import { isGenerated } from '../1-read/kernels/index.ts';
import type { NativeConstant, NativeFunction, Reading } from '../1-read/model.ts';
import { placeOf, spanOf } from '../1-read/places.ts';
import { hasErrors } from '../diagnostics/list.ts';
import type { Diagnostic, Place } from '../diagnostics/types.ts';
import { makerName } from '../ir/class-names.ts';
import { isRecord } from '../ir/types.ts';
import type {
  BoundaryParameter,
  BoundaryType,
  IrExport,
  IrGlobal,
  IrModule,
  IrTable,
  IrFunction,
  IrType,
  RecordType,
} from '../ir/types.ts';
import { boundaryProblems } from './boundary.ts';
import { callbacksOf, passedMore, type Callback } from './callbacks.ts';
import { caughtEndings, handedOver, type Ending, type HandedFunction } from './endings.ts';
import { addErrorClasses } from './classes/error-functions.ts';
import { fieldFunctions, maker, receiver } from './classes/exported.ts';
import type { Receiver } from '../ir/receivers.ts';
import { lowerFunction, type LoweredFunction } from './function.ts';
import { lowerConstant } from './constant-objects.ts';
import { Closures } from './functions/closures.ts';
import type { ConstantObject, ModuleState } from './lowering.ts';
import { knownFunction, lowerHanded, type KnownFunction } from './handed.ts';
import {
  finishRegions,
  orderedLoops,
  parallelLoops,
  type ParallelLoop,
  type Region,
} from './parallel/regions.ts';
import { finishExterns } from './externs/finish.ts';
import { progressType } from './expressions/progress.ts';
import { plainLoops, type PlainLoop } from './parallel/advice.ts';
import { offThreadProblems } from './off-thread.ts';
import { withImpliedGlobals } from './implied-globals.ts';
import { lowerReceiver, subjectOf } from './receivers.ts';

export interface LoweringResult {
  /** What was lowered; calls of `std.*` functions are not yet resolved. */
  readonly module: IrModule;
  /** All functions that are in the module, tagged ones first, then in the order calls reached them. */
  readonly functions: readonly NativeFunction[];
  readonly globals: readonly GlobalConstant[];
  /** The objects that nobody changes, of which native code makes its own. */
  readonly objects: readonly ConstantObject[];
  /** The functions that JavaScript makes and native code has too. */
  readonly inner: readonly KnownFunction[];
  /** The functions of JavaScript that native code ends with. */
  readonly endings: readonly HandedFunction[];
  /** How JavaScript calls those of them that it hands an object over to by its fields, by their ids. */
  readonly receivers: ReadonlyMap<string, Receiver>;
  /** Names of the functions that call a function, by its id. */
  readonly callers: ReadonlyMap<string, readonly string[]>;
  /** The places that may call functions of JavaScript. */
  readonly callbacks: readonly Callback[];
  readonly parallel: readonly ParallelLoop[];
  /** The loops that run on one thread, of a project that has some that run on several. */
  readonly plain: readonly PlainLoop[];
  /** Where objects stand for those of a type that has fewer properties. */
  readonly widenings: readonly Widening[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface Widening {
  readonly from: RecordType;
  readonly to: RecordType;
  readonly place: Place;
}

export type GlobalConstant = Extract<NativeConstant, { kind: 'global' }>;

/** @param library whether these are the sources of the runtime's own library, which may use its intrinsics */
export function lowerProject(reading: Reading, library = false): LoweringResult {
  let told: (Diagnostic | undefined)[] = [];
  const functions = new Set<NativeFunction>([...reading.functions, ...reading.inner]);
  const globals = new Map<string, GlobalConstant>();
  const endings = new Map<string, Ending>();
  const tables = new Map<string, IrTable>();
  const objects = new Map<string, LoweredObject>();
  const callers = new Map<string, readonly string[]>();
  const regions = new Map<string, Region>();
  const widenings: Widening[] = [];
  const closures = new Closures(reading);
  const state: ModuleState = {
    reading,
    library,
    closures,
    checkpoint: () => {
      const known = told.length;
      return () => void (told.length = known);
    },
    require: (fn, caller) => {
      functions.add(fn);
      const known = callers.get(fn.id) ?? [];
      if (!known.includes(caller.name)) callers.set(fn.id, [...known, caller.name]);
    },
    requireGlobal: (constant) => globals.set(constant.id, constant),
    requireEnding: (fn, place) => {
      const id = `ending.${fn.id}`;
      endings.set(id, { fn, place: endings.get(id)?.place ?? place });
      return id;
    },
    requireRegion: (region) => regions.set(region.piece, region),
    widen: (from, to, node) => {
      const can = reading.records.get(from).kind === 'object' && reading.records.extend(from, to);
      if (can) widenings.push({ from, to, place: placeOf(node) });
      return can;
    },
    requireTable: (table) => tables.set(table.name, table),
    requireObject: (constant) => {
      const known = objects.get(constant.id);
      const name = known?.fn.name ?? `${constant.id}.object`;
      if (known) return name;
      const outer = told;
      told = [];
      const fn = lowerConstant(state, constant, name);
      objects.set(constant.id, { fn, constant, told });
      told = outer;
      return name;
    },
    report: (diagnostic) => told.push(diagnostic),
  };
  const lowered = new Map<NativeFunction, Lowered>();
  const lower = (fn: NativeFunction): void => {
    told = [];
    lowered.get(fn)?.forget();
    const { result, isStale } = reading.classes.watch(() => lowerFunction(state, fn));
    lowered.set(fn, { ...result, told, isStale });
  };
  // A set visits what is added while it is visited.
  for (const fn of functions) lower(fn);
  // What calls methods of a class, or asks for one, has to know those that extend it: also copies made since.
  for (;;) {
    const stale = [...lowered].filter(([, { isStale }]) => isStale());
    if (stale.length === 0) break;
    for (const [fn] of stale) lower(fn);
    for (const fn of functions) if (!lowered.has(fn)) lower(fn);
  }
  const known = reading.inner.flatMap((fn) => {
    const { captured, told } = lowered.get(fn) ?? { captured: [], told: [undefined] };
    return told.length > 0 ? [] : [knownFunction(fn, captured, reading, closures)];
  });
  const taken = new Set(
    reading.functions.flatMap(({ params }) => params.map(({ hint: { type } }) => type)),
  );
  const isCopy = reading.hinted?.inProject === false;
  const handed = isCopy ? [] : known.filter(({ type }) => taken.has(type));
  for (const { record, type } of handed) closures.flow(record, type);
  const handedTypes = new Set<IrType>(handed.map(({ type }) => type));
  for (const type of taken)
    if (
      type !== undefined &&
      isRecord(type) &&
      !handedTypes.has(type) &&
      reading.records.signatureOf(type)
    )
      closures.comesFromJavaScript(type);
  const dispatchers = closures.finish(state);
  const reported = [...lowered.values(), ...objects.values()].flatMap((one) => one.told);
  const diagnostics = [
    ...reported.filter((one) => one !== undefined),
    ...boundaryProblems(reading, handedTypes),
    ...caughtEndings([...endings.values()], [...functions]),
    ...passedMore(closures, reading),
  ];
  const makers = [...lowered].flatMap(([fn, constructor]) => {
    const { owner, kind } = fn.method ?? {};
    const isMade = fn.tagged && owner?.tag && kind === 'constructor';
    const [made] = constructor.made;
    return isMade && made ? [maker(fn, made, owner)] : [];
  });
  const fields = reading.wrapped.map((owner) => fieldFunctions(owner, reading));
  const plain = reading.functions
    .filter((fn) => !subjectOf(fn, reading))
    .map((fn) => {
      const exported = irExport(fn);
      return lowerHanded(fn, exported, handed) ?? { exported, fn: undefined, globals: [] };
    });
  const module: IrModule = {
    records: [...reading.records.records],
    functions: [
      ...[...lowered.values()].flatMap(({ made }) => made),
      ...[...objects.values()].map(({ fn }) => fn),
      ...dispatchers,
      ...makers,
      ...plain.flatMap(({ fn }) => fn ?? []),
      ...fields.flatMap((made) => made.functions),
    ],
    globals: [
      ...[...globals.values()].map(irGlobal),
      ...plain.flatMap((one) => one.globals),
      ...[...objects.values()].map(({ constant }) => ({ ...irGlobal(constant), kept: true })),
    ],
    exports: [
      ...plain.map(({ exported }) => (isCopy ? { ...exported, steady: true } : exported)),
      ...fields.flatMap(({ exports }) => exports),
    ],
    ...(tables.size > 0 && { tables: [...tables.values()] }),
  };
  finishExterns(module);
  diagnostics.push(...finishRegions(module, regions), ...offThreadProblems(module, reading));
  const receivers = new Map<string, Receiver>();
  const isRefused = reported.includes(undefined) || hasErrors(diagnostics);
  for (const fn of isRefused ? [] : reading.functions) {
    const subject = subjectOf(fn, reading);
    if (!subject) continue;
    const made = lowerReceiver(module, fn, subject, irExport(fn), [...functions], isCopy);
    if ('code' in made) diagnostics.push(made);
    else {
      receivers.set(fn.id, made.receiver);
      module.exports.push(made.exported);
      module.functions.push(made.fn);
      module.globals.push(...made.globals);
    }
  }
  addErrorClasses(module);
  const natives = [...functions].filter(({ id }) => !receivers.has(id));
  module.exports.splice(0, module.exports.length, ...withImpliedGlobals(module, closures, natives));
  if (reported.includes(undefined) && diagnostics.length === 0 && !hasErrors(reading.diagnostics)) {
    throw new Error('a statement was left out, and nothing tells why');
  }
  return {
    module,
    receivers,
    inner: handed,
    functions: [...functions].filter(({ extern }) => !extern),
    globals: [...globals.values()],
    objects: [...objects.values()].map(({ constant }) => constant),
    endings: [...endings].map(([id, { fn }]) => ({ id, ...handedOver(fn) })),
    callers,
    callbacks: callbacksOf(closures),
    parallel: parallelLoops(module, regions),
    plain:
      regions.size > 0
        ? [...plainLoops([...functions].filter(({ extern }) => !extern)), ...orderedLoops(regions)]
        : [],
    widenings,
    diagnostics: unique(diagnostics),
  };
}

/** A function that was lowered. */
interface Lowered extends LoweredFunction {
  /** The refusals in it; undefined for the consequence of one. */
  readonly told: readonly (Diagnostic | undefined)[];
  /** Whether it has to be lowered again. */
  readonly isStale: () => boolean;
}

interface LoweredObject extends Pick<Lowered, 'told'> {
  readonly fn: IrFunction;
  readonly constant: ConstantObject;
}

const irGlobal = (constant: GlobalConstant | ConstantObject): IrGlobal => ({
  name: constant.id,
  type: constant.type,
  ...('filledBy' in constant && { isArray: true }),
  ...('length' in constant && { length: constant.length }),
  sourceName: constant.name,
  span: spanOf(constant.declaration),
});

function irExport(fn: NativeFunction): IrExport {
  const params = fn.params.flatMap((param): BoundaryParameter[] => {
    const { type } = param.hint;
    return type === undefined
      ? []
      : [{ name: param.name, type, undefined: param.hint.undefined, null: param.hint.null }];
  });
  const { type } = fn.result;
  const result: BoundaryType | undefined =
    type === undefined ? undefined : { type, undefined: fn.result.undefined, null: fn.result.null };
  const { name, span, method } = fn;
  const isAsync = fn.isAsync && { isAsync: true };
  const signal = fn.signal && { signal: fn.signal };
  const progress = fn.progress && { progress: fn.progress };
  const kernel = isGenerated(fn.node.compilerNode) && { kernel: true };
  if (!method?.owner.tag) {
    if (fn.progress)
      params.push({ name: fn.progress.name, type: progressType, undefined: false, null: false });
    return {
      ...{ callee: fn.id, name, params, result, span },
      ...{ ...isAsync, ...signal, ...progress, ...kernel },
    };
  }
  const { owner, kind } = method;
  if (kind !== 'constructor')
    return { callee: fn.id, name, params: [receiver(owner), ...params], result, span };
  const made: BoundaryType = { type: owner.record, undefined: false, null: false };
  return { callee: makerName(owner.record), name: `new ${owner.name}`, params, result: made, span };
}

/** A function that several others call is looked at once, but a part of it may be lowered twice. */
function unique(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Map(diagnostics.map((diagnostic) => [JSON.stringify(diagnostic), diagnostic]));
  return [...seen.values()];
}
