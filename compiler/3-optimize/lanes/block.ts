/** Makes the `block lanes` of what is computed for several rounds of a loop at the same time. */
import { opInfo } from '../../ir/ops.ts';
import type { Block, IrFunction, Loop, Node, Operation, Value } from '../../ir/types.ts';
import { replaceValues, usesOf, walkOps } from '../../ir/walk.ts';
import type { Counted } from './counted.ts';

/** The block, and behind it what the rest of the round needs of its values. */
export function laneBlock(
  fn: IrFunction,
  loop: Loop,
  head: readonly Node[],
  tail: readonly Node[],
  { counter, limit, local, before }: Counted,
): Node[] {
  const { span } = loop;
  const fresh = (value: Value): Value => ({ ...value, id: fn.nextValue++ });
  const lane = fresh(counter);
  const own = new Map<number, Value>([[counter.id, lane]]);
  const again = copied(before, own, fresh);
  walkOps(head, ({ op, attributes, results: [result] }) => {
    if (op === 'local.get' && attributes.local === local && result) own.set(result.id, lane);
  });
  replaceValues(head, own);
  const made: Block = {
    kind: 'block',
    label: `${loop.label}.lanes`,
    lanes: true,
    body: [
      { kind: 'op', op: 'lane', args: [counter, limit], results: [lane], attributes: {}, span },
      ...again,
      ...head,
    ],
    span,
  };
  return [made, ...handedOn(fn, made, tail, counter)];
}

/** Copies of the operations that use some values, with others instead of those; their results are added to these. */
function copied(
  nodes: readonly Node[],
  instead: Map<number, Value>,
  fresh: (value: Value) => Value,
): Operation[] {
  return nodes.flatMap((op) => {
    if (op.kind !== 'op' || opInfo(op.op).effect !== 'none') return [];
    const [result] = op.results;
    if (!result || !op.args.some(({ id }) => instead.has(id))) return [];
    const made = fresh(result);
    instead.set(result.id, made);
    return [{ ...op, args: op.args.map((arg) => instead.get(arg.id) ?? arg), results: [made] }];
  });
}

/** Has values of a block be read behind it from locals; those that are made of the counter alone are computed again. */
function handedOn(fn: IrFunction, made: Block, tail: readonly Node[], counter: Value): Operation[] {
  const fresh = (value: Value): Value => ({ ...value, id: fn.nextValue++ });
  const [lane] = made.body;
  const uses = usesOf(tail);
  const instead = new Map<number, Value>();
  const behind: Operation[] = [];
  /** What is the same in front of the block, or computed again behind it. */
  const counts = new Map<number, Value>();
  const inBlock = new Set<number>();
  for (const node of made.body) {
    if (node.kind !== 'op') continue;
    const [result] = node.results;
    if (!result) continue;
    inBlock.add(result.id);
    if (node === lane) counts.set(result.id, counter);
    else if (
      opInfo(node.op).effect === 'none' &&
      node.args.every(({ id }) => !inBlock.has(id) || counts.has(id))
    ) {
      const value = fresh(result);
      behind.push({
        ...node,
        args: node.args.map((arg) => counts.get(arg.id) ?? arg),
        results: [value],
      });
      counts.set(result.id, value);
    }
  }
  for (const node of [...made.body]) {
    if (node.kind !== 'op') continue;
    const [result] = node.results;
    if (!result || !uses.has(result.id)) continue;
    const known = counts.get(result.id);
    if (known) {
      instead.set(result.id, known);
      continue;
    }
    const { span } = node;
    const local = `${made.label}.${result.id}`;
    fn.locals.push({ name: local, type: result.type });
    const value = fresh(result);
    const attributes = { local };
    made.body.push({ kind: 'op', op: 'local.set', args: [result], results: [], attributes, span });
    behind.push({ kind: 'op', op: 'local.get', args: [], results: [value], attributes, span });
    instead.set(result.id, value);
  }
  replaceValues(tail, instead);
  const used = usesOf([...behind, ...tail]);
  return behind.filter(({ results: [result] }) => result && used.has(result.id));
}
