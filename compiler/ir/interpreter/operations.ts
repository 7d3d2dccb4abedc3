/** Operations as JavaScript statements. */
import { errorClasses } from '../../../runtime/messages.ts';
import { isAtomic, opInfo } from '../ops.ts';
import { instanceError, instanceOf, madeError } from '../errors.ts';
import { printNode } from '../print.ts';
import { elementOf, recordName } from '../records.ts';
import { siteOf } from '../sites.ts';
import {
  isList,
  isRecord,
  isScalar,
  isView,
  viewClass,
  viewKind,
  type IrType,
  type NumericType,
  type Operation,
  type Value,
  type ViewKind,
} from '../types.ts';
import {
  boundsTest,
  exactTest,
  exactly,
  fitsTest,
  folded,
  literal,
  scalarExpression,
  scalarTypes,
  type ScalarOperation,
} from './scalar.ts';
import { aboutCaught, isThrownInstance, thrownKind, thrownProperty } from './foreign.ts';
import { concatenated, copyUnits, identityHash, extendList, stringOf, unitsIn } from './heap.ts';
import { areApart, moveElements, newView, subView } from './views.ts';
import { zeroValue } from './zero.ts';

/** What the writer of a function offers to its operations. */
export interface FunctionNames {
  /** The name of a local. */
  local(name: string | undefined): string;
  /** The index of a function in `rt.functions`, or undefined where there is none. */
  functionIndex(name: string | undefined): number | undefined;
  /** A name for an object of the compiler in the generated code. */
  capture(value: unknown): string;
}

