/** Which variables and functions of a file are assigned after their declaration. */
import { ts, type FunctionDeclaration, type VariableDeclaration } from '../ts-morph.ts';

export class WrittenVariables {
  private readonly files = new Map<ts.SourceFile, ReadonlySet<ts.Symbol>>();
  private readonly checker: ts.TypeChecker;

  constructor(checker: ts.TypeChecker) {
    this.checker = checker;
  }

  /** Other files can't assign to a variable, so its own is all that is looked at. */
  has(declaration: VariableDeclaration | FunctionDeclaration): boolean {
    const file = declaration.getSourceFile().compilerNode;
    const written = this.files.get(file) ?? writtenIn(file, this.checker);
    this.files.set(file, written);
    const name = declaration.getNameNode();
    const symbol = name && this.checker.getSymbolAtLocation(name.compilerNode);
    return symbol !== undefined && written.has(symbol);
  }
}

function writtenIn(file: ts.SourceFile, checker: ts.TypeChecker): Set<ts.Symbol> {
  const written = new Set<ts.Symbol>();
  const target = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      const symbol =
        ts.isShorthandPropertyAssignment(node.parent) && node.parent.name === node
          ? checker.getShorthandAssignmentValueSymbol(node.parent)
          : checker.getSymbolAtLocation(node);
      if (symbol) written.add(symbol);
    } else if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) {
      // An assignment to a member leaves the variable as it is.
    } else ts.forEachChild(node, target);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isBinaryExpression(node)) {
      const operator = node.operatorToken.kind;
      if (operator >= ts.SyntaxKind.FirstAssignment && operator <= ts.SyntaxKind.LastAssignment) {
        target(node.left);
      }
    } else if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
      const { operator } = node;
      if (operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken) {
        target(node.operand);
      }
    } else if (ts.isForInStatement(node) || ts.isForOfStatement(node)) {
      if (!ts.isVariableDeclarationList(node.initializer)) target(node.initializer);
    } else if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name)) {
      // `var x` a second time, which may assign.
      const symbol = checker.getSymbolAtLocation(node.name);
      if (symbol && declarationsOf(symbol).length > 1) written.add(symbol);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return written;
}

/** The declarations of a symbol's name: for TypeScript's checker, `x[0] = 1` in JavaScript is one too, of a member. */
export const declarationsOf = ({ declarations = [] }: ts.Symbol): ts.Declaration[] =>
  declarations.filter(
    (one) => !ts.isBinaryExpression(one) && !isAccess(one) && !ts.isIdentifier(one),
  );

const isAccess = (node: ts.Node): boolean =>
  ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
