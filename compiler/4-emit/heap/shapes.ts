/**
 * The shapes of a module's objects: an index for each record and each type of list, which an object's header
 * holds, and where the slots of records are.
 */
import {
  anyInstance,
  elementOf,
  errorRecords,
  isKindOf,
  recordName,
  slotsOf,
  type Slot,
} from '../../ir/records.ts';
import {
  isList,
  isRecord,
  isReference,
  isView,
  type IrModule,
  type IrRecord,
  type IrType,
  type ListType,
  type RecordType,
} from '../../ir/types.ts';
import { ofSettled, settledOperations } from '../../ir/settled.ts';
import { error, header } from '../layout.ts';
import { memoryBytes } from '../types.ts';
import { CycleTypes } from './cycle-types.ts';

/** A slot and where it is, in bytes from what a reference points to. */
export interface PlacedSlot extends Slot {
  readonly offset: number;
}

export interface RecordShape {
  readonly kind: 'record';
  readonly index: number;
  readonly name: string;
  readonly slots: readonly PlacedSlot[];
  /** The size of its block, with the header. */
  readonly bytes: number;
}

export interface ListShape {
  readonly kind: 'list';
  readonly index: number;
  readonly type: ListType;
  readonly element: IrType;
}

export type Shape = RecordShape | ListShape;

/** The types of the lists that a function makes. */
const listsMadeIn = ofSettled((fn): readonly ListType[] => {
  const made = settledOperations(fn).flatMap(({ op, results: [result] }) =>
    op === 'list.new' && result && isList(result.type) ? [result.type] : [],
  );
  return [...new Set(made)];
});

export class Shapes {
  /** In the order of their indices. */
  readonly all: readonly Shape[];
  /** That of errors. */
  readonly error: RecordShape;
  readonly records: ReadonlyMap<string, IrRecord>;
  /** Which of them may be part of rings. */
  readonly cycles: CycleTypes;
  private readonly byName = new Map<string, RecordShape>();
  private readonly byType = new Map<string, ListShape>();
  /** What `of` has found. */
  private readonly byReference = new Map<RecordType, readonly RecordShape[]>();

  constructor(ir: IrModule) {
    this.records = new Map(ir.records.map((record) => [record.name, record]));
    const all: Shape[] = [];
    for (const record of inOrder(ir.records)) {
      const shape: RecordShape = {
        kind: 'record',
        index: all.length,
        name: record.name,
        ...place(record, this.byName.get(record.base ?? '')),
      };
      this.byName.set(record.name, shape);
      all.push(shape);
    }
    for (const type of ir.functions.flatMap(listsMadeIn)) {
      if (this.byType.has(type)) continue;
      const { type: element } = elementOf(type);
      const shape: ListShape = { kind: 'list', index: all.length, type, element };
      this.byType.set(type, shape);
      all.push(shape);
    }
    this.error = {
      kind: 'record',
      index: all.length,
      name: ' error',
      slots: [
        { name: 'message', type: 'str', offset: error.message },
        // JavaScript throws nothing where it isn't called.
        ...(ir.functions.some(({ foreign }) => foreign)
          ? [{ name: 'thrown', type: 'js', offset: error.thrown } as const]
          : []),
        // Nothing else is kept there where there are no such classes.
        ...(errorRecords(ir.records).length > 0
          ? [{ name: 'record', type: anyInstance, offset: error.record }]
          : []),
      ],
      bytes: header.size + error.size,
    };
    all.push(this.error);
    this.all = all;
    this.cycles = new CycleTypes(ir, this);
  }

  /** Whether objects may hold typed arrays or DataViews. */
  get holdViews(): boolean {
    return this.all.some((shape) =>
      shape.kind === 'list' ? isView(shape.element) : shape.slots.some(({ type }) => isView(type)),
    );
  }

  /** The shape of objects that are made as this record, which is no union. */
  record(type: RecordType): RecordShape {
    const shape = this.byName.get(recordName(type));
    if (!shape) throw new Error(`${type} has no shape`);
    return shape;
  }

  /** The shape of lists of a type; undefined where none is made. */
  madeList(type: ListType): ListShape | undefined {
    return this.byType.get(type);
  }

  list(type: ListType): ListShape {
    const shape = this.byType.get(type);
    if (!shape) throw new Error(`no ${type} is made`);
    return shape;
  }

  /** A slot of a record. @throws Error where it has none of that name */
  slot(type: RecordType, name: string | undefined): PlacedSlot {
    const slot = this.record(type).slots.find((candidate) => candidate.name === name);
    if (!slot) throw new Error(`${type} has no slot ${name}`);
    return slot;
  }

  /** The shapes that an object referred to as this record may have. */
  of(type: RecordType): readonly RecordShape[] {
    const known = this.byReference.get(type);
    if (known) return known;
    const name = recordName(type);
    const shapes = this.all.filter(
      (shape) => shape.kind === 'record' && this.isOf(shape, name),
    ) as RecordShape[];
    this.byReference.set(type, shapes);
    return shapes;
  }

  /** The ranges of indices of the objects that are of a record, both ends included, ascending. */
  ranges(record: string): { readonly first: number; readonly last: number }[] {
    const ranges: { first: number; last: number }[] = [];
    for (const shape of this.all) {
      if (!this.isOf(shape, record)) continue;
      const before = ranges.at(-1);
      if (before?.last === shape.index - 1) before.last = shape.index;
      else ranges.push({ first: shape.index, last: shape.index });
    }
    return ranges;
  }

  /** The shape that all objects have which are referred to by this type, if there is one alone whose slots hold no references. */
  leaf(type: IrType): RecordShape | undefined {
    if (!isRecord(type)) return undefined;
    const [only, ...more] = this.of(type);
    return more.length > 0 || only?.slots.some((slot) => isReference(slot.type)) ? undefined : only;
  }

  private isOf(shape: Shape, record: string): boolean {
    return shape.kind === 'record' && isKindOf(this.records, shape.name, record);
  }
}

/** All records but unions, a class followed by those that extend it, so that each with its subclasses is one range. */
function inOrder(records: readonly IrRecord[]): IrRecord[] {
  const withSubclasses = (record: IrRecord): IrRecord[] => [
    record,
    ...records.filter(({ base }) => base === record.name).flatMap(withSubclasses),
  ];
  return records
    .filter(({ kind, base }) => kind !== 'union' && base === undefined)
    .flatMap(withSubclasses);
}

/**
 * Each slot stands at the next place that its size divides, but those of the record that it extends stand where that
 * has them, and the others behind them.
 */
function place(record: IrRecord, base?: RecordShape): { slots: PlacedSlot[]; bytes: number } {
  let end = base ? base.bytes - header.size : 0;
  const slots = slotsOf(record).map((slot) => {
    const inherited = base?.slots.find(({ name }) => name === slot.name);
    if (inherited) return { ...slot, offset: inherited.offset };
    const size = memoryBytes(slot.type);
    const offset = Math.ceil(end / size) * size;
    end = offset + size;
    return { ...slot, offset };
  });
  return { slots, bytes: header.size + end };
}