/** The statements of an operation, on one line. */
export function operationText(op: Operation, names: FunctionNames): string {
  const { capture } = names;
  const args = op.args.map(valueName);
  const [a = '', b = '', c = '', d = '', e = ''] = args;
  const [result] = op.results;
  const is = (expression: string): string =>
    result ? `const ${valueName(result)} = ${expression};` : `${expression};`;
  const fault = (): string => `rt.fault(${capture(printNode(op))})`;
  const fail = (values: string): string => `rt.fail(${capture(siteOf(op))}, [${values}])`;
  const types = scalarTypes(op);
  if (isAtomic(op.op)) {
    const [array = '', index = '', ...values] = args;
    const method = op.op.slice('atomic.'.length);
    const done = `Atomics.${method}(${[array, `Number(${index})`, ...values].join(', ')})`;
    return is(`${inView(array, `Number(${index})`)} ? ${done} : ${fault()}`);
  }
  switch (op.op) {
    case 'const': {
      const { value } = op.attributes;
      if (!result || !isScalar(result.type) || value === undefined)
        throw new Error(`bad constant: ${printNode(op)}`);
      return is(literal(result.type, value));
    }
    case 'null':
      return is('null');
    case 'local.get':
      return is(names.local(op.attributes.local));
    case 'local.set':
      return `${names.local(op.attributes.local)} = ${a};`;
    case 'global.get':
      return is(`rt.global(${capture(op.attributes.global)})`);
    case 'table.load': {
      const element = `rt.table(${capture(op.attributes.table)})[Number(${a})]`;
      return is(`${element} ?? ${fault()}`);
    }
    case 'call':
      return callText(op, args, names);
    case 'parallel':
      // One after the other is one of the orders that there may be.
      return `if (${a} > 0n) ${callText(op, ['0n', ...args], names)}`;
    case 'extern.target':
      return ';';
    case 'extern.errno':
      return is('0');
    case 'extern.text':
    case 'memory.load':
    case 'memory.store':
    case 'view.address':
      // Addresses are C's.
      return is(fault());
    case 'lane':
      return is(`${a} < ${b} ? ${a} : ${fault()}`);
    case 'check.ended':
    case 'progress.to':
    case 'progress.tell':
      return ';';
    case 'progress.wanted':
      return is('false');
    case 'check.stack':
      return `if (rt.depth > rt.stackDepth) ${fail('')};`;
    case 'check.bounds': {
      if (!types) break;
      return is(`${boundsTest(types.type, a, b)} ? BigInt(${a}) : ${fail(`${a}, ${b}`)}`);
    }
    case 'check.range': {
      if (!types) break;
      const { type, result: to } = types;
      return is(`${fitsTest(type, to, a)} ? ${exactly(type, to, a)} : ${fail(a)}`);
    }
    case 'view.length':
      return is(`BigInt(${a}.${kindOf(op, 0) === 'dataview' ? 'byteLength' : 'length'})`);
    case 'view.byteOffset':
      return is(`BigInt(${a}.byteOffset)`);
    case 'view.load': {
      const index = `${valueName(result ?? { id: -1 })}_index`;
      return `const ${index} = Number(${b}); ${is(`${inView(a, index)} ? ${a}[${index}] : ${fault()}`)}`;
    }
    case 'view.store':
      return `{ const index = Number(${b}); if (${inView(a, 'index')}) ${a}[index] = ${c}; else ${fault()}; }`;
    case 'data.load':
      return is(`${a}.get${accessor(result?.type)}(Number(${b}), ${op.attributes.littleEndian})`);
    case 'data.store': {
      const set = `${a}.set${accessor(op.args[2]?.type)}`;
      return is(`${set}(Number(${b}), ${c}, ${op.attributes.littleEndian})`);
    }
    case 'data.text':
      return is(
        `${b} >= 0n && ${c} >= 0n && ${b} + ${c} * (${d} ? 2n : 1n) <= ${a}.byteLength ? ${capture(unitsIn)}(${a}, ${b}, ${c}, ${d}) : ${fault()}`,
      );
    case 'state.get':
      return is(`rt.kept.get(${capture(op.attributes.global)}) ?? null`);
    case 'state.set':
      return `rt.kept.set(${capture(op.attributes.global)}, ${a});`;
    case 'mark.get':
      return is(`rt.marks.get(${there(a, fault())}) ?? 0`);
    case 'mark.set':
      return `rt.marks.set(${there(a, fault())}, ${b});`;
    case 'view.given':
      return is(`rt.givenView(${a})`);
    case 'view.number':
      return is(`rt.numberView(${a})`);
    case 'view.keep':
      return is(a);
    case 'view.kept':
      return is(`rt.keptView(${a}, ${op.attributes.absent === true}, ${capture(siteOf(op))})`);
    case 'view.new': {
      const make = `${capture(newView)}(${capture(resultKind(op))}, ${a})`;
      return is(`rt.orFail(${make}, ${capture(siteOf(op))}, [])`);
    }
    case 'view.sub':
      return is(`${capture(subView)}(${capture(kindOf(op, 0))}, ${a}, ${b}, ${c})`);
    case 'view.move': {
      const move = `${capture(moveElements)}(${capture(kindOf(op, 0))}`;
      return `${move}, ${a}, ${b}, ${c}, ${d}, ${e});`;
    }
    case 'view.sameBuffer':
      return is(`${a}.buffer === ${b}.buffer`);
    case 'view.apart':
      return is(`${capture(areApart)}(${a}, ${b})`);
    case 'ref.hash':
      return is(`${capture(identityHash)}(${a})`);
    case 'is.null':
      return is(`${a} === null`);
    case 'rec.new':
    case 'rec.get':
    case 'rec.set':
    case 'rec.is':
    case 'rec.as':
      return recordText(op, args, names, is);
    case 'list.new':
    case 'list.length':
    case 'list.load':
    case 'list.store':
    case 'list.push':
    case 'list.extend':
    case 'list.truncate':
    case 'list.view':
      return listText(op, args, names, is);
    case 'str.const':
      return is(capture(op.attributes.text));
    case 'str.length':
      return is(`BigInt(${a}.length)`);
    case 'str.unit':
      return is(`${b} >= 0n && ${b} < ${a}.length ? ${a}.charCodeAt(Number(${b})) : ${fault()}`);
    case 'str.char':
      return is(`String.fromCharCode(${a})`);
    case 'str.compare':
      return is(`${a} < ${b} ? -1 : ${a} > ${b} ? 1 : 0`);
    case 'str.integer':
      return is(`String(${a})`);
    case 'str.concat':
      return is(
        `rt.orFail(${capture(concatenated)}(${args.map((arg, index) => textOf(arg, op.args[index])).join(', ')}), ${capture(siteOf(op))}, [])`,
      );
    case 'str.sub':
      return is(
        `${b} >= 0n && ${b} <= ${c} && ${c} <= ${a}.length ? ${a}.slice(Number(${b}), Number(${c})) : ${fault()}`,
      );
    case 'str.of': {
      const made = `rt.orFail(${capture(stringOf)}(${a}, ${b}, ${c}), ${capture(siteOf(op))}, [])`;
      return is(`${b} >= 0n && ${b} <= ${c} && ${c} <= ${a}.length ? ${made} : ${fault()}`);
    }
    case 'str.copy':
      return `if (${b} >= 0n && ${b} <= ${c} && ${c} <= ${a}.length && ${e} >= 0n && ${e} + ${c} - ${b} <= ${d}.length) ${capture(copyUnits)}(${args.join(', ')}); else ${fault()};`;
    case 'error.caught':
      return is('rt.caught');
    case 'error.new':
      return is(
        `${capture(madeError)}(${capture(op.attributes.errorClass)}, ${a}, ${capture(op.attributes.record)})`,
      );
    case 'error.of':
      return is(`${capture(instanceError)}(${capture(op.attributes.errorClass)}, ${a}, ${b})`);
    case 'error.record':
      return is(`${capture(instanceOf)}(${a})`);
    case 'error.asked':
      return is(`${capture(isThrownInstance)}(${a}, ${capture(op.attributes.record)})`);
    case 'error.kind':
      return is(`${capture(thrownKind)}(${a}, ${capture(op.attributes.slot)})`);
    case 'error.field':
      return is(`${capture(thrownProperty)}(${a}, ${capture(op.attributes.slot)})`);
    case 'error.is':
      return is(
        `${capture(aboutCaught)}(${a}, ${2 + errorClasses.indexOf(op.attributes.errorClass ?? 'Error')})`,
      );
    case 'error.message':
      return is(`${capture(aboutCaught)}(${a}, 0)`);
    case 'error.name':
      return is(`${capture(aboutCaught)}(${a}, 1)`);
    case 'retain':
    case 'release':
      // JavaScript's collector does it.
      return '';
    case 'eq':
    case 'ne':
    case 'select':
      if (types) break;
      // References are their JavaScript objects, and strings are compared by their units.
      return is(
        op.op === 'select' ? `${a} ? ${b} : ${c}` : `${a} ${op.op === 'eq' ? '===' : '!=='} ${b}`,
      );
    default:
  }
  if (!types) throw new Error(`no rule for ${printNode(op)}`);
  const scalar: ScalarOperation = { op, args, ...types, capture, fault };
  if (op.attributes.exact)
    return `if (!(${exactTest(scalar)})) ${fault()}; ${is(scalarExpression(scalar))}`;
  if (opInfo(op.op).effect === 'none') return is(scalarExpression(scalar));
  return is(`rt.orFail(${folded(scalar)}, ${capture(siteOf(op))}, [${a}, ${b}])`);
}

