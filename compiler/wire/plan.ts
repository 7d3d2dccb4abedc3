/**
 * How the objects of one exported function's parameters and result travel. Most need nothing special: they
 * are written where they stand, and a copy is as good as they are. An object gets a *number* where it matters
 * which one it is: because native code may change it, because it may come back as a result, because native code
 * compares references, or because it may hold itself.
 */
import {
  isHeap,
  isList,
  isRecord,
  isView,
  type IrExport,
  type IrModule,
  type IrType,
} from '../ir/types.ts';
import type { NumberedType, ObjectType, WirePlan } from '../ir/wire-plan.ts';
import { partsOf } from '../ir/parts.ts';
import { entryOf, isCallable, isWrapped, recordOf } from '../ir/records.ts';
import { effectsOf, elements, type Effects } from './writes.ts';

/** Whether JavaScript calls an export through a script: for objects, which need the wire, and for instances. */
export const needsScript = ({ params, result }: Pick<IrExport, 'params' | 'result'>): boolean =>
  params.some(({ type }) => isHeap(type)) || (result !== undefined && isHeap(result.type));

const isObject = (type: IrType): type is ObjectType => isRecord(type) || isList(type);

/** The types of the objects that may go to JavaScript when an export is called. */
export const leavingTypes = (module: IrModule, exported: IrExport): ReadonlySet<ObjectType> =>
  flowsOf(module, exported).goesOut;

/** What of the objects of a call may come in, change and go out. */
function flowsOf(module: IrModule, { callee, params, result }: IrExport) {
  const effects = effectsOf(module, callee);
  const written = withTables(module, ofExtending(module, effects.written));
  // Only their constructor sets their fields.
  for (const { name, array } of module.records) if (array) written.delete(`rec.${name}`);
  const reach = new Reach(module);
  const comesIn = reach.from(params.map(({ type }) => type));
  const changes = [...comesIn].filter((type) => written.has(type));
  const changed = changes.flatMap((type) => partsOf(module, type));
  const roots = [...(result ? [result.type] : []), ...changed];
  return { effects, written, reach, comesIn, changes, roots, goesOut: reach.from(roots) };
}

/** Plans for an export that needs a script. */
export function planOf(module: IrModule, exported: IrExport): WirePlan {
  const { callee, params, result, isAsync = false } = exported;
  const { effects, written, reach, comesIn, changes, roots, goesOut } = flowsOf(module, exported);
  // Who compares unions compares their variants, and who compares objects also those that have more properties.
  const compared = new Set<IrType>(
    [...effects.compared].flatMap((type) =>
      isUnion(module, type) ? [type, ...partsOf(module, type)] : [type],
    ),
  );
  for (const type of compared)
    for (const extending of extendingOf(module, type)) compared.add(extending);
  const shared = sharedAmong(module, reach, goesOut, roots);
  const hasHazard = hazards(module, comesIn, changes);
  const numbered = [...new Set([...comesIn, ...goesOut])].flatMap((type): NumberedType[] => {
    const isQueued = reach.from(partsOf(module, type)).has(type);
    const [goesIn, leaves] = [comesIn.has(type), goesOut.has(type)];
    const isUnified =
      goesIn && (written.has(type) || compared.has(type) || isQueued || hasHazard.has(type));
    if (isUnion(module, type)) return [];
    const isNumbered = isUnified || (leaves && (goesIn || isQueued || shared.has(type)));
    if (!isNumbered) return [];
    const names = goesIn ? [...(written.get(type) ?? [])] : [];
    return [{ type, comesIn: goesIn, goesOut: leaves, isUnified, isQueued, written: names }];
  });
  const copied = [...comesIn].filter((type) => !isUnion(module, type));
  const isGuarded = effects.callsJavaScript && copied.length > 0;
  // Function types are shared: of those that change something, few ever get a function of JavaScript.
  const changesIn = numbered.some(({ comesIn: is, written: names }) => is && names.length > 0);
  const guard = isGuarded ? (changesIn ? 'none may run' : 'compare') : undefined;
  const holdsViews = [
    ...reach.from([...params, ...(result ? [result] : [])].map(({ type }) => type)),
  ]
    .flatMap((type) => partsOf(module, type))
    .some(isView);
  // What the environment keeps of a session is not for other threads.
  const views = holdsViews || isAsync;
  return { callee, params, result, records: [...module.records], numbered, views, guard };
}

