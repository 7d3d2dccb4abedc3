/** `for`, `for…of`, `while`, `do`: a loop that is left by a break, around a block that `continue` leaves. */
import {
  Node,
  ts,
  type DoStatement,
  type ForOfStatement,
  type ForStatement,
  type WhileStatement,
} from '../../ts-morph.ts';
import { isRecord, type Value } from '../../ir/types.ts';
import { breakIf } from '../conditions.ts';
import { convert } from '../convert.ts';
import { assignTo } from '../expressions/assign.ts';
import { lowerDiscarded } from '../expressions/index.ts';
import { refuseConstruct } from '../constructs.ts';
import { entryTuple, forEachEntry } from '../expressions/collections.ts';
import { elementsOf, iteratedOperand, type Iterated } from '../expressions/iterated.ts';
import { valueOperand, type Operand } from '../operands.ts';
import { notIterable } from '../refusals.ts';
import type { Lowering } from '../lowering.ts';
import { forEachCodePoint, leaveUnless, type Sequence } from '../sequences.ts';
import { declareEntry } from './entries.ts';
import { withTarget } from './jumps.ts';
import { lowerStatement } from './index.ts';
import { declareVariable, lowerVariables, renewCells } from './variables.ts';

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
  if (Node.isVariableDeclarationList(initializer)) {
    lowerVariables(l, initializer);
    // Functions in the head have the variables from before the first round.
    if (hasFunctions(initializer)) renewCells(l, initializer);
  } else if (initializer) lowerDiscarded(l, initializer);
  const condition = node.getCondition();
  const incrementor = node.getIncrementor();
  lowerLoop(l, names, {
    test: (label) => condition && breakIf(l, condition, false, label),
    body: () => lowerStatement(l, node.getStatement()),
    update: () => {
      if (Node.isVariableDeclarationList(initializer)) renewCells(l, initializer);
      if (incrementor) l.guarded(() => lowerDiscarded(l, incrementor));
    },
  });
}

const hasFunctions = (node: Node): boolean =>
  node.getDescendants().some((inner) => ts.isFunctionLike(inner.compilerNode));

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

/** ECMA-262 23.1.5.2.1: the iterator of an array reads its length again before each element. */
export function lowerForOf(l: Lowering, node: ForOfStatement, names: readonly string[]): void {
  let over: (() => void) | undefined;
  l.guarded(() => {
    over = prepared(l, node, names);
  });
  if (over) over();
  else lookInside(l, node, names);
}

/** Evaluates what a loop goes over, and gives what lowers the loop. */
function prepared(l: Lowering, node: ForOfStatement, names: readonly string[]): () => void {
  const iterable = node.getExpression();
  const iterated = iteratedOperand(l, iterable);
  if (iterated.kind === 'sequence' && iterated.isEntries) {
    return () =>
      overSequence(l, names, iterated.sequence, (element, index) => {
        declareEntry(l, node, [valueOperand(convert(l, index, 'f64')), element]);
        lowerStatement(l, node.getStatement());
      });
  }
  const round = (element: Operand): void => {
    assignElement(l, node.getInitializer(), element);
    lowerStatement(l, node.getStatement());
  };
  if (iterated.kind === 'table') return () => overTable(l, node, names, iterated, round);
  if (iterated.kind === 'sequence') return () => overSequence(l, names, iterated.sequence, round);
  const { operand } = iterated;
  if (operand.kind === 'value' && operand.value.type === 'str') {
    const text = operand.value;
    return () => overCodePoints(l, names, text, round);
  }
  const sequence = elementsOf(l, operand, iterable);
  return sequence
    ? () => overSequence(l, names, sequence, round)
    : notIterable(l, operand, iterable);
}

function assignElement(l: Lowering, target: Node, element: Operand): void {
  if (Node.isVariableDeclarationList(target)) {
    for (const declaration of target.getDeclarations()) declareVariable(l, declaration, element);
  } else assignTo(l, target, element);
}

function overSequence(
  l: Lowering,
  names: readonly string[],
  sequence: Sequence,
  round: (element: Operand, index: Value) => void,
): void {
  const index = l.b.local('index', 'i64');
  l.b.set(index, l.b.const('i64', 0n));
  lowerLoop(l, names, {
    test: (label) => leaveUnless(l, l.b.op('lt', [l.b.get(index), sequence.length()]), label),
    body: () => {
      const at = l.b.get(index);
      round(sequence.load(at), at);
    },
    update: () => l.b.set(index, l.b.op('add', [l.b.get(index), l.b.const('i64', 1n)])),
  });
}

function overTable(
  l: Lowering,
  node: ForOfStatement,
  names: readonly string[],
  { table, part }: Extract<Iterated, { kind: 'table' }>,
  round: (element: Operand) => void,
): void {
  const breakLabel = l.b.label('loop');
  const continueLabel = l.b.label('round');
  const entry = (key: Operand, value: () => Operand): void => {
    if (part !== 'entries') return round(part === 'keys' ? key : value());
    if (isPattern(node.getInitializer())) {
      declareEntry(l, node, [key, value()]);
      return lowerStatement(l, node.getStatement());
    }
    const hint = l.module.reading.hintOfType(elementTypeOf(l, node), node.getExpression());
    if ('code' in hint) return l.refuse(hint);
    if (hint.type === undefined || !isRecord(hint.type)) return refuseConstruct(l, node);
    round(entryTuple(l, hint.type, [key, value()], node.getExpression()));
  };
  forEachEntry(l, table, breakLabel, (key, value) =>
    l.b.block(continueLabel, () =>
      withTarget(l, { names, breakLabel, continueLabel, bare: true }, () =>
        l.guarded(() => entry(key, value)),
      ),
    ),
  );
}

const isPattern = (target: Node): boolean =>
  Node.isVariableDeclarationList(target) &&
  Node.isArrayBindingPattern(target.getDeclarations()[0]?.getNameNode());

/** The type of what a loop's variable or target is. */
function elementTypeOf(l: Lowering, node: ForOfStatement): ts.Type {
  const target = node.getInitializer();
  const variable = Node.isVariableDeclarationList(target) ? target.getDeclarations()[0] : target;
  return l.module.reading.program
    .getTypeChecker()
    .getTypeAtLocation((variable ?? target).compilerNode);
}

function overCodePoints(
  l: Lowering,
  names: readonly string[],
  text: Value,
  round: (element: Operand) => void,
): void {
  const breakLabel = l.b.label('loop');
  const continueLabel = l.b.label('round');
  forEachCodePoint(l, text, breakLabel, (character) =>
    l.b.block(continueLabel, () =>
      withTarget(l, { names, breakLabel, continueLabel, bare: true }, () =>
        l.guarded(() => round(valueOperand(character))),
      ),
    ),
  );
}

/** Lowers the body of a loop whose head was refused, for what there is to refuse in it. */
function lookInside(l: Lowering, node: ForOfStatement, names: readonly string[]): void {
  const target = node.getInitializer();
  if (Node.isVariableDeclarationList(target)) {
    for (const declaration of target.getDeclarations()) l.declareRefused(declaration);
  }
  lowerLoop(l, names, { body: () => lowerStatement(l, node.getStatement()) });
}
