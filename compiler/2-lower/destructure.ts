/**
 * Destructuring (ECMA-262 8.6.2, 13.15.5): patterns take values apart, part by part; each part is read,
 * gets its default, and is stored before the next one is read.
 */
import { Node, type Node as MorphNode } from '../ts-morph.ts';
import type { HintType } from '../1-read/model.ts';
import { isList, isRecord, isView, Tag, type RecordType, type Value } from '../ir/types.ts';
import { isPresent, toHint } from './convert.ts';
import { skipParentheses } from './conditions.ts';
import { readElement } from './expressions/elements.ts';
import { lower } from './expressions/index.ts';
import { propertyOf } from './expressions/members.ts';
import { memberOf, readMember } from './expressions/objects.ts';
import { restOfArray, restOfObject } from './expressions/rest.ts';
import type { Lowering } from './lowering.ts';
import { narrowed } from './narrowed.ts';
import { jsTypeOf, valueOperand, type Operand } from './operands.ts';
import { isPattern, partsOf, takesProperties, type Part } from './patterns.ts';
import { describe } from './operands.ts';
import { sourceOf, wrongType } from './refusals.ts';
import { isAsked } from './statements/asked.ts';

/** Stores a part's value. */
export type Store = (operand: Operand, node: MorphNode) => void;

/** Evaluates what a part is stored to, and gives what stores it. */
export type Prepare = (part: Part) => { readonly store: Store; readonly expected?: HintType };

/** What a pattern takes apart. */
export type Source =
  | {
      readonly kind: 'operand';
      readonly operand: Operand;
      /** Where the value is from; its type is narrowed there. */
      readonly node: MorphNode;
      /** It is a part of another source. */
      readonly isPart: boolean;
    }
  /** The elements of an array literal, which nobody else sees. */
  | { readonly kind: 'elements'; readonly operands: readonly Operand[] };

/** Takes a value apart. */
export function destructure(
  l: Lowering,
  pattern: MorphNode,
  source: Source,
  prepare: Prepare,
): void {
  const parts = partsOf(l, pattern);
  l.at(pattern);
  const take =
    source.kind === 'elements'
      ? (part: Part): Operand => elementGiven(source.operands, part)
      : reader(l, pattern, parts, source);
  for (const part of parts) {
    if (isPattern(skipParentheses(part.target))) {
      const inner = skipParentheses(part.target);
      const operand = withDefault(l, take(part), part.initializer);
      destructure(l, inner, { kind: 'operand', operand, node: inner, isPart: true }, prepare);
      continue;
    }
    const { store, expected } = prepare(part);
    const operand = withDefault(l, take(part, expected), part.initializer, expected);
    l.at(part.target);
    store(operand, part.initializer ?? part.target);
  }
}

/** The elements of an array literal that is taken apart at once, so that no array is made; undefined for anything else. */
export function givenElements(
  l: Lowering,
  pattern: MorphNode,
  value: MorphNode,
): Source | undefined {
  const literal = skipParentheses(value);
  if (takesProperties(pattern) || !Node.isArrayLiteralExpression(literal)) return undefined;
  const elements = literal.getElements();
  const isPlain = elements.every(
    (element) => !Node.isSpreadElement(element) && !Node.isOmittedExpression(element),
  );
  const hasRest = partsOf(l, pattern).some(({ takes }) => takes.kind === 'rest');
  if (!isPlain || hasRest) return undefined;
  return { kind: 'elements', operands: l.all(elements.map((element) => () => lower(l, element))) };
}

function elementGiven(operands: readonly Operand[], { takes }: Part): Operand {
  const operand = takes.kind === 'element' ? operands[takes.index] : undefined;
  return operand ?? { kind: 'absent', absent: 'undefined' };
}

/** What reads the parts of a value, which is tested to be there first. */
function reader(
  l: Lowering,
  pattern: MorphNode,
  parts: readonly Part[],
  source: Extract<Source, { kind: 'operand' }>,
): (part: Part, expected?: HintType) => Operand {
  const value = sourceThere(l, pattern, parts, source);
  return takesProperties(pattern)
    ? (part) => takeProperty(l, narrowed(l, value, source.node), part, parts, pattern)
    : elementReader(l, value, parts, source);
}

