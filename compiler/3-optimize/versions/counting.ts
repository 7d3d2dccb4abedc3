/**
 * Locals that are counted: each time set to what they are plus or minus a step. How often a loop runs
 * tells how far that goes.
 */
import type { Loop, Operation, Value } from '../../ir/types.ts';
import type { Bound, Hull, Side } from './hull.ts';
import type { Place } from './places.ts';

interface Step {
  /** The local as it is before. */
  readonly counter: Value;
  readonly by: Value;
  /** It is taken away instead of added. */
  readonly isMinus: boolean;
}

export class Counting {
  private readonly hull: Hull;

  constructor(hull: Hull) {
    this.hull = hull;
  }

  /** Whether a `local.set` sets the local to what it is plus or minus something. */
  isStep(set: Operation): boolean {
    return this.step(set) !== undefined;
  }

  /** Whether a value is a local, read, that a loop counts by one each time, so that it reaches what it is compared with. */
  goesByOnes(value: Value): boolean {
    const { hull } = this;
    const read = hull.places.definitions.get(value.id);
    if (read?.op !== 'local.get') return false;
    const sets = hull.setsIn(read.attributes.local);
    const [step] = sets.filter((set) => this.isStep(set));
    if (!step) return false;
    const depth = hull.places.of(step).loops.length;
    return sets.every((set) => {
      const by = this.step(set)?.by;
      // Where it starts anew, that is in a loop around.
      if (!by) return hull.places.of(set).loops.length < depth;
      const { lo, hi } = hull.fact(by);
      return lo === hi && Math.abs(lo) === 1;
    });
  }

  /** Whether what a step adds to was read after another set of the local, on every way there. */
  isCountedSince(step: Operation, start: Operation): boolean {
    const { places } = this.hull;
    const counter = this.step(step)?.counter;
    const read = counter && places.definitions.get(skipConversions(counter, this.hull).id);
    const { local = '' } = start.attributes;
    return read !== undefined && (places.of(read).sets.get(local) ?? []).includes(start);
  }

  /** The number that a set adds to its local: the value, and whether it is taken away instead. */
  private step(set: Operation): Step | undefined {
    const { definitions } = this.hull.places;
    const [value] = set.args;
    const op = value && definitions.get(skipConversions(value, this.hull).id);
    const [a, b] = op?.args ?? [];
    if (!op || !a || !b || (op.op !== 'add' && op.op !== 'sub') || !this.hull.isExact(op))
      return undefined;
    const isSelf = (operand: Value): boolean => {
      const get = definitions.get(skipConversions(operand, this.hull).id);
      return get?.op === 'local.get' && get.attributes.local === set.attributes.local;
    };
    if (isSelf(a)) return { counter: a, by: b, isMinus: op.op === 'sub' };
    return op.op === 'add' && isSelf(b) ? { counter: b, by: a, isMinus: false } : undefined;
  }

  /**
   * A bound of a local on one side, as it is read.
   * @param get the read
   * @param steps the sets that count it
   * @param since the start that it is surely counted from; undefined where that may be before the loop
   * @param bound of what it may start as, on that side
   */
  counted(
    get: Operation,
    steps: readonly Operation[],
    since: Operation | undefined,
    side: Side,
    bound: Bound | undefined,
  ): Bound | undefined {
    const { hull } = this;
    for (const set of steps) {
      const step = this.step(set);
      if (!step) return undefined;
      const { lo, hi } = hull.fact(step.by);
      const [least, most] = step.isMinus ? [-hi, -lo] : [lo, hi];
      const leadsThere = side === 'hi' ? most > 0 : least < 0;
      if (!leadsThere) continue;
      const times = this.times(set, since, get);
      const place = hull.places.of(set);
      const far = hull.bound(step.by, step.isMinus === (side === 'hi') ? 'lo' : 'hi', place);
      const size = step.isMinus === (side === 'hi') ? hull.difference(hull.constant(0), far) : far;
      const length = hull.atLeast(size, 0);
      const way = hull.product(times, length);
      bound = side === 'hi' ? hull.sum(bound, way) : hull.difference(bound, way);
      if (!bound) return undefined;
    }
    return bound;
  }

  /**
   * How often at most a set has run, when its local is read.
   * @param since counted from where that ran last: a set on every way to the read. From before the loop otherwise
   */
  private times(set: Operation, since: Operation | undefined, get: Operation): Bound | undefined {
    const { hull } = this;
    const [there, here] = [hull.places.of(set), hull.places.of(get)];
    // Each round of the loops around `since` starts anew.
    const outer = since
      ? commonLength(there.loops, hull.places.of(since).loops)
      : there.loops.indexOf(hull.loop);
    const loops = there.loops.slice(outer);
    const rounds = loops.map((loop) => this.rounds(loop, there));
    const all = rounds.reduce((a, b) => hull.product(a, b), hull.constant(1));
    // Where it is read before the set of the same round, that round's is still to come.
    const isBefore =
      here.id < there.id &&
      commonLength(there.loops, here.loops) === there.loops.length &&
      loops.every((loop, index) => this.rounds(loop, here)?.at === rounds[index]?.at);
    return isBefore ? hull.difference(all, hull.constant(1)) : all;
  }

  /** How many rounds of a loop at most reach a place in it, each time that the loop is entered. */
  private rounds(loop: Loop, place: Place): Bound | undefined {
    const { hull } = this;
    for (const node of loop.body) {
      // Its own counter: set in each round, and nowhere else.
      if (node.kind !== 'op' || node.op !== 'local.set') continue;
      const { local } = node.attributes;
      const sets = hull.setsIn(local).filter((set) => hull.places.of(set).loops.includes(loop));
      const step = this.step(node);
      if (!step || sets.length !== 1 || !hull.places.of(node).isRegular) continue;
      const { lo, hi } = hull.fact(step.by);
      const least = Math.max(lo, -hi);
      if (least < 1) continue;
      // The counter is another number in each round, between its bounds at the place.
      const [low, high] = [
        hull.bound(step.counter, 'lo', place),
        hull.bound(step.counter, 'hi', place),
      ];
      const distance = hull.atLeast(hull.difference(high, low), -1);
      const steps = least > 1 && distance ? hull.divided(distance, least) : distance;
      const rounds = hull.sum(steps, hull.constant(1));
      if (rounds) return rounds;
    }
    return undefined;
  }
}

/** The value that a conversion, which changes no number, was made of. */
function skipConversions(value: Value, hull: Hull): Value {
  const op = hull.places.definitions.get(value.id);
  const [from] = op?.args ?? [];
  return op?.op === 'conv' && from && hull.keeps(from, value) ? skipConversions(from, hull) : value;
}

function commonLength(a: readonly Loop[], b: readonly Loop[]): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  return length;
}
