/**
 * What LLVM's vectorizer is told of innermost loops for which its cost model chooses badly.
 *
 * A sum of floats stays a chain of additions whatever is computed in vectors beside it, as its order
 * counts, and that chain is what such a loop waits for. LLVM counts instructions, not that wait
 * (LoopVectorize, "ordered reductions"). And it takes several vectors a round also where that only
 * lengthens what is left over behind the vectors, or where vectors are collected from elements that
 * aren't neighbours.
 */
import { isFloat, type Loop, type Operation, type Value } from '../ir/types.ts';
import { walkNodes } from '../ir/walk.ts';

/** `scalar`: no vectors. `once`: one vector a round. */
export type LoopHint = 'scalar' | 'once' | undefined;

/** Rounds that stand one after the other in a loop that LLVM doesn't unroll by itself. */
const rounds = 16;
/** A loop of more operations is left as it is. */
const mostOperations = 32;

/**
 * How often the body of a loop is to stand one after the other, for WebAssembly: V8 asks at each loop's start whether to
 * stop, and moves what goes from a round to the next from register to register, where its JavaScript does neither. That
 * counts where a round is a short chain of float operations which decides whether there is another one. LLVM unrolls
 * loops that end by a count alone.
 */
export function unrolling(loop: Loop): number | undefined {
  let breaks = 0;
  let operations = 0;
  let isPlain = true;
  let hasFloats = false;
  walkNodes(loop.body, (node) => {
    if (node.kind === 'break' && node.label === loop.label) breaks++;
    if (node.kind === 'loop') isPlain = false;
    if (node.kind !== 'op') return;
    operations++;
    isPlain &&= pure.has(node.op);
    hasFloats ||= node.results.some(({ type }) => isFloat(type));
  });
  return isPlain && hasFloats && breaks > 1 && operations <= mostOperations ? rounds : undefined;
}

/** Operations between registers, each of about one instruction. */
const pure: ReadonlySet<string> = new Set([
  ...['const', 'local.get', 'local.set', 'conv', 'select', 'not', 'neg', 'abs'],
  ...['add', 'sub', 'mul', 'div', 'sqrt', 'and', 'or', 'xor', 'shl', 'shr'],
  ...['eq', 'ne', 'lt', 'le', 'gt', 'ge', 'min', 'max'],
]);

/** Where one of these is computed in vectors, that is worth more than the wait. */
const slow: ReadonlySet<string> = new Set(['div', 'rem', 'sqrt', 'call']);
const stores: ReadonlySet<string> = new Set(['view.store', 'data.store']);

/**
 * @param isConstant tells of a value whether it is a constant; given where LLVM doesn't know what it takes to store to
 * elements that aren't neighbours: for WebAssembly
 */
export function loopHint(loop: Loop, isConstant?: (value: Value) => boolean): LoopHint {
  const ops: Operation[] = [];
  let isInnermost = true;
  walkNodes(loop.body, (node) => {
    if (node.kind === 'loop') isInnermost = false;
    if (node.kind === 'op') ops.push(node);
  });
  const isSlow = ops.some(({ op, args: [a] }) => slow.has(op) && a && isFloat(a.type));
  if (!isInnermost || isSlow) return undefined;
  const { sums, counters, striding, definitions } = stepsIn(ops, isConstant);
  const isStrided = ops.some(({ op, args: [, index] }) => {
    return op === 'view.load' && index && leaps(index, counters, definitions);
  });
  // What is stored to the same element each time is a sum too, which LLVM keeps in a register.
  const stored = ops.filter(({ op }) => stores.has(op));
  if (stored.some(({ args: [, index] }) => index && counts(index, striding, definitions)))
    return 'scalar';
  if (stored.some(({ args: [, index] }) => index && counts(index, counters, definitions)))
    return isStrided ? 'once' : undefined;
  if (!sums && stored.length === 0) return undefined;
  return isStrided ? 'scalar' : 'once';
}

type Definitions = ReadonlyMap<number, Operation>;

/**
 * The locals that a loop sets to what they are plus or minus something: integers, those among them that grow by what
 * is no constant, where `isConstant` is given, and whether there are floats.
 */
function stepsIn(
  ops: readonly Operation[],
  isConstant?: (value: Value) => boolean,
): {
  readonly sums: boolean;
  readonly counters: ReadonlySet<string>;
  readonly striding: ReadonlySet<string>;
  readonly definitions: Definitions;
} {
  const definitions = new Map<number, Operation>();
  const counters = new Set<string>();
  const striding = new Set<string>();
  let sums = false;
  for (const op of ops) {
    for (const { id } of op.results) definitions.set(id, op);
    const { local } = op.attributes;
    const [value] = op.args;
    const made = op.op === 'local.set' && value ? definitions.get(value.id) : undefined;
    if (made?.op !== 'add' && made?.op !== 'sub') continue;
    if (!made.args.some(({ id }) => definitions.get(id)?.attributes.local === local)) continue;
    if (value && isFloat(value.type)) sums = true;
    else if (local !== undefined) {
      counters.add(local);
      if (isConstant && !made.args.some(isConstant)) striding.add(local);
    }
  }
  return { sums, counters, striding, definitions };
}

/** Whether a value is made of the loop's counter. */
function counts(value: Value, counters: ReadonlySet<string>, definitions: Definitions): boolean {
  const op = definitions.get(value.id);
  if (op?.op === 'local.get') return counters.has(op.attributes.local ?? '');
  return op?.args.some((arg) => counts(arg, counters, definitions)) ?? false;
}

/** Whether an index grows by more than the loop's counter does. */
function leaps(index: Value, counters: ReadonlySet<string>, definitions: Definitions): boolean {
  const op = definitions.get(index.id);
  if (!op) return false;
  const isProduct = op.op === 'mul' || op.op === 'shl';
  return (
    (isProduct && counts(index, counters, definitions)) ||
    op.args.some((arg) => leaps(arg, counters, definitions))
  );
}
