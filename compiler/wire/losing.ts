/**
 * Objects of one type may stand for those of another that has fewer properties (`IrRecord.base`). Native code that
 * hands such an object on to JavaScript, or copies its properties, knows of those of its type alone; so the types of
 * which that may happen are found out.
 */
import { partsOf, typeName } from '../ir/parts.ts';
import { recordOf } from '../ir/records.ts';
import {
  isRecord,
  type IrFunction,
  type IrModule,
  type IrRecord,
  type IrType,
} from '../ir/types.ts';
import { reachedFrom, walkOps } from '../ir/walk.ts';
import { leavingTypes } from './plan.ts';

/** What native code does with objects of types that others extend, as a part of a sentence, by these types. */
export function losingTypes(module: IrModule): ReadonlyMap<IrType, string> {
  const { records } = module;
  const isExtended = (type: IrType): boolean =>
    records.some((record) => isBelow(records, record, type));
  const lost = new Map<IrType, string>();
  for (const { name, sourceName, spread } of records)
    if (spread && isExtended(`rec.${name}`))
      lost.set(`rec.${name}`, `the properties of a ${sourceName} are copied by a spread or rest`);
  for (const { sourceName, variants = [], callable } of records)
    for (const variant of callable ? [] : variants) {
      const type: IrType = `rec.${variant}`;
      if (
        records.some((record) => variants.includes(record.name) && isBelow(records, record, type))
      )
        lost.set(type, `${sourceName} must tell the two apart`);
    }
  const functions = new Map(module.functions.map((fn) => [fn.name, fn]));
  const kept = keptTypes(module);
  for (const exported of module.exports) {
    const leaving = [...leavingTypes(module, exported)].filter(isExtended);
    if (leaving.length === 0) continue;
    const widened = new Set(
      reachedFrom(exported.callee, functions).flatMap((fn) => widenedIn(module, fn)),
    );
    for (const type of leaving)
      if (widened.has(type) || kept.has(type))
        lost.set(type, `${exported.name} gives JavaScript a ${typeName(module, type)}`);
  }
  return lost;
}

/** Whether an object of a record may stand for one of a type, of which it has all members and more. */
function isBelow(records: readonly IrRecord[], { base, kind }: IrRecord, type: IrType): boolean {
  if (base === undefined || kind !== 'object') return false;
  const above = records.find((record) => record.name === base);
  return `rec.${base}` === type || (above !== undefined && isBelow(records, above, type));
}

/** The types as which a function may take objects of types with more properties. */
function widenedIn(module: IrModule, { body }: IrFunction): IrType[] {
  const types: IrType[] = [];
  walkOps(body, ({ op, args: [object], results: [result] }) => {
    if (op !== 'rec.as' || !object || !result || !isRecord(object.type)) return;
    const record = recordOf(module, object.type);
    const kinds = [record.name, ...(record.variants ?? [])];
    const { records } = module;
    if (records.some((one) => kinds.includes(one.name) && isBelow(records, one, result.type)))
      types.push(result.type);
  });
  return types;
}

/** The types of what instances hold that live on behind a call. */
function keptTypes(module: IrModule): ReadonlySet<IrType> {
  const kept = new Set(
    module.records.flatMap(({ name, wrapped }): IrType[] => (wrapped ? [`rec.${name}`] : [])),
  );
  // The set grows while it is walked.
  for (const type of kept) for (const part of partsOf(module, type)) kept.add(part);
  return kept;
}
