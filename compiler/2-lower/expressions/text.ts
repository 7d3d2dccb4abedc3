/** Strings made of other values: ToString (ECMA-262 7.1.17), `+`, templates. */
import type { Node, TemplateExpression } from '../../ts-morph.ts';
import { Tag, isScalar, isSigned, type IntegerType, type Value } from '../../ir/types.ts';
import { convert, isPresent, present } from '../convert.ts';
import type { Lowering } from '../lowering.ts';
import { jsTypeOf, valueOperand, type Operand } from '../operands.ts';
import { notText, sourceOf } from '../refusals.ts';
import { lower } from './index.ts';
import { lowerText } from './mixed-text.ts';

/** Whether an operand is a string where it is there. */
export const isText = (operand: Operand): boolean => jsTypeOf(operand) === 'string';

/** An operand and the source that it comes from. */
export interface Part {
  readonly operand: Operand;
  readonly node: Node;
}

/** ToString of what has one: strings, numbers, bigints, booleans, `undefined` and `null`. */
export function toText(l: Lowering, { operand, node }: Part): Value {
  switch (operand.kind) {
    case 'absent':
      return l.text(operand.absent);
    case 'bigint':
      return l.text(String(operand.value));
    case 'value':
      return textOfValue(l, operand.value, node);
    case 'optional': {
      const { tag, value } = operand;
      const text = l.b.local('text', 'str');
      l.b.if(
        isPresent(l, tag),
        () => l.b.set(text, textOfValue(l, value, node)),
        () => {
          const isNull = l.b.op('eq', [tag, l.constant('u8', Tag.null)]);
          l.b.set(text, l.b.op('select', [isNull, l.text('null'), l.text('undefined')]));
        },
      );
      return l.b.get(text);
    }
  }
}

function textOfValue(l: Lowering, value: Value, node: Node): Value {
  const { type } = value;
  if (type === 'str') return value;
  if (!isScalar(type)) return notText(l, type, node);
  const constant = l.constantOf(value);
  if (constant !== undefined) return l.text(String(constant));
  if (type === 'bool') return l.b.op('select', [value, l.text('true'), l.text('false')]);
  if (type === 'f64' || type === 'f32')
    return callText(l, 'numberToString', [convert(l, value, 'f64')]);
  return integerText(l, value, type);
}

/** The decimal digits of an integer of a machine type. */
function integerText(l: Lowering, value: Value, type: IntegerType): Value {
  const wide = isSigned(type) ? 'i64' : 'u64';
  return callText(l, `${wide}ToString`, [convert(l, value, wide)]);
}

/** Calls a function of the library that gives a string. */
export function callText(l: Lowering, name: string, args: Value[]): Value {
  const [text] = l.b.call(`std.${name}`, args, ['str']);
  if (!text) throw new Error(`std.${name} has a result`);
  return text;
}

/** The strings of operands one after the other. Constants next to each other become one. */
export function lowerConcatenation(l: Lowering, parts: readonly Part[]): Operand {
  return valueOperand(
    concatenated(
      l,
      parts.map((part) => toText(l, part)),
    ),
  );
}

/**
 * `a + b` of which one is a string where it is there. Where none is, JavaScript adds numbers: TypeScript rules that
 * out where it checks for `undefined` and `null`, and elsewhere it throws.
 */
export function lowerJoined(l: Lowering, left: Part, right: Part): Operand {
  const texts = [left, right].filter(({ operand }) => isText(operand));
  const optional = texts.flatMap(({ operand, node }) =>
    operand.kind === 'optional' ? [{ operand, node }] : [],
  );
  const [one, other] = optional;
  if (one && optional.length === texts.length) {
    const needed = (): void => void present(l, one.operand, sourceOf(one.node));
    if (other) l.b.if(l.b.op('not', [isPresent(l, other.operand.tag)]), needed);
    else needed();
  }
  return lowerConcatenation(l, [left, right]);
}

export function concatenated(l: Lowering, texts: readonly Value[]): Value {
  const joined: Value[] = [];
  for (const text of texts) {
    const last = joined.at(-1);
    const [first, second] = [last && l.textOf(last), l.textOf(text)];
    if (second === '') continue;
    if (first !== undefined && second !== undefined) joined.splice(-1, 1, l.text(first + second));
    else joined.push(text);
  }
  const [start = l.text(''), ...rest] = joined;
  return rest.reduce((text, next) => l.b.op('str.concat', [text, next]), start);
}

/** `` `a${b}c` ``: ECMA-262 13.2.8.6, each value being converted before the next one is evaluated. */
export function lowerTemplate(l: Lowering, node: TemplateExpression): Operand {
  const texts = [l.text(node.getHead().getLiteralText())];
  for (const span of node.getTemplateSpans()) {
    const expression = span.getExpression();
    l.guarded(() => {
      texts.push(lowerText(l, expression));
    });
    texts.push(l.text(span.getLiteral().getLiteralText()));
  }
  if (texts.length < 1 + 2 * node.getTemplateSpans().length) return l.refuse(undefined);
  l.at(node);
  return valueOperand(concatenated(l, texts));
}

/** A string that has to be there as an argument: ToString of it. A missing one is `undefined`. */
export function textArgument(l: Lowering, node: Node | undefined): Value {
  if (!node) return l.text('undefined');
  return lowerText(l, node);
}

/** A string as an argument, whose absence means another one. */
export function textOr(l: Lowering, node: Node | undefined, otherwise: string): Value {
  if (!node) return l.text(otherwise);
  const operand = lower(l, node);
  if (operand.kind === 'absent' && operand.absent === 'undefined') return l.text(otherwise);
  if (operand.kind !== 'optional') return toText(l, { operand, node });
  const local = l.b.local('text', 'str');
  const isMissing = l.b.op('eq', [operand.tag, l.constant('u8', Tag.undefined)]);
  l.b.if(
    isMissing,
    () => l.b.set(local, l.text(otherwise)),
    () => l.b.set(local, toText(l, { operand, node })),
  );
  return l.b.get(local);
}
