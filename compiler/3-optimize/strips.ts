/**
 * Strip-mining: a loop that counts to an end becomes one of strips of it, so that what the loop is to ask now and then is
 * asked once for each strip, and LLVM unrolls and vectorises the loop itself as if there was nothing to ask.
 */
import {
  isInteger,
  type If,
  type IrFunction,
  type Loop,
  type Node,
  type Operation,
  type Value,
} from '../ir/types.ts';
import { definitionsOf, usesOf, walkNodes } from '../ir/walk.ts';
import { variablesOf } from './short-loops.ts';

/** Iterations of a strip. */
const strip = 1n << 16n;
/** Longer steps have fewer iterations than are worth it, and strips that no integer holds. */
const longestStep = 2 ** 31;

/**
 * The loop in strips; undefined where it isn't known how to count it. It is changed.
 * @param asked what each strip begins with
 */
export function inStrips(fn: IrFunction, loop: Loop, asked: Operation): Loop | undefined {
  const definitions = definitionsOf(fn.body);
  const { counters, isFixed } = variablesOf(loop, definitions);
  const head = loop.body.findIndex(({ kind }) => kind !== 'op');
  const test = loop.body[head];
  if (!isTest(test, loop)) return undefined;
  const compared = definitions.get(test.condition.id);
  const [counted, end] = compared?.op === 'lt' ? compared.args : [];
  const read = definitions.get(counted?.id ?? -1);
  const step = counters.get(read?.attributes.local ?? '');
  const isCounted = read?.op === 'local.get' && step !== undefined && Number.isInteger(step);
  const places = new Set<Node>(loop.body.slice(0, head));
  if (!compared || !read || !counted || !end || !isCounted) return undefined;
  if (step < 1 || step > longestStep) return undefined;
  if (!isInteger(counted.type) || counted.type === 'u64' || counted.type !== end.type)
    return undefined;
  const uses = usesOf(fn.body).get(test.condition.id) ?? [];
  if (!isFixed(end) || uses.length !== 1) return undefined;
  // Setting the counter twice would go behind the end of a strip, and its end.
  if (!places.has(compared) || !places.has(read) || setsOf(loop, read) !== 1) return undefined;

  const label = `${loop.label}.strips`;
  const before: Operation[] = [];
  const { span } = loop;
  const make = (
    op: Operation['op'],
    args: Value[],
    type: Value['type'],
    attributes: Operation['attributes'] = {},
  ): Value => {
    const value = { id: fn.nextValue++, type };
    before.push({ kind: 'op', op, args, results: [value], attributes, span });
    return value;
  };
  /** A value of the loop, in front of it. */
  const outside = (value: Value): Value => {
    const operation = definitions.get(value.id);
    if (!operation || !isInside(loop, operation)) return value;
    return make(operation.op, operation.args.map(outside), value.type, operation.attributes);
  };
  const last = outside(end);
  const first = make('local.get', [], counted.type, read.attributes);
  const length = make('const', [], 'i64', { value: strip * BigInt(step) });
  const as = (value: Value, type: Value['type']): Value =>
    value.type === type ? value : make('conv', [value], type, { exact: true });
  const start = as(first, 'i64');
  const stop = make('add', [start, length], 'i64');
  const whole = as(last, 'i64');
  // Near the greatest integer the sum wraps, and what is left is less than a strip.
  const wraps = make('lt', [stop, start], 'bool');
  const nearer = make('min', [stop, whole], 'i64');
  const until = as(make('select', [wraps, whole, nearer], 'i64'), end.type);
  compared.args = [counted, until];
  redirect(loop.body, test, loop.label, label);
  const made = before.splice(0);
  const now = make('local.get', [], counted.type, read.attributes);
  const condition = make('lt', [now, last], 'bool');
  const again: If = {
    kind: 'if',
    condition,
    then: [],
    else: [{ kind: 'break', label, span }],
    span,
  };
  return {
    kind: 'loop',
    label,
    body: [asked, ...made, loop, ...before, again],
    ...(loop.rare && { rare: true }),
    span,
  };
}

/** Whether a node leaves a loop where its condition doesn't hold. */
function isTest(node: Node | undefined, { label }: Loop): node is If {
  if (node?.kind !== 'if' || node.then.length > 0) return false;
  const [only, ...more] = node.else;
  return more.length === 0 && only?.kind === 'break' && only.label === label;
}

function setsOf({ body }: Loop, { attributes: { local } }: Operation): number {
  let sets = 0;
  walkNodes(body, (node) => {
    if (node.kind === 'op' && node.op === 'local.set' && node.attributes.local === local) sets++;
  });
  return sets;
}

function isInside({ body }: Loop, operation: Operation): boolean {
  let found = false;
  walkNodes(body, (node) => (found ||= node === operation));
  return found;
}

/** Lets all jumps out of a loop, but that of its test, leave another one. */
function redirect(nodes: readonly Node[], test: If, from: string, to: string): void {
  for (const node of nodes) {
    if (node === test) continue;
    walkNodes([node], (inner) => {
      if (inner.kind === 'break' && inner.label === from) inner.label = to;
    });
  }
}
