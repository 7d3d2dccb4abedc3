/** Sentences of what passes noted; code stands between backticks. */
import type { CheckReason, Note, Part, Range, TypeReason } from '../3-optimize/notes.ts';
import type { IrType, Span } from '../ir/types.ts';
import type { Item } from './model.ts';

/** Gives a span's text in the source, short enough for a sentence; undefined where it has none. */
export type Quote = (span: Span | undefined) => string | undefined;

export const code = (text: string): string => `\`${text.replaceAll('`', 'ˋ')}\``;

const typeNames: Partial<Record<IrType, string>> = {
  f64: 'a double',
  f32: 'a single-precision number',
  i32: 'a 32-bit integer',
  u32: 'an unsigned 32-bit integer',
  i64: 'a 64-bit integer',
  u64: 'an unsigned 64-bit integer',
  bool: 'one bit',
};

export const typeName = (type: IrType): string => typeNames[type] ?? `an ${type}`;

/** A bound of a range: powers of two as such, as most come from types and lengths. */
export function bound(value: number): string {
  if (value === Infinity) return '∞';
  if (value === -Infinity) return '−∞';
  const sign = value < 0 ? '−' : '';
  const size = Math.abs(value);
  if (size < 100_000) return `${sign}${size}`;
  for (const [offset, suffix] of [
    [0, ''],
    [1, ' − 1'],
    [-1, ' + 1'],
  ] as const) {
    const power = Math.log2(size + offset);
    if (Number.isInteger(power) && 2 ** power === size + offset)
      return `${sign}2^${power}${suffix}`;
  }
  if (size < 1e9) return sign + size.toLocaleString('en').replaceAll(',', ' ');
  return `about ${sign}2^${Math.round(Math.log2(size))}`;
}

const between = ({ lo, hi }: Range): string =>
  lo === hi ? `always ${bound(lo)}` : `from ${bound(lo)} to ${bound(hi)}`;

/** What a pass noted as something to tell, undefined where it isn't of use to anybody. */
export function itemOf(note: Note, quote: Quote): Item {
  const subject = code(note.subject ?? quote(note.span) ?? 'it');
  switch (note.kind) {
    case 'type':
      return typeItem(note, subject, quote);
    case 'check':
      return note.check === 'bounds' ? boundsItem(note, subject, quote) : rangeItem(note, subject);
    case 'loop':
    case 'alias':
      return { kind: 'loop', tone: 'good', title: note.outcome, text: sentence(note.parts) };
    case 'other':
      return { kind: 'remark', tone: 'info', title: note.outcome, text: sentence(note.parts) };
  }
}

const sentence = (parts: readonly Part[]): string =>
  parts.map((part) => (typeof part === 'string' ? part : code(part.code))).join('');

function typeItem(
  { type, reason, wanted }: Extract<Note, { kind: 'type' }>,
  subject: string,
  quote: Quote,
): Item {
  if (reason.name === 'assumed')
    return {
      kind: 'type',
      tone: 'good',
      title: `${subject} is taken as an integer`,
      text: `It is used as a size or an index. A test at the start chooses: for integers ${between(reason.range)} a copy of the function for integers runs, for other numbers one as it was.`,
    };
  if (reason.name === 'integers')
    return {
      kind: 'type',
      tone: 'good',
      title: `${subject} is ${typeName(type)}`,
      text: `All its values are proven integers, ${between(reason.range)}, and it is used as one.`,
    };
  if (reason.name === 'passed' || reason.name === 'returned') {
    const [title, who] =
      reason.name === 'passed'
        ? [`${subject} is passed as ${typeName(type)}`, 'All calls pass']
        : [`The result is ${typeName(type)}`, 'All returns give'];
    return {
      kind: 'type',
      tone: 'good',
      title,
      text: `${who} integers, ${between(reason.range)}.`,
    };
  }
  const parameter = reason.name === 'parameter';
  return {
    kind: 'type',
    tone: wanted ? 'cost' : 'info',
    title: parameter || !wanted ? `${subject} is a double` : `${subject} stays a double`,
    text: [
      whyDouble(reason, quote),
      ...(wanted
        ? ['It is used where an integer is wanted, and is tested and converted there.']
        : []),
    ].join(' '),
    rewrite: wanted ? integerRewrite(reason, subject) : undefined,
  };
}

function whyDouble(reason: TypeReason, quote: Quote): string {
  const culprit = (at: Span | undefined): string => {
    const text = quote(at);
    if (text === undefined) return 'a value of it';
    return `${code(text)}${at ? ` (line ${at.line})` : ''}`;
  };
  switch (reason.name) {
    case 'integers':
    case 'assumed':
    case 'passed':
    case 'returned':
      return '';
    case 'unneeded':
      return `It holds only integers, ${between(reason.range)}, but nothing gains by an integer register.`;
    case 'parameter':
      return 'A parameter of type `number` takes any number.';
    case 'fraction':
      return `${capital(culprit(reason.at))} may have a fraction.`;
    case 'nan':
      return `${capital(culprit(reason.at))} may be NaN.`;
    case 'negativeZero':
      return `${capital(culprit(reason.at))} may be −0, which integers don’t have and the result could tell from 0.`;
    case 'large':
      return `Nothing keeps ${culprit(reason.at)} within ±2^53, where doubles and integers part.`;
    case 'operation':
      return `${capital(culprit(reason.at))} is computed in floating point.`;
  }
}

