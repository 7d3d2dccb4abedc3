/** What the wrapper of an export must know about the code that the export reaches. */
import { CallGraph } from '../../ir/call-graph.ts';
import { walkOps } from '../../ir/walk.ts';
import type { KeptDemands } from './kept-views.ts';
import { writtenKinds } from '../../ir/written-kinds.ts';
import {
  isHeap,
  isView,
  viewKind,
  type IrFunction,
  type IrModule,
  type Operation,
  type ViewKind,
} from '../../ir/types.ts';

export interface ExportFacts {
  /** Indices of the globals it reads, ascending. */
  readonly globals: readonly number[];
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

function findFacts(module: IrModule, memoryIsShared: boolean): ExportFacts[] {
  const globals = new Map(module.globals.map(({ name }, index) => [name, index]));
  const functions = new Map(module.functions.map((fn) => [fn.name, fn]));
  const graph = new CallGraph(module.functions);
  return module.exports.map(
    ({ callee, steady = false, isAsync = false, wire, result, more = [] }) => {
      const read = new Set<number>();
      const facts = {
        comparesViews: false,
        comparesBuffers: false,
        readsOffsets: false,
        makesViews: false,
        keepsViews: false,
        usesHeap: false,
        keepsState: false,
        callsJavaScript: false,
        isParallel: false,
        asksEnd: false,
        asksErrno: false,
        passesViews: passesViews(callee, graph),
      };
      const reached = graph.reachedFrom(callee);
      if (reached.some(({ foreign }) => foreign)) facts.callsJavaScript = facts.usesHeap = true;
      for (const op of reached.flatMap((fn) => graph.operationsOf(fn))) {
        const { global } = op.attributes;
        const index = op.op === 'global.get' ? globals.get(global ?? '') : undefined;
        if (index !== undefined) read.add(index);
        if (op.op === 'parallel') facts.isParallel = true;
        if (op.op === 'check.ended') facts.asksEnd = true;
        if (op.op === 'extern.errno') facts.asksErrno = true;
        if (op.op === 'state.get' || op.op === 'state.set') facts.keepsState = true;
        const compares = op.op === 'eq' || op.op === 'ne';
        if (compares && op.args[0] && isView(op.args[0].type)) facts.comparesViews = true;
        if (op.op === 'view.sameBuffer') facts.comparesBuffers = true;
        if (offsetReaders.has(op.op)) facts.readsOffsets = true;
        if ([...op.args, ...op.results].some(({ type }) => isHeap(type))) facts.usesHeap = true;
        if (op.op === 'view.keep' || op.op === 'view.kept') facts.keepsViews = true;
        if (op.op === 'view.new' || op.op === 'view.sub') facts.makesViews = true;
      }
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
 */
export function methodUse(module: IrModule): MethodUse {
  const graph = new CallGraph(module.functions);
  // What one function has objects keep, any other may use.
  const ofAll = methodKinds(module.functions, graph);
  return new Map(
    module.exports.map(({ callee }) => {
      const reached = graph.reachedFrom(callee);
      const kinds = methodKinds(reached, graph);
      for (const { op, args } of reached.flatMap((fn) => graph.operationsOf(fn))) {
        const type = args[0]?.type;
        if (op !== 'view.keep' || type === undefined || !isView(type)) continue;
        if (ofAll.has(viewKind(type))) kinds.add(viewKind(type));
      }
      return [callee, kinds];
    }),
  );
}

/** The kinds of views whose methods some functions use. */
function methodKinds(functions: readonly IrFunction[], graph: CallGraph): Set<ViewKind> {
  const kinds = new Set<ViewKind>();
  for (const op of functions.flatMap((fn) => graph.operationsOf(fn))) {
    const type = op.args[0]?.type;
    if (type !== undefined && isView(type) && usesMethod(op)) kinds.add(viewKind(type));
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
  const names = new Set<string>();
  for (const { body } of functions) walkOps(body, ({ op }) => names.add(op));
  return {
    buffer: names.has('view.sameBuffer'),
    offset: [...offsetReaders].some((name) => names.has(name)),
  };
}

/** Whether a function, or one that it calls, has objects keep views. */
export const keepsViews = (root: string, graph: CallGraph): boolean =>
  graph.reachedFrom(root).some((fn) => graph.operationsOf(fn).some(({ op }) => op === 'view.keep'));

/** Whether a function, or one that it calls, passes views to functions of JavaScript. */
export const passesViews = (root: string, graph: CallGraph): boolean =>
  graph.reachedFrom(root).some(({ foreign }) => foreign?.params.some(({ type }) => isView(type)));
