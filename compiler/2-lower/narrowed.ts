/** Objects whose type TypeScript has narrowed: it says which variant of a union, or which extending class, one is. */
import { ts, type Node } from '../ts-morph.ts';
import { isKindOf, recordName } from '../ir/records.ts';
import { isRecord, type RecordType, type Value } from '../ir/types.ts';
import { isFunctionType } from './functions/closures.ts';
import type { Lowering } from './lowering.ts';

/** Whether each object of one record is one of another: of a class that it extends, of a union with it. */
export function isSubtype(l: Lowering, from: RecordType, to: RecordType): boolean {
  if (isFunctionType(l, from) || isFunctionType(l, to)) return from === to;
  const { records } = l.module.reading.records;
  const byName = new Map(records.map((record) => [record.name, record]));
  const kinds = byName.get(recordName(from))?.variants ?? [recordName(from)];
  return kinds.every((kind) => isKindOf(byName, kind, recordName(to)));
}

/**
 * The object of `node` as the record that TypeScript takes it for there. Where it isn't one, which only an
 * assertion or a change behind TypeScript's back can bring about, it throws TypeError.
 */
export function narrowed(l: Lowering, object: Value, node: Node): Value {
  if (!isRecord(object.type) || !hasKinds(l, object.type)) return object;
  if (isFunctionType(l, object.type)) return object;
  const checker = l.module.reading.program.getTypeChecker();
  const type = checker.getNonNullableType(l.typeOf(node));
  if (type.flags & ts.TypeFlags.Never) return object;
  const hint = l.module.reading.hintOfType(type, node);
  const known =
    'code' in hint || hint.type === undefined || !isRecord(hint.type) ? undefined : hint.type;
  const record =
    known !== undefined && isSubtype(l, known, object.type)
      ? known
      : (ofCopies(l, object.type, type) ?? known);
  return record === undefined ? object : asRecord(l, object, record, node);
}

/**
 * The record for what TypeScript takes an object for, where its type has lost the hints that are among the
 * type arguments of the object's own, or those arguments: `x instanceof Stack` makes `x` a `Stack<any>`.
 */
function ofCopies(l: Lowering, from: RecordType, type: ts.Type): RecordType | undefined {
  const { classes, records, program } = l.module.reading;
  const checker = program.getTypeChecker();
  const declaration = type.getSymbol()?.declarations?.find(ts.isClassDeclaration);
  const copies = (declaration ? classes.copiesOf(declaration) : []).flatMap((copy) =>
    'code' in copy ? [] : [copy.record],
  );
  const variants = (records.get(from).variants ?? []).map((name): RecordType => `rec.${name}`);
  const fitting = [
    ...copies.filter((copy) => isSubtype(l, copy, from)),
    ...variants.filter((variant) =>
      records.typesOf(variant).some((own) => checker.isTypeAssignableTo(own, type)),
    ),
  ];
  return fitting.length === 0 ? undefined : records.unionOf(fitting, checker.typeToString(type));
}

/** Whether an object of one record may be one of another. */
export function mayBe(l: Lowering, from: RecordType, to: RecordType): boolean {
  const { records } = l.module.reading;
  if (isSubtype(l, to, from)) return true;
  const kinds = records.get(to).variants ?? [];
  return kinds.some((kind) => isSubtype(l, `rec.${kind}`, from));
}

/**
 * An object as one of a narrower record; as it is where that says nothing more.
 * @param mayBeNull the reference may be null, which stays
 */
export function asRecord(
  l: Lowering,
  object: Value,
  record: RecordType,
  node: Node,
  mayBeNull = false,
): Value {
  if (!isRecord(object.type) || isSubtype(l, object.type, record)) return object;
  if (!mayBe(l, object.type, record)) return object;
  const { sourceName } = l.module.reading.records.get(record);
  const check = (): void => {
    const is = l.b.op('rec.is', [object], undefined, { record: recordName(record) });
    l.b.if(l.b.op('not', [is]), () =>
      l.b.failCheck('TypeError', [`'${node.getText()}' is no ${sourceName}`]),
    );
  };
  if (mayBeNull) l.b.if(l.b.op('is.null', [object]), () => {}, check);
  else check();
  return l.b.op('rec.as', [object], record);
}

/** Whether objects of a record may be of different ones. */
function hasKinds(l: Lowering, type: RecordType): boolean {
  const { classes, records } = l.module.reading;
  if (records.get(type).variants) return true;
  const owner = classes.get(type);
  return owner !== undefined && classes.subclassesOf(owner).length > 0;
}
