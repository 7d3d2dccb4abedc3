/** The shapes of objects and tuples as records of the IR: every shape is one record. */
import { ts } from '../ts-morph.ts';
import type { Diagnostic } from '../diagnostics/types.ts';
import { recordName } from '../ir/records.ts';
import {
  isRecord,
  type Discriminant,
  type ErrorClass,
  type IrRecord,
  type IrType,
  type RecordMember,
  type RecordType,
} from '../ir/types.ts';
import type { Classes } from './classes.ts';
import type { Hints } from './hinted/match.ts';
import { Ids, type IsTaken } from './ids.ts';
import type { FunctionSignature, HintType } from './model.ts';
import type { TypeArguments } from './type-arguments.ts';

/** What reading a type needs beside the type. */
export interface TypeContext {
  readonly checker: ts.TypeChecker;
  readonly shapes: Shapes;
  readonly classes: Classes;
  /** What hints files say of the sources; undefined for a project. */
  readonly hints: Hints | undefined;
  /** What stands for the type parameters of the function, class or type that is read. */
  readonly types: TypeArguments;
}

/** A context with other type arguments. */
export const withTypes = (context: TypeContext, types: TypeArguments): TypeContext =>
  context.types === types
    ? context
    : {
        checker: context.checker,
        shapes: context.shapes,
        classes: context.classes,
        hints: context.hints,
        types,
      };

/** A shape whose members aren't read yet. */
export interface NewShape {
  readonly type: ts.Type;
  readonly kind: 'object' | 'tuple';
  /** What to call it, unless another record has that name. */
  readonly name: string;
  readonly sourceName: string;
  /** It is a structure of C, which shares its record with other structures alone. */
  readonly struct?: boolean;
  /** The same for types that are of one shape because a generic type has the same arguments in them. */
  readonly identity?: string | undefined;
}

/** How deep shapes are in each other at most: what is deeper goes on without end. */
const deepest = 60;
/** The same of types of all kinds. */
const deepestOfAll = 300;

/**
 * The records of a build. Types of one shape (the same members, in one order, of the same machine types)
 * share a record, as TypeScript lets each stand for the other.
 */
export class Shapes {
  /** All records, those of unions included. */
  readonly records: IrRecord[] = [];
  private readonly byType = new Map<ts.Type, RecordType>();
  private readonly byIdentity = new Map<string, RecordType>();
  /** The types that TypeScript's checker has for a record. */
  private readonly types = new Map<string, ts.Type[]>();
  private depth = 0;
  private depthOfAll = 0;
  /** What is being read has no end. */
  private isEndless = false;
  private readonly byKey = new Map<string, RecordType>();
  private readonly signatures = new Map<RecordType, FunctionSignature>();
  private readonly ids: Ids;
  /** Those whose objects C gets. */
  private readonly structs = new Set<RecordType>();

  constructor(isTaken?: IsTaken) {
    this.ids = new Ids('record', isTaken);
  }

  /**
   * @param readMembers is called once for each new type; the type may come up again inside it
   * @param endless the refusal of a shape that has ever new ones inside it
   */
  recordOf(
    shape: NewShape,
    readMembers: () => readonly RecordMember[] | Diagnostic,
    endless: () => Diagnostic,
  ): RecordType | Diagnostic {
    const { identity } = shape;
    const known =
      this.byType.get(shape.type) ??
      (identity === undefined ? undefined : this.byIdentity.get(identity));
    if (known) {
      this.byType.set(shape.type, known);
      return known;
    }
    if (this.depth === deepest) return endless();
    const taken: RecordType = `rec.${this.ids.take(wordOf(shape.name))}`;
    const know = (record: RecordType): void => {
      this.byType.set(shape.type, record);
      if (identity !== undefined) this.byIdentity.set(identity, record);
    };
    know(taken);
    this.depth++;
    const members = this.apart(readMembers);
    this.depth--;
    if (!isMembers(members)) {
      this.byType.delete(shape.type);
      if (identity !== undefined) this.byIdentity.delete(identity);
      return members;
    }
    // A shape that holds itself has its own name in the key, and is like no other.
    const key = keyOf(shape.struct ? `struct ${shape.kind}` : shape.kind, members);
    const same = this.byKey.get(key);
    if (same) {
      know(same);
      this.types.get(recordName(same))?.push(shape.type);
      this.rename(same, shape.sourceName);
      this.mergeLiterals(same, members);
      return same;
    }
    this.byKey.set(key, taken);
    const { kind, sourceName } = shape;
    this.records.push({ name: recordName(taken), sourceName, kind, members });
    this.types.set(recordName(taken), [shape.type]);
    return taken;
  }

