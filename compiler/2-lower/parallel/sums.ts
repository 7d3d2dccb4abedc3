/** Expressions of an iteration as sums of products (affine.ts). */
import {
  Node,
  SyntaxKind,
  ts,
  type BinaryExpression,
  type CallExpression,
  type Identifier,
} from '../../ts-morph.ts';
import { unwrapped } from '../../1-read/function-nodes.ts';
import { meaningOf } from '../mentions.ts';
import { add, cancel, factor, multiply, number, onlyTerm, type Sum } from './affine.ts';
import { parallelCall } from './call.ts';
import { constantOf, type Iteration } from './iteration.ts';

export class Sums {
  private readonly iteration: Iteration;
  /** The variables whose sums are being found. */
  private readonly asked = new Set<ts.Symbol>();

  constructor(iteration: Iteration) {
    this.iteration = iteration;
  }

  /** An expression as a sum of products; undefined where it is none. */
  of(node: Node | undefined): Sum | undefined {
    if (!node) return undefined;
    const inner = unwrapped(node);
    if (Node.isNumericLiteral(inner)) return number(inner.getLiteralValue());
    if (Node.isPrefixUnaryExpression(inner)) {
      const operand = this.of(inner.getOperand());
      const isMinus = inner.getOperatorToken() === SyntaxKind.MinusToken;
      return operand && isMinus ? add([], operand, -1) : undefined;
    }
    if (Node.isBinaryExpression(inner)) return this.ofBinary(inner);
    if (Node.isIdentifier(inner)) return this.ofName(inner);
    if (!readsLengthOf(inner)) return undefined;
    const symbol = meaningOf(unwrapped(inner.getExpression()));
    if (!symbol || this.iteration.isOwn(symbol)) return undefined;
    return factor({ key: `${keyOf(symbol)}.length`, kind: 'fixed', node: inner });
  }

  /**
   * The indices of a part from `stride · i + constant` on, none of which is negative, since that would count from
   * the end of the array; it may be as long as the stride.
   */
  ofPart(call: CallExpression): Sum | undefined {
    const [first, last] = call.getArguments();
    const start = this.of(first);
    const end = this.of(last);
    if (!start || !end) return undefined;
    const length = onlyTerm(add(end, start, -1));
    const isFixed = length?.factors.every(({ kind }) => kind === 'fixed');
    const counts = start.every(
      ({ factors, coefficient }) =>
        coefficient > 0 &&
        (factors.length === 0 || factors.some(({ kind }) => kind === 'index')) &&
        factors.every(({ kind }) => kind !== 'counter'),
    );
    if (!length || !isFixed || length.coefficient <= 0 || !counts) return undefined;
    const inside = factor({ key: 'part', kind: 'counter', end: length, node: call });
    return add(start, inside);
  }

  private ofBinary(node: BinaryExpression): Sum | undefined {
    const [left, right] = [this.of(node.getLeft()), this.of(node.getRight())];
    if (!left || !right) return undefined;
    switch (node.getOperatorToken().getKind()) {
      // What is taken away again may have been too large to be added without rounding.
      case SyntaxKind.PlusToken:
        return cancel(left, right, 1) ? undefined : add(left, right);
      case SyntaxKind.MinusToken:
        return cancel(left, right, -1) ? undefined : add(left, right, -1);
      case SyntaxKind.AsteriskToken:
        return multiply(left, right);
      default:
        return undefined;
    }
  }

  private ofName(node: Identifier): Sum | undefined {
    const symbol = meaningOf(node);
    // A loop's end may have its own counter in it.
    if (!symbol || this.asked.has(symbol)) return undefined;
    this.asked.add(symbol);
    const sum = this.ofVariable(node, symbol);
    this.asked.delete(symbol);
    return sum;
  }

