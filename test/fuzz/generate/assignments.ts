/** Assignments, compound assignments, `++` and `--`, on variables and elements, in every position. */
import { integer, made, number, type Tree, type TreeKind } from '../tree.ts';
import {
  fits,
  isArray,
  isBigintArray,
  isFloatArray,
  isHeap,
  isIntType,
  isView,
  isWide,
  kindOf,
  type ArrayType,
  type Type,
  type ValueKind,
} from '../types.ts';
import { arrayCall } from './array-calls.ts';
import { arrayTree, elementValue } from './arrays.ts';
import { bigintTree } from './bigints.ts';
import { booleanTree } from './booleans.ts';
import { callTree } from './calls.ts';
import { Context, type Variable } from './context.ts';
import { dataWrite } from './data-views.ts';
import { indexTree } from './elements.ts';
import { storedTree } from './heap/values.ts';
import { integerTree, maskedTree } from './integers.ts';
import { numberFor, numberTree } from './numbers.ts';

/** A value that a variable of the type can hold, most of the time without a check's throwing. */
export function valueFor(c: Context, type: Type, depth: number): Tree {
  if (type === 'boolean') return booleanTree(c, depth);
  if (isHeap(type)) return storedTree(c, type, depth);
  if (isWide(type)) return bigintTree(c, type, depth);
  if (isArray(type)) return arrayTree(c, type, depth).tree;
  if (type === 'DataView') {
    const view = c.pick(c.variables((variable) => variable.type === type));
    if (!view) throw new Error('there is no way to make a DataView');
    return made(type)`${view.name}`;
  }
  // An element outside its array is no number with `bounds: js`, where a variable's type asks for one.
  const value = numberFor(c, type, depth);
  return c.bounds === 'js' && value.kind === 'number' ? number`(+${value})` : value;
}

/** An assignment as an expression whose value is of a kind. */
export function assignmentTree(c: Context, depth: number, wanted: ValueKind): Tree | undefined {
  const variable = c.pick(
    c.variables(
      ({ writable, type }) =>
        writable && !isView(type) && !isHeap(type) && fits(kindOf(type), wanted),
    ),
  );
  const element = elementAssignment(c, depth, wanted);
  if (element && (!variable || c.chance(0.5))) return element;
  return variable && assignTo(c, variable, depth);
}

/** `(x = …)` or `(x += …)` of a variable. */
export function assignTo(c: Context, variable: Variable, depth: number): Tree {
  const { name, type, kind } = variable;
  if (type === 'number' && kind === 'integer') return assignInteger(c, name, depth);
  const compound = c.chance(0.45) ? compoundOn(c, variable, depth) : undefined;
  return compound ?? made(kindOf(type))`(${name} = ${valueFor(c, type, depth)})`;
}

/** An assignment that leaves a variable without a hint an integer. */
function assignInteger(c: Context, name: string, depth: number): Tree {
  if (c.chance(0.35)) return integer`(${name} = ${integerTree(c, depth)})`;
  const operator = c.random.pick(['+', '+', '-', '&', '|', '^', '<<', '>>', '>>>']);
  if (c.chance(0.4)) return integer`(${name} ${operator}= ${c.random.below(9)})`;
  return integer`(${name} ${operator}= ${integerTree(c, depth)})`;
}

const numberOperators = ['+', '+', '-', '-', '*', '*', '/', '%', '&', '|', '^', '<<', '>>', '>>>'];

function compoundOn(c: Context, { name, type }: Variable, depth: number): Tree | undefined {
  const kind = kindOf(type);
  if (type === 'number' || type === 'f64') {
    if (c.chance(0.06)) return number`(${name} **= 2)`;
    if (c.chance(0.08))
      return number`(${name} ${c.random.pick(['||=', '&&='])} ${valueFor(c, type, depth)})`;
    return number`(${name} ${c.random.pick(numberOperators)}= ${numberTree(c, depth)})`;
  }
  if (type === 'boolean')
    return made(kind)`(${name} ${c.random.pick(['||=', '&&='])} ${booleanTree(c, depth)})`;
  if (isWide(type)) {
    if (c.chance(0.2)) return made(kind)`(${name} >>= ${c.random.below(70)}n)`;
    return made(kind)`(${name} ${c.random.pick(['&', '|', '^'])}= ${bigintTree(c, type, depth)})`;
  }
  if (!isIntType(type)) return undefined;
  if (c.chance(0.08))
    return made(kind)`(${name} ${c.random.pick(['+', '-'])}= ${maskedTree(c, depth, 4)})`;
  switch (type) {
    case 'i32':
      return made(
        kind,
      )`(${name} ${c.random.pick(['&', '|', '^', '<<', '>>'])}= ${numberTree(c, depth)})`;
    case 'u32':
      return made(kind)`(${name} >>>= ${numberTree(c, depth)})`;
    case 'u8':
    case 'u16':
      return made(kind)`(${name} ${c.random.pick(['&', '>>', '>>>'])}= ${numberTree(c, depth)})`;
    case 'i8':
    case 'i16':
      return made(kind)`(${name} >>= ${numberTree(c, depth)})`;
  }
}

