/** `for`, `for…of`, `while`, `do`: a loop that is left by a break, around a block that `continue` leaves. */
import {
  Node,
  type DoStatement,
  type Expression,
  type ForOfStatement,
  type ForStatement,
  type WhileStatement,
} from '../../ts-morph.ts';
import { elementType, isView, viewKind, type Value } from '../../ir/types.ts';
import { breakIf } from '../conditions.ts';
import { isPresent } from '../convert.ts';
import { assignTo } from '../expressions/assign.ts';
import { lower, lowerDiscarded } from '../expressions/index.ts';
import { valueOperand } from '../operands.ts';
import { notIterable, sourceOf } from '../refusals.ts';
import type { Lowering } from '../lowering.ts';
import { withTarget } from './jumps.ts';
import { lowerStatement } from './index.ts';
import { declareVariable, lowerVariables } from './variables.ts';

interface LoopShape {
  /** Before each round; leaves by `breakLabel`. */
  readonly test?: (breakLabel: string) => void;
  readonly body: () => void;
  /** After each round, also one that `continue` ended. */
  readonly update?: (breakLabel: string) => void;
}

function lowerLoop(l: Lowering, names: readonly string[], shape: LoopShape): void {
  const breakLabel = l.b.label('loop');
  const continueLabel = l.b.label('round');
  l.b.loop(breakLabel, () => {
    shape.test?.(breakLabel);
    l.b.block(continueLabel, () =>
      withTarget(l, { names, breakLabel, continueLabel, bare: true }, () => l.guarded(shape.body)),
    );
    shape.update?.(breakLabel);
  });
}

export function lowerFor(l: Lowering, node: ForStatement, names: readonly string[]): void {
  const initializer = node.getInitializer();
  if (Node.isVariableDeclarationList(initializer)) lowerVariables(l, initializer);
  else if (initializer) lowerDiscarded(l, initializer);
  const condition = node.getCondition();
  const incrementor = node.getIncrementor();
  lowerLoop(l, names, {
    test: (label) => condition && breakIf(l, condition, false, label),
    body: () => lowerStatement(l, node.getStatement()),
    update: () => incrementor && l.guarded(() => lowerDiscarded(l, incrementor)),
  });
}

export function lowerWhile(l: Lowering, node: WhileStatement, names: readonly string[]): void {
  lowerLoop(l, names, {
    test: (label) => breakIf(l, node.getExpression(), false, label),
    body: () => lowerStatement(l, node.getStatement()),
  });
}

export function lowerDo(l: Lowering, node: DoStatement, names: readonly string[]): void {
  lowerLoop(l, names, {
    body: () => lowerStatement(l, node.getStatement()),
    update: (label) => breakIf(l, node.getExpression(), false, label),
  });
}

/** ECMA-262 23.1.5.2.1: the iterator of a typed array reads its length again before each element. */
export function lowerForOf(l: Lowering, node: ForOfStatement, names: readonly string[]): void {
  const target = node.getInitializer();
  let view: Value | undefined;
  l.guarded(() => {
    view = iterated(l, node.getExpression());
  });
  if (!view) return lookInside(l, node, names);
  const array = view;
  const kind = isView(array.type) ? viewKind(array.type) : 'u8';
  const index = l.b.local('index', 'i64');
  l.b.set(index, l.b.const('i64', 0n));
  lowerLoop(l, names, {
    test: (label) => {
      const more = l.b.op('lt', [l.b.get(index), l.b.op('view.length', [array])]);
      l.b.if(
        more,
        () => {},
        () => l.b.break(label),
      );
    },
    body: () => {
      const element = valueOperand(l.b.op('view.load', [array, l.b.get(index)], elementType(kind)));
      if (Node.isVariableDeclarationList(target)) {
        for (const declaration of target.getDeclarations())
          declareVariable(l, declaration, element);
      } else assignTo(l, target, element);
      lowerStatement(l, node.getStatement());
    },
    update: () => l.b.set(index, l.b.op('add', [l.b.get(index), l.b.const('i64', 1n)])),
  });
}

/** The typed array that a loop goes over. */
function iterated(l: Lowering, iterable: Expression): Value {
  const operand = lower(l, iterable);
  const isThere = operand.kind === 'value' || operand.kind === 'optional';
  if (!isThere || !isView(operand.value.type) || operand.value.type === 'view.dataview') {
    return notIterable(l, operand, iterable);
  }
  if (operand.kind === 'optional') {
    l.b.if(l.b.op('not', [isPresent(l, operand.tag)]), () =>
      l.b.throw('TypeError', [`${sourceOf(iterable)} is not iterable`]),
    );
  }
  return operand.value;
}

/** Lowers the body of a loop whose head was refused, for what there is to refuse in it. */
function lookInside(l: Lowering, node: ForOfStatement, names: readonly string[]): void {
  const target = node.getInitializer();
  if (Node.isVariableDeclarationList(target)) {
    for (const declaration of target.getDeclarations()) l.declareRefused(declaration);
  }
  lowerLoop(l, names, { body: () => lowerStatement(l, node.getStatement()) });
}
