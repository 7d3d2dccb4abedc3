/**
 * Functions of doubles made functions of singles and doubles, which round beyond 2^24: some of the arithmetic, some of the
 * variables, and constants near the edges of singles.
 */
import type { OpName } from '../../compiler/ir/ops.ts';
import type { IrFunction, Operation, Value } from '../../compiler/ir/types.ts';
import { rewriteOps } from '../../compiler/ir/walk.ts';

const arithmetic: ReadonlySet<OpName> = new Set<OpName>([
  ...(['add', 'sub', 'mul', 'div', 'rem', 'min', 'max'] as const),
  ...(['floor', 'ceil', 'trunc', 'neg', 'abs', 'sqrt', 'select'] as const),
]);

/** What takes a float of either type. */
const takers: ReadonlySet<OpName> = new Set<OpName>([
  ...(['lt', 'le', 'gt', 'ge', 'eq', 'ne'] as const),
  ...(['toint', 'in.bounds', 'check.bounds', 'check.range'] as const),
]);

const edges = [
  2 ** 24 - 2,
  2 ** 24 - 1,
  2 ** 24,
  2 ** 24 + 2,
  -(2 ** 24),
  2 ** 25,
  2 ** 31 - 128,
  2 ** 31,
  -(2 ** 31) - 256,
  2 ** 32,
  2 ** 53,
  2 ** 63,
  2 ** -126,
  2 ** -149,
  3.4028234663852886e38,
  0.5,
];

/** The function with some of its operations on singles, and some constants near their edges. */
export function inSingles(fn: IrFunction, next: (below: number) => number): IrFunction {
  const often = 1 + next(5);
  const chosen = (): boolean => next(often) < 2;
  const locals = new Set(
    fn.locals.filter(({ type }) => type === 'f64' && chosen()).map(({ name }) => name),
  );
  fn.locals = fn.locals.map((local) =>
    locals.has(local.name) ? { ...local, type: 'f32' } : local,
  );
  rewriteOps(fn.body, (op) => {
    const [result] = op.results;
    const made: Operation[] = [];
    const conv = (from: Value, to: Value): Value => {
      const attributes = {};
      made.push({ kind: 'op', op: 'conv', args: [from], results: [to], attributes, span: op.span });
      return to;
    };
    const fresh = (): Value => ({ id: fn.nextValue++, type: 'f32' });
    const single = (value: Value): Value => (value.type === 'f64' ? conv(value, fresh()) : value);
    if (op.op === 'const') {
      if (result?.type !== 'f64' || next(6) > 0) return undefined;
      return [{ ...op, attributes: { value: edges[next(edges.length)] ?? 0 } }];
    }
    if (op.op === 'local.set' && locals.has(op.attributes.local ?? '')) {
      const args = op.args.map(single);
      return [...made, { ...op, args }];
    }
    if (op.op === 'local.get' && result && locals.has(op.attributes.local ?? '')) {
      const read = fresh();
      const get: Operation = { ...op, results: [read] };
      conv(read, result);
      return [get, ...made];
    }
    if (takers.has(op.op) && op.args[0]?.type === 'f64' && chosen()) {
      const args = op.args.map(single);
      return [...made, { ...op, args }];
    }
    if (!arithmetic.has(op.op) || result?.type !== 'f64' || !chosen()) return undefined;
    const args = op.args.map(single);
    const rounded = fresh();
    made.push({ ...op, args, results: [rounded] });
    if (next(5) > 0) {
      conv(rounded, result);
      return made;
    }
    // An integer, and perhaps beyond 2^24.
    const whole: Value = { id: fn.nextValue++, type: 'i32' };
    made.push({ ...op, op: 'toint', args: [rounded], results: [whole], attributes: {} });
    conv(conv(whole, fresh()), result);
    return made;
  });
  return fn;
}