/** The string that a part of a joined one stands for. */
const textOf = (part: string, value: Value | undefined): string =>
  value?.type === 'u16'
    ? `String.fromCharCode(${part})`
    : value?.type === 'i64'
      ? `String(${part})`
      : part;

/** A null object ends the call: its operation's precondition is broken. */
const there = (object: string, fault: string): string => `(${object} ?? ${fault})`;

function recordText(
  op: Operation,
  args: readonly string[],
  { capture }: FunctionNames,
  is: (expression: string) => string,
): string {
  const [a = '', b = ''] = args;
  const fault = `rt.fault(${capture(printNode(op))})`;
  const slot = JSON.stringify(op.attributes.slot ?? '');
  switch (op.op) {
    case 'rec.new': {
      const type = op.results[0]?.type;
      if (type === undefined || !isRecord(type)) throw new Error(`no record: ${printNode(op)}`);
      return is(`rt.newRecord(${capture(recordName(type))}, [${args.join(', ')}])`);
    }
    case 'rec.get':
      return is(`${there(a, fault)}[${slot}]`);
    case 'rec.set':
      return is(`${there(a, fault)}[${slot}] = ${b}`);
    case 'rec.is':
      return is(`rt.isKind(${there(a, fault)}, ${capture(op.attributes.record)})`);
    default: {
      const type = op.results[0]?.type;
      if (type === undefined || !isRecord(type)) throw new Error(`no record: ${printNode(op)}`);
      const right = `${a} === null || rt.isKind(${a}, ${capture(recordName(type))})`;
      return is(`${right} ? ${a} : ${fault}`);
    }
  }
}

