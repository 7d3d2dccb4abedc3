/**
 * What is known of parallel loops once all functions are there: that nothing which several threads run touches what
 * only one may, and the test, before each loop, whether the arrays that it writes are apart from the others it uses.
 * Where they aren't, it runs in order.
 */
import type { Node as SourceNode } from '../../ts-morph.ts';
import { arrayFunctionAt, isGenerated } from '../../1-read/kernels/index.ts';
import { placeOf, placeOfCompilerNode } from '../../1-read/places.ts';
import { codes } from '../../diagnostics/codes.ts';
import type { Diagnostic, Place } from '../../diagnostics/types.ts';
import {
  isHeap,
  isScalar,
  isView,
  type IrFunction,
  type IrModule,
  type Node,
  type Operation,
  type Span,
  type Value,
  type ViewType,
} from '../../ir/types.ts';
import { keepingRecords } from '../../ir/kept-views.ts';
import { rewriteOps, walkNodes, walkOps } from '../../ir/walk.ts';
import type { PlainLoop } from './advice.ts';
import { isOfCores, whyInOrder } from './cores.ts';
import { handsToWriters, piecesInside, strays } from './invoked.ts';
import { handsOn, isLibrary, isPart, methodOf, reachedBy, touches, writtenIn } from './touching.ts';

export interface Region {
  /** The name of the function that runs a part of it. */
  readonly piece: string;
  /** The call in the source. */
  readonly call: SourceNode;
  /** How the source calls it, such as `parallel.for`. */
  readonly name: string;
  /** The names of the parameters of its piece that are arrays it writes. */
  readonly written: ReadonlySet<string>;
  /** Module constants that it writes, by the names of their globals. */
  readonly writtenGlobals: ReadonlySet<string>;
  /** The functions of the library that its piece itself calls on arrays, which touch what is a part's own. */
  readonly library: ReadonlySet<string>;
  /**
   * What has to hold, in the function around it: else it runs in order. `why` tells that, but for what hardly ever
   * happens.
   */
  readonly guards: readonly { readonly holds: Value; readonly why?: string }[];
  /** Why it always runs in order; known once regions are finished. */
  readonly ordered?: string;
  /** There for functions that run beside each other: the arrays that they hand on to others, which may write them. */
  readonly handed?: Handed;
}

export interface Handed {
  /** By the names of the parameters of the piece. */
  readonly arrays: ReadonlySet<string>;
  /** Module constants, by the names of their globals. */
  readonly globals: ReadonlySet<string>;
  /** What the names of functions begin with that see variables around the region. */
  readonly inside: string;
  /** What is wrong where they are written. */
  readonly problem: Diagnostic | undefined;
  /** One of those others writes arrays. */
  readonly isWritten?: boolean;
}

/** A parallel loop, as a build tells it. */
export interface ParallelLoop {
  /** Such as `parallel.for`. */
  readonly name: string;
  /** Absolute path. */
  readonly file: string;
  readonly line: number;
  /** When it runs in order after all, such as "`out` and `a` share memory". */
  readonly inOrderWhere: readonly string[];
}

export type Functions = ReadonlyMap<string, IrFunction>;

/** Checks all regions, and puts the tests before them. @returns what is wrong */
export function finishRegions(module: IrModule, regions: Map<string, Region>): Diagnostic[] {
  if (regions.size === 0) return [];
  const functions = new Map(module.functions.map((fn) => [fn.name, fn]));
  const keepsViews = keepingRecords(module).length > 0;
  for (const region of regions.values()) {
    const { handed } = region;
    const piece = functions.get(region.piece);
    const ordered =
      piece && isOfCores(region) ? whyInOrder(region, piece, functions, module) : undefined;
    if (ordered !== undefined) regions.set(region.piece, { ...region, ordered });
    if (handed && handsToWriters(region, functions, regions))
      regions.set(region.piece, {
        ...region,
        written: new Set([...region.written, ...handed.arrays]),
        writtenGlobals: new Set([...region.writtenGlobals, ...handed.globals]),
        handed: { ...handed, isWritten: true },
      });
  }
  const diagnostics = [...regions.values()].flatMap((region) => {
    const piece = isOfCores(region) ? undefined : functions.get(region.piece);
    return piece ? problemsOf(region, piece, functions, regions, keepsViews) : [];
  });
  if (diagnostics.length > 0) return diagnostics;
  for (const fn of module.functions)
    rewriteOps(fn.body, (op) => {
      const region = op.op === 'parallel' ? regions.get(op.attributes.callee ?? '') : undefined;
      return region && tested(fn, op, region, functions);
    });
  return [];
}

/** The typed arrays of module constants that a function and all that it calls use, by their globals. */
function globalArrays(piece: IrFunction, functions: Functions): Map<string, ViewType> {
  const globals = new Map<string, ViewType>();
  for (const { body } of reachedBy(piece.name, functions))
    walkOps(body, ({ op, attributes: { global }, results: [result] }) => {
      if (op === 'global.get' && global !== undefined && result && isView(result.type))
        globals.set(global, result.type);
    });
  return globals;
}

