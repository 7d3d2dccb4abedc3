/** Walks, rewrites and copies IR trees. Every node kind's regions and operands are named here once. */
import type { IrExport, IrFunction, IrModule, Node, Operation, Value } from './types.ts';

/** The regions directly inside a node. The arrays are the node's own: changing one changes the node. */
export function regionsOf(node: Node): Node[][] {
  switch (node.kind) {
    case 'if':
      return [node.then, node.else];
    case 'loop':
    case 'block':
      return [node.body];
    case 'try':
      return [node.body, node.handler];
    default:
      return [];
  }
}

/** The values a node itself uses, those of its regions left out. */
export function usedValues(node: Node): readonly Value[] {
  switch (node.kind) {
    case 'op':
      return node.args;
    case 'if':
      return [node.condition];
    case 'return':
      return node.values;
    case 'throw':
      return node.parts.filter((part) => typeof part !== 'string');
    case 'rethrow':
      return [node.error];
    case 'loop':
    case 'block':
    case 'try':
    case 'break':
      return [];
  }
}

/** Visits every node in textual order, a node before its regions. */
export function walkNodes(nodes: readonly Node[], visit: (node: Node) => void): void {
  for (const node of nodes) {
    visit(node);
    if (node.kind === 'op') continue;
    for (const region of regionsOf(node)) walkNodes(region, visit);
  }
}

/** Visits every operation in textual order. */
export function walkOps(nodes: readonly Node[], visit: (op: Operation) => void): void {
  for (const node of nodes) {
    if (node.kind === 'op') visit(node);
    else for (const region of regionsOf(node)) walkOps(region, visit);
  }
}

/** What is called from outside of a module: by JavaScript, and by C. */
export const entriesOf = ({ exports, symbols = [] }: IrModule): IrExport[] => [
  ...exports,
  ...symbols.map(({ exported }) => exported),
];

/** A function and all that it calls. */
export function reachedFrom(
  root: string,
  functions: ReadonlyMap<string, IrFunction>,
): IrFunction[] {
  const first = functions.get(root);
  const reached = new Set<IrFunction>(first ? [first] : []);
  // The set grows while it is walked.
  for (const fn of reached)
    walkOps(fn.body, ({ attributes: { callee } }) => {
      const called = callee === undefined ? undefined : functions.get(callee);
      if (called) reached.add(called);
    });
  return [...reached];
}

/** Visits every use of a value, in textual order. */
export function forEachValueUse(
  nodes: readonly Node[],
  visit: (value: Value, user: Node) => void,
): void {
  walkNodes(nodes, (node) => {
    for (const value of usedValues(node)) visit(value, node);
  });
}

/** The nodes that use each value, by value id; a node that uses one twice is there twice. Unused values are absent. */
export function usesOf(nodes: readonly Node[]): Map<number, Node[]> {
  const uses = new Map<number, Node[]>();
  forEachValueUse(nodes, ({ id }, user) => {
    const users = uses.get(id);
    if (users) users.push(user);
    else uses.set(id, [user]);
  });
  return uses;
}

/** The operation that defines each value, by value id; parameters are absent. */
export function definitionsOf(nodes: readonly Node[]): Map<number, Operation> {
  const definitions = new Map<number, Operation>();
  walkOps(nodes, (op) => {
    for (const { id } of op.results) definitions.set(id, op);
  });
  return definitions;
}

/**
 * Rewrites a region in place, innermost regions first.
 * @param rewrite gives what replaces a node, or undefined to keep it; what it gives isn't visited again
 * @returns whether anything was replaced
 */
export function mapNodes(
  nodes: Node[],
  rewrite: (node: Node) => readonly Node[] | undefined,
): boolean {
  let changed = false;
  const result: Node[] = [];
  for (const node of nodes) {
    if (node.kind !== 'op')
      for (const region of regionsOf(node)) if (mapNodes(region, rewrite)) changed = true;
    const replacement = rewrite(node);
    if (replacement === undefined) result.push(node);
    else {
      changed = true;
      for (const replacing of replacement) result.push(replacing);
    }
  }
  if (changed) {
    nodes.length = 0;
    for (const node of result) nodes.push(node);
  }
  return changed;
}

