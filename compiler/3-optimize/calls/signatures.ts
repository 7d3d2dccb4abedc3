/**
 * Changes the types that numbers are passed with: a parameter or result of a function becomes an integer,
 * or a parameter a constant, at its definition and in all calls.
 */
import type { Constant, IrFunction, IrModule, Node, Operation, Value } from '../../ir/types.ts';
import { mapNodes, replaceValues, rewriteOps } from '../../ir/walk.ts';
import { Replacement } from '../replacement.ts';

/** The integers that numbers are passed as. */
export type PassedType = 'i32' | 'i64';

/** Who calls each function, by name. */
export type Callers = ReadonlyMap<string, readonly IrFunction[]>;

export class Signatures {
  private readonly callers = new Map<string, Set<IrFunction>>();
  private readonly assertElided: boolean;

  /** @param assertElided tests the proof that a number is an integer where it is passed */
  constructor({ functions }: IrModule, assertElided: boolean) {
    this.assertElided = assertElided;
    for (const fn of functions)
      rewriteOps(fn.body, ({ op, attributes: { callee } }) => {
        if (op !== 'call' || callee === undefined) return undefined;
        const known = this.callers.get(callee) ?? new Set();
        this.callers.set(callee, known.add(fn));
        return undefined;
      });
  }

  callersOf(fn: IrFunction): ReadonlySet<IrFunction> {
    return this.callers.get(fn.name) ?? new Set();
  }

  /** Passes a parameter as an integer. It keeps its id; in the function a double is made of it. */
  changeParam(fn: IrFunction, index: number, type: PassedType): void {
    const param = fn.params[index];
    if (!param) return;
    const double: Value = { ...param.value, id: fn.nextValue++ };
    replaceValues(fn.body, new Map([[param.value.id, double]]));
    const value: Value = { ...param.value, type };
    fn.params = fn.params.map((old, at) => (at === index ? { name: old.name, value } : old));
    atStart(fn, {
      kind: 'op',
      op: 'conv',
      args: [value],
      results: [double],
      attributes: {},
      span: fn.span,
    });
    this.rewriteCalls(fn, (caller, call) => {
      const to = new Replacement(caller, call);
      const args = call.args.map((arg, at) =>
        at === index ? this.asInteger(arg, type, param.name, to) : arg,
      );
      return [...to.ops, { ...call, args }];
    });
  }

  /** Gives a result as an integer; calls make a double of it. */
  changeResult(fn: IrFunction, index: number, type: PassedType): void {
    fn.results = fn.results.map((old, at) => (at === index ? type : old));
    mapNodes(fn.body, (node): Node[] | undefined => {
      if (node.kind !== 'return') return undefined;
      const at: Operation = {
        kind: 'op',
        op: 'conv',
        args: [],
        results: [],
        attributes: {},
        span: node.span,
      };
      const to = new Replacement(fn, at);
      const values = node.values.map((value, place) =>
        place === index ? this.asInteger(value, type, 'result', to) : value,
      );
      return [...to.ops, { ...node, values }];
    });
    this.rewriteCalls(fn, (caller, call) => {
      const result = call.results[index];
      if (!result) return [call];
      const to = new Replacement(caller, call);
      const integer: Value = { id: caller.nextValue++, type };
      to.add('conv', [integer], result);
      const results = call.results.map((old, at) => (at === index ? integer : old));
      return [{ ...call, results }, ...to.ops];
    });
  }

  /** Uses a constant instead of a parameter, which is still passed. */
  useConstant(
    fn: IrFunction,
    { value: param }: IrFunction['params'][number],
    value: Constant,
  ): void {
    const constant: Value = { ...param, id: fn.nextValue++ };
    replaceValues(fn.body, new Map([[param.id, constant]]));
    atStart(fn, {
      kind: 'op',
      op: 'const',
      args: [],
      results: [constant],
      attributes: { value },
      span: fn.span,
    });
  }

  private asInteger(value: Value, type: PassedType, subject: string, to: Replacement): Value {
    return this.assertElided
      ? to.add('check.range', [value], type, { subject, elided: true })
      : to.add('fptoint', [value], type);
  }

  private rewriteCalls(
    fn: IrFunction,
    rewrite: (caller: IrFunction, call: Operation) => Operation[],
  ): void {
    for (const caller of this.callersOf(fn))
      rewriteOps(caller.body, (op) =>
        op.op === 'call' && op.attributes.callee === fn.name ? rewrite(caller, op) : undefined,
      );
  }
}

/** Puts an operation at the start of a function, behind the check of the stack. */
function atStart(fn: IrFunction, op: Operation): void {
  const [first] = fn.body;
  fn.body.splice(first?.kind === 'op' && first.op === 'check.stack' ? 1 : 0, 0, op);
}
