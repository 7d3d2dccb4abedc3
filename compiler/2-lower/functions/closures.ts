/**
 * Functions as values. Each function that comes to be a value has a record of its own, whose members are what
 * it captures; a function type is the union of the records of those that may come to it. A call of a value asks
 * which of them it is, and calls that one: all functions are known, so nothing is called by its address
 * (Reynolds, "Definitional interpreters for higher-order programming languages", 1972).
 */
import type { Node } from '../../ts-morph.ts';
import { IrBuilder } from '../../ir/build.ts';
import type { FunctionSignature, HintType, NativeFunction, Reading } from '../../1-read/model.ts';
import { recordName } from '../../ir/records.ts';
import {
  isRecord,
  type BoundaryType,
  type IrFunction,
  type IrType,
  type RecordType,
  type Value,
  valueTypes,
} from '../../ir/types.ts';
import { toHint } from '../convert.ts';
import {
  Lowering,
  type FunctionVariable,
  type ModuleState,
  type LoweredCode,
} from '../lowering.ts';
import { valueOperand, type Operand } from '../operands.ts';
import { fromValues } from '../statements/variables.ts';
import { Lifted } from './lifted.ts';

/** A function that is a value somewhere. */
interface Lambda {
  readonly native: NativeFunction;
  readonly record: RecordType;
}

/** A place that calls a value. */
export interface ClosureSite {
  /** Its function type. */
  readonly type: RecordType;
  readonly node: Node;
  /** What stands for each argument; of those that a method passes to its callback, the callback. */
  readonly args: readonly Node[];
  readonly caller: LoweredCode;
}

/** A function that calls values of a type with so many arguments. */
interface Dispatcher {
  readonly name: string;
  readonly type: RecordType;
  /** How many arguments; there are more than parameters where a method passes them to its callback. */
  readonly given: number;
  /** A function that does. */
  readonly caller: LoweredCode;
}

export class Closures {
  private readonly reading: Reading;
  private readonly lambdas = new Map<RecordType, Lambda>();
  private readonly ofNative = new Map<NativeFunction, RecordType>();
  /** What may come to a function type: functions, and function types. */
  private readonly sources = new Map<RecordType, Set<RecordType>>();
  /** The functions that call values, by their names. */
  private readonly called = new Map<string, Dispatcher>();
  /** The records of functions that come from JavaScript, by the types that exported functions take them as. */
  private readonly fromJavaScript = new Map<RecordType, RecordType>();
  /** The places that call values. */
  private readonly sites: ClosureSite[] = [];

  constructor(reading: Reading) {
    this.reading = reading;
  }

  /** Makes a record for a function that becomes a value. */
  lambda(native: NativeFunction): RecordType {
    const record = this.reading.records.lambdaOf(native.name);
    this.lambdas.set(record, { native, record });
    return record;
  }

  /** The record of a function of the module, which captures nothing. */
  lambdaOfNative(native: NativeFunction): RecordType {
    const record = this.ofNative.get(native) ?? this.lambda(native);
    this.ofNative.set(native, record);
    return record;
  }

  /** Notes that functions of JavaScript come in as values of a type. */
  comesFromJavaScript(type: RecordType): void {
    if (this.fromJavaScript.has(type)) return;
    const record = this.reading.records.lambdaOf('of JavaScript');
    const member = { name: 'js', type: 'js', undefined: false, null: false } as const;
    this.reading.records.setMembers(record, [member]);
    this.fromJavaScript.set(type, record);
    this.flow(record, type);
  }

  /** The function whose values have a record; undefined for other records. */
  functionOf(record: RecordType): string | undefined {
    return this.lambdas.get(record)?.native.id;
  }

  /** Whether a function of that name calls values, whatever functions they are. */
  isDispatcher(name: string): boolean {
    return this.called.has(name);
  }

