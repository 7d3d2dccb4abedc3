/**
 * Module-level constants that hold objects which nobody changes, so that native code may have copies of them:
 * by their types, or since all uses of their names only read.
 */
import { Node, ts, type VariableDeclaration } from '../ts-morph.ts';
import { isStandardGlobal } from './standard.ts';

/** Methods of arrays, maps and sets that change nothing and give elements or new objects of them. */
const reading = new Set(
  'at concat entries every filter find findIndex flat forEach get has includes indexOf join keys lastIndexOf map reduce slice some toReversed toSorted values with'.split(
    ' ',
  ),
);

/** @param declaration a constant at the top level of its file */
export function isUnchanging(declaration: VariableDeclaration, checker: ts.TypeChecker): boolean {
  const { compilerNode } = declaration;
  const type = checker.getTypeAtLocation(compilerNode);
  const isPromised = isDeeplyReadonly(type, checker);
  // What is exported may be used by files that are no part of the project.
  const isExported =
    declaration.getVariableStatement()?.hasExportKeyword() === true ||
    new Uses(checker).isExportedByName(compilerNode);
  if (isExported && !isPromised) return false;
  return new Uses(checker).allRead(compilerNode);
}

/**
 * The last statement of its file that changes an array which functions only read; undefined where one may change
 * it, or where something else has it too.
 */
export function filledByTopLevel(
  declaration: VariableDeclaration,
  checker: ts.TypeChecker,
): ts.Statement | undefined {
  const { compilerNode } = declaration;
  const uses = new Uses(checker);
  const initializer = declaration.getInitializer();
  if (!initializer || !isNewArray(initializer)) return undefined;
  if (declaration.getVariableStatement()?.hasExportKeyword() || uses.isExportedByName(compilerNode))
    return undefined;
  return uses.lastFilling(compilerNode);
}

/** Whether a type lets nobody change what its values hold, all the way down. */
export function isDeeplyReadonly(
  type: ts.Type,
  checker: ts.TypeChecker,
  seen: ReadonlySet<ts.Type> = new Set(),
): boolean {
  if (isPrimitive(type) || seen.has(type)) return true;
  const inside = new Set([...seen, type]);
  const all = (types: readonly ts.Type[]): boolean =>
    types.every((one) => isDeeplyReadonly(one, checker, inside));
  if (type.isUnionOrIntersection()) return all(type.types);
  if (!(type.flags & ts.TypeFlags.Object)) return false;
  const args = (): readonly ts.Type[] => checker.getTypeArguments(type as ts.TypeReference);
  if (checker.isTupleType(type))
    return ((type as ts.TypeReference).target as ts.TupleType).readonly && all(args());
  const name = type.getSymbol()?.name ?? '';
  if (checker.isArrayType(type)) return name === 'ReadonlyArray' && all(args());
  if (/^(Readonly)?(Map|Set)$/.test(name)) return name.startsWith('Readonly') && all(args());
  const isPlain =
    !type.isClass() && checker.getSignaturesOfType(type, ts.SignatureKind.Call).length === 0;
  return (
    isPlain &&
    checker
      .getPropertiesOfType(type)
      .every((property) => isReadonly(property) && all([checker.getTypeOfSymbol(property)]))
  );
}

/** `readonly x`, also where a mapped type or `as const` says so, of which TypeScript keeps a flag. */
function isReadonly(property: ts.Symbol): boolean {
  const { links } = property as ts.Symbol & { readonly links?: { readonly checkFlags?: number } };
  const readonlyFlag = 8;
  const isDeclared = property.declarations?.some(
    (one) => (ts.getCombinedModifierFlags(one) & ts.ModifierFlags.Readonly) !== 0,
  );
  return isDeclared === true || ((links?.checkFlags ?? 0) & readonlyFlag) !== 0;
}

