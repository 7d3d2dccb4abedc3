/**
 * Loops that can't take long: nobody who waits for the end of a call needs to be asked in them, so that LLVM may unroll
 * and vectorise them. They go over an array, and so have as many iterations as that has elements at most, or count up to a small
 * constant.
 */
import {
  bitWidth,
  isScalar,
  type IrFunction,
  type Loop,
  type Node,
  type Operation,
  type Value,
} from '../ir/types.ts';
import { definitionsOf, regionsOf, walkNodes, walkOps } from '../ir/walk.ts';

/** The most iterations of a loop that counts to a constant. */
const most = 1 << 16;
/** The most of one inside another short loop. */
const mostInside = 16;

type Definitions = ReadonlyMap<number, Operation>;

/**
 * The short loops of a function.
 * @param lasting the functions that may take long themselves
 */
export function shortLoops(fn: IrFunction, lasting: ReadonlySet<string>): ReadonlySet<Loop> {
  const definitions = definitionsOf(fn.body);
  const short = new Set<Loop>();
  walkNodes(fn.body, (node) => {
    if (node.kind === 'loop' && isShort(node, fn, definitions, lasting)) short.add(node);
  });
  return short;
}

function isShort(
  loop: Loop,
  fn: IrFunction,
  definitions: Definitions,
  lasting: ReadonlySet<string>,
): boolean {
  const inner: Loop[] = [];
  walkNodes(loop.body, (node) => {
    if (node.kind === 'loop') inner.push(node);
  });
  const isFlat = inner.every((one) => countsTo(mostInside, one, fn, definitions));
  if (!isFlat || callsLasting(loop, lasting)) return false;
  if (countsTo(most, loop, fn, definitions)) return true;
  const { counters, isFixed } = variablesOf(loop, definitions);
  return eachTime(loop.body).some((op) => isOwnElement(op, counters, isFixed, definitions));
}

interface Variables {
  /** What goes up, or down, by 1 or more in every iteration, with the smallest step. */
  readonly counters: ReadonlyMap<string, number>;
  /** Whether a value is the same in all iterations. */
  readonly isFixed: (value: Value | undefined) => boolean;
}

/** Whether nothing in an iteration may take long. */
export function isSimple(loop: Loop, lasting: ReadonlySet<string>): boolean {
  let hasLoop = false;
  walkNodes(loop.body, ({ kind }) => (hasLoop ||= kind === 'loop'));
  return !hasLoop && !callsLasting(loop, lasting);
}

function callsLasting({ body }: Loop, lasting: ReadonlySet<string>): boolean {
  let calls = false;
  walkOps(body, ({ attributes: { callee } }) => (calls ||= lasting.has(callee ?? '')));
  return calls;
}

/** The variables of a loop. */
export function variablesOf({ body }: Loop, definitions: Definitions): Variables {
  const steps = new Map<string, number[]>();
  const inside = new Set<number>();
  walkOps(body, (op) => {
    op.results.forEach(({ id }) => inside.add(id));
    const { local } = op.attributes;
    if (op.op !== 'local.set' || local === undefined) return;
    steps.set(local, [...(steps.get(local) ?? []), stepOf(op, local, definitions)]);
  });
  const always = new Set(
    eachTime(body).flatMap(({ op, attributes: { local } }) => (op === 'local.set' ? [local] : [])),
  );
  const counters = new Map<string, number>();
  for (const [local, all] of steps) {
    if (!always.has(local)) continue;
    if (all.every((step) => step >= 1)) counters.set(local, Math.min(...all));
    else if (all.every((step) => step <= -1)) counters.set(local, Math.max(...all));
  }
  const isFixed = (value: Value | undefined): boolean => {
    if (value === undefined || !inside.has(value.id)) return value !== undefined;
    const operation = definitions.get(value.id);
    if (operation?.op === 'local.get') return !steps.has(operation.attributes.local ?? '');
    const isMoved = arithmetic.has(operation?.op ?? '');
    return isMoved && operation?.args.every((arg) => isFixed(arg)) === true;
  };
  return { counters, isFixed };
}

/** What indices are computed by; the same of the same. */
const arithmetic: ReadonlySet<string> = new Set(['add', 'sub', 'mul', 'conv', 'const']);

/** What a variable is set to, as a constant that is added to itself; NaN for anything else. */
function stepOf({ args }: Operation, local: string, definitions: Definitions): number {
  const sum = definitions.get(args[0]?.id ?? -1);
  if (sum?.op !== 'add' && sum?.op !== 'sub') return NaN;
  const [first, second] = sum.args.map(({ id }) => definitions.get(id));
  if (first?.op !== 'local.get' || first.attributes.local !== local) return NaN;
  const step = Number(second?.op === 'const' ? second.attributes.value : NaN);
  return sum.op === 'add' ? step : -step;
}