  forget(records: readonly RecordType[]): void {
    for (const record of records) this.lambdas.delete(record);
    for (const sources of this.sources.values())
      for (const record of records) sources.delete(record);
    this.reading.records.remove(records);
  }

  /** Notes that values of one record become values of a function type. */
  flow(from: RecordType, to: RecordType): void {
    const sources = this.sources.get(to) ?? new Set();
    this.sources.set(to, sources.add(from));
  }

  /**
   * The function that calls values of a function type with so many arguments. Functions of the module take absent
   * arguments as `undefined`, those of JavaScript may count them.
   */
  dispatcher(site: ClosureSite): string {
    const { type, caller, args } = site;
    const all = this.reading.records.signatureOf(type)?.params.length ?? 0;
    const given = args.length;
    const suffix = given === all ? '' : given > all ? '.more' : `.${given}`;
    const name = `fn.call.${recordName(type)}${suffix}`;
    if (!this.called.has(name)) this.called.set(name, { name, type, given, caller });
    this.sites.push(site);
    return name;
  }

  /** The places that may call functions of JavaScript, once all functions have been lowered. */
  callsOfJavaScript(): ClosureSite[] {
    const places = new Map(
      this.sites
        .filter(({ type }) => this.javaScriptIn(type).length > 0)
        .map((site) => [site.node.compilerNode, site]),
    );
    return [...places.values()];
  }

  /** The functions that call values, and the variants of function types: once all functions have been lowered. */
  finish(module: ModuleState): IrFunction[] {
    const { records } = this.reading;
    for (;;) {
      const before = this.flows();
      const made = [...this.called.values()].flatMap((one) => this.dispatch(module, one));
      if (this.flows() > before) continue;
      for (const type of records.functionTypes())
        records.setVariants(type, [
          ...this.lambdasOf(type).map(({ record }) => record),
          ...this.javaScriptIn(type).map(({ record }) => record),
        ]);
      return made;
    }
  }

  private flows(): number {
    return [...this.sources.values()].reduce((all, sources) => all + sources.size, 0);
  }

  /** All that may come to a function type, in steps. */
  private reachedFrom(type: RecordType): Set<RecordType> {
    const reached = new Set([type]);
    // The set grows while it is walked.
    for (const one of reached)
      for (const source of this.sources.get(one) ?? []) reached.add(source);
    return reached;
  }

  private lambdasOf(type: RecordType): Lambda[] {
    return [...this.reachedFrom(type)].flatMap((record) => this.lambdas.get(record) ?? []);
  }

  /** The types as which functions of JavaScript come in that may come to a type, with their records. */
  private javaScriptIn(type: RecordType): { declared: RecordType; record: RecordType }[] {
    return [...this.reachedFrom(type)].flatMap((declared) => {
      const record = this.fromJavaScript.get(declared);
      return record ? [{ declared, record }] : [];
    });
  }