/** `mapNodes` for operations alone. */
export const rewriteOps = (
  nodes: Node[],
  rewrite: (op: Operation) => readonly Node[] | undefined,
): boolean => mapNodes(nodes, (node) => (node.kind === 'op' ? rewrite(node) : undefined));

/**
 * Replaces uses of values in place.
 * @param replace gives the value to use instead, or undefined to keep it
 * @returns whether any use was replaced
 */
export function replaceUses(
  nodes: readonly Node[],
  replace: (value: Value) => Value | undefined,
): boolean {
  let changed = false;
  const replaced = (value: Value): Value => {
    const other = replace(value);
    if (other === undefined || other === value) return value;
    changed = true;
    return other;
  };
  walkNodes(nodes, (node) => {
    switch (node.kind) {
      case 'op':
        if (node.args.length > 0) node.args = node.args.map(replaced);
        break;
      case 'if':
        node.condition = replaced(node.condition);
        break;
      case 'return':
        node.values = node.values.map(replaced);
        break;
      case 'throw':
        node.parts = node.parts.map((part) => (typeof part === 'string' ? part : replaced(part)));
        break;
      case 'rethrow':
        node.error = replaced(node.error);
        break;
      case 'loop':
      case 'block':
      case 'try':
      case 'break':
        break;
    }
  });
  return changed;
}

/**
 * Uses other values instead of those with these ids, in place; what takes a value's place may be
 * replaced itself.
 */
export function replaceValues(nodes: readonly Node[], instead: ReadonlyMap<number, Value>): void {
  const final = (value: Value): Value => {
    const other = instead.get(value.id);
    return other ? final(other) : value;
  };
  if (instead.size > 0) replaceUses(nodes, final);
}

/** How many nodes there are, those of inner regions included. */
export function countNodes(nodes: readonly Node[]): number {
  let count = 0;
  walkNodes(nodes, () => count++);
  return count;
}

/** What becomes of the names inside copied nodes; what isn't given stays as it is. */
export interface Renaming {
  /** For definitions and uses alike; must give the same answer each time it is asked about one id. */
  value?(value: Value): Value;
  label?(label: string): string;
  local?(name: string): string;
}

/** A copy of a region that shares nothing changeable with it. */
export function cloneNodes(nodes: readonly Node[], renaming: Renaming = {}): Node[] {
  const value = (old: Value): Value => renaming.value?.(old) ?? old;
  const label = (old: string): string => renaming.label?.(old) ?? old;
  const clone = (node: Node): Node => {
    switch (node.kind) {
      case 'op': {
        const { local } = node.attributes;
        return {
          ...node,
          args: node.args.map(value),
          results: node.results.map(value),
          attributes: {
            ...node.attributes,
            ...(local !== undefined && { local: renaming.local?.(local) ?? local }),
          },
        };
      }
      case 'if':
        return {
          ...node,
          condition: value(node.condition),
          then: node.then.map(clone),
          else: node.else.map(clone),
        };
      case 'loop':
      case 'block':
        return { ...node, label: label(node.label), body: node.body.map(clone) };
      case 'try':
        return { ...node, body: node.body.map(clone), handler: node.handler.map(clone) };
      case 'rethrow':
        return { ...node, error: value(node.error) };
      case 'break':
        return { ...node, label: label(node.label) };
      case 'return':
        return { ...node, values: node.values.map(value) };
      case 'throw':
        return {
          ...node,
          parts: node.parts.map((part) => (typeof part === 'string' ? part : value(part))),
        };
    }
  };
  return nodes.map(clone);
}

/** Gives each value that comes up a fresh id of `fn`, the same one each time: for copies of code inside one function, or into another. */
export function freshValues(fn: IrFunction): (value: Value) => Value {
  const fresh = new Map<number, Value>();
  return (old) => {
    let value = fresh.get(old.id);
    if (value === undefined) {
      value = { ...old, id: fn.nextValue++ };
      fresh.set(old.id, value);
    }
    return value;
  };
}

/** A copy of a function that passes can change without changing the original. Values, parameters and spans are immutable and shared. */
export const cloneFunction = (fn: IrFunction): IrFunction => ({
  ...fn,
  params: [...fn.params],
  results: [...fn.results],
  locals: [...fn.locals],
  options: { ...fn.options },
  body: cloneNodes(fn.body),
  ...(fn.unwind && { unwind: cloneNodes(fn.unwind) }),
});