const isPrimitive = (type: ts.Type): boolean =>
  type.isUnion()
    ? type.types.every(isPrimitive)
    : (type.flags &
        (ts.TypeFlags.NumberLike |
          ts.TypeFlags.StringLike |
          ts.TypeFlags.BooleanLike |
          ts.TypeFlags.BigIntLike |
          ts.TypeFlags.Undefined |
          ts.TypeFlags.Null |
          ts.TypeFlags.Void)) !==
      0;

/** Looks at what is done with a variable and with what is read from it. */
class Uses {
  private readonly checker: ts.TypeChecker;
  private readonly seen = new Set<ts.Node>();

  constructor(checker: ts.TypeChecker) {
    this.checker = checker;
  }

  /** `export { name }` */
  isExportedByName(declaration: ts.VariableDeclaration): boolean {
    return this.namesOf(declaration).some(
      (name) => ts.isExportSpecifier(name.parent) || ts.isExportAssignment(name.parent),
    );
  }

  /** Whether nothing in its file but its declaration could change what a variable holds. */
  allRead(declaration: ts.VariableDeclaration): boolean {
    if (this.seen.has(declaration)) return true;
    this.seen.add(declaration);
    return this.namesOf(declaration).every((name) => this.reads(name));
  }

  /** @see filledByTopLevel */
  lastFilling(declaration: ts.VariableDeclaration): ts.Statement | undefined {
    let last = topLevelStatement(declaration);
    for (const name of this.namesOf(declaration)) {
      if (this.reads(name)) continue;
      if (!isFilling(name)) return undefined;
      const statement = topLevelStatement(name);
      if (last && statement && statement.pos > last.pos) last = statement;
    }
    return last;
  }

  private namesOf(declaration: ts.VariableDeclaration): ts.Identifier[] {
    const symbol = this.checker.getSymbolAtLocation(declaration.name);
    const names: ts.Identifier[] = [];
    const visit = (node: ts.Node): void => {
      if (
        ts.isIdentifier(node) &&
        ts.isIdentifier(declaration.name) &&
        node !== declaration.name &&
        node.text === declaration.name.text &&
        this.symbolOf(node) === symbol
      )
        names.push(node);
      ts.forEachChild(node, visit);
    };
    visit(declaration.getSourceFile());
    return names;
  }

  private symbolOf(name: ts.Identifier): ts.Symbol | undefined {
    if (ts.isShorthandPropertyAssignment(name.parent))
      return this.checker.getShorthandAssignmentValueSymbol(name.parent);
    if (ts.isExportSpecifier(name.parent))
      return this.checker.getExportSpecifierLocalTargetSymbol(name.parent);
    return this.checker.getSymbolAtLocation(name);
  }

  /** Whether a use of the constant, or of a part of it, only reads. */
  private reads(node: ts.Expression): boolean {
    const { checker } = this;
    const { parent } = node;
    if (ts.isExportSpecifier(parent) || ts.isTypeQueryNode(parent)) return true;
    if (isTarget(node)) return false;
    const type = checker.getTypeAtLocation(node);
    if (isPrimitive(type)) return true;
    if (ts.isAsExpression(parent) || ts.isTypeAssertionExpression(parent))
      return isDeeplyReadonly(checker.getTypeAtLocation(parent), checker) && this.reads(parent);
    if (
      ts.isParenthesizedExpression(parent) ||
      ts.isNonNullExpression(parent) ||
      ts.isSatisfiesExpression(parent)
    )
      return this.reads(parent);
    if (isDeeplyReadonly(type, checker)) return true;
    if (ts.isPropertyAccessExpression(parent) && parent.expression === node) {
      const call = parent.parent;
      return ts.isCallExpression(call) && call.expression === parent
        ? this.isReadingCall(parent, call, type)
        : this.reads(parent);
    }
    if (ts.isElementAccessExpression(parent) && parent.expression === node)
      return this.reads(parent);
    if (ts.isForOfStatement(parent) && parent.expression === node)
      return this.givesPrimitives(type) || this.bindsPrimitives(parent.initializer);
    if (ts.isSpreadElement(parent)) return this.givesPrimitives(type);
    if (ts.isVariableDeclaration(parent))
      return ts.isIdentifier(parent.name)
        ? (ts.getCombinedNodeFlags(parent) & ts.NodeFlags.Const) !== 0 && this.allRead(parent)
        : this.bindsPrimitives(parent.name);
    if (ts.isTypeOfExpression(parent) || ts.isPrefixUnaryExpression(parent)) return true;
    const expected = checker.getContextualType(node);
    // `{}` says nothing of what is done with it.
    const saysSomething = expected && checker.getPropertiesOfType(expected).length > 0;
    return saysSomething === true && isDeeplyReadonly(expected, checker);
  }

