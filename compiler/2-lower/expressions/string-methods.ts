/** Methods of strings (ECMA-262 22.1.3), most of them calls into the runtime's library. */
import { Node, ts, type CallExpression, type PropertyAccessExpression } from '../../ts-morph.ts';
import { Tag, type IrType, type Value } from '../../ir/types.ts';
import { modulo, toF64, toNumber } from '../convert.ts';
import type { Lowering } from '../lowering.ts';
import { valueOperand, type Operand } from '../operands.ts';
import { integer, nothing, range } from './arguments.ts';
import { lower } from './index.ts';
import { at, charAt, charCodeAt, codePointAt, wholeNumber } from './strings.ts';
import { callText, concatenated, textArgument, textOr, toText } from './text.ts';
import { refuseMember } from './unknown.ts';

/** A method call being lowered. */
interface Call {
  readonly text: Value;
  readonly args: readonly Node[];
  readonly node: CallExpression;
}

type Method = (l: Lowering, call: Call) => Operand;

const methods: Readonly<Record<string, Method>> = {
  charCodeAt: (l, call) => charCodeAt(l, call.text, index(l, call)),
  codePointAt: (l, call) => codePointAt(l, call.text, index(l, call)),
  charAt: (l, call) => charAt(l, call.text, index(l, call)),
  at: (l, call) => at(l, call.text, index(l, call)),
  slice: (l, call) => text(l, 'stringSlice', call, range(l, call, 0)),
  substring: (l, call) => text(l, 'substring', call, range(l, call, 0)),
  substr: (l, call) => text(l, 'substr', call, range(l, call, 0)),
  indexOf: (l, call) => search(l, 'stringIndexOf', call, 0, 'i32'),
  lastIndexOf: (l, call) => search(l, 'stringLastIndexOf', call, NaN, 'i32'),
  includes: (l, call) => search(l, 'stringIncludes', call, 0, 'bool'),
  startsWith: (l, call) => search(l, 'stringStartsWith', call, 0, 'bool'),
  endsWith: (l, call) => {
    const wanted = textArgument(l, call.args[0]);
    const end = orInfinity(l, call, 1);
    return called(l, 'stringEndsWith', [call.text, wanted, end], 'bool');
  },
  concat: (l, call) => {
    const texts = call.args.map((argument) => textArgument(l, argument));
    l.at(call.node);
    return valueOperand(concatenated(l, [call.text, ...texts]));
  },
  repeat: (l, call) => text(l, 'repeat', call, [integer(l, call, 0, 0)]),
  padStart: (l, call) => pad(l, 'padStart', call),
  padEnd: (l, call) => pad(l, 'padEnd', call),
  trim: (l, call) => text(l, 'trim', call, []),
  trimStart: (l, call) => text(l, 'trimStart', call, []),
  trimEnd: (l, call) => text(l, 'trimEnd', call, []),
  toUpperCase: (l, call) => text(l, 'toUpperCase.str', call, []),
  toLowerCase: (l, call) => text(l, 'toLowerCase.str', call, []),
  isWellFormed: (l, call) => {
    l.at(call.node);
    return called(l, 'isWellFormed', [call.text], 'bool');
  },
  toWellFormed: (l, call) => text(l, 'toWellFormed', call, []),
  replace: (l, call) => replace(l, 'replace', call),
  replaceAll: (l, call) => replace(l, 'replaceAll', call),
  split,
  toString: (_: Lowering, call: Call) => valueOperand(call.text),
  valueOf: (_: Lowering, call: Call) => valueOperand(call.text),
};

/** What is left to JavaScript, and why. */
const refused: Readonly<Record<string, { readonly why: string; readonly rewrite: string }>> = {
  localeCompare: {
    why: 'Its order depends on the language that is set where it runs.',
    rewrite: 'a < b ? -1 : a > b ? 1 : 0, which is the order of UTF-16 units',
  },
  normalize: {
    why: 'It takes the tables of Unicode that JavaScript has.',
    rewrite: 'Normalize in the JavaScript that calls the native function.',
  },
  ...Object.fromEntries(
    ['match', 'matchAll', 'search'].map((name) => [
      name,
      {
        why: 'Regular expressions are not compiled.',
        rewrite: 'indexOf(text), or a loop over charCodeAt(i)',
      },
    ]),
  ),
};

export function stringMethod(
  l: Lowering,
  value: Value,
  callee: PropertyAccessExpression,
  node: CallExpression,
): Operand {
  const name = callee.getName();
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (method) return method(l, { text: value, args: node.getArguments(), node });
  const known = Object.hasOwn(refused, name) ? refused[name] : undefined;
  if (known) return l.unsupported(callee.getNameNode(), { what: `\`${name}\``, ...known });
  return refuseMember(l, callee, 'string', Object.keys(methods));
}