  /** The function that calls values of a type, before it those that stand for functions of JavaScript. */
  private dispatch(module: ModuleState, { name, type, given, caller }: Dispatcher): IrFunction[] {
    const { records } = this.reading;
    const signature = records.signatureOf(type);
    if (!signature) throw new Error(`${type} is no function type`);
    const { method: _, ...rest } = caller;
    const native: LoweredCode = { ...rest, id: name, params: [], result: signature.result };
    const l = new Lowering(module, native);
    l.b.fn.span = undefined;
    l.b.fn.results.push(...valueTypes(signature.result));
    const closure = l.b.param('fn', type);
    const hints = signature.params.slice(0, given);
    const values = hints.map((hint, index) =>
      valueTypes(hint).map((one) => l.b.param(`p${index}`, one)),
    );
    const foreign: IrFunction[] = [];
    const ways = [
      ...this.lambdasOf(type).map((lambda) => ({
        record: lambda.record,
        call: () => callLambda(l, lambda, closure, values.map(fromValues), signature),
      })),
      ...this.javaScriptIn(type).map(({ declared, record }) => ({
        record,
        call: () => {
          // JavaScript would count them.
          if (given > signature.params.length)
            return l.b.failCheck('TypeError', [
              'a function of JavaScript is the callback of a method, which passes it more than its type tells',
            ]);
          const result = records.signatureOf(declared)?.result ?? signature.result;
          const made = foreignFunction(`${name}.${recordName(record)}`, hints, result);
          foreign.push(made);
          const self = l.b.op('rec.as', [closure], record);
          const js = l.b.op('rec.get', [self], 'js', { slot: 'js' });
          const results = l.b.call(made.name, [js, ...values.flat()], made.results);
          const subject = 'the result of a function of JavaScript';
          const returned = fromValues(results);
          l.b.return(toHint(l, returned, signature.result, caller.node, subject));
        },
      })),
    ];
    const last = ways.pop();
    l.guarded(() => {
      for (const { record, call } of ways)
        l.b.if(l.b.op('rec.is', [closure], undefined, { record: recordName(record) }), call);
      if (last) last.call();
      else l.b.failCheck('TypeError', ['no function comes here']);
    });
    return [...foreign, l.b.fn];
  }
}

/** The IR function that stands for one of JavaScript, which gets what its caller passes and has to give what its type tells. */
function foreignFunction(name: string, hints: readonly HintType[], result: HintType): IrFunction {
  const b = new IrBuilder(name);
  b.param('fn', 'js');
  hints.forEach((hint, index) => valueTypes(hint).map((type) => b.param(`p${index}`, type)));
  b.fn.results.push(...valueTypes(result));
  b.fn.foreign = { params: hints.flatMap(boundaryOf), result: boundaryOf(result)[0] };
  return b.fn;
}

const boundaryOf = ({ type, undefined: absent, null: isNull }: HintType): BoundaryType[] =>
  type === undefined ? [] : [{ type, undefined: absent, null: isNull }];

/** Calls the function that a value is, and returns what it gives. */
function callLambda(
  l: Lowering,
  { native, record }: Lambda,
  closure: Value,
  operands: readonly Operand[],
  signature: FunctionSignature,
): void {
  const { node, params, result, name } = native;
  const given = params.flatMap((param, index) =>
    toHint(
      l,
      operands[index] ?? { kind: 'absent', absent: 'undefined' },
      param.hint,
      node,
      param.name,
    ),
  );
  const { members } = l.module.reading.records.get(record);
  const self = l.b.op('rec.as', [closure], record);
  const captured = members.map((member) =>
    l.b.op('rec.get', [self], member.type, { slot: member.name }),
  );
  const values = l.b.call(native.id, [...given, ...captured], valueTypes(result));
  l.b.return(toHint(l, fromValues(values), signature.result, node, `the result of ${name}`));
}

/** Whether values of a type are functions. */
export const isFunctionType = (l: Lowering, type: IrType): type is RecordType =>
  l.module.reading.records.signatureOf(type) !== undefined;

/**
 * Refuses to ask whether two functions are the same one, or to look for one: each use of a function's name as
 * a value makes an object of its own.
 */
export function refuseIdentity(l: Lowering, node: Node): never {
  return l.unsupported(node, {
    what: 'functions that are compared or looked for',
    why: 'Functions are told apart by what they do alone.',
    rewrite: 'Keep a name or a number beside each function, and compare that.',
  });
}

/** A function value as one of another function type; undefined where it is about something else. */
export function asFunction(l: Lowering, value: Value, type: RecordType): Value | undefined {
  if (!isRecord(value.type) || !isFunctionType(l, value.type) || !isFunctionType(l, type))
    return undefined;
  l.module.closures.flow(value.type, type);
  return l.b.op('rec.as', [value], type);
}

/** The function of its own that a function inside a native one is. */
export const liftedOf = (variable: FunctionVariable, signature?: FunctionSignature): Lifted =>
  variable.lifted ?? Lifted.of(variable, signature);