  /** `object.method(…)` */
  private isReadingCall(
    callee: ts.PropertyAccessExpression,
    call: ts.CallExpression,
    type: ts.Type,
  ): boolean {
    if (!reading.has(callee.name.text) || !this.givesPrimitives(type)) return false;
    // A callback's parameters are an element, its index, and then the array itself.
    return call.arguments.every(
      (argument) =>
        checkerIsPrimitive(this.checker, argument) ||
        ((ts.isArrowFunction(argument) || ts.isFunctionExpression(argument)) &&
          argument.parameters.length < 3 &&
          !argument.parameters.some(({ dotDotDotToken }) => dotDotDotToken)),
    );
  }

  /** Whether all that an array, a map or a set holds is primitive. */
  private givesPrimitives(type: ts.Type): boolean {
    const types = this.checker.getTypeArguments(type as ts.TypeReference);
    return (
      (type.flags & ts.TypeFlags.Object) !== 0 &&
      types.length > 0 &&
      types.every((one) => isPrimitive(one) || one === type)
    );
  }

  /** Whether all names of a pattern are of primitive values. */
  private bindsPrimitives(node: ts.Node): boolean {
    if (ts.isVariableDeclarationList(node))
      return node.declarations.every(({ name }) => this.bindsPrimitives(name));
    if (ts.isIdentifier(node)) return isPrimitive(this.checker.getTypeAtLocation(node));
    return (
      (ts.isArrayBindingPattern(node) || ts.isObjectBindingPattern(node)) &&
      node.elements.every(
        (element) =>
          ts.isOmittedExpression(element) ||
          (!element.dotDotDotToken && this.bindsPrimitives(element.name)),
      )
    );
  }
}

const checkerIsPrimitive = (checker: ts.TypeChecker, node: ts.Expression): boolean =>
  isPrimitive(checker.getTypeAtLocation(node));

const isAssignment = (operator: ts.SyntaxKind): boolean =>
  operator >= ts.SyntaxKind.FirstAssignment && operator <= ts.SyntaxKind.LastAssignment;

/** The statement of the file that a node is in; undefined inside a function. */
function topLevelStatement(node: ts.Node): ts.Statement | undefined {
  for (let outer = node; outer.parent; outer = outer.parent) {
    if (ts.isFunctionLike(outer) || ts.isClassLike(outer)) return undefined;
    if (ts.isSourceFile(outer.parent)) return outer as ts.Statement;
  }
  return undefined;
}

/** An array that nothing else has: a literal, `new Array(n)`, `Array.from(…)`, `Array.of(…)`, or one of these filled. */
function isNewArray(node: Node): boolean {
  if (Node.isParenthesizedExpression(node) || Node.isAsExpression(node))
    return isNewArray(node.getExpression());
  if (Node.isArrayLiteralExpression(node)) return true;
  if (Node.isNewExpression(node)) return isArrayClass(node.getExpression());
  if (!Node.isCallExpression(node)) return false;
  const callee = node.getExpression();
  if (!Node.isPropertyAccessExpression(callee)) return isArrayClass(callee);
  const object = callee.getExpression();
  return callee.getName() === 'fill' ? isNewArray(object) : isArrayClass(object);
}

const isArrayClass = (node: Node): boolean => node.getText() === 'Array' && isStandardGlobal(node);

