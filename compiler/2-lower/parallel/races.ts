/**
 * Whether iterations of a parallel loop could touch the same memory: what its body writes besides its own
 * variables must be elements of arrays at indices that no other iteration has, and those arrays must not be
 * used in another way.
 */
import {
  Node,
  SyntaxKind,
  ts,
  type BinaryExpression,
  type CallExpression,
  type ElementAccessExpression,
  type Identifier,
} from '../../ts-morph.ts';
import { isConst, unwrapped } from '../../1-read/function-nodes.ts';
import { placeOf } from '../../1-read/places.ts';
import { codes } from '../../diagnostics/codes.ts';
import type { Diagnostic } from '../../diagnostics/types.ts';
import { symbolOf } from '../lowering.ts';
import { assignedTargets } from '../patterns.ts';
import { sourceOf } from '../refusals.ts';
import { writtenIn } from '../functions/written.ts';
import type { InnerFunction } from '../functions/frame.ts';
import {
  add,
  apart,
  cancel,
  factor,
  mayRound,
  multiply,
  number,
  onlyTerm,
  type Guards,
  type Sum,
} from './affine.ts';
import { atomicUses, whereOrderTells, type AtomicUse } from './atomics.ts';
import { parallelCall } from './call.ts';

/** What is known of a body that has no races. */
export interface Body {
  /** The arrays from outside that it writes, each with a use of it. */
  readonly written: ReadonlyMap<ts.Symbol, Node>;
  /** What must be whole numbers above 0. */
  readonly guards: Guards;
  /** The indices that must be computed without rounding: all of their products together stay small. */
  readonly exact: readonly Sum[];
}

/**
 * @param index which of its parameters is the number of the iteration; undefined where none is
 * @returns what is wrong where iterations could touch the same memory
 */
export function checkRaces(fn: InnerFunction, index: number | undefined): Body | Diagnostic {
  return new Races(fn, index === undefined ? undefined : fn.getParameters()[index]).check();
}

/**
 * The same of the body of a plain loop, as if it were that of a parallel one.
 * @param counter the declaration of the number of the iteration
 */
export const checkLoop = (body: Node, counter: Node): Body | Diagnostic =>
  new Races(body, counter).check();

/** An element of an array, or a part of it by `subarray`. */
interface Access {
  readonly node: ElementAccessExpression | CallExpression;
  /** The indices that it may have. */
  readonly sum: Sum | undefined;
  readonly isWrite: boolean;
}

/** What a function does with an array from outside. */
export interface ArrayUse {
  readonly symbol: ts.Symbol;
  /** A name of it. */
  readonly name: Identifier;
  /** Where it is more than a name. */
  readonly node: Node;
  /** The element that is used: a number where it is always the same one; undefined for what may be all of the array. */
  readonly element: number | undefined;
  readonly isWrite: boolean;
  /** It may be used in any way there. */
  readonly isHanded: boolean;
}

/** What a function does that runs beside others: the arrays that it uses, or what it may not do. */
export const arrayUses = (fn: InnerFunction): ArrayUse[] | Diagnostic =>
  new Races(fn, undefined).arrayUses();

class Races {
  /** What an iteration runs. */
  private readonly fn: Node;
  /** The variable that is the number of the iteration. */
  private readonly number: Node | undefined;
  private readonly index: ts.Symbol | undefined;
  private readonly written: ReadonlySet<ts.Symbol>;
  /** The variables whose sums are being found. */
  private readonly asked = new Set<ts.Symbol>();

  constructor(fn: Node, number: Node | undefined) {
    this.fn = fn;
    this.number = number;
    this.index = this.number && symbolAt(this.number);
    this.written = writtenIn(fn);
  }