/** The value that is taken apart; TypeError, with V8's words, where it isn't there. */
function sourceThere(
  l: Lowering,
  pattern: MorphNode,
  parts: readonly Part[],
  { operand, node, isPart }: Extract<Source, { kind: 'operand' }>,
): Value {
  if (operand.kind === 'value') return operand.value;
  if (operand.kind !== 'optional')
    return wrongType(l, takesProperties(pattern) ? 'object' : 'array', operand, node);
  const first = parts[0]?.takes;
  const key = first?.kind === 'property' ? first.name : undefined;
  const inner = skipParentheses(node);
  const text = sourceOf(inner);
  const isName = !isPart && Node.isIdentifier(inner);
  for (const absent of ['undefined', 'null'] as const)
    l.b.if(l.b.op('eq', [operand.tag, l.constant('u8', Tag[absent])]), () =>
      l.b.throw('TypeError', [
        !takesProperties(pattern)
          ? isName
            ? `${text} is not iterable`
            : `${absent} is not iterable (cannot read property Symbol(Symbol.iterator))`
          : isPart
            ? `Cannot read properties of ${absent} (reading '${key ?? ''}')`
            : `Cannot destructure ${key === undefined ? '' : `property '${key}' of `}'${text}' as it is ${absent}.`,
      ]),
    );
  return operand.value;
}

function takeProperty(
  l: Lowering,
  object: Value,
  part: Part,
  parts: readonly Part[],
  pattern: MorphNode,
): Operand {
  l.at(part.target);
  if (part.takes.kind === 'rest') {
    const taken = parts.flatMap(({ takes }) => (takes.kind === 'property' ? [takes.name] : []));
    return restOfObject(l, object, taken, part.target, pattern);
  }
  const name = part.takes.kind === 'property' ? part.takes.name : '';
  const found = propertyOf(l, object, name, part.target);
  if (found.kind !== 'unknown') return found;
  return l.unsupported(part.target, {
    what: `the property \`${name}\` of ${found.object} here`,
    why: `The properties that native code has of it: ${found.known.join(', ') || 'none'}.`,
    rewrite: 'One of those, or declare the property in its type.',
  });
}

/** Reads the elements of a tuple, or those of an array as its iterator would. */
function elementReader(
  l: Lowering,
  array: Value,
  parts: readonly Part[],
  source: Extract<Source, { kind: 'operand' }>,
): (part: Part, expected?: HintType) => Operand {
  const { type } = array;
  if (isRecord(type) && l.module.reading.records.get(type).kind === 'tuple')
    return ({ takes, target }) => tupleElement(l, array, type, takes, parts, target);
  if (!isList(type) && !(isView(type) && type !== 'view.dataview')) {
    return l.unsupported(source.node, {
      what: `elements of ${describe(valueOperand(array))} taken apart`,
      why: 'A pattern with brackets takes the elements of plain arrays, typed arrays and tuples.',
      rewrite: 'One declaration for each part.',
    });
  }
  const done = endsEarly(parts) ? l.b.local('done', 'bool') : undefined;
  if (done !== undefined) l.b.set(done, l.constant('bool', false));
  const subject = source.isPart ? 'the array' : sourceOf(source.node);
  return ({ takes, initializer, target, declaration }, expected) => {
    l.at(target);
    if (takes.kind === 'rest') return restOfArray(l, array, restFrom(parts), target);
    const index = l.constant('f64', takes.kind === 'element' ? takes.index : 0);
    const element = { array, index, subject };
    const isTested =
      initializer !== undefined ||
      expected?.undefined === true ||
      (declaration !== undefined && isAsked(l, target));
    if (!isTested) return readElement(l, element);
    const read = readElement(l, element, 'tested');
    return done === undefined || read.kind !== 'optional' ? read : unlessDone(l, done, read);
  };
}

/** ECMA-262 23.1.5.2.1: an iterator that came to the end of its array stays there, also when the array grows. */
function unlessDone(
  l: Lowering,
  done: string,
  read: Extract<Operand, { kind: 'optional' }>,
): Operand {
  const tag = l.b.local('element.tag', 'u8');
  l.b.set(tag, read.tag);
  l.b.if(l.b.get(done), () => l.b.set(tag, l.constant('u8', Tag.undefined)));
  l.b.if(l.b.op('not', [isPresent(l, l.b.get(tag))]), () =>
    l.b.set(done, l.constant('bool', true)),
  );
  return { kind: 'optional', tag: l.b.get(tag), value: read.value, only: 'undefined' };
}

