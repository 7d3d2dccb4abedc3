/**
 * What holds of the numbers in slots of records, whichever object it is and whoever set them: all that the
 * module's functions put there, and the zeros that new objects begin with.
 */
import { recordName, slotsOf } from '../../ir/records.ts';
import {
  isFloat,
  isRecord,
  isScalar,
  type IrFunction,
  type IrModule,
  type IrRecord,
  type Operation,
  type ScalarType,
  type Value,
} from '../../ir/types.ts';
import { walkOps } from '../../ir/walk.ts';
import { factOfConstant, factOfType, implies, join, widen, type Fact } from '../facts.ts';
import { readPlace, slotPlace, type HeapPlace } from '../heap-writes.ts';
import type { Ranges } from '../ranges.ts';

/** From so many growths on, what still grows is widened. */
const patience = 3;

/** The facts of slots by their places. */
export type SlotFacts = ReadonlyMap<HeapPlace, Fact>;

/** What is put into a slot. */
interface Written {
  readonly type: ScalarType;
  readonly fact: Fact;
}

/** Whether an operation puts something into slots. */
export const writesSlots = ({ op }: Operation): boolean => op === 'rec.set' || op === 'rec.new';

export class Slots {
  private readonly records: ReadonlyMap<string, IrRecord>;
  private readonly known = new Map<HeapPlace, Fact>();
  private readonly growths = new Map<HeapPlace, number>();

  constructor(module: IrModule) {
    this.records = new Map(module.records.map((record) => [record.name, record]));
  }

  get facts(): SlotFacts {
    return this.known;
  }

  /** The slot of numbers that an operation reads; undefined for others. */
  read(op: Operation): HeapPlace | undefined {
    const [result] = op.results;
    if (op.op !== 'rec.get' || !result || !isScalar(result.type)) return undefined;
    return readPlace(op, this.records);
  }

  /** What is known of the result of an operation that reads a slot; undefined for others. */
  factOf(op: Operation): Fact | undefined {
    const place = this.read(op);
    const [result] = op.results;
    if (place === undefined || !result || !isScalar(result.type)) return undefined;
    return this.known.get(place) ?? zeroOf(result.type);
  }

  /** What a function puts into slots. @param ranges undefined where nothing is known of its values */
  writtenBy(fn: IrFunction, ranges: Ranges | undefined): Map<HeapPlace, Written> {
    const all = new Map<HeapPlace, Written>();
    const put = (place: HeapPlace, op: Operation, value: Value | undefined): void => {
      if (!value || !isScalar(value.type)) return;
      const { type } = value;
      // `fastmath` may compute another number than the one that the analysis saw.
      const isTrusted = ranges && !(fn.options.fastmath && isFloat(type));
      const found = isTrusted ? ranges.operand(op, op.args.indexOf(value)) : factOfType(type);
      if (!found) return; // it is never reached
      const before = all.get(place)?.fact ?? zeroOf(type);
      all.set(place, { type, fact: join(before, { ...found, below: new Map() }) });
    };
    walkOps(fn.body, (op) => {
      if (!writesSlots(op)) return;
      const [object, value] = op.args;
      const made = op.results[0]?.type;
      if (op.op === 'rec.set')
        put(slotPlace(object?.type, op.attributes.slot, this.records), op, value);
      if (op.op !== 'rec.new' || !made || !isRecord(made) || op.args.length === 0) return;
      const record = this.records.get(recordName(made));
      for (const [index, { name }] of (record ? slotsOf(record) : []).entries())
        put(slotPlace(made, name, this.records), op, op.args[index]);
    });
    return all;
  }

  /** Adds what is put into slots. Gives those of which that is new. */
  add(written: ReadonlyMap<HeapPlace, Written>): HeapPlace[] {
    return [...written].flatMap(([place, { type, fact }]) => {
      const before = this.known.get(place) ?? zeroOf(type);
      if (implies(fact, before)) return [];
      const growths = (this.growths.get(place) ?? 0) + 1;
      this.growths.set(place, growths);
      const both = join(before, fact);
      this.known.set(place, growths > patience ? widen(before, both, type) : both);
      return [place];
    });
  }

  /** Replaces all facts by what functions put into slots. Returns whether anything is known better. */
  replace(written: readonly ReadonlyMap<HeapPlace, Written>[]): boolean {
    const next = new Map<HeapPlace, Fact>();
    for (const own of written)
      for (const [place, { fact }] of own) {
        const before = next.get(place);
        next.set(place, before ? join(before, fact) : fact);
      }
    let isSame = true;
    for (const [place, old] of this.known) {
      const fact = next.get(place);
      if (fact === undefined || !implies(old, fact)) isSame = false;
      // The same object, by which a visit of a function sees that nothing has changed.
      else if (implies(fact, old)) next.set(place, old);
    }
    this.known.clear();
    for (const [place, fact] of next) this.known.set(place, fact);
    return !isSame;
  }
}

const zeroOf = (type: ScalarType): Fact =>
  factOfConstant(type, type === 'bool' ? false : type === 'i64' || type === 'u64' ? 0n : 0);