  check(): Body | Diagnostic {
    const shared = [...this.written].find((symbol) => !this.isOwn(symbol));
    if (shared) return this.sharedVariable(shared);
    const arrays = new Map<ts.Symbol, Access[]>();
    const targets = this.targets();
    for (const target of targets) {
      if (!Node.isElementAccessExpression(target)) {
        if (Node.isIdentifier(target)) continue;
        return codes.sharedPlace(placeOf(target), { target: sourceOf(target) });
      }
      const array = unwrapped(target.getExpression());
      const symbol = Node.isIdentifier(array) ? symbolAt(array) : undefined;
      if (symbol && this.isOwn(symbol) && Node.isIdentifier(array) && isNew(array)) continue;
      const whole = symbol && this.isOwn(symbol) ? this.wholeOf(array) : symbol;
      if (!whole) return codes.sharedPlace(placeOf(target), { target: sourceOf(target) });
      arrays.set(whole, []);
    }
    const guards: Node[] = [];
    const exact: Sum[] = [];
    const changed = this.atomicArrays();
    if ('code' in changed) return changed;
    for (const [symbol, accesses] of arrays) {
      for (const use of this.usesOf(symbol)) {
        const access = this.accessOf(use, targets);
        if (access) accesses.push(access);
        else if (!readsLength(use)) return this.sharedArray(symbol, accesses, use);
      }
      const indices = accesses.map(({ sum }) => sum);
      const needed = apart(indices);
      if (!needed) return this.sharedElement(accesses);
      guards.push(...needed);
      exact.push(...indices.filter((sum) => sum !== undefined).filter(mayRound));
    }
    return {
      written: new Map([
        ...[...arrays].map(([symbol, [use]]) => [symbol, nameOf(use)] as const),
        ...changed,
      ]),
      guards,
      exact,
    };
  }

  arrayUses(): ArrayUse[] | Diagnostic {
    const shared = [...this.written].find((symbol) => !this.isOwn(symbol));
    if (shared) {
      const place = this.usesOf(shared)[0] ?? this.fn;
      return codes.invokedVariable(placeOf(place), { name: shared.name });
    }
    const targets = this.targets();
    for (const target of targets) {
      if (Node.isIdentifier(target)) continue;
      const array = Node.isElementAccessExpression(target)
        ? unwrapped(target.getExpression())
        : undefined;
      const symbol = array && Node.isIdentifier(array) ? symbolAt(array) : undefined;
      const isFine =
        symbol &&
        (!this.isOwn(symbol) ||
          (Node.isIdentifier(array) && isNew(array)) ||
          (array && this.wholeOf(array)));
      if (!isFine) return codes.sharedPlace(placeOf(target), { target: sourceOf(target) });
    }
    const atomics = atomicUses(this.fn);
    return this.fn.getDescendantsOfKind(SyntaxKind.Identifier).flatMap((name): ArrayUse[] => {
      const symbol = symbolAt(name);
      if (!symbol || this.isOwn(symbol) || !isArray(name) || readsLength(name)) return [];
      const access = this.accessOf(name, targets);
      const isElement = access !== undefined && Node.isElementAccessExpression(access.node);
      const sum = isElement ? access.sum : undefined;
      const element = sum?.length === 0 ? 0 : sum && onlyTerm(sum);
      const isConstant = typeof element === 'object' && element.factors.length === 0;
      const atomic = atomics.find(({ array }) => array === name);
      return [
        {
          symbol,
          name,
          node: access?.node ?? name.getParent() ?? name,
          element: element === 0 ? 0 : isConstant ? element.coefficient : undefined,
          isWrite: access?.isWrite === true || (atomic !== undefined && atomic.name !== 'load'),
          isHanded: !isElement && !atomic,
        },
      ];
    });
  }

