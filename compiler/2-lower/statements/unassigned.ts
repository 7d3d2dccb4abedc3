/**
 * Variables that may be read while they are still `undefined`, which their type doesn't say.
 * TypeScript's checker rules that out where it looks; it doesn't in JavaScript files, without
 * `strictNullChecks`, behind `@ts-ignore`, in functions inside the function, and where a `!` tells it not to.
 */
import {
  Node,
  SyntaxKind,
  ts,
  type BindingElement,
  type VariableDeclaration,
} from '../../ts-morph.ts';
import { includesUndefined } from '../../1-read/checked-types.ts';
import { hasStrictNulls, isLookedAt, isStrictlyChecked } from '../../1-read/strictness.ts';
import { isOwn } from '../functions/written.ts';
import { symbolOf, type Lowering } from '../lowering.ts';
import { unsetReads } from './unset-reads.ts';
import { mentionsOf } from '../mentions.ts';

/** Whether a variable that starts without a value may be read before it gets one. */
export function mayBeUnassigned(l: Lowering, declaration: VariableDeclaration): boolean {
  const mentions = usesOf(l, declaration);
  const home = declaration.getFirstAncestorOrThrow((around) =>
    ts.isFunctionLike(around.compilerNode),
  );
  // TypeScript takes what inner functions mention for assigned.
  const isSeen = mentions.every((mention) => isOwn(mention, home));
  const { hinted, program } = l.module.reading;
  const file = declaration.getSourceFile();
  const options = program.getCompilerOptions();
  // Of a variable without annotation TypeScript lets everybody read `undefined`: its type says where that is.
  const isTyped = declaration.getTypeNode() !== undefined;
  const tells = hinted || (!isTyped && hasStrictNulls(options));
  if (isSeen && tells && isLookedAt(file, options))
    return mentions.some((mention) => isUnset(l, mention));
  const trusted =
    isSeen &&
    isTyped &&
    !declaration.hasExclamationToken() &&
    isStrictlyChecked(file, options) &&
    !/@ts-(ignore|expect-error)\b/.test(file.getFullText()) &&
    !mentions.some((mention) => Node.isNonNullExpression(mention.getParent()));
  const isHoisted = mentions.some((mention) => isInDeclaredFunction(mention, home));
  return !trusted && (isHoisted || !isAssignedFirst(mentions));
}

/**
 * Whether a name of a `var` that takes its value from a pattern, or from the head of a loop over something, may be
 * read before that has run. TypeScript takes it for set everywhere.
 */
export function mayBeSkipped(l: Lowering, name: VariableDeclaration | BindingElement): boolean {
  const regions = (name.getSymbol()?.getDeclarations() ?? []).map(regionBehind);
  const home = name.getFirstAncestorOrThrow((around) => ts.isFunctionLike(around.compilerNode));
  const isSet = (mention: Node): boolean =>
    (Node.isBinaryExpression(mention.getParent()) && assignmentOf(mention) !== undefined) ||
    regions.some((region) => region && isWithin(mention, region));
  return mentionsOf(symbolOf(name.getNameNode()), l.native.node).some((mention) => {
    const parent = mention.getParent();
    const declares =
      (Node.isVariableDeclaration(parent) || Node.isBindingElement(parent)) &&
      parent.getNameNode() === mention;
    return !declares && (!isSet(mention) || isInDeclaredFunction(mention, home));
  });
}

interface Region {
  readonly from: number;
  readonly to: number;
}

const isWithin = (node: Node, { from, to }: Region): boolean =>
  node.getStart() >= from && node.getEnd() <= to;

/** Where a declaration has surely run: the body of the loop whose head has it, or what stands behind it in its block. */
function regionBehind(declaration: Node): Region | undefined {
  const whole = declaration.getFirstAncestor((around) => Node.isVariableDeclaration(around));
  const variable = Node.isVariableDeclaration(declaration) ? declaration : whole;
  const loop = variable?.getParent()?.getParent();
  if (Node.isForOfStatement(loop) || Node.isForInStatement(loop)) {
    const body = loop.getStatement();
    return { from: body.getStart(), to: body.getEnd() };
  }
  const isGiven = Node.isVariableDeclaration(variable) && variable.getInitializer() !== undefined;
  const block = isGiven ? blockAround(variable) : undefined;
  return variable && block && { from: variable.getEnd(), to: block.getEnd() };
}

/** Whether a mention is in a function that is declared, which can run before what stands above it. */
const isInDeclaredFunction = (mention: Node, home: Node): boolean =>
  mention.getAncestors().find((around) => around === home || Node.isFunctionDeclaration(around)) !==
  home;

/** Whether TypeScript's checker says of a mention that it may read `undefined`, or knows nothing of it. */
function isUnset(l: Lowering, mention: Node): boolean {
  const checker = l.module.reading.program.getTypeChecker();
  if (unsetReads(mention, checker).has(mention.getStart())) return true;
  if (assignmentOf(mention)) return false;
  const type = checker.getTypeAtLocation(mention.compilerNode);
  return (type.flags & ts.TypeFlags.Any) !== 0 || includesUndefined(type);
}

/** Where a function names a variable, in source order, but for declarations that give it no value. */
function usesOf(l: Lowering, declaration: VariableDeclaration): Node[] {
  const symbol = symbolOf(declaration.getNameNode());
  return mentionsOf(symbol, l.native.node).filter((identifier) => {
    const parent = identifier.getParent();
    const declares = Node.isVariableDeclaration(parent) && parent.getNameNode() === identifier;
    return !declares || parent.getInitializer() !== undefined;
  });
}

/**
 * Whether the first mention assigns, in a statement of a block that holds all the others behind
 * it: then each way to them runs that statement.
 */
function isAssignedFirst([first, ...others]: readonly Node[]): boolean {
  if (!first) return true;
  const assignment = assignmentOf(first);
  const block = assignment && blockAround(assignment);
  if (!block) return false;
  return others.every(
    (other) => other.getStart() >= assignment.getEnd() && other.getEnd() <= block.getEnd(),
  );
}

/** The assignment or declaration that gives a mentioned variable its value. */
function assignmentOf(mention: Node): Node | undefined {
  const parent = mention.getParent();
  if (Node.isVariableDeclaration(parent)) return parent;
  const isAssignment =
    Node.isBinaryExpression(parent) &&
    parent.getOperatorToken().getKind() === SyntaxKind.EqualsToken &&
    parent.getLeft() === mention;
  return isAssignment ? parent : undefined;
}

/** The block that runs an assignment whenever it runs to its end. */
function blockAround(assignment: Node): Node | undefined {
  let node = assignment;
  for (let parent = node.getParent(); parent; node = parent, parent = node.getParent()) {
    if (Node.isBlock(parent)) return parent;
    const goesOn =
      Node.isVariableDeclarationList(parent) ||
      Node.isVariableStatement(parent) ||
      Node.isExpressionStatement(parent) ||
      isComma(parent) ||
      (Node.isForStatement(parent) && parent.getInitializer() === node) ||
      Node.isForStatement(node);
    if (!goesOn) return undefined;
  }
  return undefined;
}

const isComma = (node: Node): boolean =>
  ts.isBinaryExpression(node.compilerNode) &&
  node.compilerNode.operatorToken.kind === SyntaxKind.CommaToken;