function listText(
  op: Operation,
  args: readonly string[],
  { capture }: FunctionNames,
  is: (expression: string) => string,
): string {
  const [a = '', b = '', c = ''] = args;
  const fault = `rt.fault(${capture(printNode(op))})`;
  const inside = `${b} >= 0n && ${b} < ${a}.length`;
  switch (op.op) {
    case 'list.new':
      return is(`${a} >= 0n ? [] : ${fault}`);
    case 'list.length':
      return is(`BigInt(${there(a, fault)}.length)`);
    case 'list.load':
      return is(`${inside} ? ${a}[Number(${b})] : ${fault}`);
    case 'list.store':
      return `if (${inside}) ${a}[Number(${b})] = ${c}; else ${fault};`;
    case 'list.push':
      return `${there(a, fault)}.push(${b});`;
    case 'list.extend': {
      const type = op.args[0]?.type;
      if (type === undefined || !isList(type)) throw new Error(`no list: ${printNode(op)}`);
      return `${capture(extendList)}(${a}, ${b}, ${capture(zeroValue(elementOf(type).type))});`;
    }
    case 'list.truncate':
      return `if (${b} >= 0n && ${b} <= ${a}.length) ${a}.length = Number(${b}); else ${fault};`;
    default:
      // The array itself serves as its view: elements and length are read and written alike.
      return is(there(a, fault));
  }
}

/** The JavaScript name of a value. */
export const valueName = ({ id }: { readonly id: number }): string => `v${id}`;

const inView = (view: string, index: string): string =>
  `${index} >= 0 && ${index} < ${view}.length`;

function callText(op: Operation, args: readonly string[], names: FunctionNames): string {
  const { callee } = op.attributes;
  const index = names.functionIndex(callee);
  const call =
    index === undefined
      ? `rt.fault(${names.capture(`there is no function ${callee}`)})`
      : `rt.functions[${index}](${args.join(', ')})`;
  const results = op.results.map(valueName);
  if (results.length === 0) return `${call};`;
  return `const ${results.length === 1 ? results[0] : `[${results.join(', ')}]`} = ${call};`;
}

/** The kind of a view among the operands. */
const kindOf = (op: Operation, index: number): ViewKind => kind(op, op.args[index]?.type);

const resultKind = (op: Operation): ViewKind => kind(op, op.results[0]?.type);

function kind(op: Operation, type: IrType | undefined): ViewKind {
  if (type === undefined || !isView(type)) throw new Error(`no view: ${printNode(op)}`);
  return viewKind(type);
}

/** The second half of the name of a DataView's method, such as `Int32` in `getInt32`. */
function accessor(type: IrType | undefined): string {
  return viewClass[type as NumericType].replace('Array', '');
}
