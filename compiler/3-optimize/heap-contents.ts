/** What slots of records are known to hold, and lists to have of elements, at a point of a function. */
import {
  isReference,
  isView,
  type IrRecord,
  type Node,
  type Operation,
  type Value,
} from '../ir/types.ts';
import { walkOps } from '../ir/walk.ts';
import {
  readLength,
  readPlace,
  writtenLength,
  writtenPlace,
  type HeapPlace,
  type WritesOf,
} from './heap-writes.ts';

/** How code is understood whose contents are known. */
export interface HeapReading {
  readonly records: ReadonlyMap<string, IrRecord>;
  readonly writesOf: WritesOf;
  /** The value that stands for one and for casts of it. */
  rootOf(value: Value): Value;
}

export class HeapContents {
  private readonly reading: HeapReading;
  /** By what is read, with the place that it is in. */
  private readonly held: Map<string, { readonly place: HeapPlace; readonly value: Value }>;

  constructor(reading: HeapReading, held?: HeapContents['held']) {
    this.reading = reading;
    this.held = new Map(held);
  }

  /** What is known now, for a way of its own. */
  copy(): HeapContents {
    return new HeapContents(this.reading, this.held);
  }

  /** What an operation would read that is known; else what it reads is known from now on. */
  read(op: Operation): Value | undefined {
    const place = placeOf(op, this.reading);
    const [result] = op.results;
    if (place === undefined || !result) return undefined;
    const key = this.keyOf(op, place);
    const known = this.held.get(key)?.value;
    if (known?.type === result.type) return known;
    this.held.set(key, { place, value: result });
    return undefined;
  }

  /** Learns what an operation changes. */
  write(op: Operation): void {
    this.forget(written(op, this.reading));
    const [, value] = op.args;
    if (op.op !== 'rec.set' || !value || isReference(value.type)) return;
    const place = writtenPlace(op, this.reading.records);
    if (place !== undefined) this.held.set(this.keyOf(op, place), { place, value });
  }

  /** Forgets what nodes may change, whichever of them run. */
  forgetIn(nodes: readonly Node[]): void {
    const places = new Set<HeapPlace>();
    let isAll = false;
    walkOps(nodes, (op) => {
      const changed = written(op, this.reading);
      if (!changed) isAll = true;
      else for (const place of changed) places.add(place);
    });
    this.forget(isAll ? undefined : places);
  }

  private forget(places: ReadonlySet<HeapPlace> | undefined): void {
    if (!places) return this.held.clear();
    if (places.size === 0) return;
    for (const [key, { place }] of this.held) if (places.has(place)) this.held.delete(key);
  }

  private keyOf({ args: [object] }: Operation, place: HeapPlace): string {
    return `${object ? this.reading.rootOf(object).id : ''} ${place}`;
  }
}

const nothing: ReadonlySet<HeapPlace> = new Set();

/** The places that an operation may change; undefined for all. */
function written(
  op: Operation,
  { records, writesOf }: HeapReading,
): ReadonlySet<HeapPlace> | undefined {
  if (op.attributes.callee !== undefined) return writesOf(op.attributes.callee);
  const [place, length] = [writtenPlace(op, records), writtenLength(op)];
  if (place === undefined && length === undefined) return nothing;
  return new Set([place, length].filter((one) => one !== undefined));
}

/** The slot, or the lengths, that an operation reads. Elements of lists may be written as those of a view too. */
function placeOf(op: Operation, { records }: HeapReading): HeapPlace | undefined {
  const [result] = op.results;
  if (op.op === 'rec.get')
    return result && isView(result.type) ? undefined : readPlace(op, records);
  return readLength(op);
}
