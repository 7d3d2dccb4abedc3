/**
 * Comparisons of an integer with a double that a loop does not change, such as `i < n` of a `number` n:
 * the double is rounded to the integer that gives the same answers. LLVM moves that before the loop,
 * and then knows how often the loop runs.
 */
import type { OpName } from '../ir/ops.ts';
import type { IrFunction, Node, Operation, Value } from '../ir/types.ts';
import { regionsOf } from '../ir/walk.ts';
import type { Replacement } from './replacement.ts';

/** Beyond every safe integer, on either side. */
const far = 2 ** 53;

export class BoundConverter {
  /** The innermost loop around an operation, and around a value's definition. */
  private readonly loops = new Map<Operation | number, Node>();

  constructor(fn: IrFunction) {
    this.collect(fn.body, undefined);
  }

  /** Whether a value is defined outside of the innermost loop around an operation. */
  isFixed(value: Value, op: Operation): boolean {
    const loop = this.loops.get(op);
    return loop !== undefined && loop !== this.loops.get(value.id);
  }

  /**
   * @param name the comparison of `integer`, a safe one, with `bound`
   * @returns what replaces `op`, undefined where that is of no use
   */
  compare(
    op: Operation,
    name: OpName,
    integer: Value,
    bound: Value,
    to: Replacement,
  ): Operation[] | undefined {
    const [result] = op.results;
    if (!result || !this.isFixed(bound, op)) return undefined;
    const upper = name === 'lt' || name === 'le';
    if (!upper && name !== 'gt' && name !== 'ge') return undefined;
    const rounded = to.add(name === 'lt' || name === 'ge' ? 'ceil' : 'floor', [bound], 'f64');
    const [low, high] = [to.constant('f64', -far), to.constant('f64', far)];
    const limit = (test: 'gt' | 'lt', value: Value, end: Value): Value =>
      to.add('select', [to.add(test, [value, end], 'bool'), value, end], 'f64');
    // NaN takes the first end, where the comparison is false.
    const limited = upper
      ? limit('lt', limit('gt', rounded, low), high)
      : limit('gt', limit('lt', rounded, high), low);
    to.add(name, [integer, to.add('fptoint', [limited], 'i64')], result);
    return to.ops;
  }

  private collect(nodes: readonly Node[], loop: Node | undefined): void {
    for (const node of nodes) {
      if (node.kind !== 'op') {
        for (const region of regionsOf(node))
          this.collect(region, node.kind === 'loop' ? node : loop);
      } else if (loop) {
        this.loops.set(node, loop);
        for (const { id } of node.results) this.loops.set(id, loop);
      }
    }
  }
}
