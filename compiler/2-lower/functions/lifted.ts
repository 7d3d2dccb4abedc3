/**
 * Functions inside a native function that become functions of their own: what they use of the variables
 * around them are parameters behind those that the source has (lambda lifting). A variable that doesn't change
 * is passed by its value; one that does lives in a cell, which is passed.
 *
 * Functions that call each other find out about their captures one after the other, so what calls a function
 * that is still being lowered gets the missing arguments later. It can: only functions inside the one that has
 * the variables do that, and captures are parameters of theirs.
 */
import { Node, ts } from '../../ts-morph.ts';
import { only } from '../../1-read/hint-types.ts';
import type { FunctionSignature, HintType, NativeFunction } from '../../1-read/model.ts';
import { spanOf } from '../../1-read/places.ts';
import type {
  IrType,
  Operation,
  Parameter,
  RecordMember,
  RecordType,
  Value,
} from '../../ir/types.ts';
import { lowerInto } from '../function.ts';
import { Lowering, type Around, type FunctionVariable, type Variable } from '../lowering.ts';
import type { Operand } from '../operands.ts';
import { fromValues, readVariable } from '../statements/variables.ts';
import { declaredHint, filledResult, nameOf, parameterHint, refuseUnlike } from './inline.ts';
import type { InnerFunction } from './frame.ts';
import { changes, writtenIn } from './written.ts';

/** What a function takes from around it: a variable, or the instance that `this` is. */
interface Capture {
  readonly of: ts.Symbol | 'this';
  readonly types: readonly IrType[];
}

/** A place that hands captures on: a call, or an object that is made of them. */
interface Site {
  readonly from: Lowering;
  readonly op: Operation;
  /** How many of the captures it hands on so far. */
  handed: number;
}

export class Lifted implements Around {
  readonly native: NativeFunction;
  readonly home: Lowering;
  /** The record of the function as a value, once it is one. */
  lambda: RecordType | undefined;
  private readonly own: Lowering;
  private readonly frozen: boolean;
  private readonly captures: Capture[] = [];
  private readonly sites: Site[] = [];
  private readonly found = new Map<ts.Symbol, Variable>();
  private readonly values = new Set<Value>();
  private self: Value | undefined;
  private isHandingOn = false;

  /** The function that a variable stands for. @param frozen as the constructor has it */
  static of(
    variable: FunctionVariable,
    signature: FunctionSignature | undefined,
    frozen = false,
  ): Lifted {
    const { fn, home } = variable;
    const lower = (lifted: Lifted, own: Lowering): void => {
      variable.lifted = lifted;
      if (Node.isFunctionExpression(fn)) own.declare(fn, variable);
      lowerInto(own);
    };
    return new Lifted(home, nativeOf(home, fn, signature), lower, frozen);
  }

  /**
   * @param home what it is inside of
   * @param lower lowers it with a state of its own
   * @param frozen nothing changes while it runs, so that variables which change before or behind it are passed by their values too
   */
  constructor(
    home: Lowering,
    native: NativeFunction,
    lower: (lifted: Lifted, own: Lowering) => void,
    frozen = false,
  ) {
    this.home = home;
    this.native = native;
    this.frozen = frozen;
    const hasThis = Node.isArrowFunction(native.node) && home.frame.hasThis;
    this.own = new Lowering(home.module, native, { root: home.root, lifted: this, hasThis });
    for (const running of home.running) this.own.running.add(running);
    home.root.made.push(this.own.b.fn);
    lower(this, this.own);
    // Defaults of parameters may have captured something before all parameters were there.
    const { fn: made } = this.own.b;
    const isCaptured = (param: Parameter): boolean => this.values.has(param.value);
    made.params = [
      ...made.params.filter((param) => !isCaptured(param)),
      ...made.params.filter(isCaptured),
    ];
  }

  /** What a symbol stands for inside, which isn't one of the function's own. */
  find(symbol: ts.Symbol): Variable | undefined {
    const known = this.found.get(symbol);
    if (known) return known;
    const variable = this.home.find(symbol);
    if (!variable || variable.kind === 'function' || variable.kind === 'refused') return variable;
    const made = this.captured(symbol, variable);
    this.found.set(symbol, made);
    this.handOn();
    return made;
  }

  /** The instance that `this` is. */
  thisValue(type: RecordType): Value {
    if (this.self) return this.self;
    const [self] = this.capture('this', 'this', [type]);
    if (!self) throw new Error('this is one value');
    this.self = self;
    this.handOn();
    return self;
  }

  private captured(
    symbol: ts.Symbol,
    variable: Exclude<Variable, FunctionVariable | { kind: 'refused' }>,
  ): Variable {
    if (variable.kind === 'constant') {
      const { operand } = variable;
      if (operand.kind === 'bigint' || operand.kind === 'absent') return variable;
      const values = operand.kind === 'optional' ? [operand.tag, operand.value] : [operand.value];
      const constants = values.map((value) => this.own.sameConstant(this.home, value));
      if (constants.every((value) => value !== undefined)) return constant(constants, operand);
      return constant(
        this.capture(
          symbol,
          symbol.name,
          values.map(({ type }) => type),
        ),
        operand,
      );
    }
    if (this.isConstant(symbol)) {
      const types = variable.tag === undefined ? [variable.type] : (['u8', variable.type] as const);
      return constant(this.capture(symbol, symbol.name, types));
    }
    const cell = variable.cell ?? this.home.root.needsCell(symbol, variable.initialized);
    const [held] = this.capture(symbol, symbol.name, [cell.record]);
    if (!held) throw new Error('a cell is one value');
    return { ...variable, cell: { record: cell.record, holder: () => held } };
  }