/** `name.push(…);` and `name[i] = …;` of top-level code, with nothing done with what they give. */
function isFilling(name: ts.Identifier): boolean {
  const { parent } = name;
  if (topLevelStatement(name) === undefined) return false;
  if (ts.isElementAccessExpression(parent) && parent.expression === name)
    return ts.isBinaryExpression(parent.parent) && isTarget(parent);
  if (!ts.isPropertyAccessExpression(parent) || parent.name.text !== 'push') return false;
  const call = parent.parent;
  return (
    ts.isCallExpression(call) &&
    call.expression === parent &&
    ts.isExpressionStatement(call.parent) &&
    call.arguments.every((argument) => !ts.isSpreadElement(argument))
  );
}

/** Whether something is assigned, counted up or down, or deleted. */
function isTarget(node: ts.Expression): boolean {
  const { parent } = node;
  if (
    ts.isParenthesizedExpression(parent) ||
    ts.isNonNullExpression(parent) ||
    ts.isAsExpression(parent) ||
    ts.isSatisfiesExpression(parent) ||
    ts.isTypeAssertionExpression(parent)
  )
    return isTarget(parent);
  if (ts.isBinaryExpression(parent) && parent.left === node) {
    return isAssignment(parent.operatorToken.kind);
  }
  if (ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent)) {
    const { operator } = parent;
    return operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken;
  }
  if (ts.isDeleteExpression(parent)) return true;
  if (ts.isForOfStatement(parent) || ts.isForInStatement(parent))
    return parent.initializer === node;
  // `[K[0]] = pair` and `({ x: K.x } = p)`
  if (ts.isArrayLiteralExpression(parent) || ts.isSpreadElement(parent)) return isTarget(parent);
  return (
    (ts.isPropertyAssignment(parent) || ts.isShorthandPropertyAssignment(parent)) &&
    isTarget(parent.parent)
  );
}

/**
 * Whether an initializer can be evaluated natively, with the result that it has at load: literals, arrays,
 * objects, maps and sets of such, and arithmetic on them.
 * @param isKnown whether a name or a member stands for such a value too
 */
export function isPure(node: Node, isKnown: (name: Node) => boolean): boolean {
  const pure = (part: Node): boolean => isPure(part, isKnown);
  if (
    Node.isAsExpression(node) ||
    Node.isParenthesizedExpression(node) ||
    Node.isSatisfiesExpression(node) ||
    Node.isTypeAssertion(node)
  )
    return pure(node.getExpression());
  if (
    Node.isNumericLiteral(node) ||
    Node.isStringLiteral(node) ||
    Node.isNoSubstitutionTemplateLiteral(node) ||
    Node.isBigIntLiteral(node) ||
    Node.isTrueLiteral(node) ||
    Node.isFalseLiteral(node) ||
    Node.isNullLiteral(node)
  )
    return true;
  if (Node.isArrayLiteralExpression(node)) return node.getElements().every(pure);
  if (Node.isObjectLiteralExpression(node))
    return node
      .getProperties()
      .every((property) =>
        Node.isPropertyAssignment(property)
          ? !Node.isComputedPropertyName(property.getNameNode()) &&
            pure(property.getInitializerOrThrow())
          : Node.isShorthandPropertyAssignment(property) && isKnown(property.getNameNode()),
      );
  if (Node.isNewExpression(node)) {
    const isTable = /^(Map|Set)$/.test(node.getExpression().getText());
    return isTable && isStandardGlobal(node.getExpression()) && node.getArguments().every(pure);
  }
  if (Node.isPrefixUnaryExpression(node)) return pure(node.getOperand());
  if (Node.isBinaryExpression(node))
    return (
      !isAssignment(node.getOperatorToken().getKind()) &&
      pure(node.getLeft()) &&
      pure(node.getRight())
    );
  if (Node.isCallExpression(node)) {
    const callee = node.getExpression();
    const isMath =
      Node.isPropertyAccessExpression(callee) &&
      callee.getName() !== 'random' &&
      callee.getExpression().getText() === 'Math' &&
      isStandardGlobal(callee.getExpression());
    return isMath && node.getArguments().every(pure);
  }
  return isKnown(node);
}