/** A function inside a native one as a value. @param expected the type of what it is for, where that is known */
export function closureOf(l: Lowering, variable: FunctionVariable, expected?: HintType): Operand {
  const { records } = l.module.reading;
  const wanted = expected?.type === undefined ? undefined : records.signatureOf(expected.type);
  const lifted = liftedOf(variable, wanted);
  if (!lifted.lambda) {
    const record = l.module.closures.lambda(lifted.native);
    l.root.noteLambda(record);
    lifted.setMembers(record);
  }
  const record = lifted.lambda;
  if (!record) throw new Error('it has a record');
  let made: Value | undefined;
  const captured = lifted.capturedValues(l);
  const nodes = l.b.detached(() => {
    made = l.b.op('rec.new', captured, record);
  });
  l.b.place(nodes);
  const [op] = nodes;
  if (!made || op?.kind !== 'op') throw new Error('an object is made');
  lifted.note(l, op);
  const type = wanted && expected?.type !== undefined ? expected.type : ownType(l, lifted.native);
  return asSignature(l, made, record, type as RecordType);
}

/** A function of the module as a value. @param expected the type of what it is for, where that is known */
export function closureOfNative(l: Lowering, native: NativeFunction, expected?: HintType): Operand {
  l.module.require(native, l.native);
  const record = l.module.closures.lambdaOfNative(native);
  const wanted = expected?.type;
  const type = wanted !== undefined && isFunctionType(l, wanted) ? wanted : ownType(l, native);
  return asSignature(l, l.b.op('rec.new', [], record), record, type);
}

function asSignature(l: Lowering, made: Value, record: RecordType, type: RecordType): Operand {
  l.module.closures.flow(record, type);
  return valueOperand(l.b.op('rec.as', [made], type));
}

const ownType = (l: Lowering, { params, result, name }: NativeFunction): RecordType =>
  l.module.reading.records.functionOf({ params: params.map(({ hint }) => hint), result }, name);

/** Calls a function value with arguments that have been evaluated. */
export function callClosure(
  l: Lowering,
  closure: Value,
  args: readonly { readonly operand: Operand; readonly node: Node }[],
  node: Node,
): Operand {
  const type = closure.type as RecordType;
  const signature = l.module.reading.records.signatureOf(type);
  if (!signature) throw new Error(`${type} is no function type`);
  const count = Math.min(args.length, signature.params.length);
  const values = signature.params.slice(0, count).flatMap((hint, index) => {
    const argument = args[index];
    const operand = argument?.operand ?? ({ kind: 'absent', absent: 'undefined' } as const);
    return toHint(l, operand, hint, argument?.node ?? node, 'the argument');
  });
  const site = { type, node, args: args.map((argument) => argument.node), caller: l.native };
  const callee = l.module.closures.dispatcher(site);
  return fromValues(l.b.call(callee, [closure, ...values], valueTypes(signature.result)));
}

/** Calls a function inside a native one as one of its own. */
export function callLifted(
  l: Lowering,
  variable: FunctionVariable,
  args: readonly { readonly operand: Operand; readonly node: Node }[],
  node: Node,
): Operand {
  const lifted = liftedOf(variable);
  const { params, result, id } = lifted.native;
  const values = params.flatMap(({ hint, name }, index) => {
    const argument = args[index];
    const operand = argument?.operand ?? ({ kind: 'absent', absent: 'undefined' } as const);
    return toHint(l, operand, hint, argument?.node ?? node, name);
  });
  const captured = lifted.capturedValues(l);
  let results: Value[] = [];
  const nodes = l.b.detached(() => {
    results = l.b.call(id, [...values, ...captured], valueTypes(result));
  });
  l.b.place(nodes);
  const [op] = nodes;
  if (op?.kind === 'op') lifted.note(l, op);
  return fromValues(results);
}