  /**
   * Reads a type of any kind, which may be inside of others.
   * @param endless the refusal of one that has itself inside it without an object between, which would have a name
   */
  inside<T>(read: () => T | Diagnostic, endless: () => Diagnostic): T | Diagnostic {
    this.isEndless ||= this.depthOfAll === deepestOfAll;
    if (this.isEndless) return endless();
    this.depthOfAll++;
    try {
      return read();
    } finally {
      this.depthOfAll--;
      this.isEndless &&= this.depthOfAll > 0;
    }
  }

  /** Reads what is inside of an object, which has a name and may have itself inside it. */
  apart<T>(read: () => T): T {
    const { depthOfAll, isEndless } = this;
    this.depthOfAll = 0;
    this.isEndless = false;
    try {
      return read();
    } finally {
      this.depthOfAll = depthOfAll;
      this.isEndless = isEndless;
    }
  }

  /** The types that TypeScript's checker has for a record; none for a map, a set or a union. */
  typesOf(type: RecordType): readonly ts.Type[] {
    return this.types.get(recordName(type)) ?? [];
  }

  /** Calls a record by a name instead of by its members, where it has a name. */
  private rename(type: RecordType, sourceName: string): void {
    const index = this.records.findIndex(({ name }) => name === recordName(type));
    const record = this.records[index];
    const isText = (name: string): boolean => !/^[\w$]+$/.test(name);
    if (record && isText(record.sourceName) && !isText(sourceName))
      this.records[index] = { ...record, sourceName };
  }

  /** The record of a map or a set. */
  collectionOf(
    kind: 'map' | 'set',
    members: readonly RecordMember[],
    sourceName: string,
  ): RecordType {
    const key = keyOf(kind, members);
    const known = this.byKey.get(key);
    if (known) return known;
    const made: RecordType = `rec.${this.ids.take(kind === 'map' ? 'Map' : 'Set')}`;
    this.byKey.set(key, made);
    this.records.push({ name: recordName(made), sourceName, kind, members });
    return made;
  }

  /** A record has all values that the types have which share it. */
  private mergeLiterals(type: RecordType, others: readonly RecordMember[]): void {
    const { members } = this.get(type);
    const merged = members.map(({ literals, ...member }, index): RecordMember => {
      const more = others[index]?.literals;
      if (!literals || !more) return member;
      return { ...member, literals: [...new Set([...literals, ...more])] };
    });
    this.setMembers(type, merged);
  }

  /**
   * The record of a class, which has its members once `setMembers` has set them.
   * @param wrapped whether JavaScript has the class too
   * @param error the class of JavaScript's that a class of errors extends in the end
   */
  classOf(
    sourceName: string,
    type: ts.Type,
    base: RecordType | undefined,
    wrapped: boolean,
    error?: ErrorClass,
  ): RecordType {
    const made: RecordType = `rec.${this.ids.take(wordOf(sourceName))}`;
    this.types.set(recordName(made), [type]);
    this.records.push({
      name: recordName(made),
      sourceName,
      kind: 'class',
      members: [],
      ...(base && { base: recordName(base) }),
      ...(wrapped && { wrapped }),
      ...(error && { error }),
    });
    return made;
  }

