/**
 * `try`, `catch` and `finally` (ECMA-262 14.15). What leaves a `try` that has a `finally` is noted in a
 * local, the completion; the `finally` runs behind it, and then what was noted goes on.
 */
import { Node, type Block, type CatchClause, type TryStatement } from '../../ts-morph.ts';
import type { Exit, Finalizer, Lowering } from '../lowering.ts';
import { valueOperand } from '../operands.ts';
import type { Value } from '../../ir/types.ts';
import { refusePattern } from './bindings.ts';
import { lowerStatements } from './index.ts';
import { declareLocal, storeVariable } from './variables.ts';

export function lowerTry(l: Lowering, node: TryStatement): void {
  const finallyBlock = node.getFinallyBlock();
  const attempt = (): void => {
    const clause = node.getCatchClause();
    if (!clause) return lowerBlock(l, node.getTryBlock());
    l.b.try(
      () => lowerBlock(l, node.getTryBlock()),
      () => {
        l.at(clause);
        const error = l.b.op('error.caught', []);
        l.guarded(() => declareCaught(l, clause, error));
        lowerBlock(l, clause.getBlock());
      },
    );
  };
  if (!finallyBlock) return attempt();
  lowerFinally(l, attempt, finallyBlock);
}

const lowerBlock = (l: Lowering, block: Block): void => lowerStatements(l, block.getStatements());

function declareCaught(l: Lowering, clause: CatchClause, error: Value): void {
  const declaration = clause.getVariableDeclaration();
  if (!declaration) return;
  if (!Node.isIdentifier(declaration.getNameNode()))
    return refusePattern(l, declaration.getNameNode());
  error.hint ??= declaration.getName();
  if (!isAssigned(clause, declaration.getName())) {
    l.declare(declaration, { kind: 'constant', operand: valueOperand(error) });
    return;
  }
  const variable = declareLocal(l, declaration, { type: 'error', undefined: false, null: false });
  storeVariable(l, variable, valueOperand(error), declaration);
}

/** Whether a clause may set its variable: any assignment to that name counts. */
function isAssigned(clause: CatchClause, name: string): boolean {
  return clause
    .getBlock()
    .forEachDescendantAsArray()
    .some(
      (node) =>
        Node.isBinaryExpression(node) &&
        node.getLeft().getText() === name &&
        /^([^=!<>]|\*\*|<<|>>>?|&&|\|\||\?\?)?=$/.test(node.getOperatorToken().getText()),
    );
}

/** What a completion says, besides the exits that are counted from `firstExit`. */
const normal = 0;
const thrown = 1;
const firstExit = 2;

function lowerFinally(l: Lowering, attempt: () => void, finallyBlock: Block): void {
  const finalizer: Finalizer = {
    label: l.b.label('finally'),
    completion: l.b.local('completion', 'i32'),
    targets: l.targets.length,
    exits: [],
  };
  const pending = l.b.local('pending', 'error');
  const set = (completion: number): void =>
    l.b.set(finalizer.completion, l.b.const('i32', completion));
  set(normal);
  l.b.block(finalizer.label, () =>
    l.b.try(
      () => {
        l.finalizers.push(finalizer);
        try {
          attempt();
        } finally {
          l.finalizers.pop();
        }
      },
      () => {
        const error = l.b.op('error.caught', []);
        l.b.set(pending, error);
        set(thrown);
      },
    ),
  );
  lowerBlock(l, finallyBlock);
  l.at(finallyBlock);
  const is = (completion: number): Value =>
    l.b.op('eq', [l.b.get(finalizer.completion), l.b.const('i32', completion)]);
  l.b.if(is(thrown), () => l.b.rethrow(l.b.get(pending)));
  finalizer.exits.forEach((exit, index) =>
    l.b.if(is(firstExit + index), () => leave(l, exit.again())),
  );
}

/**
 * Leaves the statement by `return`, `break` or `continue`; where a `finally` stands between here and there,
 * by way of it.
 */
export function leave(l: Lowering, exit: Exit): void {
  const finalizer = l.finalizers.at(-1);
  const passes =
    finalizer !== undefined && (exit.target === undefined || exit.target < finalizer.targets);
  if (!passes) return exit.run();
  const values = exit.values.map((value) => {
    const local = l.b.local('kept', value.type);
    l.b.set(local, value);
    return local;
  });
  l.b.set(finalizer.completion, l.b.const('i32', firstExit + finalizer.exits.length));
  finalizer.exits.push({ again: () => exit.with(values.map((local) => l.b.get(local))) });
  l.b.break(finalizer.label);
}

/** The exit of a jump to a label. @param target its index among `Lowering.targets` */
export function jumping(l: Lowering, target: number, label: string): Exit {
  const exit: Exit = {
    target,
    values: [],
    run: () => l.b.break(label),
    with: () => exit,
  };
  return exit;
}
