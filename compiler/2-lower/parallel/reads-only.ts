/**
 * Whether a function only reads an array of any dimension that it gets: seen from the source, where each use of its name,
 * and of the names of its views, is one that writes nothing. What can't be told counts as writing.
 */
import { Node, SyntaxKind, ts, type CallExpression, type Identifier } from '../../ts-morph.ts';
import { functionOf, unwrapped } from '../../1-read/function-nodes.ts';
import { inArrays } from '../../1-read/hints.ts';
import type { FunctionNode } from '../../1-read/model.ts';
import { meaningOf, mentionsOf } from '../mentions.ts';
import { Iteration } from './iteration.ts';

/** Methods of arrays of any dimension, and of their typed arrays, which neither write nor give the same memory. */
const readers: ReadonlySet<string> = new Set([
  ...['get', 'at', 'sizeOf', 'strideOf', 'placeOf', 'copy'],
  ...['includes', 'indexOf', 'lastIndexOf', 'join', 'toString', 'keys', 'values', 'entries'],
]);

/** Those that give another view of the same memory; of a typed array `slice` gives a copy, which may be read too. */
const views: ReadonlySet<string> = new Set([
  ...['slice', 'pick', 'transpose', 'reshape', 'broadcast', 'subarray'],
]);

/** Properties without a reference to the memory. */
const facts: ReadonlySet<string> = new Set([
  ...['shape', 'strides', 'offset', 'rank', 'size', 'isRowMajor', 'length', 'byteLength'],
  ...['byteOffset', 'BYTES_PER_ELEMENT', 'n0', 'n1', 'n2', 'n3', 's0', 's1', 's2', 's3', 'more'],
]);

/** Functions of the package that give a view of a typed array. */
const makers: ReadonlySet<string> = new Set(['ndarray', 'columnMajor', 'asNdArray']);

/** Where a function may write to the array that its parameter of that index is; undefined where it only reads. */
export function writeOf(fn: FunctionNode, parameter: number): Node | undefined {
  // A function that calls itself gives what it gets where it is known to only behind that call.
  let giving: ReadonlySet<Node> = new Set();
  for (;;) {
    const uses = new Uses(giving);
    const write = uses.ofParameter(fn, parameter);
    if (write || uses.giving.size === giving.size) return write;
    giving = uses.giving;
  }
}

class Uses {
  /** Parameters and variables that have been looked at, or are. */
  private readonly seen = new Set<ts.Symbol>();
  /** The functions that give back what they get, or a view of it. */
  readonly giving: Set<Node>;
  private readonly targets = new Map<Node, readonly Node[]>();

  /** @param giving those that are known to */
  constructor(giving: ReadonlySet<Node>) {
    this.giving = new Set(giving);
  }

  ofParameter(fn: FunctionNode, index: number): Node | undefined {
    const parameter = fn.getParameters()[index];
    // What a function doesn't take it can't write; `arguments` is refused.
    if (!parameter) return undefined;
    if (parameter.isRestParameter()) return parameter;
    return this.ofBinding(parameter.getNameNode(), fn);
  }

  /** The first use of a name, or of those in a pattern, that may write. */
  private ofBinding(name: Node, around: Node): Node | undefined {
    if (Node.isObjectBindingPattern(name)) {
      for (const element of name.getElements()) {
        const property = (element.getPropertyNameNode() ?? element.getNameNode()).getText();
        if (element.getDotDotDotToken()) return element;
        if (facts.has(property)) continue;
        const wrong = property === 'data' ? this.ofBinding(element.getNameNode(), around) : element;
        if (wrong) return wrong;
      }
      return undefined;
    }
    if (!Node.isIdentifier(name)) return name;
    const symbol = meaningOf(name);
    if (!symbol || this.seen.has(symbol)) return undefined;
    this.seen.add(symbol);
    return firstOf(mentionsOf(symbol, around), (use) => this.ofUse(use, name, around));
  }

  private ofUse(use: Identifier, declared: Node, around: Node): Node | undefined {
    return use === declared ? undefined : this.ofValue(use, around);
  }