  /** The arrays from outside that `Atomics` changes, each with a use of it; what is wrong where the order tells. */
  private atomicArrays(): Map<ts.Symbol, Node> | Diagnostic {
    const uses = atomicUses(this.fn);
    const arrays = new Map<ts.Symbol, AtomicUse[]>();
    for (const use of uses) {
      const symbol = Node.isIdentifier(use.array) ? symbolAt(use.array) : undefined;
      const isOwn = symbol && this.isOwn(symbol);
      if (isOwn && Node.isIdentifier(use.array) && isNew(use.array)) continue;
      if (!symbol || isOwn)
        return codes.sharedPlace(placeOf(use.call), { target: sourceOf(use.array) });
      arrays.set(symbol, [...(arrays.get(symbol) ?? []), use]);
    }
    const changed = new Map<ts.Symbol, Node>();
    for (const [symbol, own] of arrays) {
      const [first] = own;
      if (!first || own.every(({ name }) => name === 'load')) continue;
      const other = this.usesOf(symbol).find(
        (name) => !readsLength(name) && own.every(({ array }) => array !== name),
      );
      if (other)
        return codes.sharedArray(placeOf(other), {
          name: symbol.name,
          use: sourceOf(other.getParent() ?? other),
          other: positionOf(first.call),
        });
      const ordered = whereOrderTells(own, this.fn);
      if (ordered) return ordered;
      changed.set(symbol, first.array);
    }
    return changed;
  }

  /** Whether a variable is one of the body itself, which each iteration has for itself. */
  private isOwn(symbol: ts.Symbol): boolean {
    return (symbol.declarations ?? []).every((declaration) =>
      ts.findAncestor(declaration, (node) => node === this.fn.compilerNode),
    );
  }

  /** What the body, and functions in it, assign to. */
  private targets(): Node[] {
    return this.fn.getDescendants().flatMap((node) => {
      if (Node.isBinaryExpression(node)) return isAssignment(node) ? targetsOf(node.getLeft()) : [];
      if (Node.isPrefixUnaryExpression(node) || Node.isPostfixUnaryExpression(node)) {
        const operator = node.getOperatorToken();
        const changes =
          operator === SyntaxKind.PlusPlusToken || operator === SyntaxKind.MinusMinusToken;
        return changes ? targetsOf(node.getOperand()) : [];
      }
      if (!Node.isForOfStatement(node)) return [];
      const initializer = node.getInitializer();
      return Node.isVariableDeclarationList(initializer) ? [] : targetsOf(initializer);
    });
  }

  /** The array from outside that a `const` of the body is a part of by `subarray`. */
  private wholeOf(part: Node): ts.Symbol | undefined {
    const initializer = Node.isIdentifier(part) && isConstName(part) ? constantOf(part) : undefined;
    const call = initializer && unwrapped(initializer);
    const callee = Node.isCallExpression(call) ? unwrapped(call.getExpression()) : undefined;
    if (!Node.isPropertyAccessExpression(callee) || callee.getName() !== 'subarray')
      return undefined;
    const array = unwrapped(callee.getExpression());
    const symbol = Node.isIdentifier(array) ? symbolAt(array) : undefined;
    return symbol && !this.isOwn(symbol) ? symbol : undefined;
  }

  /** What a use of an array from outside touches; undefined where that may be all of it. */
  private accessOf(use: Identifier, targets: readonly Node[]): Access | undefined {
    const node = elementOf(use);
    if (node)
      return {
        node,
        sum: this.sumOf(node.getArgumentExpression()),
        isWrite: targets.includes(node),
      };
    const call = subarrayOf(use);
    if (!call) return undefined;
    const isWrite = targets.some(
      (target) =>
        Node.isElementAccessExpression(target) &&
        declarationOf(unwrapped(target.getExpression())) === call.getParent(),
    );
    return { node: call, sum: this.sumOfPart(call), isWrite };
  }

  /**
   * The indices of a part from `stride · i + constant` on, none of which is negative, since that would count from
   * the end of the array; it may be as long as the stride.
   */
  private sumOfPart(call: CallExpression): Sum | undefined {
    const [first, last] = call.getArguments();
    const start = this.sumOf(first);
    const end = this.sumOf(last);
    if (!start || !end) return undefined;
    const length = onlyTerm(add(end, start, -1));
    const isFixed = length?.factors.every(({ kind }) => kind === 'fixed');
    const counts = start.every(
      ({ factors, coefficient }) =>
        coefficient > 0 &&
        (factors.length === 0 || factors.some(({ kind }) => kind === 'index')) &&
        factors.every(({ kind }) => kind !== 'counter'),
    );
    if (!length || !isFixed || length.coefficient <= 0 || !counts) return undefined;
    const inside = factor({ key: 'part', kind: 'counter', end: length, node: call });
    return add(start, inside);
  }

