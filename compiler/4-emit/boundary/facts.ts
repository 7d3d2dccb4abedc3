/** What the wrapper of an export must know about the code that the export reaches. */
import { CallGraph } from '../../ir/call-graph.ts';
import { ofSettled, settledKinds, settledOperations } from '../../ir/settled.ts';
import type { KeptDemands } from './kept-views.ts';
import { writtenKinds } from '../../ir/written-kinds.ts';
import {
  isHeap,
  isView,
  viewKind,
  type IrFunction,
  type IrModule,
  type Operation,
  type Value,
  type ViewKind,
} from '../../ir/types.ts';

export interface ExportFacts {
  /** Indices of the globals it reads, ascending. */
  readonly globals: readonly number[];
  /** Those of them that need not have their value yet, as nothing that reads them runs then. */
  readonly implied: ReadonlySet<number>;
  /** It compares views, so one object must be one struct. */
  readonly comparesViews: boolean;
  /** It compares buffers, so one ArrayBuffer must be one struct. */
  readonly comparesBuffers: boolean;
  /** It asks where in its buffer a view lies. */
  readonly readsOffsets: boolean;
  /** It makes views, which must be freed. */
  readonly makesViews: boolean;
  /** It uses typed arrays that objects keep, or has objects keep some. */
  readonly keepsViews: boolean;
  /** It has to do with records, lists or strings. */
  readonly usesHeap: boolean;
  /** It reads or sets globals that are `kept`. */
  readonly keepsState: boolean;
  /** It calls functions of JavaScript. */
  readonly callsJavaScript: boolean;
  /** It has parallel regions. */
  readonly isParallel: boolean;
  /** It asks whether it is to end. */
  readonly asksEnd: boolean;
  /** It asks what C has left in `errno`. */
  readonly asksErrno: boolean;
  /** It passes views to them. */
  readonly passesViews: boolean;
  /** The kinds of views that it may write, where it works on copies of them: if it is async, or memory isn't shared. */
  readonly writes: ReadonlySet<ViewKind>;
  /** The globals need not be looked at in each call: it asks of typed arrays only what is in them. */
  readonly steady: boolean;
}

/** Operations that read `view.byteOffset` or the structs of buffers. */
const offsetReaders: ReadonlySet<string> = new Set([
  'view.byteOffset',
  'view.sameBuffer',
  'view.sub',
]);

const known = new WeakMap<IrModule, Map<boolean, readonly ExportFacts[]>>();

/**
 * The facts of the exports of a module, in their order. The module must not change any more.
 * @param memoryIsShared native code sees JavaScript's memory itself, so that typed arrays stay where they are
 */
export function factsOfExports(
  module: IrModule,
  { memoryIsShared } = { memoryIsShared: true },
): readonly ExportFacts[] {
  const ofModule = known.get(module) ?? new Map<boolean, readonly ExportFacts[]>();
  known.set(module, ofModule);
  const facts = ofModule.get(memoryIsShared) ?? findFacts(module, memoryIsShared);
  ofModule.set(memoryIsShared, facts);
  return facts;
}

/** What the operations of one function tell, as `ExportFacts` has it. */
interface FunctionFacts {
  readonly facts: ReadonlySet<keyof ExportFacts>;
  /** The names of the globals that they read. */
  readonly read: ReadonlySet<string>;
}

const factsIn = ofSettled((fn): FunctionFacts => {
  const read = new Set<string>();
  const facts = new Set<keyof ExportFacts>();
  if (fn.foreign) facts.add('callsJavaScript').add('usesHeap');
  for (const op of settledOperations(fn)) {
    const { global } = op.attributes;
    if (op.op === 'global.get' && global !== undefined) read.add(global);
    if (op.op === 'parallel') facts.add('isParallel');
    if (op.op === 'check.ended') facts.add('asksEnd');
    if (op.op === 'extern.errno') facts.add('asksErrno');
    if (op.op === 'state.get' || op.op === 'state.set') facts.add('keepsState');
    const compares = op.op === 'eq' || op.op === 'ne';
    if (compares && op.args[0] && isView(op.args[0].type)) facts.add('comparesViews');
    if (op.op === 'view.sameBuffer') facts.add('comparesBuffers');
    if (offsetReaders.has(op.op)) facts.add('readsOffsets');
    const isOfHeap = ({ type }: Value): boolean => isHeap(type);
    if (op.args.some(isOfHeap) || op.results.some(isOfHeap)) facts.add('usesHeap');
    if (op.op === 'view.keep' || op.op === 'view.kept') facts.add('keepsViews');
    if (op.op === 'view.new' || op.op === 'view.sub') facts.add('makesViews');
  }
  return { facts, read };
});

