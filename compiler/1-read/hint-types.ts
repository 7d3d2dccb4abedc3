/** Small things about `HintType` that reading annotations and reading checked types share. */
import type { ts } from '../ts-morph.ts';
import type { Diagnostic } from '../diagnostics/types.ts';
import { fitsInteger } from '../ir/scalars.ts';
import { elementOf, recordName } from '../ir/records.ts';
import {
  isList,
  isRecord,
  isView,
  viewClass,
  viewKind,
  type Discriminant,
  type IrType,
  type ScalarType,
} from '../ir/types.ts';
import { discriminantOf, leavesOf } from './discriminants.ts';
import type { HintType } from './model.ts';
import type { Shapes, TypeContext } from './shapes.ts';

export const only = (type: IrType | undefined): HintType => ({
  type,
  undefined: false,
  null: false,
});

/** `undefined` or `null` alone, as a member of a union. */
export const absent = (what: 'undefined' | 'null'): HintType => ({
  type: undefined,
  undefined: what === 'undefined',
  null: what === 'null',
});

export const isHint = (value: HintType | Diagnostic): value is HintType => !('code' in value);

/** Whether it is `undefined` or `null` and nothing else. */
export const isAbsent = (hint: HintType): boolean =>
  hint.type === undefined && (hint.undefined || hint.null);

/**
 * The union of types; undefined when they have no machine type in common. `void` counts as `undefined`.
 * @param text how messages call the union
 * @param union the union as TypeScript's checker knows it
 */
export function unionOf(
  members: readonly HintType[],
  { shapes, checker }: Pick<TypeContext, 'shapes' | 'checker'>,
  text: string,
  union: () => ts.Type,
): HintType | undefined {
  const types = [...new Set(members.flatMap(({ type }) => (type === undefined ? [] : [type])))];
  const records = types.filter(isRecord);
  if (types.length > 1 && records.length < types.length) return undefined;
  const tell = (variants: readonly string[]): Discriminant | undefined => {
    const leaves = leavesOf(union()).map((leaf) => ({
      type: leaf,
      record: shapes.knownRecord(leaf),
    }));
    const known = leaves.flatMap(({ type: leaf, record }) =>
      record === undefined ? [] : [{ type: leaf, record: recordName(record) }],
    );
    return known.length < leaves.length ? undefined : discriminantOf(variants, known, checker);
  };
  const type = types.length > 1 ? shapes.unionOf(records, text, tell) : types[0];
  const hasVoid = members.some((member) => member.type === undefined && !isAbsent(member));
  return {
    type,
    undefined: members.some((member) => member.undefined) || (hasVoid && members.length > 1),
    null: members.some((member) => member.null),
  };
}

/** How sources write a type. */
export function hintText({ type, ...absent }: HintType, shapes: Shapes): string {
  const there = type === undefined ? [] : [typeText(type, shapes)];
  const words = [
    ...there,
    ...(absent.undefined ? ['undefined'] : []),
    ...(absent.null ? ['null'] : []),
  ];
  return words.join(' | ') || 'void';
}

function typeText(type: IrType, shapes: Shapes): string {
  if (isRecord(type)) return shapes.sourceNameOf(type);
  if (isView(type)) return viewClass[viewKind(type)];
  if (isList(type)) {
    const element = hintText(elementOf(type), shapes);
    return element.includes(' | ') ? `(${element})[]` : `${element}[]`;
  }
  const names: Partial<Record<IrType, string>> = { f64: 'number', bool: 'boolean', str: 'string' };
  return names[type] ?? type;
}

/** A node's text on one line, cut where it is long. */
export function shortText(node: ts.Node): string {
  const text = node.getText().replace(/\s+/g, ' ');
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

const integers = ['u8', 'i8', 'u16', 'i16', 'i32', 'u32'] as const;

/** The narrowest hint whose type holds a value; undefined for a bigint of more than 64 bits. */
export function hintFor(value: number | bigint | boolean): ScalarType | undefined {
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'bigint') {
    return (['i64', 'u64'] as const).find((type) => fitsInteger(type, value));
  }
  return integers.find((type) => fitsInteger(type, value)) ?? 'f64';
}
