/**
 * Runs functions with the references of their objects counted, to find leaks and uses after the last
 * release. Strings that grow where they are must not be seen by anybody who had them before. Of scalars it knows
 * bools and what the operations' own fold rules give.
 */
import { opInfo } from '../../compiler/ir/ops.ts';
import { recordOf, slotsOf } from '../../compiler/ir/records.ts';
import {
  isReference,
  isScalar,
  type Constant,
  type IrModule,
  type IrType,
  type Node,
  type Operation,
  type Value,
} from '../../compiler/ir/types.ts';

export interface Counted {
  readonly name: string;
  references: number;
  /** What a record holds by slot, a list by index. */
  readonly held: Map<string | number, Held>;
  /** The units of a string. */
  text: string;
}

/** A reference, with the units that a string had when it was read. */
interface Reference {
  readonly to: Counted;
  readonly text: string;
}

type Held = Reference | Constant | null;

/** What ends a region early. */
type Exit = { readonly label: string } | { readonly values: Held[] } | undefined;

/** An error of the program. */
export class Thrown extends Error {}

export const isReferenceTo = (held: unknown): held is Reference =>
  typeof held === 'object' && held !== null;

export class CountingMachine {
  /** All objects made so far. */
  readonly made: Counted[] = [];
  /** Whether there was an error. */
  threw = false;
  /** How many strings grew where they were. */
  grown = 0;
  private readonly module: IrModule;
  private readonly steps: { left: number };

  constructor(module: IrModule, steps = 10_000) {
    this.module = module;
    this.steps = { left: steps };
  }

  make(name: string, text = ''): Reference {
    const to = { name: `${name}#${this.made.length}`, references: 1, held: new Map(), text };
    this.made.push(to);
    return { to, text };
  }

  /** An object of a type, with one of everything that it holds. */
  sample(type: IrType, name: string): Reference {
    const made = this.make(name);
    if (type.startsWith('rec.'))
      for (const slot of slotsOf(recordOf(this.module, type)))
        made.to.held.set(
          slot.name,
          isReference(slot.type) ? this.sample(slot.type, `${slot.type} of ${name}`) : 0,
        );
    if (type.startsWith('list.')) made.to.held.set(0, this.sample(type.slice(5) as IrType, name));
    return made;
  }

  /**
   * Calls a function; objects among the results own a reference.
   * @throws Error for an object used after it was freed; Thrown
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
    try {
      const exit = this.region(fn.body, values, locals);
      return exit && 'values' in exit ? exit.values : [];
    } catch (error) {
      if (error instanceof Thrown) this.region(fn.unwind ?? [], values, locals);
      throw error;
    }
  }

  private region(
    nodes: readonly Node[],
    values: Map<number, Held>,
    locals: Map<string, Held>,
  ): Exit {
    const use = ({ id }: Value, user?: Operation): Held => {
      const held = values.get(id) ?? null;
      return user?.op === 'release' ? held : checked(held);
    };
    for (const node of nodes) {
      switch (node.kind) {
        case 'op': {
          const results = this.operation(
            node,
            node.args.map((arg) => use(arg, node)),
            locals,
          );
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
        case 'try': {
          let exit: Exit;
          try {
            exit = this.region(node.body, values, locals);
          } catch (error) {
            if (!(error instanceof Thrown)) throw error;
            exit = this.region(node.handler, values, locals);
          }
          if (exit) return exit;
          break;
        }
        case 'break':
          return { label: node.label };
        case 'return':
          return { values: node.values.map((value) => use(value)) };
        case 'throw':
        case 'rethrow':
          this.threw = true;
          throw new Thrown();
      }
    }
    return undefined;
  }

  private release(held: Held): void {
    if (!isReferenceTo(held)) return;
    const { to } = held;
    if (to.references < 1) throw new Error(`${to.name} is released too often`);
    if (--to.references > 0) return;
    for (const inner of to.held.values()) this.release(inner);
    to.held.clear();
  }

  private operation(op: Operation, args: readonly Held[], locals: Map<string, Held>): Held[] {
    const [a = null, b = null, c = null] = args;
    const { local = '', callee = '', value = 0, slot = '', text = '' } = op.attributes;
    const held = (): Counted['held'] => {
      if (!isReferenceTo(a)) throw new Error(`${op.op} of null`);
      return a.to.held;
    };
    const replace = (key: string | number, by: Held): Held[] => {
      const old = held().get(key) ?? null;
      held().set(key, by);
      if (op.attributes.moves !== true) this.release(old);
      return [];
    };
    switch (op.op) {
      case 'const':
        return [value];
      case 'null':
        return [null];
      case 'is.null':
        return [a === null];
      case 'local.get':
        return [locals.get(local) ?? null];
      case 'local.set':
        locals.set(local, a);
        return [];
      case 'view.new':
      case 'view.sub':
      case 'list.new':
        return [this.make(op.op)];
      case 'rec.new': {
        const type = op.results[0]?.type;
        if (type === undefined) throw new Error('rec.new without a result');
        const made = this.make(op.op);
        slotsOf(recordOf(this.module, type)).forEach(({ name }, index) =>
          made.to.held.set(name, args[index] ?? null),
        );
        return [made];
      }
      case 'rec.get':
        return [checked(held().get(slot) ?? null)];
      case 'rec.set':
        return replace(slot, b);
      case 'rec.as':
        return [a];
      case 'list.push':
        held().set(held().size, b);
        return [];
      case 'list.load':
        return [checked(held().get(Number(b)) ?? null)];
      case 'list.store':
        return replace(Number(b), c);
      case 'list.truncate':
        for (let index = held().size - 1; index >= Number(b); index--) {
          replace(index, null);
          held().delete(index);
        }
        return [];
      case 'str.const': {
        const made = this.make(text, text);
        made.to.references = Infinity;
        return [made];
      }
      case 'str.concat': {
        const [, ...more] = args;
        if (!isReferenceTo(a) || !more.every(isReferenceTo)) throw new Error('str.concat of null');
        const joined = [a, ...more].map(({ text }) => text).join('');
        const isOther = more.every(({ to }) => to !== a.to);
        if (!op.attributes.replaces || a.to.references !== 1 || !isOther)
          return [this.make('joined', joined)];
        this.grown++;
        a.to.text = joined;
        a.to.references++;
        return [{ to: a.to, text: joined }];
      }
      case 'call':
        return this.call(callee, args);
      case 'retain':
        if (isReferenceTo(a)) a.to.references++;
        return [];
      case 'release':
        this.release(a);
        return [];
      case 'select':
        return [a ? b : c];
      case 'view.length':
      case 'str.length':
        return [BigInt(isReferenceTo(a) ? a.text.length : 0)];
      case 'list.length':
        return [BigInt(held().size)];
      case 'eq':
        return [isReferenceTo(a) && isReferenceTo(b) ? a.to === b.to : a === b];
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

/** What is used must be there. A string that grew where it was is what it was only for whoever reads it anew. */
function checked(held: Held): Held {
  if (!isReferenceTo(held)) return held;
  const { to, text } = held;
  if (to.references < 1) throw new Error(`${to.name} is freed`);
  if (to.text !== text) throw new Error(`${to.name} was '${text}' and is '${to.text}'`);
  return held;
}
