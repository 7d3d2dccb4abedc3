/**
 * Functions of the library for plain arrays of any elements. Their IR is that of arrays of `rec.std.Element`
 * (`runtime/std/list.ts`); a copy for other elements, such as `std.list.reverse<f64>`, has their type in its
 * place.
 */
import { elementOf, listOf } from './ir/records.ts';
import { isList, type IrFunction, type IrType, type ListType, type Value } from './ir/types.ts';
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
    const called = callee === undefined ? undefined : templateOf(callee);
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