/** An assignment to an element, whose value is the right side's. */
function elementAssignment(c: Context, depth: number, wanted: ValueKind): Tree | undefined {
  if (wanted !== 'number') return undefined;
  const target = c.pick(c.variables(({ type }) => isArray(type) && !isBigintArray(type)));
  const index = target && indexTree(c, depth, target);
  if (!target || !index) return undefined;
  return assignElement(c, target, index, depth);
}

function assignElement(c: Context, { name, type }: Variable, index: Tree, depth: number): Tree {
  const element = made('number')`${name}[${index}]`;
  // A compound assignment to a float might store a NaN.
  const simple = c.chance(0.5) || (c.program.guarded && isFloatArray(type));
  if (isBigintArray(type)) {
    const wide = type === 'BigInt64Array' ? 'i64' : 'u64';
    if (simple || c.bounds === 'js')
      return made(wide)`(${element} = ${elementValue(c, type, depth)})`;
    return made(
      wide,
    )`(${element} ${c.random.pick(['&', '|', '^'])}= ${bigintTree(c, wide, depth)})`;
  }
  if (simple) return made('number')`(${element} = ${elementValue(c, type as ArrayType, depth)})`;
  return made('number')`(${element} ${c.random.pick(numberOperators)}= ${numberTree(c, depth)})`;
}

/** `x++` and its kin, as an expression whose value is of a kind. */
export function updateTree(c: Context, wanted: ValueKind): Tree | undefined {
  const operator = c.random.pick(['++', '--']);
  const around = (kind: TreeKind, target: Tree | string): Tree =>
    c.chance(0.5) ? made(kind)`(${target}${operator})` : made(kind)`(${operator}${target})`;
  const variable = c.pick(
    c.variables(
      ({ writable, type }) =>
        writable &&
        !isView(type) &&
        type !== 'f32' &&
        type !== 'boolean' &&
        fits(kindOf(type), wanted),
    ),
  );
  if (variable && ((!isIntType(variable.type) && !isWide(variable.type)) || c.chance(0.15))) {
    return around(kindOf(variable.type), variable.name);
  }
  if (wanted !== 'number') return undefined;
  const target = c.pick(
    c.variables(
      ({ type }) =>
        isArray(type) && !isBigintArray(type) && !(c.program.guarded && isFloatArray(type)),
    ),
  );
  const index = target && indexTree(c, 1, target);
  return target && index && around('number', number`${target.name}[${index}]`);
}

/** An expression that is there for what it does. */
export function effectTree(c: Context, depth: number): Tree | undefined {
  const form = c.random.weighted<() => Tree | undefined>([
    [4, () => assignmentTree(c, depth, 'number')],
    [4, () => elementStore(c, depth)],
    [3, () => updateTree(c, 'number')],
    [2, () => anyAssignment(c, depth)],
    [2, () => arrayCall(c, depth)],
    [1, () => dataWrite(c, depth)],
    [2, () => callTree(c, depth, undefined)],
    [2, () => arrayAssignment(c, depth)],
  ]);
  return form();
}

/** Another array for a variable, with no fewer elements where some are counted on. */
export function arrayAssignment(c: Context, depth: number): Tree | undefined {
  const variable = c.pick(c.variables(({ type, writable }) => isArray(type) && writable));
  if (!variable || !isArray(variable.type) || !c.spend(16)) return undefined;
  const { name, type, sure = 0 } = variable;
  const other = c.pick(
    c.variables((candidate) => candidate.type === type && (candidate.sure ?? 0) >= sure),
  );
  const { tree, sure: length } = arrayTree(c, type, depth);
  if (length >= sure) return made(type)`(${name} = ${tree})`;
  return c.chance(0.5) && sure > 0
    ? made(type)`(${name} = new ${type}(${sure}))`
    : made(type)`(${name} = ${other?.name ?? name})`;
}

/** A store to an element of any array. */
export function elementStore(c: Context, depth: number): Tree | undefined {
  const target = c.pick(c.variables(({ type }) => isArray(type)));
  const index = target && indexTree(c, depth, target);
  return target && index && assignElement(c, target, index, depth);
}

/** An assignment to a variable of any type but arrays. */
export function anyAssignment(c: Context, depth: number): Tree | undefined {
  const optional = c.pick(
    c
      .visible()
      .filter(
        ({ absent, writable, type }) =>
          absent !== undefined && writable && !isView(type) && !isHeap(type),
      ),
  );
  if (optional && c.chance(0.3)) return assignOptional(c, optional, depth);
  const variable = c.pick(
    c.variables(({ writable, type }) => writable && !isView(type) && !isHeap(type)),
  );
  return variable && assignTo(c, variable, depth);
}

function assignOptional(c: Context, { name, type, absent }: Variable, depth: number): Tree {
  if (c.chance(0.3)) return number`(${name} = ${String(absent)})`;
  if (c.chance(0.5)) return number`(${name} = ${valueFor(c, type, depth)})`;
  return number`(${name} ??= ${valueFor(c, type, depth)})`;
}