  /** Notes that a class is that of arrays of any dimension. */
  markArray(type: RecordType): void {
    const index = this.records.findIndex(({ name }) => name === recordName(type));
    const record = this.records[index];
    if (record) this.records[index] = { ...record, array: true };
  }

  setMembers(type: RecordType, members: readonly RecordMember[]): void {
    const index = this.records.findIndex(({ name }) => name === recordName(type));
    const record = this.records[index];
    if (record) this.records[index] = { ...record, members };
  }

  /** The record of one function as a value; its members are what it captures, once `setMembers` has set them. */
  lambdaOf(name: string): RecordType {
    const made: RecordType = `rec.${this.ids.take(`fn_${wordOf(name)}`)}`;
    this.records.push({
      name: recordName(made),
      sourceName: `the function ${name}`,
      kind: 'class',
      members: [],
    });
    return made;
  }

  /**
   * The record of functions of a signature: a union whose variants are the functions that come to be values.
   * @param place has a record of its own for what comes to this place alone
   */
  functionOf(signature: FunctionSignature, sourceName: string, place = ''): RecordType {
    const key = `function ${JSON.stringify(signature)}${place}`;
    const known = this.byKey.get(key);
    if (known) return known;
    const made: RecordType = `rec.${this.ids.take('Function')}`;
    this.byKey.set(key, made);
    this.signatures.set(made, signature);
    const record = { name: recordName(made), sourceName, members: [], variants: [] };
    this.records.push({ ...record, kind: 'union', callable: true });
    return made;
  }

  /** What the functions of a record take and give; undefined for a record of something else. */
  signatureOf(type: IrType): FunctionSignature | undefined {
    return isRecord(type) ? this.signatures.get(type) : undefined;
  }

  functionTypes(): RecordType[] {
    return [...this.signatures.keys()];
  }

  /** Removes records that have come to nothing. */
  remove(types: readonly RecordType[]): void {
    const names = new Set(types.map(recordName));
    const kept = this.records.filter(({ name }) => !names.has(name));
    this.records.splice(0, this.records.length, ...kept);
  }

  setVariants(type: RecordType, variants: readonly RecordType[]): void {
    const index = this.records.findIndex(({ name }) => name === recordName(type));
    const record = this.records[index];
    if (record) this.records[index] = { ...record, variants: variants.map(recordName) };
  }

  /** The record of a variable that functions share. @param type that of its value */
  cellOf({ type, undefined: mayBeUndefined, null: mayBeNull }: HintType): RecordType {
    if (type === undefined) throw new Error('a variable has a type');
    const optional = mayBeUndefined || mayBeNull;
    const member = { undefined: false, null: false };
    const members: RecordMember[] = [
      ...(optional ? [{ ...member, name: 'tag', type: 'u8' } as const] : []),
      { ...member, name: 'value', type },
    ];
    const key = keyOf('cell', members);
    const known = this.byKey.get(key);
    if (known) return known;
    const made: RecordType = `rec.${this.ids.take('Cell')}`;
    this.byKey.set(key, made);
    this.records.push({
      name: recordName(made),
      sourceName: 'a variable',
      kind: 'object',
      members,
    });
    return made;
  }

  /** Notes that native code copies the properties of a record's objects. */
  markSpread(type: RecordType): void {
    const index = this.records.findIndex(({ name }) => name === recordName(type));
    const record = this.records[index];
    if (record) this.records[index] = { ...record, spread: true };
  }

