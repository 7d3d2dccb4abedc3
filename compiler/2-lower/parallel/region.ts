/** Writes a parallel region: the function that runs a part of it, and the operation that calls that for all parts. */
import type { CallExpression, Node, ts } from '../../ts-morph.ts';
import { only } from '../../1-read/hint-types.ts';
import { arrayFunctionAt, isGenerated } from '../../1-read/kernels/index.ts';
import type { NativeFunction } from '../../1-read/model.ts';
import { spanOf } from '../../1-read/places.ts';
import type { Value } from '../../ir/types.ts';
import { convert, toF64 } from '../convert.ts';
import { lower } from '../expressions/index.ts';
import { Lifted } from '../functions/lifted.ts';
import { Lowering } from '../lowering.ts';
import { sourceOf } from '../refusals.ts';
import type { Sum, Term } from './affine.ts';
import type { Checked } from './bodies.ts';
import type { HandedArrays } from './invoke-races.ts';
import { givenName } from './regions.ts';

/** What a region is; `G` are the values that its pieces get. */
export interface Parts<G extends readonly Value[] = readonly Value[]> {
  /** The functions of the program that it calls. */
  readonly bodies: readonly Checked[];
  /** How many parts there are. */
  readonly count: Value;
  /** Values that its pieces get besides what they capture. */
  readonly given?: G;
  /** How often the bodies are called, where the range is of something else. */
  readonly iterations?: Value;
  /** Each part is worth a thread of its own. */
  readonly eager?: boolean;
  /** What its functions hand on to others; undefined for loops, whose bodies only they know to be apart. */
  readonly handed?: HandedArrays;
  /** The functions of the library that it calls on arrays, which touch what is a part's own. */
  readonly library?: readonly string[];
}

/**
 * Writes a region.
 * @param write writes the parts `from` to before `to`
 */
export function region<const G extends readonly Value[] = readonly []>(
  l: Lowering,
  node: CallExpression,
  parts: Parts<G>,
  write: (p: Lowering, from: Value, to: Value, given: G) => void,
): void {
  const { bodies, count, iterations = count, library = [], eager = false, handed } = parts;
  const given: readonly Value[] = parts.given ?? [];
  // Loops that the compiler has written are those of a function of arrays.
  const name = arrayFunctionAt(node.compilerNode)?.name ?? node.getExpression().getText();
  const [body] = bodies;
  const code = {
    ...l.root.native,
    id: l.root.idFor(name),
    name,
    params: [],
    result: only(undefined),
    tagged: false,
  };
  const guards = bodies.flatMap((one) => [
    ...one.guards.map((guard) => ({
      holds: isWhole(l, guard),
      why: `\`${sourceOf(guard)}\` is no whole number above 0`,
    })),
    ...one.exact.map((sum) => ({ holds: isSmall(l, sum, iterations) })),
  ]);
  const writePiece = (p: Lowering): void => {
    const [first, last] = [p.b.param('from', 'i64'), p.b.param('to', 'i64')];
    const own = given.map(({ type }, index) => p.b.param(`${givenName}${index}`, type));
    p.at(node);
    p.guarded(() => {
      // Safe: there is one for each that is given.
      write(p, first, last, own as readonly Value[] as G);
      p.b.return([]);
    });
  };
  if (body) {
    const file = body.fn.getSourceFile();
    const native: NativeFunction = { ...code, node: body.fn, file, span: spanOf(body.fn) };
    const lifted = new Lifted(l, native, (_, p) => writePiece(p), true);
    l.at(node);
    const nodes = l.b.detached(() =>
      l.b.parallel(code.id, count, [...given, ...lifted.capturedValues(l)], {
        eager,
        kernel: isGenerated(node.compilerNode),
      }),
    );
    l.b.place(nodes);
    const [op] = nodes;
    if (op?.kind === 'op') lifted.note(l, op);
  } else {
    // It captures nothing.
    const piece = new Lowering(l.module, { ...code, node }, { root: l.root });
    l.root.made.push(piece.b.fn);
    writePiece(piece);
    l.at(node);
    l.b.parallel(code.id, count, given);
  }
  const written = bodies.flatMap((one) => [...one.written]);
  const arrays = handed ? [...handed.arrays] : [];
  l.module.requireRegion({
    piece: code.id,
    call: node,
    name,
    written: new Set(written.map(([symbol]) => symbol.name)),
    writtenGlobals: globalsOf(l, written),
    library: new Set(library),
    guards,
    ...(handed && {
      handed: {
        arrays: new Set(arrays.map(([symbol]) => symbol.name)),
        globals: globalsOf(l, arrays),
        inside: `${l.root.native.id}.fn.`,
        problem: handed.problem,
      },
    }),
  });
}

/** The globals of those arrays that are module constants. */
function globalsOf(l: Lowering, arrays: readonly (readonly [ts.Symbol, Node])[]): Set<string> {
  const ids = arrays.flatMap(([, use]) => {
    const constant = l.lookup(use) ? undefined : l.module.reading.resolveConstant(use);
    return constant && !('code' in constant) && constant.kind === 'global' ? [constant.id] : [];
  });
  return new Set(ids);
}

/** Whether all products of a sum together stay so small that nothing is rounded on the way. @param count of iterations */
export function isSmall(l: Lowering, sum: Sum, count: Value): Value {
  const number = convert(l, count, 'f64');
  const sizeOf = (term: Term): Value =>
    term.factors.reduce(
      (product, { kind, end, node }) => {
        if (kind === 'index') return l.b.op('mul', [product, number]);
        const size =
          kind === 'counter' && end ? sizeOf(end) : l.b.op('abs', [toF64(l, lower(l, node), node)]);
        return l.b.op('mul', [product, size]);
      },
      l.constant('f64', Math.abs(term.coefficient)),
    );
  const all = sum.reduce((size, term) => l.b.op('add', [size, sizeOf(term)]), l.constant('f64', 0));
  return l.b.op('le', [all, l.constant('f64', 2 ** 52)]);
}

/** Whether a number is whole and above 0. */
export function isWhole(l: Lowering, node: Node): Value {
  const value = toF64(l, lower(l, node), node);
  const isInteger = l.b.op('eq', [l.b.op('floor', [value]), value]);
  return l.b.op('and', [isInteger, l.b.op('ge', [value, l.constant('f64', 1)])]);
}