/** Whether a default that does more than give a literal stands before another one. */
function endsEarly(parts: readonly Part[]): boolean {
  const defaults = parts.flatMap(({ initializer }) => (initializer ? [initializer] : []));
  return defaults.slice(0, -1).some((node) => !Node.isLiteralExpression(node));
}

/** The index of the first element that a rest takes. */
const restFrom = (parts: readonly Part[]): number => {
  const indices = parts.flatMap(({ takes }) => (takes.kind === 'element' ? [takes.index + 1] : []));
  return Math.max(0, ...indices);
};

function tupleElement(
  l: Lowering,
  tuple: Value,
  type: RecordType,
  takes: Part['takes'],
  parts: readonly Part[],
  target: MorphNode,
): Operand {
  l.at(target);
  const record = l.module.reading.records.get(type);
  if (takes.kind === 'rest') return restOfArray(l, tuple, restFrom(parts), target);
  const member = takes.kind === 'element' ? memberOf(record, String(takes.index)) : undefined;
  return member ? readMember(l, tuple, member) : { kind: 'absent', absent: 'undefined' };
}

/** A value, or its default where it is `undefined`; `null` stays. */
export function withDefault(
  l: Lowering,
  operand: Operand,
  initializer: MorphNode | undefined,
  expected?: HintType,
): Operand {
  if (!initializer) return operand;
  if (operand.kind === 'absent' && operand.absent === 'undefined')
    return lower(l, initializer, expected);
  if (operand.kind !== 'optional' || operand.only === 'null') return operand;
  const type = operand.value.type;
  const mayBeNull = operand.only !== 'undefined';
  let otherwise: Operand | undefined;
  const part = l.b.detached(() => {
    otherwise = lower(l, initializer, expected ?? { type, undefined: false, null: mayBeNull });
  });
  if (!otherwise) throw new Error('a default was lowered');
  const hint = typeWithDefault(operand, otherwise, mayBeNull);
  const tag = hint.undefined || hint.null ? l.b.local('tag', 'u8') : undefined;
  const local = l.b.local('part', hint.type ?? type);
  const set = (values: readonly Value[]): void => {
    const value = values.at(-1);
    if (tag !== undefined && values[0]) l.b.set(tag, values[0]);
    if (value) l.b.set(local, value);
  };
  const given: Operand = mayBeNull ? operand : valueOperand(operand.value);
  const default_ = otherwise;
  l.b.within(part, () => set(toHint(l, default_, hint, initializer, sourceOf(initializer))));
  const isUndefined = l.b.op('eq', [operand.tag, l.constant('u8', Tag.undefined)]);
  const keep = l.b.detached(() => set(toHint(l, given, hint, initializer, sourceOf(initializer))));
  l.b.placeIf(isUndefined, part, keep);
  return tag === undefined
    ? valueOperand(l.b.get(local))
    : {
        kind: 'optional',
        tag: l.b.get(tag),
        value: l.b.get(local),
        ...(!hint.undefined && { only: 'null' as const }),
      };
}

/** The type of a part that has a default: a number of any machine type is a `number`. */
function typeWithDefault(
  operand: Extract<Operand, { kind: 'optional' }>,
  otherwise: Operand,
  mayBeNull: boolean,
): HintType {
  const own = operand.value.type;
  const other =
    otherwise.kind === 'value' || otherwise.kind === 'optional' ? otherwise.value.type : own;
  const isNumber = jsTypeOf(operand) === 'number' && jsTypeOf(otherwise) === 'number';
  const type = own !== other && isNumber ? 'f64' : own;
  const absent = otherwise.kind === 'absent' ? otherwise.absent : undefined;
  const mayBe = (what: 'undefined' | 'null'): boolean =>
    absent === what || (otherwise.kind === 'optional' && otherwise.only !== opposite[what]);
  return { type, undefined: mayBe('undefined'), null: mayBeNull || mayBe('null') };
}

const opposite = { undefined: 'null', null: 'undefined' } as const;
