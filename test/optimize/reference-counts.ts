/**
 * Runs functions of views with their references counted, to find leaks and uses after the last
 * release. It knows views, bools and what the scalar operations' own fold rules give.
 */
import { opInfo } from '../../compiler/ir/ops.ts';
import {
  isScalar,
  type Constant,
  type IrModule,
  type Node,
  type Operation,
  type Value,
} from '../../compiler/ir/types.ts';

export interface CountedView {
  readonly name: string;
  references: number;
}

type Held = CountedView | Constant | null;

/** What ends a region early. */
type Exit = { readonly label: string } | { readonly values: Held[] } | undefined;

const isViewObject = (held: Held | undefined): held is CountedView =>
  typeof held === 'object' && held !== null;

export class CountingMachine {
  /** All views made so far. */
  readonly made: CountedView[] = [];
  private readonly module: IrModule;
  private readonly steps: { left: number };

  constructor(module: IrModule, steps = 10_000) {
    this.module = module;
    this.steps = { left: steps };
  }

  make(name: string): CountedView {
    const view = { name: `${name}#${this.made.length}`, references: 1 };
    this.made.push(view);
    return view;
  }

  /**
   * Calls a function; views among the results own a reference.
   * @throws Error for a view used after it was freed
   */
  call(name: string, args: readonly Held[]): Held[] {
    const fn = this.module.functions.find((candidate) => candidate.name === name);
    if (!fn) throw new Error(`no function ${name}`);
    const values = new Map(fn.params.map(({ value }, index) => [value.id, args[index] ?? null]));
    const locals = new Map<string, Held>(
      fn.locals.map(({ name: local, type }) => [
        local,
        type === 'bool' ? false : isScalar(type) ? 0 : null,
      ]),
    );
    const exit = this.region(fn.body, values, locals);
    return exit && 'values' in exit ? exit.values : [];
  }

  private region(
    nodes: readonly Node[],
    values: Map<number, Held>,
    locals: Map<string, Held>,
  ): Exit {
    const use = ({ id }: Value): Held => {
      const held = values.get(id) ?? null;
      if (isViewObject(held) && held.references < 1) throw new Error(`${held.name} is freed`);
      return held;
    };
    for (const node of nodes) {
      switch (node.kind) {
        case 'op': {
          const results = this.operation(node, node.args.map(use), locals);
          node.results.forEach(({ id }, index) => values.set(id, results[index] ?? null));
          break;
        }
        case 'if': {
          const exit = this.region(use(node.condition) ? node.then : node.else, values, locals);
          if (exit) return exit;
          break;
        }
        case 'block': {
          const exit = this.region(node.body, values, locals);
          if (exit && !('label' in exit && exit.label === node.label)) return exit;
          break;
        }
        case 'loop':
          for (;;) {
            if (--this.steps.left < 0) throw new Error('too many steps');
            const exit = this.region(node.body, values, locals);
            if (exit && 'label' in exit && exit.label === node.label) break;
            if (exit) return exit;
          }
          break;
        case 'break':
          return { label: node.label };
        case 'return':
          return { values: node.values.map(use) };
        case 'throw':
          throw new Error('throw');
      }
    }
    return undefined;
  }

  private operation(op: Operation, args: readonly Held[], locals: Map<string, Held>): Held[] {
    const [a = null, b = null, c = null] = args;
    const { local = '', callee = '', value = 0 } = op.attributes;
    switch (op.op) {
      case 'const':
        return [value];
      case 'null':
        return [null];
      case 'local.get':
        return [locals.get(local) ?? null];
      case 'local.set':
        locals.set(local, a);
        return [];
      case 'view.new':
      case 'view.sub':
        return [this.make(op.op)];
      case 'call':
        return this.call(callee, args);
      case 'retain':
        if (isViewObject(a)) a.references++;
        return [];
      case 'release':
        if (isViewObject(a)) a.references--;
        return [];
      case 'select':
        return [a ? b : c];
      case 'view.length':
        return [BigInt(isViewObject(a) ? a.name.length : 0)];
      case 'eq':
        return [a === b];
      default: {
        const [first] = op.args;
        const [result] = op.results;
        const { fold } = opInfo(op.op);
        if (!fold || !first || !result || !isScalar(first.type) || !isScalar(result.type))
          throw new Error(`no rule for ${op.op}`);
        return [fold(args as Constant[], first.type, result.type) ?? null];
      }
    }
  }
}