  /**
   * Lets objects of one record be objects of another, where they have all of its members, as TypeScript lets an
   * interface stand for one that it extends: they are then laid out so that these stand where the other has them.
   * @returns whether they can be
   */
  extend(from: RecordType, to: RecordType): boolean {
    const record = this.get(from);
    const wanted = this.get(to);
    if (this.structs.has(from)) return from === to;
    if (from === to || this.isBelow(record, wanted)) return true;
    if (!hasAllOf(record, wanted) || this.isBelow(wanted, record)) return false;
    const base = record.base === undefined ? undefined : this.get(`rec.${record.base}`);
    // The one of two that has all of the other comes between.
    if (base && !this.isBelow(wanted, base) && !hasAllOf(wanted, base))
      return hasAllOf(base, wanted) && this.extend(`rec.${base.name}`, to);
    if (base && !this.extend(to, `rec.${base.name}`)) return false;
    const index = this.records.indexOf(record);
    this.records[index] = { ...record, base: wanted.name };
    return true;
  }

  /** Has the objects of a record laid out by its own members alone, as C does. @returns whether that can be */
  keepLayout(type: RecordType): boolean {
    this.structs.add(type);
    return this.get(type).base === undefined;
  }

  private isBelow({ base }: IrRecord, other: IrRecord): boolean {
    if (base === undefined) return false;
    return base === other.name || this.isBelow(this.get(`rec.${base}`), other);
  }

  /** The record of an object type or a tuple that has been read. */
  knownRecord(type: ts.Type): RecordType | undefined {
    return this.byType.get(type);
  }

  /**
   * The union of records; unions among them count as their variants.
   * @param tell finds what tells the variants apart, where objects of JavaScript may come to the union
   */
  unionOf(
    types: readonly RecordType[],
    sourceName: string,
    tell?: (variants: readonly string[]) => Discriminant | undefined,
  ): RecordType {
    const variants = [
      ...new Set(
        types.flatMap((type) => {
          const name = recordName(type);
          return this.records.find((record) => record.name === name)?.variants ?? [name];
        }),
      ),
    ].sort();
    const [only, second] = variants;
    if (only !== undefined && second === undefined) return `rec.${only}`;
    const discriminant = tell?.(variants);
    const key = `union ${variants.join(' ')} ${JSON.stringify(discriminant)}`;
    const known = this.byKey.get(key);
    if (known) return known;
    const made: RecordType = `rec.${this.ids.take(wordOf(sourceName))}`;
    this.byKey.set(key, made);
    this.records.push({
      name: recordName(made),
      sourceName,
      kind: 'union',
      members: [],
      variants,
      ...(discriminant && { discriminant }),
    });
    return made;
  }

  /** What sources call a record. */
  sourceNameOf(type: RecordType): string {
    const name = recordName(type);
    return this.records.find((record) => record.name === name)?.sourceName ?? name;
  }

  /** The record of a type that `recordOf` or `unionOf` gave. @throws Error for another */
  get(type: RecordType): IrRecord {
    const record = this.records.find(({ name }) => name === recordName(type));
    if (!record) throw new Error(`no record ${type}`);
    return record;
  }
}

/** Whether each object of one record has what one of another has, in the same form. */
const hasAllOf = (record: IrRecord, wanted: IrRecord): boolean =>
  record.kind === 'object' &&
  wanted.kind === 'object' &&
  wanted.members.length > 0 &&
  wanted.members.every(
    // Where a property that may be missing is added, all that the object has decides about its order.
    (member) =>
      !member.optional &&
      record.members.some(
        (own) =>
          own.name === member.name &&
          own.type === member.type &&
          own.undefined === member.undefined &&
          own.null === member.null &&
          !own.optional,
      ),
  );

const isMembers = (read: readonly RecordMember[] | Diagnostic): read is readonly RecordMember[] =>
  Array.isArray(read);

const keyOf = (kind: string, members: readonly RecordMember[]): string =>
  `${kind} ${JSON.stringify(
    members.map((member) => [
      member.name,
      member.type,
      member.undefined,
      member.null,
      member.optional,
    ]),
  )}`;

/** A name as a word of the IR's text. */
const wordOf = (name: string): string => {
  const word = name.replace(/[^\w$]+/g, '_').replace(/_$/, '');
  return /^[A-Za-z_$]/.test(word) ? word : `_${word}`;
};