function findFacts(module: IrModule, memoryIsShared: boolean): ExportFacts[] {
  const globals = new Map(module.globals.map(({ name }, index) => [name, index]));
  const functions = new Map(module.functions.map((fn) => [fn.name, fn]));
  const graph = new CallGraph(module.functions, { areSettled: true });
  return module.exports.map(
    ({ callee, steady = false, isAsync = false, wire, result, more = [], implied = [] }) => {
      const reached = graph.reachedFrom(callee).map(factsIn);
      const has = (fact: keyof ExportFacts): boolean =>
        reached.some(({ facts }) => facts.has(fact));
      const names = new Set(reached.flatMap((one) => [...one.read]));
      const read = new Set([...names].flatMap((name) => globals.get(name) ?? []));
      const facts = {
        comparesViews: has('comparesViews'),
        comparesBuffers: has('comparesBuffers'),
        readsOffsets: has('readsOffsets'),
        makesViews: has('makesViews'),
        keepsViews: has('keepsViews'),
        usesHeap: has('usesHeap'),
        keepsState: has('keepsState'),
        callsJavaScript: has('callsJavaScript'),
        isParallel: has('isParallel'),
        asksEnd: has('asksEnd'),
        asksErrno: has('asksErrno'),
        passesViews: passesViews(callee, graph),
      };
      const { comparesViews, comparesBuffers, readsOffsets, makesViews } = facts;
      // Of these a view must know its object or its place. A DataView doesn't tell that it was detached.
      const hasDataView = [...read].some(
        (index) => module.globals[index]?.type === 'view.dataview',
      );
      const asks = comparesViews || comparesBuffers || readsOffsets || makesViews;
      // JavaScript may run, such as getters, when it writes objects to the wire, after it was asked.
      const runsBefore = wire?.params.some(({ type }) => isHeap(type) && type !== 'str') === true;
      const givesView = [result, ...more].some((one) => one && isView(one.type));
      return {
        ...facts,
        writes: isAsync || !memoryIsShared ? writtenKinds(callee, functions) : new Set(),
        globals: [...read].sort((a, b) => a - b),
        implied: new Set(implied.flatMap((name) => globals.get(name) ?? [])),
        steady:
          steady &&
          memoryIsShared &&
          !isAsync &&
          !facts.callsJavaScript &&
          !runsBefore &&
          !asks &&
          !givesView &&
          !hasDataView,
      };
    },
  );
}

/** The indices of the globals that each export reads. */
export const globalsOfExports = (module: IrModule): (readonly number[])[] =>
  factsOfExports(module).map(({ globals }) => globals);

/** Kinds of views by the name of the IR function that uses them. */
export type MethodUse = ReadonlyMap<string, ReadonlySet<ViewKind>>;

/**
 * The kinds whose methods the code of each export uses where subclasses (Buffer above all) have
 * methods of other meaning, or get other results: for these the wrapper takes the class itself
 * alone. Inlining hides the calls of the library, so this is asked of the IR before it is optimised.
 * @param areSettled the functions don't change later; see `ofSettled`
 */
export function methodUse(module: IrModule, { areSettled = false } = {}): MethodUse {
  const graph = new CallGraph(module.functions, { areSettled });
  const kindsOfOne = areSettled
    ? settledMethods
    : (fn: IrFunction): Methods => kindsIn(graph.operationsOf(fn));
  const used = new Map(module.functions.map((fn) => [fn, kindsOfOne(fn)]));
  const kindsOf = (fns: readonly IrFunction[], which: 'methods' | 'kept'): Set<ViewKind> =>
    new Set(fns.flatMap((fn) => [...(used.get(fn)?.[which] ?? [])]));
  // What one function has objects keep, any other may use.
  const ofAll = kindsOf(module.functions, 'methods');
  return new Map(
    module.exports.map(({ callee }) => {
      const reached = graph.reachedFrom(callee);
      const kinds = kindsOf(reached, 'methods');
      for (const kind of kindsOf(reached, 'kept')) if (ofAll.has(kind)) kinds.add(kind);
      return [callee, kinds];
    }),
  );
}

type Methods = Readonly<Record<'methods' | 'kept', ReadonlySet<ViewKind>>>;

const settledMethods = ofSettled((fn) => kindsIn(settledOperations(fn)));

/** The kinds of views whose methods some operations use, and those that they have objects keep. */
function kindsIn(operations: readonly Operation[]): Methods {
  const kinds = { methods: new Set<ViewKind>(), kept: new Set<ViewKind>() };
  for (const op of operations) {
    const type = op.args[0]?.type;
    if (type === undefined || !isView(type)) continue;
    if (usesMethod(op)) kinds.methods.add(viewKind(type));
    if (op.op === 'view.keep') kinds.kept.add(viewKind(type));
  }
  return kinds;
}

const usesMethod = ({ op, attributes }: Operation): boolean =>
  op === 'view.sub' ||
  (op === 'call' &&
    /^std\.(fill|includes|like|indexOf|lastIndexOf|slice|subarray)\./.test(
      attributes.callee ?? '',
    ));

/** What must be known of views of typed arrays that objects keep: what any function of the module asks of views. */
export function demandsOfKept({ functions }: IrModule): KeptDemands {
  const has = (name: string): boolean => functions.some((fn) => settledKinds(fn).has(name));
  return { buffer: has('view.sameBuffer'), offset: [...offsetReaders].some(has) };
}

/** Whether a function, or one that it calls, has objects keep views. */
export const keepsViews = (root: string, graph: CallGraph): boolean =>
  graph.reachedFrom(root).some((fn) => graph.operationsOf(fn).some(({ op }) => op === 'view.keep'));

/** Whether a function, or one that it calls, passes views to functions of JavaScript. */
export const passesViews = (root: string, graph: CallGraph): boolean =>
  graph.reachedFrom(root).some(({ foreign }) => foreign?.params.some(({ type }) => isView(type)));
