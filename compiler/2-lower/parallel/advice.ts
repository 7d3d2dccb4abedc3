/**
 * Plain loops that could be parallel, and what keeps the others from it. That is advice: the loop runs in order until
 * somebody writes it as `parallel.for`, which is checked again then, also in what it calls.
 */
import {
  Node,
  SyntaxKind,
  ts,
  type ForStatement,
  type Identifier,
  type VariableDeclaration,
} from '../../ts-morph.ts';
import type { NativeFunction } from '../../1-read/model.ts';
import { unwrapped } from '../../1-read/function-nodes.ts';
import { inArrays } from '../../1-read/hints.ts';
import { isGenerated } from '../../1-read/kernels/index.ts';
import { isGlobal } from '../expressions/globals.ts';
import { symbolOf } from '../lowering.ts';
import { sourceOf } from '../refusals.ts';
import { parallelCall } from './call.ts';
import { checkLoop } from './races.ts';

/** A plain loop that is in no other one. */
export interface PlainLoop {
  /** Absolute path. */
  readonly file: string;
  readonly line: number;
  /** What it would be, such as `parallel.for(n, (i) => { … })`. */
  readonly instead: string;
  /** Why that would be refused; undefined where nothing is seen that keeps it from it. */
  readonly refused?: { readonly why: string; readonly rewrite?: string };
}

/** The loops of functions that count up from 0, the outermost ones, in the order of the sources. */
export function plainLoops(functions: readonly NativeFunction[]): PlainLoop[] {
  const seen = new Set<ts.Node>();
  const own = functions.filter(
    ({ file, node }) => !inArrays(file.getFilePath()) && !isGenerated(node.compilerNode),
  );
  return own.flatMap(({ node }) =>
    node.getDescendantsOfKind(SyntaxKind.ForStatement).flatMap((loop): PlainLoop[] => {
      if (seen.has(loop.compilerNode) || isInside(loop, node)) return [];
      seen.add(loop.compilerNode);
      const told = adviceFor(loop);
      return told ? [told] : [];
    }),
  );
}

/** Whether a loop is in another one, or in the body of a parallel one. */
function isInside(loop: ForStatement, root: Node): boolean {
  const around = loop.getAncestors();
  return around
    .slice(0, around.indexOf(root))
    .some((node) => ts.isIterationStatement(node.compilerNode, false) || parallelCall(node));
}

function adviceFor(loop: ForStatement): PlainLoop | undefined {
  const counted = countedFromZero(loop);
  if (!counted) return undefined;
  const { counter, end } = counted;
  const body = loop.getStatement();
  const place = { file: loop.getSourceFile().getFilePath(), line: loop.getStartLineNumber() };
  const instead = `parallel.for(${sourceOf(end)}, (${counter.getName()}) => { … })`;
  const leaving = exitOf(loop);
  if (leaving)
    return {
      ...place,
      instead,
      refused: { why: `\`${sourceOf(leaving)}\` ends it before its last iteration.` },
    };
  const checked = checkLoop(body, counter);
  if ('code' in checked) {
    const { message, rewrite } = checked;
    return { ...place, instead, refused: { why: message, ...(rewrite && { rewrite }) } };
  }
  const why = unseen(body, loop);
  return { ...place, instead, ...(why && { refused: { why } }) };
}

/** The counter and the end of `for (let i = 0; i < end; i++)`; undefined for another loop. */
function countedFromZero(
  loop: ForStatement,
): { readonly counter: VariableDeclaration; readonly end: Node } | undefined {
  const list = loop.getInitializer();
  const [counter, ...others] = Node.isVariableDeclarationList(list) ? list.getDeclarations() : [];
  const condition = loop.getCondition();
  const step = loop.getIncrementor();
  if (!counter || others.length > 0 || !Node.isBinaryExpression(condition)) return undefined;
  const symbol = symbolOf(counter.getNameNode());
  const start = counter.getInitializer();
  const isCounter = (node: Node): boolean => symbolOf(unwrapped(node)) === symbol;
  const counts =
    Node.isNumericLiteral(start) &&
    start.getLiteralValue() === 0 &&
    condition.getOperatorToken().getKind() === SyntaxKind.LessThanToken &&
    isCounter(condition.getLeft()) &&
    (Node.isPostfixUnaryExpression(step) || Node.isPrefixUnaryExpression(step)) &&
    step.getOperatorToken() === SyntaxKind.PlusPlusToken &&
    isCounter(step.getOperand());
  return counts ? { counter, end: condition.getRight() } : undefined;
}