/** The records of objects that may stand for those of a record, as they have all of its members. */
const extendingOf = ({ records }: IrModule, type: IrType): IrType[] =>
  records
    .filter(({ base, kind }) => kind === 'object' && `rec.${base}` === type)
    .map(({ name }): IrType => `rec.${name}`);

/** What may change, with the objects of types that have more properties than the one through which they are changed. */
function ofExtending(module: IrModule, written: Effects['written']): Effects['written'] {
  const all = new Map([...written].map(([type, names]) => [type, new Set(names)]));
  // The map grows while it is walked; what comes up later is walked as well.
  for (const [type, names] of all)
    for (const extending of extendingOf(module, type)) {
      const own = all.get(extending);
      all.delete(extending);
      all.set(extending, new Set([...(own ?? []), ...names]));
    }
  return all;
}

/**
 * What may change, with the maps and sets of whose memory anything may: their entries are in lists, which code may
 * have in hand without the table.
 */
function withTables(
  module: IrModule,
  written: Effects['written'],
): Map<IrType, ReadonlySet<string>> {
  const all = new Map(written);
  for (const record of module.records) {
    const type: IrType = `rec.${record.name}`;
    const isChanged =
      written.has(type) || record.members.some((member) => written.has(member.type));
    if (entryOf(record) && isChanged) all.set(type, new Set([elements]));
  }
  return all;
}

const isTable = (module: IrModule, type: IrType): boolean =>
  isRecord(type) && entryOf(recordOf(module, type)) !== undefined;

const isUnion = (module: IrModule, type: IrType): boolean =>
  module.records.some(({ name, kind }) => kind === 'union' && `rec.${name}` === type);

/** Which types can be got to from others. */
class Reach {
  private readonly module: IrModule;
  constructor(module: IrModule) {
    this.module = module;
  }

  /** The types of objects among these and what they lead to; instances stay in native memory with what they have. */
  from(types: readonly IrType[]): Set<ObjectType> {
    const isCopied = (type: IrType): type is ObjectType =>
      isObject(type) && !isWrapped(this.module, type) && !isCallable(this.module, type);
    const reached = new Set(types.filter(isCopied));
    // The set grows while it is walked.
    for (const type of reached)
      for (const part of partsOf(this.module, type)) if (isCopied(part)) reached.add(part);
    return reached;
  }
}

/**
 * The types of which one object may stand at several places of what goes out: those that are at several
 * themselves, and what those lead to.
 */
function sharedAmong(
  module: IrModule,
  reach: Reach,
  goesOut: ReadonlySet<ObjectType>,
  roots: readonly IrType[],
): Set<ObjectType> {
  const places = new Map<IrType, number>();
  const count = (type: IrType, by: number): void =>
    void places.set(type, (places.get(type) ?? 0) + by);
  for (const type of roots) count(type, 1);
  for (const type of goesOut)
    for (const part of partsOf(module, type))
      count(part, isList(type) || isTable(module, type) ? 2 : 1);
  return reach.from([...goesOut].filter((type) => (places.get(type) ?? 0) > 1));
}

/**
 * An object can be of two types at once for TypeScript: an `{ x, y }` is also an `{ x }`. Native code has an
 * object of each then, and would not see in one what it changes in the other. Where a type is changed, all
 * objects of its kind are looked up, so that the loader finds out.
 */
function hazards(
  module: IrModule,
  comesIn: ReadonlySet<ObjectType>,
  changes: readonly ObjectType[],
): Set<ObjectType> {
  const kindOf = (type: ObjectType): string => {
    const { kind } = isList(type) ? { kind: 'tuple' } : recordOf(module, type);
    return kind;
  };
  const types = [...comesIn].filter((type) => !isUnion(module, type));
  return new Set(types.filter((type) => changes.some((other) => kindOf(other) === kindOf(type))));
}