const index = (l: Lowering, call: Call): Value => {
  const [node] = call.args;
  const number = node ? toNumber(l, lower(l, node), node) : l.constant('f64', 0);
  l.at(call.node);
  return wholeNumber(l, number);
};

function called(l: Lowering, name: string, args: Value[], type: IrType): Operand {
  const [result] = l.b.call(`std.${name}`, args, [type]);
  if (!result) throw new Error(`std.${name} has a result`);
  return valueOperand(result);
}

function text(l: Lowering, name: string, call: Call, args: readonly Value[]): Operand {
  l.at(call.node);
  return valueOperand(callText(l, name, [call.text, ...args]));
}

/** @param from where the search starts when the argument is missing */
function search(
  l: Lowering,
  name: string,
  call: Call,
  from: number,
  type: 'i32' | 'bool',
): Operand {
  const wanted = textArgument(l, call.args[0]);
  const start = integer(l, call, 1, from);
  l.at(call.node);
  return called(l, name, [call.text, wanted, start], type);
}

/** A number whose absence means the end. */
function orInfinity(l: Lowering, call: Call, position: number): Value {
  const node = call.args[position];
  const infinity = l.constant('f64', Infinity);
  if (!node) return infinity;
  const operand = lower(l, node);
  if (operand.kind === 'absent' && operand.absent === 'undefined') return infinity;
  const number = toF64(l, operand, node);
  if (operand.kind !== 'optional') return number;
  const isMissing = l.b.op('eq', [operand.tag, l.constant('u8', Tag.undefined)]);
  return l.b.op('select', [isMissing, infinity, number]);
}

function pad(l: Lowering, name: string, call: Call): Operand {
  const length = integer(l, call, 0, 0);
  return text(l, name, call, [length, textOr(l, call.args[1], ' ')]);
}

/** ECMA-262 22.1.3.19 and 22.1.3.20 with strings for both arguments. */
function replace(l: Lowering, name: string, call: Call): Operand {
  const [, replacement] = call.args;
  const checker = l.module.reading.program.getTypeChecker();
  const type = replacement && checker.getTypeAtLocation(replacement.compilerNode);
  if (type && checker.getSignaturesOfType(type, ts.SignatureKind.Call).length > 0) {
    return l.unsupported(replacement, {
      what: `a function as the replacement of \`${name}\``,
      why: 'It would be called with strings that are made for it.',
      rewrite: 'Find each place with indexOf(text, from), and put the parts together with +.',
    });
  }
  const pattern = textArgument(l, call.args[0]);
  return text(l, name, call, [pattern, textArgument(l, replacement)]);
}

/** ECMA-262 22.1.3.23 with a string for the separator, or none. */
function split(l: Lowering, call: Call): Operand {
  const [separator, limit] = call.args;
  const operand = separator ? lower(l, separator) : nothing;
  const all = l.constant('u32', 0xffffffff);
  const most = limit ? limitOf(l, limit, all) : all;
  l.at(call.node);
  const whole = (): Operand => called(l, 'splitNot', [call.text, most], 'list.str');
  const parts = (wanted: Operand): Operand => {
    const by = toText(l, { operand: wanted, node: separator ?? call.node });
    return called(l, 'split', [call.text, by, most], 'list.str');
  };
  if (operand.kind === 'absent' && operand.absent === 'undefined') return whole();
  if (operand.kind !== 'optional') return parts(operand);
  const list = l.b.local('parts', 'list.str');
  const keep = (made: Operand): void => {
    if (made.kind === 'value') l.b.set(list, made.value);
  };
  const isMissing = l.b.op('eq', [operand.tag, l.constant('u8', Tag.undefined)]);
  l.b.if(
    isMissing,
    () => keep(whole()),
    () => keep(parts(operand)),
  );
  return valueOperand(l.b.get(list));
}

/** ToUint32 of a limit; `undefined` is the largest one. */
function limitOf(l: Lowering, node: Node, all: Value): Value {
  const operand = lower(l, node);
  if (operand.kind === 'absent' && operand.absent === 'undefined') return all;
  const number = modulo(l, toNumber(l, operand, node), 'u32');
  if (operand.kind !== 'optional') return number;
  const isMissing = l.b.op('eq', [operand.tag, l.constant('u8', Tag.undefined)]);
  return l.b.op('select', [isMissing, all, number]);
}