  private usesOf(symbol: ts.Symbol): Identifier[] {
    return this.fn
      .getDescendantsOfKind(SyntaxKind.Identifier)
      .filter((name) => name.getText() === symbol.name && symbolAt(name) === symbol);
  }

  /** An expression as a sum of products; undefined where it is none. */
  private sumOf(node: Node | undefined): Sum | undefined {
    if (!node) return undefined;
    const inner = unwrapped(node);
    if (Node.isNumericLiteral(inner)) return number(inner.getLiteralValue());
    if (Node.isPrefixUnaryExpression(inner)) {
      const operand = this.sumOf(inner.getOperand());
      const isMinus = inner.getOperatorToken() === SyntaxKind.MinusToken;
      return operand && isMinus ? add([], operand, -1) : undefined;
    }
    if (Node.isBinaryExpression(inner)) return this.sumOfBinary(inner);
    if (Node.isIdentifier(inner)) return this.sumOfName(inner);
    if (!readsLengthOf(inner)) return undefined;
    const symbol = symbolAt(unwrapped(inner.getExpression()));
    if (!symbol || this.isOwn(symbol)) return undefined;
    return factor({ key: `${keyOf(symbol)}.length`, kind: 'fixed', node: inner });
  }

  private sumOfBinary(node: BinaryExpression): Sum | undefined {
    const [left, right] = [this.sumOf(node.getLeft()), this.sumOf(node.getRight())];
    if (!left || !right) return undefined;
    switch (node.getOperatorToken().getKind()) {
      // What is taken away again may have been too large to be added without rounding.
      case SyntaxKind.PlusToken:
        return cancel(left, right, 1) ? undefined : add(left, right);
      case SyntaxKind.MinusToken:
        return cancel(left, right, -1) ? undefined : add(left, right, -1);
      case SyntaxKind.AsteriskToken:
        return multiply(left, right);
      default:
        return undefined;
    }
  }

  private sumOfName(node: Identifier): Sum | undefined {
    const symbol = symbolAt(node);
    // A loop's end may have its own counter in it.
    if (!symbol || this.asked.has(symbol)) return undefined;
    this.asked.add(symbol);
    const sum = this.sumOfVariable(node, symbol);
    this.asked.delete(symbol);
    return sum;
  }

  private sumOfVariable(node: Identifier, symbol: ts.Symbol): Sum | undefined {
    const key = keyOf(symbol);
    const isAssigned = this.written.has(symbol);
    if (symbol === this.index) return isAssigned ? undefined : factor({ key, kind: 'index', node });
    if (!this.isOwn(symbol)) {
      const isNumber = (node.getType().getFlags() & ts.TypeFlags.NumberLike) !== 0;
      return isNumber ? factor({ key, kind: 'fixed', node }) : undefined;
    }
    const declaration = symbol.valueDeclaration;
    if (!declaration) return undefined;
    const counted = this.counterEnd(node, symbol, declaration);
    if (counted)
      return factor({ key, kind: 'counter', node, end: counted.end && onlyTerm(counted.end) });
    const initializer = constantOf(node);
    return isAssigned ? undefined : this.sumOf(initializer);
  }

