/** How the arguments and results of calls from JavaScript cross the boundary, for people and tools. */
import { partsOf, typeName } from '../ir/parts.ts';
import { isCallable, isWrapped } from '../ir/records.ts';
import {
  isHeap,
  isView,
  type BoundaryType,
  type IrExport,
  type IrModule,
  type IrType,
} from '../ir/types.ts';
import type { WirePlan } from '../ir/wire-plan.ts';
import { writtenKinds } from '../ir/written-kinds.ts';

/** How a value goes over: a number or boolean as it is, a copy, the same memory or object, a function to be called. */
export type Passage = 'value' | 'copy' | 'reference' | 'function';

export interface CrossingValue {
  /** As the source would have it. */
  readonly type: string;
  readonly passage: Passage;
}

export interface CrossingParameter extends CrossingValue {
  readonly name: string;
  /** Of a copy: native code may change it, and then JavaScript's own is changed before the call ends. */
  readonly isWrittenBack: boolean;
}

export interface Crossing {
  readonly params: readonly CrossingParameter[];
  /** Left out for `void`. */
  readonly result?: CrossingValue;
  /** After each call of a function of JavaScript what came in is compared with what was copied. */
  readonly isCompared: boolean;
}

/** By the ids of the functions that JavaScript calls; fields of instances are left out. */
export function crossingsOf(module: IrModule): ReadonlyMap<string, Crossing> {
  return new Map(
    module.exports.flatMap((exported) => {
      const { wire, callee, field, restOf, internal } = exported;
      return field !== undefined || restOf !== undefined || internal
        ? []
        : [[wire?.callee ?? callee, crossingOf(module, exported)]];
    }),
  );
}

export function crossingOf({ records, functions }: IrModule, exported: IrExport): Crossing {
  const { wire, isAsync = false } = exported;
  const plan = { records: wire?.records ?? records };
  const { params, result } = wire ?? exported;
  const changed = new Set<IrType>(
    wire?.numbered.filter(({ written }) => written.length > 0).map(({ type }) => type),
  );
  if (isAsync) {
    const known = new Map(functions.map((fn) => [fn.name, fn]));
    for (const kind of writtenKinds(exported.callee, known)) changed.add(`view.${kind}`);
  }
  const valueOf = (place: BoundaryType): CrossingValue => ({
    type: [
      typeName(plan, place.type),
      ...(place.undefined ? ['undefined'] : []),
      ...(place.null ? ['null'] : []),
    ].join(' | '),
    passage: passageOf(plan, place.type),
  });
  // What stands for a function that is told of progress isn't passed.
  const passed = exported.progress ? params.slice(0, -1) : params;
  return {
    params: passed.map(({ name, ...place }) => {
      // What runs off the thread of JavaScript has copies of typed arrays.
      const isCopied = isAsync && isView(place.type);
      const value: CrossingValue = { ...valueOf(place), ...(isCopied && { passage: 'copy' }) };
      const isWrittenBack = value.passage === 'copy' && leadsTo(plan, place.type, changed);
      return { name, ...value, isWrittenBack };
    }),
    ...(result && { result: valueOf(result) }),
    isCompared: wire?.guard === 'compare',
  };
}

function passageOf(plan: Pick<WirePlan, 'records'>, type: IrType): Passage {
  if (isView(type)) return 'reference';
  if (!isHeap(type)) return 'value';
  if (isCallable(plan, type)) return 'function';
  return isWrapped(plan, type) ? 'reference' : 'copy';
}

/** Whether an object of a type may hold, in whatever it leads to, one of these. */
function leadsTo(
  plan: Pick<WirePlan, 'records'>,
  root: IrType,
  wanted: ReadonlySet<IrType>,
): boolean {
  const reached = new Set([root]);
  // The set grows while it is walked.
  for (const type of reached) {
    if (wanted.has(type)) return true;
    if (!isWrapped(plan, type)) for (const part of partsOf(plan, type)) reached.add(part);
  }
  return false;
}