/** Whether a loop asks in each iteration whether a variable, which counts up from a constant, is below another one. */
export function countsTo(
  limit: number,
  loop: Loop,
  fn: IrFunction,
  definitions: Definitions,
): boolean {
  const { counters } = variablesOf(loop, definitions);
  return loop.body.some((node) => {
    if (node.kind !== 'if') return false;
    const leaves = (region: readonly Node[]): boolean => {
      const last = region.at(-1);
      return last?.kind === 'return' || (last?.kind === 'break' && last.label === loop.label);
    };
    const test = definitions.get(node.condition.id);
    if ((test?.op !== 'lt' && test?.op !== 'le') || !leaves(node.else)) return false;
    const counter = localOf(test.args[0], definitions);
    const end = constantOf(test.args[1], definitions);
    const step = counters.get(counter ?? '') ?? 0;
    if (counter === undefined || end === undefined || step < 1) return false;
    const starts = startsOf(counter, loop, fn, definitions);
    return starts.every((start) => start !== undefined && (end - start) / step < limit);
  });
}

/** What a counter is set to outside of its loop; undefined for what is no constant. */
function startsOf(
  counter: string,
  loop: Loop,
  fn: IrFunction,
  definitions: Definitions,
): (number | undefined)[] {
  const starts: (number | undefined)[] = [];
  const walk = (nodes: readonly Node[]): void => {
    for (const node of nodes) {
      if (node === loop) continue;
      if (node.kind !== 'op') regionsOf(node).forEach(walk);
      else if (node.op === 'local.set' && node.attributes.local === counter) {
        // From above it is sooner at the end.
        if (!(stepOf(node, counter, definitions) > 0))
          starts.push(constantOf(node.args[0], definitions));
      }
    }
  };
  walk(fn.body);
  return starts;
}

const constantOf = (value: Value | undefined, definitions: Definitions): number | undefined => {
  const operation = definitions.get(value?.id ?? -1);
  return operation?.op === 'const' ? Number(operation.attributes.value) : undefined;
};

/** The variable that a value was read from, perhaps as another type. */
function localOf(value: Value | undefined, definitions: Definitions): string | undefined {
  let operation = definitions.get(value?.id ?? -1);
  while (operation && keepsNumber(operation))
    operation = definitions.get(operation.args[0]?.id ?? -1);
  return operation?.op === 'local.get' ? operation.attributes.local : undefined;
}

/** Whether an operation gives the number that it gets. */
function keepsNumber({ op, args: [from], results: [to], attributes }: Operation): boolean {
  if (op === 'check.bounds' || op === 'fptoint') return true;
  if (op !== 'conv' || !from || !to || !isScalar(from.type) || !isScalar(to.type)) return false;
  return attributes.exact === true || bitWidth(to.type) >= bitWidth(from.type);
}

/** The operations that every whole iteration runs. */
function eachTime(nodes: readonly Node[]): Operation[] {
  const found: Operation[] = [];
  for (const node of nodes) {
    if (node.kind === 'op') found.push(node);
    else if (node.kind === 'block') {
      const skips = node.body.findIndex((inner) => breaksTo(inner, node.label));
      found.push(...eachTime(skips < 0 ? node.body : node.body.slice(0, skips)));
    } else if (node.kind === 'if') {
      const { then, else: otherwise } = node;
      if (ends(otherwise)) found.push(...eachTime(then));
      else if (ends(then)) found.push(...eachTime(otherwise));
    }
  }
  return found;
}

function breaksTo(node: Node, label: string): boolean {
  let found = false;
  walkNodes([node], (inner) => {
    if (inner.kind === 'break' && inner.label === label) found = true;
  });
  return found;
}

/** Whether a region, in which no block ends, leaves the loop. */
const ends = (region: readonly Node[]): boolean => {
  const last = region.at(-1)?.kind;
  return last === 'break' || last === 'return' || last === 'throw';
};

/** Whether an operation reads or writes an element of a typed array that no other iteration does. */
function isOwnElement(
  { op, args }: Operation,
  counters: ReadonlyMap<string, number>,
  isFixed: (value: Value | undefined) => boolean,
  definitions: Definitions,
): boolean {
  const counts = (value: Value | undefined): boolean => {
    const operation = definitions.get(value?.id ?? -1);
    if (!operation) return false;
    const [first, second] = operation.args;
    if (operation.op === 'local.get') return counters.has(operation.attributes.local ?? '');
    if (keepsNumber(operation)) return counts(first);
    const adds = operation.op === 'add' || operation.op === 'sub';
    return adds && ((counts(first) && isFixed(second)) || (isFixed(first) && counts(second)));
  };
  return (op === 'view.load' || op === 'view.store') && counts(args[1]);
}
