/** What range analysis knows at one point of a function: which values are the same number, and facts about them. */
import { isView, type Operation, type Value } from '../ir/types.ts';
import {
  allRelations,
  factOfType,
  integerBetween,
  isNear,
  isSafeInteger,
  join,
  moved,
  movedRelations,
  type Fact,
} from './facts.ts';
import type { Layers } from './layers.ts';

/** A number as key + offset; with an offset the key's number and the sum are safe integers. */
export interface Form {
  readonly key: string;
  readonly offset: number;
}

/** What depends on the way that led to a point of the function. */
export interface State {
  readonly locals: Layers<Form>;
  /** Facts of keys that say more than at the key's definition. */
  readonly refined: Layers<Fact>;
}

/** A state for one of several ways on from another, which stays as it is meanwhile. */
export const fork = ({ locals, refined }: State): State => ({
  locals: locals.over(),
  refined: refined.over(),
});

/** A state that stays as it is when the other changes. */
export const copyOf = ({ locals, refined }: State): State => ({
  locals: locals.copy(),
  refined: refined.copy(),
});

/** What a condition or check adds to a fact. */
export interface Constraint {
  readonly lo?: number;
  readonly hi?: number;
  readonly integral?: boolean;
  readonly below?: Fact['below'];
  /** The value may still be NaN; otherwise the condition excludes it. */
  readonly nan?: boolean;
}

/**
 * The longest view: no system that this compiles for gives a process more than 48 bits of address
 * space unless it asks for that. (V8's own limit is 2^33 elements, but grows.)
 */
export const maxLength = 2 ** 48;

/** The longest string, as V8 has it on 64-bit systems. */
export const maxUnits = 2 ** 29 - 24;

/** The longest plain array (ECMA-262 10.4.2). */
export const maxElements = 2 ** 32 - 1;

/** The key of a value that is no other number, and that of a view's length. */
export const keyOf = ({ id, type }: Value): string => (isView(type) ? `length %${id}` : `%${id}`);

export class Knowledge {
  /** Counts definitions of keys; see `outliving`. */
  now = 0;
  private readonly facts = new Map<string, Fact>();
  private readonly births = new Map<string, number>();
  private readonly forms = new Map<number, Form>();
  private readonly definitions = new Map<string, Operation>();
  private readonly lengths = new Map<string, Form>();

  /** Begins a key, which stands for a new number. */
  create(key: string, fact: Fact): Form {
    this.facts.set(key, fact);
    this.births.set(key, this.now++);
    this.lengths.delete(key);
    return { key, offset: 0 };
  }

  /** Begins a value's own key. */
  define(value: Value, fact: Fact, op?: Operation): void {
    const form = this.create(`%${value.id}`, fact);
    this.forms.set(value.id, form);
    if (op) this.definitions.set(form.key, op);
  }

  /** Begins a value's own key with a fact that is, of a view, about its length. */
  defineWith(value: Value, fact: Fact, op?: Operation): void {
    if (!isView(value.type)) return this.define(value, fact, op);
    this.define(value, factOfType(value.type), op);
    this.setLength(value, this.create(keyOf(value), fact));
  }

  /** A module constant, which is the same whenever it is read. */
  global(name: string, { type }: Value): Form {
    const key = `global ${name}`;
    if (!this.facts.has(key)) {
      this.create(key, factOfType(type));
      this.births.set(key, -1);
    }
    return { key, offset: 0 };
  }

  /** Makes a value known as a number that is there already. */
  alias(value: Value, form: Form): void {
    this.forms.set(value.id, form);
  }

  formOf(value: Value): Form {
    const form = this.forms.get(value.id);
    if (!form) throw new Error(`%${value.id} is used before its definition`);
    return form;
  }

  localForm(state: State, local: string): Form {
    const form = state.locals.get(local);
    if (!form) throw new Error(`no local ${local}`);
    return form;
  }

  /** The operation whose result a form is, unless it is a parameter or comes from several ways. */
  definition({ key, offset }: Form): Operation | undefined {
    return offset === 0 ? this.definitions.get(key) : undefined;
  }

  factOf(state: State, { key, offset }: Form): Fact {
    const fact = state.refined.get(key) ?? this.facts.get(key) ?? factOfType('f64');
    return moved(fact, offset);
  }

