/**
 * Which arrays can be part of the stack: those of a small constant length that nothing keeps, such as the digits of
 * a number before they become a string.
 */
import {
  elementSize,
  viewKind,
  isView,
  type IrFunction,
  type IrModule,
  type Node,
  type Operation,
} from '../ir/types.ts';
import { settledKinds } from '../ir/settled.ts';
import { definitionsOf, regionsOf, walkNodes } from '../ir/walk.ts';

/** The most bytes of one, and of all in a function: `check.stack` leaves much more. */
const mostBytes = 2048;
const mostBytesOfAll = 4096;

/** The `view.new` operations whose view is on the stack, with their lengths. */
export function scratchViews(ir: IrModule): ReadonlyMap<Operation, number> {
  const functions = new Map(ir.functions.map((fn) => [fn.name, fn]));
  const keeping = new Keeping(functions);
  const found = new Map<Operation, number>();
  for (const fn of ir.functions) {
    if (!settledKinds(fn).has('view.new')) continue;
    let left = mostBytesOfAll;
    const definitions = definitionsOf(fn.body);
    // In a loop, the one before may still be there.
    forEachOutsideLoops(fn.body, (op) => {
      const [result] = op.results;
      const [given] = op.args;
      if (op.op !== 'view.new' || !result || !isView(result.type) || !given) return;
      const length = definitions.get(given.id)?.attributes.value;
      if (typeof length !== 'bigint') return;
      const bytes = Number(length) * elementSize(viewKind(result.type));
      if (bytes > Math.min(left, mostBytes) || keeping.keeps(fn, result.id)) return;
      left -= bytes;
      found.set(op, Number(length));
    });
  }
  return found;
}

function forEachOutsideLoops(nodes: readonly Node[], visit: (op: Operation) => void): void {
  for (const node of nodes) {
    if (node.kind === 'op') visit(node);
    else if (node.kind !== 'loop')
      for (const region of regionsOf(node)) forEachOutsideLoops(region, visit);
  }
}

/** The operations whose first operand is a view that they only look into, or write into. */
const lookers: ReadonlySet<string> = new Set([
  ...['view.load', 'view.store', 'view.length', 'view.byteOffset', 'view.move', 'view.apart'],
  ...['data.load', 'data.store', 'str.of', 'str.copy', 'retain', 'release'],
]);

/** Finds out whether a function keeps a view beyond its call, or may give it to somebody who does. */
export class Keeping {
  private readonly functions: ReadonlyMap<string, IrFunction>;
  /** By function and parameter. */
  private readonly known = new Map<string, boolean>();

  constructor(functions: ReadonlyMap<string, IrFunction>) {
    this.functions = functions;
  }

  /** @param value the number of the value that is the view */
  keeps({ body }: IrFunction, value: number): boolean {
    let keeps = false;
    walkNodes(body, (node) => {
      if (node.kind === 'return') keeps ||= node.values.some(({ id }) => id === value);
      if (node.kind !== 'op' || keeps) return;
      node.args.forEach(({ id }, index) => {
        if (id === value) keeps ||= !lookers.has(node.op) && this.isKeptBy(node, index);
      });
    });
    return keeps;
  }

  private isKeptBy(op: Operation, index: number): boolean {
    const callee = op.op === 'call' ? this.functions.get(op.attributes.callee ?? '') : undefined;
    const param = callee?.params[index];
    // Of a function of JavaScript or of C nobody knows.
    if (!callee || !param || callee.foreign || callee.extern) return true;
    const key = `${callee.name} ${index}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    // Of a function that calls itself this stands until more is known.
    this.known.set(key, true);
    const keeps = this.keeps(callee, param.value.id);
    this.known.set(key, keeps);
    return keeps;
  }
}
