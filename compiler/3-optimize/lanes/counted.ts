/** Loops that count up by 1 to an end which is known before each round. */
import { opInfo } from '../../ir/ops.ts';
import {
  bitWidth,
  isInteger,
  type Loop,
  type Node,
  type Operation,
  type Value,
} from '../../ir/types.ts';
import { walkOps } from '../../ir/walk.ts';

export interface Counted {
  /** The local that counts. */
  readonly local: string;
  /** It, at a round's beginning. */
  readonly counter: Value;
  /** What it stays below. */
  readonly limit: Value;
  /** The operations before the test. */
  readonly before: readonly Operation[];
  /** Where in the body the test is. */
  readonly test: number;
}

/** @returns undefined where the loop isn't like `for (let i = a; i < n; i++)` */
export function countedLoop(
  { body, label }: Loop,
  definitions: ReadonlyMap<number, Operation>,
): Counted | undefined {
  const test = body.findIndex(({ kind }) => kind !== 'op');
  const leaving = body[test];
  if (leaving?.kind !== 'if') return undefined;
  const isGoingOn = leaving.then.length === 0;
  const [only, ...more] = [...leaving.then, ...leaving.else];
  if (only?.kind !== 'break' || only.label !== label || more.length > 0) return undefined;
  // Safe: the first that is none is the test.
  const before = body.slice(0, test) as Operation[];
  const compared = definitions.get(leaving.condition.id);
  const [counter, limit] = compared?.op === (isGoingOn ? 'lt' : 'ge') ? compared.args : [];
  if (!counter || !limit || !isInteger(counter.type) || bitWidth(counter.type) < 32)
    return undefined;
  const read = definitions.get(counter.id);
  const { local } = read?.attributes ?? {};
  if (read?.op !== 'local.get' || local === undefined || !before.includes(read)) return undefined;
  const last = body.at(-1);
  if (last?.kind !== 'op' || last.op !== 'local.set' || last.attributes.local !== local)
    return undefined;
  const sum = definitions.get(last.args[0]?.id ?? -1);
  const [from, by] = sum?.op === 'add' ? sum.args : [];
  if (from?.id !== counter.id || Number(definitions.get(by?.id ?? -1)?.attributes.value) !== 1)
    return undefined;
  let sets = 0;
  const changed = new Set<string>();
  walkOps(body, ({ op, attributes }) => {
    if (op !== 'local.set' || attributes.local === undefined) return;
    changed.add(attributes.local);
    if (attributes.local === local) sets++;
  });
  // What stands before the test is computed once more for each lane.
  const isAllowed = (op: Operation): boolean =>
    op === read ||
    opInfo(op.op).effect === 'none' ||
    (op.op === 'local.get' && !changed.has(op.attributes.local ?? ''));
  if (sets !== 1 || !before.every(isAllowed)) return undefined;
  const counted = { local, counter, limit, before, test };
  return isSame(limit, counted, inside(body), definitions) ? counted : undefined;
}

/** The operations of a loop. */
export function inside(body: readonly Node[]): ReadonlySet<Operation> {
  const found = new Set<Operation>();
  walkOps(body, (op) => void found.add(op));
  return found;
}

/** Whether a value is the same in all rounds of a loop, of which the operations are given. */
export function isSame(
  { id }: Value,
  { counter }: Pick<Counted, 'counter'>,
  own: ReadonlySet<Operation>,
  definitions: ReadonlyMap<number, Operation>,
): boolean {
  const op = definitions.get(id);
  if (!op || !own.has(op)) return true;
  if (id === counter.id || (op.op !== 'const' && !arithmetic.has(op.op))) return false;
  return op.args.every((arg) => isSame(arg, { counter }, own, definitions));
}

/** What the ends of loops and indices are computed by; the same of the same. */
const arithmetic: ReadonlySet<string> = new Set([
  ...['add', 'sub', 'mul', 'min', 'max', 'conv', 'view.length'],
]);
