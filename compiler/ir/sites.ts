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
    const { errorClass, isCheck = false, calls } = node;
    if (calls !== undefined) return { kind: 'call', callee: calls, parts };
    return { kind: 'throw', errorClass, parts, span, ...(isCheck && { check: true }) };
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
    case 'check.ended':
      return { kind: 'ended' };
    case 'view.kept':
      return { kind: 'lost', subject, span };
    case 'view.new':
    case 'view.sub':
      return { kind: 'memory' };
    case 'rec.new':
    case 'list.new':
    case 'list.push':
    case 'list.extend':
    case 'error.caught':
    case 'error.new':
    case 'error.of':
    case 'error.field':
    case 'error.message':
    case 'error.name':
    case 'str.sub':
    case 'data.text':
    case 'view.number':
    case 'view.keep':
    case 'str.char':
    case 'str.integer':
      return { kind: 'heap' };
    case 'str.concat':
    case 'str.of':
      return { kind: 'string length' };
    default:
      return undefined;
  }
}

/** Whether an error is of a check of tsnative's own, where JavaScript would go on. It can't be caught. */
export function isCheck(site: Site): boolean {
  switch (site.kind) {
    case 'bounds':
    case 'range':
    case 'overflow':
    case 'elided':
    case 'detached':
    case 'lost':
    case 'ended':
    case 'call':
      return true;
    case 'throw':
      return site.check === true;
    case 'stack':
    case 'memory':
    case 'heap':
    case 'string length':
    case 'made':
      return false;
  }
}

function scalar(type: IrType | undefined): ScalarType {
  if (type === undefined || !isScalar(type)) throw new Error(`${type} is not a scalar type`);
  return type;
}
