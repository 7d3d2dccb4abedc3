/** One function: parameters and their defaults, hoisting, the body, and what falling off its end means. */
import { Node, SyntaxKind } from '../ts-morph.ts';
import type { NativeFunction, NativeParameter } from '../1-read/model.ts';
import { Tag, type IrFunction } from '../ir/types.ts';
import { beginConstructor } from './classes/constructor.ts';
import { lower } from './expressions/index.ts';
import { Lowering, symbolOf, type ModuleState } from './lowering.ts';
import { valueOperand } from './operands.ts';
import { returnOperand } from './statements/exits.ts';
import { lowerStatements } from './statements/index.ts';
import { declareLocal, hoistVariables, storeVariable } from './statements/variables.ts';

export function lowerFunction(module: ModuleState, native: NativeFunction): IrFunction {
  const l = new Lowering(module, native);
  const { result } = native;
  if (result.type !== undefined) {
    if (result.undefined || result.null) l.b.fn.results.push('u8');
    l.b.fn.results.push(result.type);
  }
  if (native.method) l.b.param('this', native.method.owner.record);
  const body = Node.isClassDeclaration(native.node) ? undefined : native.node.getBody();
  if (!body && !Node.isClassDeclaration(native.node)) throw new Error(`${native.name} has no body`);
  l.guarded(() => {
    const written = writtenNames(native.node);
    for (const param of native.params) {
      l.guardedDeclaration(param.node, () => lowerParameter(l, param, written));
    }
    if (body) hoistVariables(l, body);
    if (native.method?.kind === 'constructor') l.guarded(() => beginConstructor(l));
    if (body) lowerBody(l, body);
    else l.b.return([]);
  });
  return l.b.fn;
}

function lowerBody(l: Lowering, body: Node): void {
  if (!Node.isBlock(body)) {
    // An arrow function whose body is its result.
    l.guarded(() => {
      const operand = lower(l, body, l.native.result);
      if (l.native.result.type === undefined) l.b.return([]);
      else returnOperand(l, operand, body);
    });
    return;
  }
  lowerStatements(l, body.getStatements());
  l.at(body);
  const { type, undefined: mayBeUndefined } = l.native.result;
  if (type === undefined || mayBeUndefined) {
    returnOperand(l, { kind: 'absent', absent: 'undefined' }, body);
    return;
  }
  const last = body.getStatements().at(-1);
  if (Node.isReturnStatement(last) || Node.isThrowStatement(last)) return;
  // TypeScript has made sure that the end isn't reached, by types; numbers can still get here, as
  // through a switch over 0 | 1.
  l.b.failCheck('TypeError', [`${l.native.name} ended without a result`]);
}

/** The names that are assigned somewhere, so that they need a local. */
function writtenNames(fn: Node): Set<unknown> {
  const written = new Set<unknown>();
  const add = (target: Node): void => {
    if (Node.isParenthesizedExpression(target) || Node.isNonNullExpression(target)) {
      add(target.getExpression());
    } else if (Node.isIdentifier(target)) written.add(symbolOf(target));
  };
  fn.forEachDescendant((node) => {
    if (Node.isBinaryExpression(node)) {
      const operator = node.getOperatorToken().getKind();
      if (operator >= SyntaxKind.FirstAssignment && operator <= SyntaxKind.LastAssignment)
        add(node.getLeft());
    } else if (Node.isPrefixUnaryExpression(node) || Node.isPostfixUnaryExpression(node)) {
      const operator = node.getOperatorToken();
      if (operator === SyntaxKind.PlusPlusToken || operator === SyntaxKind.MinusMinusToken) {
        add(node.getOperand());
      }
    } else if (Node.isForOfStatement(node)) add(node.getInitializer());
    else if (Node.isVariableDeclaration(node)) {
      // `var x` again for a parameter `x` is an assignment to it.
      const symbol = symbolOf(node.getNameNode());
      if (symbol && (symbol.declarations?.length ?? 0) > 1) written.add(symbol);
    }
  });
  return written;
}

function lowerParameter(l: Lowering, param: NativeParameter, written: Set<unknown>): void {
  const { hint, name, node, initializer } = param;
  if (hint.type === undefined) return;
  const optional = hint.undefined || hint.null;
  const tag = optional ? l.b.param(`${name}.tag`, 'u8') : undefined;
  const value = l.b.param(name, hint.type);
  l.at(node);
  if (initializer && tag) {
    // ECMA-262 10.2.11: the default stands for `undefined`; `null` stays.
    const inside = { type: hint.type, undefined: hint.null, null: hint.null };
    const variable = declareLocal(l, node as Node & { getName(): string }, inside);
    const isMissing = l.b.op('eq', [tag, l.b.const('u8', Tag.undefined)]);
    l.b.if(
      isMissing,
      () => storeVariable(l, variable, lower(l, initializer, inside), initializer),
      () =>
        storeVariable(
          l,
          variable,
          hint.null ? { kind: 'optional', tag, value } : valueOperand(value),
          node,
        ),
    );
    return;
  }
  const operand = tag ? ({ kind: 'optional', tag, value } as const) : valueOperand(value);
  if (l.symbolsOf(node).some((symbol) => written.has(symbol))) {
    storeVariable(l, declareLocal(l, node as Node & { getName(): string }, hint), operand, node);
  } else l.declare(node, { kind: 'constant', operand });
}
