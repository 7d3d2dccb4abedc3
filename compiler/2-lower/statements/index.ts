/** Statements, by their kind. */
import { Node } from '../../ts-morph.ts';
import { lowerDiscarded } from '../expressions/index.ts';
import { branch } from '../conditions.ts';
import { refuseConstruct } from '../constructs.ts';
import type { Lowering } from '../lowering.ts';
import { lowerBreak, lowerContinue, lowerLabeled } from './jumps.ts';
import { lowerDo, lowerFor, lowerForOf, lowerWhile } from './loops.ts';
import { lowerReturn, lowerThrow } from './exits.ts';
import { lowerSwitch } from './switch.ts';
import { lowerTry } from './try.ts';
import { lowerVariables } from './variables.ts';

/**
 * Statements in order; each one that is refused is reported, and the next ones are still looked at. What comes behind
 * a way out isn't: it may make no sense for TypeScript, which narrows nothing there.
 */
export function lowerStatements(l: Lowering, statements: readonly Node[]): void {
  for (const statement of statements) {
    if (l.b.isLeft()) return;
    l.guarded(() => lowerStatement(l, statement));
  }
}

/** One statement. `names` are the labels right before it. */
export function lowerStatement(l: Lowering, node: Node, names: readonly string[] = []): void {
  l.at(node);
  if (isEmpty(node)) return;
  if (Node.isExpressionStatement(node)) lowerDiscarded(l, node.getExpression());
  else if (Node.isVariableStatement(node)) lowerVariables(l, node.getDeclarationList());
  else if (Node.isIfStatement(node)) {
    const otherwise = node.getElseStatement();
    branch(
      l,
      node.getExpression(),
      () => l.guarded(() => lowerStatement(l, node.getThenStatement())),
      otherwise && (() => l.guarded(() => lowerStatement(l, otherwise))),
    );
  } else if (Node.isForStatement(node)) lowerFor(l, node, names);
  else if (Node.isForOfStatement(node)) lowerForOf(l, node, names);
  else if (Node.isWhileStatement(node)) lowerWhile(l, node, names);
  else if (Node.isDoStatement(node)) lowerDo(l, node, names);
  else if (Node.isSwitchStatement(node)) lowerSwitch(l, node, names);
  else if (Node.isTryStatement(node)) lowerTry(l, node);
  else if (Node.isBlock(node)) lowerStatements(l, node.getStatements());
  else if (Node.isReturnStatement(node)) lowerReturn(l, node);
  else if (Node.isThrowStatement(node)) lowerThrow(l, node);
  else if (Node.isBreakStatement(node)) lowerBreak(l, node);
  else if (Node.isContinueStatement(node)) lowerContinue(l, node);
  else if (Node.isLabeledStatement(node)) lowerLabeled(l, node, names);
  else refuseConstruct(l, node);
}

/** `'use strict'` and the like. */
const isDirective = (node: Node): boolean =>
  Node.isExpressionStatement(node) && Node.isStringLiteral(node.getExpression());

/** What has no effect when it runs. */
const isEmpty = (node: Node): boolean =>
  Node.isEmptyStatement(node) ||
  isDirective(node) ||
  Node.isDebuggerStatement(node) ||
  Node.isInterfaceDeclaration(node) ||
  // It has been declared at the start of the function around it.
  Node.isFunctionDeclaration(node) ||
  Node.isTypeAliasDeclaration(node);