  /** The fact with what holds by the form alone: key + offset is below the key by −offset. */
  extendedFact(state: State, form: Form): Fact {
    const fact = this.factOf(state, form);
    // A constant's bounds say it all.
    if (!isSafeInteger(fact) || fact.lo === fact.hi) return fact;
    return { ...fact, below: allRelations(new Map([[form.key, -form.offset]]), fact.below) };
  }

  /** The length of a view or of a string. @param most what it is at most */
  lengthOf(view: Form, most = maxLength): Form {
    let length = this.lengths.get(view.key);
    if (!length) {
      length = this.create(`length ${view.key}`, integerBetween(0, most));
      // It has been there as long as the view.
      this.births.set(length.key, this.births.get(view.key) ?? 0);
      this.lengths.set(view.key, length);
    }
    return length;
  }

  /** Makes the length of a value a constant. */
  fixLength(text: Value, length: number): void {
    const form = this.create(`length ${this.formOf(text).key}`, integerBetween(length, length));
    this.setLength(text, form);
  }

  setLength(view: Value, length: Form): void {
    this.lengths.set(this.formOf(view).key, length);
  }

  /** The fact without relations to keys that began at a mark or later: a loop's next round makes other numbers of them. */
  outliving(fact: Fact, mark: number): Fact {
    const lasting = [...fact.below].filter(([key]) => (this.births.get(key) ?? mark) < mark);
    return lasting.length === fact.below.size ? fact : { ...fact, below: new Map(lasting) };
  }

  /**
   * What holds of a number that is one on one way and another on another. Relations that one fact lacks
   * may follow from bounds, if the key is there on its way too.
   *
   * @param mark when the ways parted: keys that began then or later are on one of them alone
   */
  joined(stateA: State, a: Fact, stateB: State, b: Fact, mark: number): Fact {
    const below = new Map<string, number>();
    const add = (from: Fact, to: Fact, at: State): void => {
      for (const [key, distance] of from.below) {
        const isThere = (this.births.get(key) ?? mark) < mark;
        const other = to.below.get(key) ?? (isThere ? this.distance(to, key, at) : undefined);
        if (other !== undefined) below.set(key, Math.min(distance, other));
      }
    };
    add(a, b, stateB);
    add(b, a, stateA);
    return { ...join(a, b), below };
  }

  /** By how much a fact's bounds alone put it below a key. */
  private distance(fact: Fact, key: string, state: State): number | undefined {
    const other = this.factOf(state, { key, offset: 0 });
    if (!isSafeInteger(fact) || !isSafeInteger(other)) return undefined;
    const distance = other.lo - fact.hi;
    return isNear(distance) ? distance : undefined;
  }

  /** A bound of a − b: it is not greater. */
  difference(state: State, a: Form, b: Form): number {
    const [first, second] = [this.extendedFact(state, a), this.factOf(state, b)];
    let most = first.hi - second.lo;
    if (!isSafeInteger(second)) return most;
    for (const [key, distance] of first.below) {
      const further = key === b.key ? 0 : this.factOf(state, { key, offset: 0 }).below.get(b.key);
      if (further === undefined) continue;
      most = Math.min(most, -distance - further - b.offset);
    }
    return most;
  }

  /** Adds what is known to a form's key. Returns false where nothing is possible any more. */
  refine(state: State, { key, offset }: Form, constraint: Constraint): boolean {
    const old = this.factOf(state, { key, offset: 0 });
    const integral = old.integral || (constraint.integral ?? false);
    const [up, down] = integral ? [Math.ceil, Math.floor] : [Number, Number];
    // Rounded first: with an offset the sums are exact then.
    const lo = Math.max(up(old.lo), up(constraint.lo ?? -Infinity) - offset) + 0;
    const hi = Math.min(down(old.hi), down(constraint.hi ?? Infinity) - offset) + 0;
    const nan = old.nan && (constraint.nan ?? false);
    if (!(lo <= hi)) return nan;
    const fact: Fact = {
      lo,
      hi,
      integral,
      nan,
      negativeZero: old.negativeZero && lo <= 0 && hi >= 0,
      below: old.below,
    };
    const added = new Map(movedRelations(constraint.below ?? new Map(), -offset));
    added.delete(key);
    const related = added.size > 0 && isSafeInteger(fact);
    state.refined.set(key, related ? { ...fact, below: allRelations(old.below, added) } : fact);
    return true;
  }
}
