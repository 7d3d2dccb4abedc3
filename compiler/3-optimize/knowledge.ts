/** What range analysis knows at one point of a function: which values are the same number, and facts about them. */
import { isView, type Operation, type Value } from '../ir/types.ts';
import {
  allRelations,
  factOfType,
  impliesRelations,
  integerBetween,
  isNear,
  isSafeInteger,
  join,
  moved,
  movedRelations,
  nothing,
  withRelation,
  withRelations,
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

/** What a state is beyond one that it was forked from, which has to stay; it stays as it is when the state changes. */
export const since = ({ locals, refined }: State, base: State): State => ({
  locals: locals.since(base.locals),
  refined: refined.since(base.refined),
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
export const keyOf = ({ id, type }: Value): string =>
  isView(type) ? `length %${id}` : ownForm(id).key;

/** Values as numbers of their own, by their ids: the same in all functions. */
const ownForms: Form[] = [];

function ownForm(id: number): Form {
  for (let next = ownForms.length; next <= id; next++)
    ownForms.push({ key: `%${next}`, offset: 0 });
  // There is one now.
  return ownForms[id] as Form;
}

/** What a key stands for. */
interface Born {
  readonly fact: Fact;
  /** When it was defined; see `outliving`. */
  readonly birth: number;
  /** The operation whose result it is. */
  readonly op: Operation | undefined;
}

export class Knowledge {
  /** Counts definitions of keys; see `outliving`. */
  now = 0;
  private readonly born = new Map<string, Born>();
  private readonly forms = new Map<number, Form>();
  private readonly lengths = new Map<string, Form>();

  /** Begins a key, which stands for a new number. */
  create(key: string, fact: Fact): Form {
    return this.begin({ key, offset: 0 }, fact, undefined, this.now++);
  }

  private begin(form: Form, fact: Fact, op: Operation | undefined, birth: number): Form {
    this.born.set(form.key, { fact, birth, op });
    if (this.lengths.size > 0) this.lengths.delete(form.key);
    return form;
  }

  private birth(key: string): number | undefined {
    return this.born.get(key)?.birth;
  }

  /** Begins a value's own key. */
  define(value: Value, fact: Fact, op?: Operation): void {
    this.forms.set(value.id, this.begin(ownForm(value.id), fact, op, this.now++));
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
    const form = { key, offset: 0 };
    return this.born.has(key) ? form : this.begin(form, factOfType(type), undefined, -1);
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
    return offset === 0 ? this.born.get(key)?.op : undefined;
  }

  factOf(state: State, { key, offset }: Form): Fact {
    const fact = state.refined.get(key) ?? this.born.get(key)?.fact ?? factOfType('f64');
    return moved(fact, offset);
  }

  /** The fact with what holds by the form alone: key + offset is below the key by −offset. */
  extendedFact(state: State, form: Form): Fact {
    const fact = this.factOf(state, form);
    // A constant's bounds say it all.
    if (!isSafeInteger(fact) || fact.lo === fact.hi) return fact;
    return withRelation(fact, form.key, -form.offset);
  }

  /** The length of a view or of a string. @param most what it is at most */
  lengthOf(view: Form, most = maxLength): Form {
    let length = this.lengths.get(view.key);
    if (!length) {
      const form = { key: `length ${view.key}`, offset: 0 };
      // It has been there as long as the view.
      const birth = this.birth(view.key) ?? 0;
      length = this.begin(form, integerBetween(0, most), undefined, birth);
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
    if (fact.below.size === 0) return fact;
    const lasting = [...fact.below].filter(([key]) => (this.birth(key) ?? mark) < mark);
    return lasting.length === fact.below.size ? fact : withRelations(fact, new Map(lasting));
  }

  /**
   * What holds of a number that is one on one way and another on another. Relations that one fact lacks
   * may follow from bounds, if the key is there on its way too.
   *
   * @param mark when the ways parted: keys that began then or later are on one of them alone
   */
  joined(stateA: State, a: Fact, stateB: State, b: Fact, mark: number): Fact {
    const both = join(a, b);
    if (a.below.size === 0 && b.below.size === 0) return both;
    const below = new Map<string, number>();
    const add = (from: Fact, to: Fact, at: State): void => {
      for (const [key, distance] of from.below) {
        const isThere = (this.birth(key) ?? mark) < mark;
        const other = to.below.get(key) ?? (isThere ? this.distance(to, key, at) : undefined);
        if (other !== undefined) below.set(key, Math.min(distance, other));
      }
    };
    add(a, b, stateB);
    add(b, a, stateA);
    return withRelations(both, below);
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
    const first = this.factOf(state, a);
    const second = this.factOf(state, b);
    let most = first.hi - second.lo;
    if (!isSafeInteger(second)) return most;
    // By the form alone a is below its key; a constant's bounds say it all.
    if (isSafeInteger(first) && first.lo !== first.hi) {
      const further =
        a.key === b.key ? 0 : this.factOf(state, { key: a.key, offset: 0 }).below.get(b.key);
      if (further !== undefined) most = Math.min(most, a.offset - further - b.offset);
    }
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
    const negativeZero = old.negativeZero && lo <= 0 && hi >= 0;
    const fact: Fact = { lo, hi, integral, nan, negativeZero, below: old.below };
    const below = this.added(fact, key, movedRelations(constraint.below ?? nothing, -offset));
    const isSame =
      lo === old.lo &&
      hi === old.hi &&
      integral === old.integral &&
      nan === old.nan &&
      negativeZero === old.negativeZero &&
      below === old.below;
    if (!isSame) state.refined.set(key, below === old.below ? fact : withRelations(fact, below));
    return true;
  }

  /** The relations of a key's fact with those that are told of it; the same map where that is nothing new. */
  private added(fact: Fact, key: string, told: Fact['below']): Fact['below'] {
    if (told.size === 0 || !isSafeInteger(fact)) return fact.below;
    const others = new Map(told);
    others.delete(key);
    return impliesRelations(fact.below, others) ? fact.below : allRelations(fact.below, others);
  }
}