  private isConstant(symbol: ts.Symbol): boolean {
    const { root } = this.home;
    if (!changes(symbol, root.node)) return true;
    // A function that it calls may assign it: only those around it surely don't while it runs.
    return (
      this.frozen &&
      root.node
        .getDescendants()
        .every(
          (node) =>
            !ts.isFunctionLike(node.compilerNode) ||
            isAround(node, this.native.node) ||
            !writtenIn(node).has(symbol),
        )
    );
  }

  /** Adds parameters for what is captured. Once it is known by its name, `handOn` adds the arguments. */
  private capture(of: Capture['of'], name: string, types: readonly IrType[]): Value[] {
    this.captures.push({ of, types });
    const { b } = this.own;
    const values = types.map((type, index) =>
      b.param(types.length > 1 && index === 0 ? `${name}.tag` : name, type),
    );
    for (const value of values) this.values.add(value);
    if (this.lambda) this.setMembers(this.lambda);
    return values;
  }

  /**
   * Adds the arguments for captures wherever the function is called or made. It may be called in itself, and what
   * calls it may have to capture more for that, also of this one.
   */
  private handOn(): void {
    if (this.isHandingOn) return;
    this.isHandingOn = true;
    try {
      const isBehind = ({ handed }: Site): boolean => handed < this.captures.length;
      for (let site = this.sites.find(isBehind); site; site = this.sites.find(isBehind)) {
        const next = this.captures[site.handed++];
        if (next) site.op.args.push(...valuesOf(site.from, next));
      }
    } finally {
      this.isHandingOn = false;
    }
  }

  /** What is captured, as the function `from` has it. */
  capturedValues(from: Lowering): Value[] {
    return this.captures.flatMap((capture) => valuesOf(from, capture));
  }

  /** The types of what is captured. */
  capturedTypes(): IrType[] {
    return this.captures.flatMap(({ types }) => types);
  }

  /** Notes an operation whose last operands are the captures. */
  note(from: Lowering, op: Operation): void {
    this.sites.push({ from, op, handed: this.captures.length });
  }

  /** Gives the record of the function as a value the members that it captures. */
  setMembers(record: RecordType): void {
    this.lambda = record;
    const members = this.capturedTypes().map((type, index): RecordMember => ({
      name: `c${index}`,
      type,
      undefined: false,
      null: false,
    }));
    this.home.module.reading.records.setMembers(record, members);
  }
}

/** A constant of the same kind as another one. */
const constant = (values: readonly Value[], like?: Operand): Variable => {
  const operand = fromValues(values);
  const only = like?.kind === 'optional' ? like.only : undefined;
  return {
    kind: 'constant',
    operand: operand.kind === 'optional' && only ? { ...operand, only } : operand,
  };
};

function valuesOf(from: Lowering, { of, types }: Capture): Value[] {
  if (of === 'this') return [from.thisValue()];
  const variable = from.find(of);
  if (!variable || variable.kind === 'function' || variable.kind === 'refused')
    return from.refuse(undefined);
  const isCell = variable.kind === 'local' && variable.cell?.record === types[0];
  if (isCell && variable.cell) return [variable.cell.holder()];
  const operand = variable.kind === 'constant' ? variable.operand : readVariable(from, variable);
  if (operand.kind === 'optional') return [operand.tag, operand.value];
  return operand.kind === 'value' ? [operand.value] : from.refuse(undefined);
}

/** The function as if it were one at the top level. */
function nativeOf(
  l: Lowering,
  fn: InnerFunction,
  signature: FunctionSignature | undefined,
): NativeFunction {
  refuseUnlike(l, fn);
  const name = nameOf(fn);
  const { reading } = l.module;
  const params = fn.getParameters().map((node, index) => {
    const initializer = node.getInitializer();
    const given =
      parameterHint(l, fn, index) ??
      signature?.params[index] ??
      reading.hintOfType(l.typeOf(node), node);
    if ('code' in given) return l.refuse(given);
    const optional = initializer !== undefined || node.hasQuestionToken();
    const hint = { ...given, undefined: given.undefined || optional };
    return { name: node.getNameNode().getText(), hint, node, initializer };
  });
  return {
    id: l.root.idFor(name),
    name,
    node: fn,
    file: fn.getSourceFile(),
    options: l.native.options,
    tagged: false,
    params,
    result: resultOf(l, fn, signature),
    span: spanOf(fn),
    types: l.native.types,
  };
}

function resultOf(
  l: Lowering,
  fn: InnerFunction,
  signature: FunctionSignature | undefined,
): HintType {
  const hint = declaredHint(l, fn) ?? signature?.result;
  if (hint) return hint.type === undefined ? only(undefined) : hint;
  const type = l.module.reading.instantiate(fn.getReturnType().compilerType);
  if (type.flags & ts.TypeFlags.Never) return only(undefined);
  const inferred = l.module.reading.hintOfType(type, fn);
  if ('code' in inferred) return filledResult(l, fn) ?? l.refuse(inferred);
  return inferred.type === undefined ? only(undefined) : inferred;
}

/** Whether a node is around another one of its file. */
const isAround = (outer: Node, inner: Node): boolean =>
  outer !== inner && outer.getPos() <= inner.getPos() && outer.getEnd() >= inner.getEnd();