  /** What a variable that counts up from 0 or more in whole steps stays below; undefined for another variable. */
  private counterEnd(
    node: Identifier,
    symbol: ts.Symbol,
    declaration: ts.Declaration,
  ): { readonly end: Sum | undefined } | undefined {
    const [found] = node.getSymbol()?.getDeclarations() ?? [];
    if (!found) return undefined;
    if (ts.isParameter(declaration)) {
      const count = parallelCall(found.getParent() ?? found)?.count;
      const around = found.getParent();
      const isNumber = Node.isParametered(around) && around.getParameters()[0] === found;
      return count && isNumber && !this.written.has(symbol)
        ? { end: this.sumOf(count) }
        : undefined;
    }
    const loop = found.getParent()?.getParent();
    if (!Node.isVariableDeclaration(found) || !Node.isForStatement(loop)) return undefined;
    const start = found.getInitializer();
    const from = start && this.sumOf(start);
    const least = from?.length === 0 ? 0 : from && onlyTerm(from);
    const startsWell =
      least === 0 ||
      (typeof least === 'object' &&
        least.factors.length === 0 &&
        Number.isInteger(least.coefficient) &&
        least.coefficient > 0);
    const condition = loop.getCondition();
    const isBelow =
      Node.isBinaryExpression(condition) &&
      condition.getOperatorToken().getKind() === SyntaxKind.LessThanToken &&
      symbolAt(unwrapped(condition.getLeft())) === symbol;
    const step = loop.getIncrementor();
    const isStep = step !== undefined && countsUp(step, symbol);
    const others = this.targets().filter(
      (target) => Node.isIdentifier(target) && symbolAt(target) === symbol,
    );
    if (!startsWell || !isBelow || !isStep || others.length !== 1) return undefined;
    return { end: this.sumOf(condition.getRight()) };
  }

  private sharedVariable(symbol: ts.Symbol): Diagnostic {
    const places = this.usesOf(symbol);
    const isTarget = new Set(this.targets());
    const write = places.find((name) => isTarget.has(name)) ?? places[0] ?? this.fn;
    const other = places.find((name) => name !== write) ?? write;
    const sum = accumulated(write);
    const rewrite = sum
      ? `${symbol.name} += parallel.sum(count, (i) => ${sourceOf(sum)})`
      : 'Give a value for each iteration, with parallel.sum, parallel.reduce or parallel.map.';
    return codes.sharedVariable(placeOf(write), {
      name: symbol.name,
      other: positionOf(other),
      rewrite,
    });
  }

  private sharedArray(symbol: ts.Symbol, accesses: readonly Access[], use: Node): Diagnostic {
    const write = accesses.find(({ isWrite }) => isWrite)?.node;
    const { name } = symbol;
    return codes.sharedArray(placeOf(use), {
      name,
      use: sourceOf(use.getParent() ?? use),
      other: write ? positionOf(write) : 'another place',
    });
  }

  private sharedElement(accesses: readonly Access[]): Diagnostic {
    const write = accesses.find(({ isWrite }) => isWrite) ?? accesses[0];
    if (!write) throw new Error('an array that is written has a place that does it');
    const alone = apart([write.sum]);
    const other = alone
      ? accesses.find((one) => one !== write && !apart([write.sum, one.sum]))
      : undefined;
    const second = other ?? write;
    const index = this.number ? sourceOf(this.number).replace(/\W.*/s, '') : 'i';
    const array = sourceOf(nameOf(write));
    const isPart = Node.isCallExpression(write.node);
    const own = isPart
      ? `A part that is the iteration's own: ${array}.subarray(${index} * width, (${index} + 1) * width).`
      : `An index that is the iteration's own: ${array}[${index}], or ${array}[${index} * width + x] with x from 0 to below width.`;
    return codes.sharedElement(placeOf(write.node), {
      write: sourceOf(write.node),
      access: second.isWrite ? 'write' : 'read',
      other: sourceOf(second.node),
      at: positionOf(second.node),
      rewrite:
        second.isWrite || second === write
          ? own
          : `Read from one array and write to another one: const from = ${array}.slice() before the loop.`,
    });
  }
}

const ids = new WeakMap<ts.Symbol, number>();
let nextId = 0;

function keyOf(symbol: ts.Symbol): string {
  const id = ids.get(symbol) ?? nextId++;
  ids.set(symbol, id);
  return `${symbol.name}#${id}`;
}

/** What a name means, through imports. */
const symbolAt = (node: Node): ts.Symbol | undefined =>
  node.getSymbol()?.getAliasedSymbol()?.compilerSymbol ?? symbolOf(node);

