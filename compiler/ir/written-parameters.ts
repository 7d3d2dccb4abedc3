/** Which of its parameters a function may write to, when they are views. */
import type { IrFunction, Operation } from './types.ts';
import { isView } from './types.ts';
import { walkOps } from './walk.ts';

/** Operations that only look at the views that are their operands. */
const lookers: ReadonlySet<string> = new Set([
  ...['view.load', 'view.length', 'view.byteOffset', 'view.apart', 'view.sameBuffer'],
  ...['data.load', 'data.text', 'atomic.load', 'str.of', 'eq', 'ne', 'is.null'],
  ...['retain', 'release'],
]);

/** Operations that write to one of their operands, by the index of that. */
const writers: Readonly<Record<string, number>> = {
  'view.store': 0,
  'data.store': 0,
  'view.move': 0,
  'str.copy': 3,
};

/** Finds out which parameters are written to; what can't be told counts as written. */
export class WrittenParameters {
  private readonly functions: ReadonlyMap<string, IrFunction>;
  private readonly known = new Map<string, boolean>();

  /** @param functions of the module, by name */
  constructor(functions: ReadonlyMap<string, IrFunction>) {
    this.functions = functions;
  }

  /** @param index of the parameter in `fn.params` */
  isWritten(fn: IrFunction, index: number): boolean {
    const key = `${fn.name} ${index}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    // Of a function that calls itself this stands until more is known.
    this.known.set(key, true);
    const written = this.find(fn, index);
    this.known.set(key, written);
    return written;
  }

  private find(fn: IrFunction, index: number): boolean {
    const param = fn.params[index];
    // C may do anything behind a pointer.
    if (!param || fn.foreign || fn.extern) return true;
    const values = new Set([param.value.id]);
    const locals = new Set<string>();
    let written = false;
    // Until nothing more is found to be the view, or a part of it: a loop may read what it sets further down.
    for (let found = -1; found < values.size + locals.size && !written;) {
      found = values.size + locals.size;
      walkOps(fn.body, (op) => {
        if (op.op === 'local.get' && locals.has(op.attributes.local ?? '')) addResults(op, values);
        op.args.forEach(({ id }, at) => {
          if (!values.has(id)) return;
          if (op.op === 'local.set') locals.add(op.attributes.local ?? '');
          // What it is, a part of it, or what a callee gives back.
          else if (this.writes(op, at)) written = true;
          else addResults(op, values);
        });
      });
    }
    return written;
  }

  private writes(op: Operation, at: number): boolean {
    const writer = writers[op.op];
    if (writer !== undefined) return writer === at;
    if (lookers.has(op.op) || op.op === 'view.sub') return false;
    const callee = this.functions.get(op.attributes.callee ?? '');
    if (!callee) return true;
    // A piece of a parallel region gets both ends of its range in the place of the count.
    return this.isWritten(callee, op.op === 'parallel' ? at + 1 : at);
  }
}

function addResults({ results }: Operation, values: Set<number>): void {
  for (const { id, type } of results) if (isView(type)) values.add(id);
}
