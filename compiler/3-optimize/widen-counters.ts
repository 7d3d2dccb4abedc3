/**
 * Counters with a hint such as `i32` become i64 where they count in 64 bits: so they need not be
 * cut and extended again in each round, which hides from LLVM that addresses grow evenly.
 */
import { isInteger, type IrFunction, type Operation, type Value } from '../ir/types.ts';
import { definitionsOf, replaceValues, rewriteOps, walkOps } from '../ir/walk.ts';
import { counting } from './narrow-plan.ts';

/** @param kept the results of conversions from i64 that surely are the same number */
export function widenCounters(fn: IrFunction, kept: ReadonlySet<number>): void {
  const definitions = definitionsOf(fn.body);
  /** The i64 that a value is too. */
  const wide = (value: Value | undefined): Value | undefined => {
    const op = value && definitions.get(value.id);
    const [source] = op?.args ?? [];
    const isSame = op?.op === 'check.range' || (op?.op === 'conv' && kept.has(value?.id ?? -1));
    return isSame && source?.type === 'i64' ? source : undefined;
  };
  const counted = new Set<string>();
  const extended = new Set<string>();
  walkOps(fn.body, ({ op, args: [a], results: [result], attributes: { local } }) => {
    if (op === 'local.set' && local !== undefined && wide(a)) counted.add(local);
    const read = op === 'conv' && result?.type === 'i64' ? a && definitions.get(a.id) : undefined;
    if (read?.op === 'local.get') extended.add(read.attributes.local ?? '');
  });
  const chosen = new Set(
    fn.locals
      .filter(({ type }) => isInteger(type) && type !== 'i64' && type !== 'u64')
      .map(({ name }) => name)
      .filter((name) => counted.has(name) && extended.has(name)),
  );
  if (chosen.size === 0) return;
  fn.locals = fn.locals.map((local) =>
    chosen.has(local.name) ? { ...local, type: 'i64' } : local,
  );
  const made = (
    like: Operation,
    op: 'conv' | 'local.get',
    args: Value[],
    result: Value,
  ): Operation => ({
    ...like,
    op,
    args,
    results: [result],
    attributes: op === 'conv' ? {} : like.attributes,
  });
  const fresh = (): Value => ({ id: fn.nextValue++, type: 'i64' });
  /** The i64 that a read gives now, by the id of what it gave. */
  const reads = new Map<number, Value>();
  const instead = new Map<number, Value>();
  rewriteOps(fn.body, (op) => {
    const [a] = op.args;
    const [result] = op.results;
    if (op.op === 'conv' && a && result?.type === 'i64') {
      const read = reads.get(a.id);
      if (read) instead.set(result.id, read);
      return read && [];
    }
    const before: Operation[] = [];
    if (counting.has(op.op) && op.args.some(({ id }) => reads.has(id))) {
      const args = op.args.map((arg) => {
        const read = reads.get(arg.id);
        if (read || arg.type === 'i64') return read ?? arg;
        const extension = fresh();
        before.push(made(op, 'conv', [arg], extension));
        return extension;
      });
      return [...before, { ...op, args }];
    }
    if (!chosen.has(op.attributes.local ?? '')) return undefined;
    if (result) {
      const read = fresh();
      reads.set(result.id, read);
      return [made(op, 'local.get', [], read), made(op, 'conv', [read], result)];
    }
    const source = wide(a);
    if (source || !a) return source && [{ ...op, args: [source] }];
    const extension = fresh();
    return [made(op, 'conv', [a], extension), { ...op, args: [extension] }];
  });
  replaceValues(fn.body, instead);
}