/** The name of the array of an access. */
function nameOf(access: Access | undefined): Node {
  if (!access) throw new Error('an array that is written has a place that does it');
  const array = unwrapped(access.node.getExpression());
  return Node.isPropertyAccessExpression(array) ? unwrapped(array.getExpression()) : array;
}

const targetsOf = (node: Node): Node[] => assignedTargets(node).map(unwrapped);

const isAssignment = (node: BinaryExpression): boolean => {
  const operator = node.getOperatorToken().getKind();
  return operator >= SyntaxKind.FirstAssignment && operator <= SyntaxKind.LastAssignment;
};

/** The part of an array that a name of it is used for. */
function subarrayOf(name: Node): CallExpression | undefined {
  const callee = name.getParent();
  const call = callee?.getParent();
  return Node.isPropertyAccessExpression(callee) &&
    callee.getName() === 'subarray' &&
    Node.isCallExpression(call) &&
    call.getExpression() === callee
    ? call
    : undefined;
}

/** Whether a name is that of an object other than a function. */
function isArray(name: Identifier): boolean {
  const parent = name.getParent();
  const isMember = Node.isPropertyAccessExpression(parent) && parent.getNameNode() === name;
  const type = name.getType();
  return !isMember && type.isObject() && type.getCallSignatures().length === 0;
}

const declarationOf = (name: Node): Node | undefined => name.getSymbol()?.getDeclarations()[0];

/** The element that a name of an array is used for. */
function elementOf(name: Node): ElementAccessExpression | undefined {
  let outer: Node = name;
  for (;;) {
    const parent = outer.getParent();
    if (Node.isElementAccessExpression(parent))
      return parent.getExpression() === outer ? parent : undefined;
    if (!parent || unwrapped(parent) !== name) return undefined;
    outer = parent;
  }
}

const readsLengthOf = (node: Node): node is Node & { getExpression(): Node } =>
  Node.isPropertyAccessExpression(node) && node.getName() === 'length';

const readsLength = (name: Node): boolean => {
  const parent = name.getParent();
  return parent !== undefined && readsLengthOf(parent);
};

/** The initializer of a `const`. */
function constantOf(name: Identifier): Node | undefined {
  const [declaration] = name.getSymbol()?.getDeclarations() ?? [];
  return Node.isVariableDeclaration(declaration) && Node.isIdentifier(declaration.getNameNode())
    ? declaration.getInitializer()
    : undefined;
}

const isConstName = (name: Identifier): boolean => {
  const declaration = declarationOf(name);
  return declaration !== undefined && isConst(declaration);
};

/** Whether a name is a `const` for an array that was made there. */
const isNew = (name: Identifier): boolean => {
  const initializer = constantOf(name);
  return (
    isConstName(name) && initializer !== undefined && Node.isNewExpression(unwrapped(initializer))
  );
};

/** `j++`, `++j`, `j += 2`. */
function countsUp(node: Node, symbol: ts.Symbol): boolean {
  if (Node.isPrefixUnaryExpression(node) || Node.isPostfixUnaryExpression(node))
    return (
      node.getOperatorToken() === SyntaxKind.PlusPlusToken &&
      symbolAt(unwrapped(node.getOperand())) === symbol
    );
  if (!Node.isBinaryExpression(node)) return false;
  const by = unwrapped(node.getRight());
  return (
    node.getOperatorToken().getKind() === SyntaxKind.PlusEqualsToken &&
    symbolAt(unwrapped(node.getLeft())) === symbol &&
    Node.isNumericLiteral(by) &&
    Number.isInteger(by.getLiteralValue()) &&
    by.getLiteralValue() > 0
  );
}

/** What is added to a variable by `s += x`. */
function accumulated(name: Node): Node | undefined {
  const parent = name.getParent();
  return Node.isBinaryExpression(parent) &&
    parent.getOperatorToken().getKind() === SyntaxKind.PlusEqualsToken
    ? parent.getRight()
    : undefined;
}

const positionOf = (node: Node): string =>
  `${node.getStartLineNumber()}:${node.getStart() - node.getStartLinePos() + 1}`;