/** All regions, in the order of the sources, once they are finished. */
export function parallelLoops(
  module: IrModule,
  regions: ReadonlyMap<string, Region>,
): ParallelLoop[] {
  const functions = new Map(module.functions.map((fn) => [fn.name, fn]));
  const namesOf = new Map(module.globals.map(({ name, sourceName }) => [name, sourceName]));
  // A call, such as that of a sort, may have several regions.
  const loops = new Map<unknown, ParallelLoop>();
  for (const { call, name, written, writtenGlobals, guards, ...region } of regions.values()) {
    if (region.ordered !== undefined) continue;
    const piece = functions.get(region.piece);
    if (!piece) continue;
    const arrays = [
      ...piece.params
        .filter(({ value }) => isView(value.type) && value.hint !== undefined)
        .map((param) => ({ name: param.name, isWritten: written.has(param.name) })),
      ...[...globalArrays(piece, functions).keys()].map((global) => ({
        name: namesOf.get(global) ?? global,
        isWritten: writtenGlobals.has(global),
      })),
    ].filter((array) => !array.name.startsWith(givenName));
    const made = arrayFunctionAt(call.compilerNode);
    const shared = (made && made.results === undefined ? [] : arrays).flatMap((a, index) =>
      arrays
        .slice(index + 1)
        .filter((b) => a.isWritten || b.isWritten)
        .map((b) => `\`${a.name}\` and \`${b.name}\` share memory`),
    );
    const whys = [...shared, ...guards.flatMap(({ why }) => why ?? [])];
    const known = loops.get(call.compilerNode)?.inOrderWhere ?? [];
    loops.set(call.compilerNode, {
      name: made?.name ?? name,
      file: call.getSourceFile().getFilePath(),
      line: made?.line ?? call.getStartLineNumber(),
      inOrderWhere: [...new Set([...known, ...whys])],
    });
  }
  return [...loops.values()].sort((a, b) =>
    a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line,
  );
}

/** The loops of functions of small arrays that run in order, and why. */
export const orderedLoops = (regions: ReadonlyMap<string, Region>): PlainLoop[] =>
  [...regions.values()].flatMap(({ call, ordered }) => {
    const made = arrayFunctionAt(call.compilerNode);
    if (ordered === undefined || !made) return [];
    const place = { file: call.getSourceFile().getFilePath(), line: made.line };
    return [{ ...place, instead: made.name, refused: { why: ordered } }];
  });

/** What the names of parameters begin with that no source names. */
export const givenName = 'given ';

function problemsOf(
  region: Region,
  piece: IrFunction,
  functions: Functions,
  regions: ReadonlyMap<string, Region>,
  keepsViews: boolean,
): Diagnostic[] {
  const place = placeOfRegion(region);
  const captured = piece.params.filter(({ value: { type } }) => !isScalar(type) && !isView(type));
  const found = [
    ...captured.map(({ name }) => `\`${name}\``),
    ...absent(piece).map((name) => `\`${name}\`, which may be absent`),
  ].map((what) => codes.parallelValue(place, { what, name: region.name }));
  if (found.length > 0) return found;
  const isInside = insideOf(region.call);
  const reached = reachedBy(piece.name, functions);
  const pieces = new Set(reached.filter(({ name }) => regions.has(name)));
  const own = piecesInside(region, reached, regions);
  for (const { extern } of reached)
    if (extern && !extern.pure)
      return [
        codes.externInParallel(place, {
          name: region.name,
          callee: extern.symbol,
          library: extern.library,
        }),
      ];
  for (const fn of reached) {
    const written = pieces.has(fn) ? writtenIn(fn, region, regions) : new Set<number>();
    walkNodes(fn.body, (node) => {
      if (node.kind !== 'op' || found.length > 0) return;
      const spot = placeOfSpan(node.span) ?? place;
      const isFree = region.handed ? methodOf(node) !== undefined : isLibrary(node, region);
      const what =
        isFree && (region.handed || fn === piece) ? undefined : forbidden(node, keepsViews);
      if (what !== undefined) found.push(codes.parallelValue(spot, { what, name: region.name }));
      else if (
        region.handed
          ? strays(node, fn, { region, own, written, isInside, functions })
          : (handsOn(node, written) && !(isPart(node) && isInside(node.span))) ||
            (touches(node, region, written) && !isInside(node.span))
      )
        found.push({
          ...codes.touchedElsewhere(spot, { name: region.name }),
          related: [{ place, message: `${region.name} is here.` }],
        });
    });
  }
  if (region.handed?.isWritten && region.handed.problem) found.push(region.handed.problem);
  return found.slice(0, 1);
}

