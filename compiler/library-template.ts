/**
 * Functions of the library for plain arrays of any elements. Their IR is that of arrays of `rec.std.Element`
 * (`runtime/std/list.ts`); a copy for other elements, such as `std.list.reverse<f64>`, has their type in its
 * place.
 */
import { elementOf, listOf } from './ir/records.ts';
import {
  isList,
  type IrFunction,
  type IrType,
  type ListType,
  type ScalarType,
  type Value,
} from './ir/types.ts';
import { replaceUses, walkOps } from './ir/walk.ts';

/** The record that stands for the elements' type. */
export const opaqueElement = 'std.Element';

/** The name of the copy of a library function for lists of a type. */
export const templateFor = (name: string, list: ListType): string =>
  `std.list.${name}<${list.slice('list.'.length)}>`;

/** The parts of such a name; undefined for that of another function. */
export function templateOf(name: string): { template: string; list: ListType } | undefined {
  const [, template, element] = /^(.*)<(.*)>$/.exec(name) ?? [];
  return template === undefined ? undefined : { template, list: `list.${element}` };
}

/** What the templates that sort call where they compare. */
export const comparison = 'std.sort.compare';
/** The same of those that sort 64-bit words. */
export const wordComparison = 'std.sort.compareWords';
/** The type that stands for what a comparison gets besides two elements. */
export const opaqueOrder: IrType = 'rec.std.Order';

/**
 * The name of the copy of a sorting function for lists of scalars and a comparison: a function of two elements, and
 * of what the copy gets behind its own parameters.
 */
export const sortFor = (name: string, element: ScalarType, comparison: string): string =>
  `std.sort.${name}<${element}|${comparison}>`;

/** The parts of such a name; undefined for that of another function. */
export function sortOf(
  name: string,
): { template: string; list: ListType; comparison: string } | undefined {
  const [, template, element, comparison] = /^(std\.sort\.\w+)<(.+?)\|(.*)>$/.exec(name) ?? [];
  if (template === undefined || element === undefined || comparison === undefined) return undefined;
  return { template, list: `list.${element}` as ListType, comparison };
}

/**
 * Makes a template that sorts the function for a comparison, in place: with what that takes behind two elements in
 * the place of the parameter that stands for it.
 * @param fn as `instantiate` has it
 */
export function instantiateSort(
  fn: IrFunction,
  name: string,
  list: ListType,
  compare: IrFunction,
): IrFunction {
  const [, , ...more] = compare.params;
  const given = more.map(({ name: own, value: { type } }) => ({
    name: own,
    value: { id: fn.nextValue++, name: own, type },
  }));
  const values: Value[] = given.map(({ value }) => value);
  const isOrder = ({ type }: Value): boolean => type === opaqueOrder;
  fn.params = fn.params.flatMap((param) => (isOrder(param.value) ? given : [param]));
  walkOps(fn.body, (op) => {
    op.args = op.args.flatMap((arg) => (isOrder(arg) ? values : [arg]));
    const { callee = '' } = op.attributes;
    const called = sortOf(callee);
    if (called)
      op.attributes = { ...op.attributes, callee: name.replace(/^[^<]*/, called.template) };
    if (callee === comparison || callee === wordComparison)
      op.attributes = { ...op.attributes, callee: compare.name };
  });
  return instantiate(fn, name, list);
}

/**
 * Makes a template the function for lists of a type, in place.
 * @param fn a copy of its own of the template's IR
 */
export function instantiate(fn: IrFunction, name: string, list: ListType): IrFunction {
  const typeOf = (type: IrType): IrType => replaced(type, list);
  const values = new Map<number, Value>();
  const valueOf = (value: Value): Value => {
    const known = values.get(value.id);
    if (known) return known;
    const made = { ...value, type: typeOf(value.type) };
    values.set(value.id, made);
    return made;
  };
  fn.name = name;
  fn.params = fn.params.map((param) => ({ ...param, value: valueOf(param.value) }));
  fn.results = fn.results.map(typeOf);
  fn.locals = fn.locals.map((local) => ({ ...local, type: typeOf(local.type) }));
  walkOps(fn.body, (op) => {
    op.results = op.results.map(valueOf);
    const { callee } = op.attributes;
    const called = callee === undefined || sortOf(callee) ? undefined : templateOf(callee);
    if (called)
      op.attributes = {
        ...op.attributes,
        callee: callee?.replace(/<.*>$/, `<${replaced(called.list, list).slice('list.'.length)}>`),
      };
  });
  replaceUses(fn.body, (value) => values.get(value.id));
  return fn;
}

const opaque: IrType = `rec.${opaqueElement}`;

function replaced(type: IrType, list: ListType): IrType {
  if (type === opaque) return elementOf(list).type;
  if (type === `list.${opaque}`) return list;
  if (!isList(type)) return type;
  const { type: element, ...absent } = elementOf(type);
  return listOf({ ...absent, type: replaced(element, list) });
}
