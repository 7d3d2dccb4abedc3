/**
 * Comparisons with what a local is never set to. What may be absent is kept with a tag, which says whether it is
 * `undefined` or `null`: of an element that is read outside of an array it is never `null`, so nothing needs to
 * choose between what the two are as numbers.
 */
import type { Constant, IrFunction, Operation, Value } from '../ir/types.ts';
import { definitionsOf, rewriteOps, walkOps } from '../ir/walk.ts';
import type { Pass } from './pass.ts';
import { Replacement } from './replacement.ts';

export const neverSet: Pass = (fn) => {
  const tags = new Set(fn.locals.flatMap(({ name, type }) => (type === 'u8' ? [name] : [])));
  if (tags.size === 0) return false;
  const possible = possibleValues(fn, tags);
  return rewriteOps(fn.body, (op) => {
    const [a, b] = op.args;
    const [result] = op.results;
    if ((op.op !== 'eq' && op.op !== 'ne') || a?.type !== 'u8' || !b || !result) return undefined;
    const [some, others] = [possible(a), possible(b)];
    if (!some || !others || [...some].some((value) => others.has(value))) return undefined;
    const to = new Replacement(fn, op);
    to.add('const', [], result, { value: op.op === 'ne' });
    return to.ops;
  });
};

type Possible = ReadonlySet<Constant>;

/**
 * Gives the constants that a value is one of; undefined where it may be anything.
 * @param locals the names of those that may be looked at, which begin as 0
 */
function possibleValues(
  fn: IrFunction,
  locals: ReadonlySet<string>,
): (value: Value) => Possible | undefined {
  const definitions = definitionsOf(fn.body);
  const held = new Map<string, Set<Constant> | undefined>(
    [...locals].map((local) => [local, new Set<Constant>([0])]),
  );
  const possible = ({ id }: Value): Possible | undefined => {
    const op = definitions.get(id);
    const { value, local } = op?.attributes ?? {};
    if (op?.op === 'const' && value !== undefined) return new Set([value]);
    if (op?.op === 'local.get' && local !== undefined) return held.get(local);
    const [, b, c] = op?.op === 'select' ? op.args : [];
    const [some, others] = [b && possible(b), c && possible(c)];
    return some && others && new Set([...some, ...others]);
  };
  const sets: Operation[] = [];
  walkOps(fn.body, (op) => {
    if (op.op === 'local.set' && locals.has(op.attributes.local ?? '')) sets.push(op);
  });
  for (let changed = true; changed;) {
    changed = false;
    for (const {
      args: [value],
      attributes,
    } of sets) {
      const { local = '' } = attributes;
      const before = held.get(local);
      const added = value && possible(value);
      if (!before) continue;
      if (!added) held.set(local, undefined);
      else if ([...added].every((one) => before.has(one))) continue;
      else for (const one of added) before.add(one);
      changed = true;
    }
  }
  return possible;
}
