/** What runs beside others: a function or the body of a loop, with the names in it. */
import { Node, SyntaxKind, ts, type BinaryExpression, type Identifier } from '../../ts-morph.ts';
import { isConst, unwrapped } from '../../1-read/function-nodes.ts';
import { writtenIn } from '../functions/written.ts';
import { meaningOf, mentionsOf } from '../mentions.ts';
import { assignedTargets } from '../patterns.ts';

export class Iteration {
  /** What it runs. */
  readonly code: Node;
  /** The declaration of its number; undefined where nothing uses that. */
  readonly number: Node | undefined;
  readonly index: ts.Symbol | undefined;
  /** The variables that it assigns. */
  readonly written: ReadonlySet<ts.Symbol>;
  /** What it, and functions in it, assign to. */
  readonly targets: readonly Node[];

  constructor(code: Node, number: Node | undefined) {
    this.code = code;
    this.number = number;
    this.index = number && meaningOf(number);
    this.written = writtenIn(code);
    this.targets = code.getDescendants().flatMap(targetsIn);
  }

  /** Whether a variable is one of its own, which each iteration has for itself. */
  isOwn(symbol: ts.Symbol): boolean {
    return (symbol.declarations ?? []).every((declaration) =>
      ts.findAncestor(declaration, (node) => node === this.code.compilerNode),
    );
  }

  usesOf(symbol: ts.Symbol): Identifier[] {
    return mentionsOf(symbol, this.code);
  }

  /** A variable from outside that it assigns. */
  sharedVariable(): ts.Symbol | undefined {
    return [...this.written].find((symbol) => !this.isOwn(symbol));
  }

  /** Whether a node is the name of an array that is made in it. */
  makes(array: Node | undefined): boolean {
    const symbol = array && Node.isIdentifier(array) ? meaningOf(array) : undefined;
    return symbol !== undefined && this.isOwn(symbol) && Node.isIdentifier(array) && isNew(array);
  }

  /** The array from outside that a node names, or that a `const` of it is a part of by `subarray`. */
  sharedArrayOf(array: Node | undefined): ts.Symbol | undefined {
    if (!array || !Node.isIdentifier(array)) return undefined;
    const symbol = meaningOf(array);
    if (!symbol || !this.isOwn(symbol)) return symbol;
    const initializer = isConstName(array) ? constantOf(array) : undefined;
    const call = initializer && unwrapped(initializer);
    const callee = Node.isCallExpression(call) ? unwrapped(call.getExpression()) : undefined;
    if (!Node.isPropertyAccessExpression(callee) || callee.getName() !== 'subarray')
      return undefined;
    const whole = unwrapped(callee.getExpression());
    const of = Node.isIdentifier(whole) ? meaningOf(whole) : undefined;
    return of && !this.isOwn(of) ? of : undefined;
  }
}

/** What a node itself assigns to. */
function targetsIn(node: Node): Node[] {
  if (Node.isBinaryExpression(node)) return isAssignment(node) ? targetsOf(node.getLeft()) : [];
  if (Node.isPrefixUnaryExpression(node) || Node.isPostfixUnaryExpression(node)) {
    const operator = node.getOperatorToken();
    const changes =
      operator === SyntaxKind.PlusPlusToken || operator === SyntaxKind.MinusMinusToken;
    return changes ? targetsOf(node.getOperand()) : [];
  }
  if (!Node.isForOfStatement(node)) return [];
  const initializer = node.getInitializer();
  return Node.isVariableDeclarationList(initializer) ? [] : targetsOf(initializer);
}

const targetsOf = (node: Node): Node[] => assignedTargets(node).map(unwrapped);

const isAssignment = (node: BinaryExpression): boolean => {
  const operator = node.getOperatorToken().getKind();
  return operator >= SyntaxKind.FirstAssignment && operator <= SyntaxKind.LastAssignment;
};

/** The initializer of a variable. */
export function constantOf(name: Identifier): Node | undefined {
  const [declaration] = name.getSymbol()?.getDeclarations() ?? [];
  return Node.isVariableDeclaration(declaration) && Node.isIdentifier(declaration.getNameNode())
    ? declaration.getInitializer()
    : undefined;
}

const isConstName = (name: Identifier): boolean => {
  const [declaration] = name.getSymbol()?.getDeclarations() ?? [];
  return declaration !== undefined && isConst(declaration);
};

/** Whether a name is a `const` for an array that was made there. */
const isNew = (name: Identifier): boolean => {
  const initializer = constantOf(name);
  return (
    isConstName(name) && initializer !== undefined && Node.isNewExpression(unwrapped(initializer))
  );
};
