/**
 * Integers that are made of "a number, or NaN" are chosen once they are integers.
 *
 * What may be undefined is NaN in arithmetic: `a[i] | 0` takes a double, of which an integer is made, though the
 * element is one. Only a choice between numbers stands in the way, so it is made behind the operations that
 * look at the number: a conversion of NaN gives 0, no comparison with it holds, it is no index, and arithmetic
 * with it gives it again.
 */
import type { OpName } from '../ir/ops.ts';
import type { IrFunction, IrType, Node, Operation, Value } from '../ir/types.ts';
import { definitionsOf, rewriteOps } from '../ir/walk.ts';
import { comparisons } from './comparisons.ts';
import type { Pass } from './pass.ts';
import { Replacement } from './replacement.ts';

/** What gives NaN where one operand is NaN. */
const spreading: ReadonlySet<OpName> = new Set<OpName>(['add', 'sub', 'mul', 'div', 'neg']);

/** The most operations between a choice and what makes an integer of it. */
const deepest = 6;

/** What looks at a number, and finds nothing in NaN or throws. */
const looking: ReadonlySet<OpName> = new Set<OpName>([
  'toint',
  'clamp8',
  'fptoint',
  'check.range',
  'in.bounds',
  ...comparisons,
]);

export const chooseLast: Pass = (fn) => {
  const definitions = definitionsOf(fn.body);
  return rewriteOps(fn.body, (op) => {
    const [result] = op.results;
    if (!result || !looking.has(op.op)) return undefined;
    const to = new Replacement(fn, op);
    const choices = new Choices(definitions, to);
    if (!op.args.some((arg) => choices.isIn(arg))) return undefined;
    const args = op.args.map((arg) => choices.behind(arg));
    const isNumber = choices.conditions.reduce((all, one) => to.add('and', [all, one], 'bool'));
    const made = (of: Value | IrType): Value => to.add(op.op, args, of, op.attributes);
    switch (op.op) {
      case 'toint':
      case 'clamp8':
        to.add('select', [isNumber, made(result.type), to.zero(result.type)], result);
        break;
      case 'fptoint':
        // Who uses it has found out that it is a number.
        made(result);
        break;
      case 'check.range':
        // Fails for NaN with what it says of NaN.
        return [...to.ops, failing(fn, op, isNumber), { ...op, args }];
      case 'ne':
        to.add('or', [to.add('not', [isNumber], 'bool'), made('bool')], result);
        break;
      default:
        to.add('and', [isNumber, made('bool')], result);
    }
    return to.ops;
  });
};

/** Does with NaN, where a condition doesn't hold, what an operation does. */
function failing(fn: IrFunction, op: Operation, isNumber: Value): Node {
  const to = new Replacement(fn, op);
  const [result] = op.results;
  if (result) to.add(op.op, [to.constant('f64', NaN)], result.type, op.attributes);
  return { kind: 'if', condition: isNumber, then: [], else: to.ops, span: op.span };
}

/** The choices between a number and NaN in what an operation is made of. */
class Choices {
  /** What holds where all that `behind` has been asked for are numbers. */
  readonly conditions: Value[] = [];
  private readonly definitions: ReadonlyMap<number, Operation>;
  private readonly to: Replacement;

  constructor(definitions: ReadonlyMap<number, Operation>, to: Replacement) {
    this.definitions = definitions;
    this.to = to;
  }

  isIn(value: Value, depth = deepest): boolean {
    const op = this.definitions.get(value.id);
    if (!op || depth === 0 || value.type !== 'f64') return false;
    if (op.op === 'select') return this.isNaN(op.args[2]);
    return spreading.has(op.op) && op.args.some((arg) => this.isIn(arg, depth - 1));
  }

  /** What a double is where the conditions hold; else it is NaN. Adds to them. */
  behind(value: Value, depth = deepest): Value {
    const op = this.definitions.get(value.id);
    if (!op || !this.isIn(value, depth)) return value;
    if (op.op !== 'select') {
      const args = op.args.map((arg) => this.behind(arg, depth - 1));
      return this.to.add(op.op, args, value.type, op.attributes);
    }
    const [condition, number] = op.args;
    if (!condition || !number) return value;
    if (!this.conditions.some(({ id }) => id === condition.id)) this.conditions.push(condition);
    return this.behind(number, depth - 1);
  }

  private isNaN(value: Value | undefined): boolean {
    const op = value && this.definitions.get(value.id);
    return op?.op === 'const' && Number.isNaN(op.attributes.value);
  }
}