  private ofVariable(node: Identifier, symbol: ts.Symbol): Sum | undefined {
    const key = keyOf(symbol);
    const isAssigned = this.iteration.written.has(symbol);
    if (symbol === this.iteration.index)
      return isAssigned ? undefined : factor({ key, kind: 'index', node });
    if (!this.iteration.isOwn(symbol)) {
      const isNumber = (node.getType().getFlags() & ts.TypeFlags.NumberLike) !== 0;
      return isNumber ? factor({ key, kind: 'fixed', node }) : undefined;
    }
    const declaration = symbol.valueDeclaration;
    if (!declaration) return undefined;
    const counted = this.counterEnd(node, symbol, declaration);
    if (counted)
      return factor({ key, kind: 'counter', node, end: counted.end && onlyTerm(counted.end) });
    const initializer = constantOf(node);
    return isAssigned ? undefined : this.of(initializer);
  }

  /** What a variable that counts up from 0 or more in whole steps stays below; undefined for another variable. */
  private counterEnd(
    node: Identifier,
    symbol: ts.Symbol,
    declaration: ts.Declaration,
  ): { readonly end: Sum | undefined } | undefined {
    const [found] = node.getSymbol()?.getDeclarations() ?? [];
    if (!found) return undefined;
    if (ts.isParameter(declaration)) {
      const count = parallelCall(found.getParent() ?? found)?.count;
      const around = found.getParent();
      const isNumber = Node.isParametered(around) && around.getParameters()[0] === found;
      return count && isNumber && !this.iteration.written.has(symbol)
        ? { end: this.of(count) }
        : undefined;
    }
    const loop = found.getParent()?.getParent();
    if (!Node.isVariableDeclaration(found) || !Node.isForStatement(loop)) return undefined;
    const condition = loop.getCondition();
    const isBelow =
      Node.isBinaryExpression(condition) &&
      condition.getOperatorToken().getKind() === SyntaxKind.LessThanToken &&
      meaningOf(unwrapped(condition.getLeft())) === symbol;
    const step = loop.getIncrementor();
    const isStep = step !== undefined && countsUp(step, symbol);
    const others = this.iteration.targets.filter(
      (target) => Node.isIdentifier(target) && meaningOf(target) === symbol,
    );
    if (!this.startsWell(found.getInitializer()) || !isBelow || !isStep || others.length !== 1)
      return undefined;
    return { end: this.of(condition.getRight()) };
  }

  /** Whether a counter begins with a whole number of 0 or more. */
  private startsWell(start: Node | undefined): boolean {
    const from = start && this.of(start);
    if (from?.length === 0) return true;
    const least = from && onlyTerm(from);
    return (
      least !== undefined &&
      least.factors.length === 0 &&
      Number.isInteger(least.coefficient) &&
      least.coefficient > 0
    );
  }
}

const ids = new WeakMap<ts.Symbol, number>();
let nextId = 0;

function keyOf(symbol: ts.Symbol): string {
  const id = ids.get(symbol) ?? nextId++;
  ids.set(symbol, id);
  return `${symbol.name}#${id}`;
}

const readsLengthOf = (node: Node): node is Node & { getExpression(): Node } =>
  Node.isPropertyAccessExpression(node) && node.getName() === 'length';

/** Whether the length alone of an array is read where it is named. */
export const readsLength = (name: Node): boolean => {
  const parent = name.getParent();
  return parent !== undefined && readsLengthOf(parent);
};

/** `j++`, `++j`, `j += 2`. */
function countsUp(node: Node, symbol: ts.Symbol): boolean {
  if (Node.isPrefixUnaryExpression(node) || Node.isPostfixUnaryExpression(node))
    return (
      node.getOperatorToken() === SyntaxKind.PlusPlusToken &&
      meaningOf(unwrapped(node.getOperand())) === symbol
    );
  if (!Node.isBinaryExpression(node)) return false;
  const by = unwrapped(node.getRight());
  return (
    node.getOperatorToken().getKind() === SyntaxKind.PlusEqualsToken &&
    meaningOf(unwrapped(node.getLeft())) === symbol &&
    Node.isNumericLiteral(by) &&
    Number.isInteger(by.getLiteralValue()) &&
    by.getLiteralValue() > 0
  );
}