function integerRewrite(reason: TypeReason, subject: string): string | undefined {
  const name = subject.replaceAll('`', '');
  if (reason.name === 'parameter')
    return `Hint it: ${code(`${name}: i32`)} is checked once, at the call.`;
  if (reason.name === 'fraction' || reason.name === 'nan')
    return 'Where an integer is meant, say so: `Math.floor(…)`, or `… | 0`.';
  if (reason.name === 'large' || reason.name === 'operation')
    return `A hint keeps it in range and throws where it isn’t: ${code(`let ${name}: i32`)}.`;
  return reason.name === 'negativeZero' ? '`… | 0` or `… + 0` makes 0 of −0.' : undefined;
}

function boundsItem(
  { outcome, reason, span }: Extract<Note, { kind: 'check' }>,
  subject: string,
  quote: Quote,
): Item {
  const access = accessOf(quote(span)) ?? subject;
  if (outcome === 'removed')
    return {
      kind: 'check',
      tone: 'good',
      title: `${access} needs no bounds check`,
      text: provenBounds(reason, subject),
    };
  const { text, rewrite } = missingBounds(reason, subject);
  return { kind: 'check', tone: 'cost', title: `${access} is bounds-checked`, text, rewrite };
}

/** An element access out of the text of a statement, as `a[i]` out of `a[i] = 1`. */
function accessOf(text: string | undefined): string | undefined {
  const access = /^[\w$.]+\[[^\]]*\]/.exec(text ?? '')?.[0];
  return access === undefined ? undefined : code(access);
}

function provenBounds(reason: CheckReason, subject: string): string {
  const length = code(`${subject.replaceAll('`', '')}.length`);
  if (reason.name === 'interval')
    return `The index is ${between(reason.index)}, and ${length} is at least ${bound(reason.length.lo)}.`;
  if (reason.name === 'relation')
    return `The index is at least ${bound(reason.index.lo)}, and what was tested or checked before, here or by all callers, says that it is below ${length}.`;
  return 'The index can’t be outside.';
}

/** Up to here an index is taken to come from a constant, with which a length can be compared. */
const mostTested = 2 ** 20;

function missingBounds(
  reason: CheckReason,
  subject: string,
): { readonly text: string; readonly rewrite?: string } {
  const name = subject.replaceAll('`', '');
  switch (reason.name) {
    case 'nan':
      return {
        text: 'The index is a double that may be NaN or have a fraction, so it is tested to be an integer too.',
        rewrite: 'Make the index an integer: hint it `i32`, or write `| 0` or `Math.floor(…)`.',
      };
    case 'fraction':
      return {
        text: `The index is a double, ${between(reason.value)}, that is tested to be an integer too.`,
        rewrite: 'Make the index an integer: hint it `i32`, or write `| 0` or `Math.floor(…)`.',
      };
    case 'negative':
      return {
        text: `The index may be negative: all that is known is that it is ${between(reason.index)}.`,
        rewrite:
          'Start from 0, or test `index >= 0` first; what is never negative can be hinted `u32`.',
      };
    case 'beyond':
      if (reason.index.hi < mostTested)
        return {
          text: `Nothing says that ${code(name)} has more than ${bound(reason.index.hi)} elements; the index is ${between(reason.index)}.`,
          rewrite: `One test at the start proves all of them: ${code(`if (${name}.length <= ${reason.index.hi}) throw new RangeError(…)`)}.`,
        };
      return {
        text: `Nothing says that the index, ${between(reason.index)}, is below ${code(`${name}.length`)}.`,
        rewrite: `Count up to ${code(`${name}.length`)}, or test ${code(`index < ${name}.length`)} first; one check before the loop is enough.`,
      };
    default:
      return { text: 'No proof was found that the index is inside.' };
  }
}

function rangeItem({ outcome, reason }: Extract<Note, { kind: 'check' }>, subject: string): Item {
  if (outcome === 'removed')
    return {
      kind: 'check',
      tone: 'good',
      title: `${subject} needs no range check`,
      text:
        reason.name === 'fits'
          ? `The value is ${between(reason.value)}, which an \`${reason.type}\` holds.`
          : undefined,
    };
  return {
    kind: 'check',
    tone: 'cost',
    title: `${subject} is range-checked`,
    text: misfit(reason),
    rewrite:
      '`| 0` (or `>>> 0`) wraps instead of checking; arithmetic on smaller ranges needs no check.',
  };
}

function misfit(reason: CheckReason): string {
  switch (reason.name) {
    case 'misfits':
      return `The value is ${between(reason.value)}, and an \`${reason.type}\` doesn’t hold all of that.`;
    case 'nan':
      return 'The value is a double that may be NaN or have a fraction.';
    case 'fraction':
      return `The value is a double, ${between(reason.value)}, that may have a fraction.`;
    default:
      return 'No proof was found that the value fits.';
  }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