/** The captured arrays that may be `undefined` or `null`: whether they share memory with others can't be asked. */
const absent = ({ params }: IrFunction): string[] =>
  params
    .filter(
      ({ name, value }, index) => isView(value.type) && params[index - 1]?.name === `${name}.tag`,
    )
    .map(({ name }) => name);

/**
 * What of an operation only one thread at a time may do; undefined where any number may.
 * @param keepsViews only the thread of JavaScript knows which views are of one typed array
 */
function forbidden(op: Operation, keepsViews: boolean): string | undefined {
  switch (op.op) {
    case 'eq':
    case 'ne':
      if (keepsViews && op.args[0] && isView(op.args[0].type))
        return 'a comparison of typed arrays';
      break;
    case 'state.get':
    case 'state.set':
      return 'an object of the module';
    case 'view.address':
    case 'memory.load':
    case 'memory.store':
      return 'memory of C';
    case 'call': {
      const method = methodOf(op);
      if (method !== undefined) return `\`${method}\` of a typed array`;
    }
  }
  const value = [...op.args, ...op.results].find(({ type }) => isHeap(type));
  if (!value) return undefined;
  const kinds = {
    str: 'a string',
    error: 'an error that is an object',
    js: 'a function of JavaScript',
  };
  const kind = value.type in kinds ? kinds[value.type as keyof typeof kinds] : 'an object or array';
  return value.hint === undefined ? kind : `${kind} (\`${value.hint}\`)`;
}

/** Whether a place is inside a node. */
export function insideOf(node: SourceNode): (span: Span | undefined) => boolean {
  const file = node.getSourceFile();
  const [start, end] = [node.getStart(), node.getEnd()];
  return (span) => {
    if (span?.file !== file.getFilePath()) return false;
    const at = file.compilerNode.getPositionOfLineAndCharacter(span.line - 1, span.column - 1);
    return at >= start && at < end;
  };
}

/** Of loops that the compiler has written: the name of the function of arrays that they are for. */
const placeOfRegion = ({ call }: Region): Place => {
  const made = arrayFunctionAt(call.compilerNode)?.declared;
  return made ? placeOfCompilerNode(made) : placeOf(call);
};

const placeOfSpan = (span: Span | undefined): Place | undefined =>
  span && {
    file: span.file,
    line: span.line,
    column: span.column,
    endLine: span.line,
    endColumn: span.column + span.length,
  };

/** A region behind the test whether its arrays are apart, with its loop in order for when they aren't. */
function tested(
  fn: IrFunction,
  op: Operation,
  region: Region,
  functions: Functions,
): Node[] | undefined {
  const piece = functions.get(region.piece);
  if (!piece) return undefined;
  const { span } = op;
  const nodes: Node[] = [];
  const make = (
    name: Operation['op'],
    args: Value[],
    type: Value['type'],
    attributes: Operation['attributes'] = {},
  ): Value => {
    const value = { id: fn.nextValue++, type };
    nodes.push({ kind: 'op', op: name, args, results: [value], attributes, span });
    return value;
  };
  const globals = globalArrays(piece, functions);
  const ofGlobals = [...globals].map(([global, type]) => ({
    isWritten: region.writtenGlobals.has(global),
    value: make('global.get', [], type, { global }),
  }));
  // Behind the count; the piece has the ends of its part instead.
  const ofParams = op.args.slice(1).flatMap((value, index) => {
    const name = piece.params[index + 2]?.name ?? '';
    return isView(value.type) ? [{ isWritten: region.written.has(name), value }] : [];
  });
  // Who calls the loops of a kernel has seen to it that no round stores to what another one reads, but for constants.
  const views = isGenerated(region.call.compilerNode) ? [] : [...ofParams, ...ofGlobals];
  const pairs = isOfCores(region)
    ? ofParams.flatMap((a) => ofGlobals.map((b) => [a, b] as const))
    : views
        .flatMap((a, index) => views.slice(index + 1).map((b) => [a, b] as const))
        .filter(([a, b]) => a.isWritten || b.isWritten);
  const tests = pairs.map(([a, b]) => make('view.apart', [a.value, b.value], 'bool'));
  const [first, ...more] = [...region.guards.map(({ holds }) => holds), ...tests];
  if (!first && region.ordered === undefined) return undefined;
  const [count, ...rest] = op.args;
  if (!count) throw new Error('a region has a count');
  const zero = { id: fn.nextValue++, type: 'i64' } as const;
  const inOrder: Node[] = [
    { kind: 'op', op: 'const', args: [], results: [zero], attributes: { value: 0n }, span },
    {
      ...op,
      op: 'call',
      args: [zero, count, ...rest],
    },
  ];
  if (!first || region.ordered !== undefined) return inOrder;
  const condition = more.reduce((all, one) => make('and', [all, one], 'bool'), first);
  return [...nodes, { kind: 'if', condition, then: [op], else: inOrder, span }];
}
