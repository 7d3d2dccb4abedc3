/** Operations as JavaScript statements. */
import { opInfo } from '../ops.ts';
import { printNode } from '../print.ts';
import { siteOf } from '../sites.ts';
import {
  isScalar,
  isView,
  viewClass,
  viewKind,
  type IrType,
  type NumericType,
  type Operation,
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
import { areApart, moveElements, newView, subView } from './views.ts';

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
  switch (op.op) {
    case 'const': {
      const { value } = op.attributes;
      if (!result || !isScalar(result.type) || value === undefined)
        throw new Error(`bad constant: ${printNode(op)}`);
      return is(literal(result.type, value));
    }
    case 'view.null':
      return is('null');
    case 'local.get':
      return is(names.local(op.attributes.local));
    case 'local.set':
      return `${names.local(op.attributes.local)} = ${a};`;
    case 'global.get':
      return is(`rt.global(${capture(op.attributes.global)})`);
    case 'call':
      return callText(op, names);
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
    case 'retain':
    case 'release':
      // JavaScript's collector does it.
      return '';
    case 'eq':
    case 'ne':
    case 'select':
      if (types) break;
      // Views are their JavaScript objects.
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

/** The JavaScript name of a value. */
export const valueName = ({ id }: { readonly id: number }): string => `v${id}`;

const inView = (view: string, index: string): string =>
  `${index} >= 0 && ${index} < ${view}.length`;

function callText(op: Operation, names: FunctionNames): string {
  const { callee } = op.attributes;
  const index = names.functionIndex(callee);
  const call =
    index === undefined
      ? `rt.fault(${names.capture(`there is no function ${callee}`)})`
      : `rt.functions[${index}](${op.args.map(valueName).join(', ')})`;
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