/** A `return`, or a `break` or `continue` of a loop around; undefined where there is none. */
function exitOf(loop: ForStatement): Node | undefined {
  return loop.getStatement().forEachDescendant((node, traversal) => {
    if (ts.isFunctionLike(node.compilerNode)) traversal.skip();
    else if (Node.isReturnStatement(node)) return node;
    else if (Node.isBreakStatement(node) || Node.isContinueStatement(node)) {
      const label = node.getLabel()?.getText();
      const own = node.getAncestors().find((around) => isTarget(around, node, label));
      if (
        !own ||
        loop.getAncestors().includes(own) ||
        (own === loop && Node.isBreakStatement(node))
      )
        return node;
    }
    return undefined;
  });
}

/** Whether a `break` or `continue` is about a statement. */
function isTarget(around: Node, jump: Node, label: string | undefined): boolean {
  if (label !== undefined)
    return Node.isLabeledStatement(around) && around.getLabel().getText() === label;
  const { compilerNode } = around;
  return (
    ts.isIterationStatement(compilerNode, false) ||
    (Node.isBreakStatement(jump) && ts.isSwitchStatement(compilerNode))
  );
}

/** What of a body isn't looked into here, or would be refused. */
function unseen(body: Node, loop: ForStatement): string | undefined {
  for (const name of body.getDescendantsOfKind(SyntaxKind.Identifier)) {
    const [declaration] = name.getSymbol()?.getDeclarations() ?? [];
    const isOutside = declaration !== undefined && !declaration.getAncestors().includes(loop);
    if (!isOutside || isMember(name) || isCallee(name)) continue;
    if (!isPlain(name))
      return `It uses \`${name.getText()}\`: objects, lists and strings belong to one thread.`;
  }
  for (const call of body.getDescendantsOfKind(SyntaxKind.CallExpression)) {
    const callee = unwrapped(call.getExpression());
    const isMath =
      Node.isPropertyAccessExpression(callee) &&
      ['Math', 'Number', 'Atomics'].some((global) => isGlobal(callee.getExpression(), global));
    const given = call.getArguments().find((argument) => argument.getType().isObject());
    if (!isMath && (given || Node.isPropertyAccessExpression(callee)))
      return `\`${sourceOf(call)}\` may use what other iterations write.`;
  }
  return undefined;
}

/** A property's name behind its object. */
function isMember(name: Identifier): boolean {
  const parent = name.getParent();
  return Node.isPropertyAccessExpression(parent) && parent.getNameNode() === name;
}

function isCallee(name: Identifier): boolean {
  const parent = name.getParent();
  return Node.isCallExpression(parent) && parent.getExpression() === name;
}

/** Whether a name stands for a number, a boolean or a typed array, or for a global object such as `Math`. */
function isPlain(name: Identifier): boolean {
  const type = name.getType();
  if (type.isNumber() || type.isBoolean() || type.isNumberLiteral() || type.isBooleanLiteral())
    return true;
  const { flags } = type.compilerType;
  if (flags & (ts.TypeFlags.NumberLike | ts.TypeFlags.BooleanLike | ts.TypeFlags.BigIntLike))
    return true;
  const kind = type.getSymbol()?.getName() ?? '';
  return /^(Big)?(Int|Uint|Float)\d+(Clamped)?Array$|^(Math|Atomics|\w+Constructor)$/.test(kind);
}
