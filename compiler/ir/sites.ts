/** What an operation that can fail says about its failure. */
import type { Site } from '../../runtime/messages.ts';
import { isScalar, type IrType, type Operation, type ScalarType, type Throw } from './types.ts';

const operators = { 'add.exact': '+', 'sub.exact': '-', 'mul.exact': '*' } as const;

/** The site of an operation or `throw`, or undefined for what can't fail by itself (a call's errors are its callee's). */
export function siteOf(node: Operation | Throw): Site | undefined {
  const { span } = node;
  if (node.kind === 'throw') {
    const parts = node.parts.map((part) =>
      typeof part === 'string' ? part : { type: scalar(part.type) },
    );
    return { kind: 'throw', errorClass: node.errorClass, parts, span };
  }
  const { subject = '', write = false, elided = false } = node.attributes;
  switch (node.op) {
    case 'check.bounds':
      if (elided) return { kind: 'elided', check: 'bounds', subject, span };
      return { kind: 'bounds', subject, write, index: scalar(node.args[0]?.type), span };
    case 'check.range': {
      if (elided) return { kind: 'elided', check: 'range', subject, span };
      const [from, type] = [scalar(node.args[0]?.type), scalar(node.results[0]?.type)];
      return { kind: 'range', subject, from, type, span };
    }
    case 'add.exact':
    case 'sub.exact':
    case 'mul.exact': {
      const operator = operators[node.op];
      return { kind: 'overflow', operator, type: scalar(node.results[0]?.type), span };
    }
    case 'check.stack':
      return { kind: 'stack' };
    case 'view.new':
    case 'view.sub':
      return { kind: 'memory' };
    case 'rec.new':
    case 'list.new':
    case 'list.push':
    case 'list.extend':
    case 'str.sub':
    case 'str.char':
      return { kind: 'heap' };
    case 'str.concat':
    case 'str.of':
      return { kind: 'string length' };
    default:
      return undefined;
  }
}

function scalar(type: IrType | undefined): ScalarType {
  if (type === undefined || !isScalar(type)) throw new Error(`${type} is not a scalar type`);
  return type;
}
