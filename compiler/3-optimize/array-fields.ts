/**
 * Arrays of any dimension never change, so their fields are read once, where an array comes to be, instead of wherever
 * an element is asked for. So loops have sizes and strides that are the same in all rounds, as those of locals are.
 */
import {
  isRecord,
  parameterMayBeNull,
  type IrFunction,
  type Node,
  type Operation,
  type Value,
} from '../ir/types.ts';
import { mapNodes, replaceValues, rewriteOps, walkOps } from '../ir/walk.ts';
import type { Pass } from './pass.ts';

export const arrayFields: Pass = (fn, { module }) => {
  const arrays = new Set(
    module.records.filter(({ array }) => array).map(({ name }) => `rec.${name}`),
  );
  if (arrays.size === 0) return false;
  const isArray = ({ type }: Value): boolean => isRecord(type) && arrays.has(type);
  const reads = readsOf(
    fn,
    new Set(
      surelyThere(fn)
        .filter(isArray)
        .map(({ id }) => id),
    ),
  );
  if (reads.size === 0) return false;
  const replaced = new Map<number, Value>();
  const first = new Map<number, Operation[]>();
  for (const [id, slots] of reads) {
    const made: Operation[] = [];
    for (const [, ops] of slots) {
      const [op] = ops;
      const [known] = op?.results ?? [];
      if (!op || !known) continue;
      const value: Value = { id: fn.nextValue++, type: known.type };
      if (known.hint !== undefined) value.hint = known.hint;
      made.push({ ...op, results: [value] });
      for (const { results } of ops) for (const result of results) replaced.set(result.id, value);
    }
    first.set(id, made);
  }
  const old = new Set([...reads.values()].flatMap((slots) => [...slots.values()].flat()));
  rewriteOps(fn.body, (op) => (old.has(op) ? [] : undefined));
  replaceValues(fn.body, replaced);
  const readsFirst = (values: readonly Value[]): Operation[] =>
    values.flatMap(({ id }) => first.get(id) ?? []);
  mapNodes(fn.body, (node): readonly Node[] | undefined => {
    const made = node.kind === 'op' ? readsFirst(node.results) : [];
    return made.length > 0 ? [node, ...made] : undefined;
  });
  fn.body.unshift(...readsFirst(fn.params.map(({ value }) => value)));
  return true;
};

/** The references that can't be null, by what makes them. */
function surelyThere(fn: IrFunction): Value[] {
  const params = fn.params.flatMap(({ value }, index) =>
    parameterMayBeNull(fn.params, index) ? [] : [value],
  );
  const made: Value[] = [];
  walkOps(fn.body, ({ op, results }) => {
    const [result, more] = results;
    // A result that may be absent stands behind its tag.
    if (result && !more && (op === 'call' || op === 'rec.new')) made.push(result);
  });
  return [...params, ...made];
}

/** Where fields of these objects are read, by the objects' values and the fields' names. */
function readsOf(
  fn: IrFunction,
  objects: ReadonlySet<number>,
): Map<number, Map<string, Operation[]>> {
  const reads = new Map<number, Map<string, Operation[]>>();
  walkOps(fn.body, (op) => {
    const [object] = op.args;
    const { slot } = op.attributes;
    if (op.op !== 'rec.get' || !object || slot === undefined || !objects.has(object.id)) return;
    const slots = reads.get(object.id) ?? new Map<string, Operation[]>();
    slots.set(slot, [...(slots.get(slot) ?? []), op]);
    reads.set(object.id, slots);
  });
  return reads;
}
