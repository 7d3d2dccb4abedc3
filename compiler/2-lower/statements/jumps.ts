/** `break`, `continue` and labels. */
import {
  Node,
  type BreakStatement,
  type ContinueStatement,
  type LabeledStatement,
} from '../../ts-morph.ts';
import type { JumpTarget, Lowering } from '../lowering.ts';
import { lowerStatement } from './index.ts';
import { jumping, leave } from './try.ts';

/** Runs `body` with `target` as the innermost place to jump to. */
export function withTarget<T>(l: Lowering, target: JumpTarget, body: () => T): T {
  l.targets.push(target);
  try {
    return body();
  } finally {
    l.targets.pop();
  }
}

export function lowerBreak(l: Lowering, node: BreakStatement): void {
  const name = node.getLabel()?.getText();
  const target = findTarget(l, (candidate) =>
    name === undefined ? candidate.bare : candidate.names.includes(name),
  );
  if (!target) return refuseJump(l, node);
  leave(l, jumping(l, l.targets.indexOf(target), target.breakLabel));
}

export function lowerContinue(l: Lowering, node: ContinueStatement): void {
  const name = node.getLabel()?.getText();
  const target = findTarget(
    l,
    (candidate) =>
      candidate.continueLabel !== undefined &&
      (name === undefined || candidate.names.includes(name)),
  );
  if (target?.continueLabel === undefined) return refuseJump(l, node);
  leave(l, jumping(l, l.targets.indexOf(target), target.continueLabel));
}

/** JavaScript's parser refuses a jump to nowhere; only a suppressed error of TypeScript's lets one get here. */
function refuseJump(l: Lowering, node: Node): never {
  return l.unsupported(node, {
    what: 'a jump to nowhere',
    why: 'No loop, switch or label around it is what it leaves.',
    rewrite: 'Leave it out, or return.',
  });
}

/** The innermost target in the function that is being lowered. */
function findTarget(l: Lowering, test: (target: JumpTarget) => boolean): JumpTarget | undefined {
  const own = l.targets.slice(l.targets.findLastIndex(({ isFunction }) => isFunction) + 1);
  return own.findLast(test);
}

export function lowerLabeled(l: Lowering, node: LabeledStatement, names: readonly string[]): void {
  const all = [...names, node.getLabel().getText()];
  const statement = node.getStatement();
  if (Node.isIterationStatement(statement) || Node.isLabeledStatement(statement)) {
    return lowerStatement(l, statement, all);
  }
  const label = l.b.label(all.at(-1) ?? 'label');
  l.b.block(label, () =>
    withTarget(l, { names: all, breakLabel: label, continueLabel: undefined, bare: false }, () =>
      lowerStatement(l, statement),
    ),
  );
}