  /** Whether what an expression gives, which has the memory, may be written. */
  private ofValue(node: Node, around: Node): Node | undefined {
    const parent = node.getParent();
    if (!parent) return node;
    if (Node.isExpressioned(parent) && unwrapped(parent) === unwrapped(node))
      return this.ofValue(parent, around);
    if (Node.isExpressionStatement(parent) || Node.isTypeOfExpression(parent)) return undefined;
    if (Node.isPropertyAccessExpression(parent)) {
      const name = parent.getName();
      if (facts.has(name)) return undefined;
      if (name === 'data') return this.ofValue(parent, around);
      const call = parent.getParent();
      if (!Node.isCallExpression(call) || call.getExpression() !== parent) return parent;
      if (readers.has(name)) return undefined;
      return views.has(name) ? this.ofValue(call, around) : parent;
    }
    if (Node.isElementAccessExpression(parent)) {
      const isRead = parent.getExpression() === node && !this.targetsIn(around).includes(parent);
      return isRead && isIndex(parent.getArgumentExpression()) ? undefined : parent;
    }
    if (Node.isVariableDeclaration(parent)) return this.ofBinding(parent.getNameNode(), around);
    // A loop over the elements of a typed array, and what takes them one by one.
    if (Node.isForOfStatement(parent) || Node.isSpreadElement(parent)) return undefined;
    if (Node.isReturnStatement(parent) || Node.isArrowFunction(parent)) {
      const fn = parent.getFirstAncestor(Node.isFunctionLikeDeclaration) ?? parent;
      const giver = Node.isArrowFunction(parent) ? parent : fn;
      if (giver !== around) return node;
      this.giving.add(giver);
      return undefined;
    }
    if (Node.isConditionalExpression(parent) && parent.getCondition() !== node)
      return this.ofValue(parent, around);
    if (Node.isBinaryExpression(parent)) return this.ofOperand(parent, node, around);
    if (Node.isCallExpression(parent)) return this.ofArgument(parent, node, around);
    return node;
  }

  private ofOperand(
    parent: Node & { getLeft(): Node; getRight(): Node; getOperatorToken(): Node },
    node: Node,
    around: Node,
  ): Node | undefined {
    switch (parent.getOperatorToken().getKind()) {
      case SyntaxKind.EqualsEqualsEqualsToken:
      case SyntaxKind.ExclamationEqualsEqualsToken:
        return undefined;
      case SyntaxKind.EqualsToken: {
        const target = parent.getLeft();
        // A variable gets another value, or one more variable has the memory, and what the assignment gives.
        if (target === node) return undefined;
        return Node.isIdentifier(target) && isDeclaredIn(around, target)
          ? (this.ofBinding(target, around) ?? this.ofValue(parent, around))
          : parent;
      }
      case SyntaxKind.QuestionQuestionToken:
      case SyntaxKind.BarBarToken:
      case SyntaxKind.AmpersandAmpersandToken:
        return this.ofValue(parent, around);
      default:
        return parent;
    }
  }

  private ofArgument(call: CallExpression, node: Node, around: Node): Node | undefined {
    const index = call.getArguments().indexOf(node);
    const callee = unwrapped(call.getExpression());
    if (index < 0) return call;
    // What is assigned from is read.
    if (Node.isPropertyAccessExpression(callee))
      return callee.getName() === 'assign' && isOfArrays(callee.getNameNode()) ? undefined : call;
    if (!Node.isIdentifier(callee)) {
      const fn = functionExpressionOf(callee);
      return fn ? this.ofCallee(fn, index, call, around) : call;
    }
    if (makers.has(meaningOf(callee)?.name ?? '') && isOfArrays(callee))
      return this.ofValue(call, around);
    const symbol = callee.getSymbol();
    const [declared, ...others] = (symbol?.getAliasedSymbol() ?? symbol)?.getDeclarations() ?? [];
    const fn = declared && others.length === 0 ? functionOf(declared)?.node : undefined;
    return fn && isConstant(declared) ? this.ofCallee(fn, index, call, around) : call;
  }

  private ofCallee(
    fn: FunctionNode,
    index: number,
    call: CallExpression,
    around: Node,
  ): Node | undefined {
    return (
      this.ofParameter(fn, index) ?? (this.giving.has(fn) ? this.ofValue(call, around) : undefined)
    );
  }

  private targetsIn(around: Node): readonly Node[] {
    const known = this.targets.get(around) ?? new Iteration(around, undefined).targets;
    this.targets.set(around, known);
    return known;
  }
}

/** Whether an element is asked for by a number: `a['data']` is a property. */
const isIndex = (index: Node | undefined): boolean =>
  index !== undefined && (index.getType().compilerType.flags & ts.TypeFlags.NumberLike) !== 0;

/** Whether all mentions of a variable are inside a function. */
const isDeclaredIn = (around: Node, name: Node): boolean =>
  meaningOf(name)?.declarations?.every((one) => isInside(one, around.compilerNode)) === true;

const isInside = (node: ts.Node | undefined, outer: ts.Node): boolean =>
  node !== undefined && (node === outer || isInside(node.parent, outer));

function firstOf<T>(items: readonly T[], of: (item: T) => Node | undefined): Node | undefined {
  for (const item of items) {
    const found = of(item);
    if (found) return found;
  }
  return undefined;
}

const functionExpressionOf = (node: Node): FunctionNode | undefined =>
  Node.isArrowFunction(node) || Node.isFunctionExpression(node) ? node : undefined;

const isConstant = (declaration: Node | undefined): boolean =>
  !Node.isVariableDeclaration(declaration) ||
  declaration.getVariableStatement()?.getDeclarationKind() === 'const';

/** Whether a name is one of the package's arrays. */
const isOfArrays = (name: Node): boolean =>
  meaningOf(name)?.declarations?.every((one) => inArrays(one.getSourceFile().fileName)) === true;
