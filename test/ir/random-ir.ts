/** Random functions that keep all rules of the IR. They are made to be written, read and checked, not run. */
import { IrBuilder } from '../../compiler/ir/build.ts';
import { opInfo, ops, type OpName } from '../../compiler/ir/ops.ts';
import {
  bitWidth,
  elementType,
  isNumeric,
  isScalar,
  isView,
  viewClass,
  viewKind,
  type Attributes,
  type IrFunction,
  type IrModule,
  type IrType,
  type ScalarType,
  type Value,
  type ViewType,
} from '../../compiler/ir/types.ts';
import { isOfClass } from '../../compiler/ir/verify-operation.ts';
import { errorClasses } from '../../runtime/messages.ts';
import { edgeValues, scalarTypes } from './edge-values.ts';

/** A generator of numbers in [0, 1) (mulberry32, by Tommy Ettinger; public domain). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

const viewTypes = Object.keys(viewClass).map((kind) => `view.${kind}` as ViewType);
const allTypes: readonly IrType[] = [...scalarTypes, ...viewTypes];
const names = [
  'a',
  'sum',
  '$x',
  'größe',
  'with space',
  'quo"te',
  'line\nend',
  'i.1',
  '',
  'if',
  '7',
];
/** Those that need no records, or arrays of integers; calls and constants are made in other ways. */
const opNames = (Object.keys(ops) as OpName[]).filter(
  (name) => !/^(call|parallel|const|(extern|rec|list|str|error|state|mark|atomic)\..*)$/.test(name),
);

/** A module of some functions that call each other. */
export function randomModule(seed: number): IrModule {
  const random = randomNumbers(seed);
  const module: IrModule = { records: [], functions: [], globals: [], exports: [], tables: [] };
  const writer = { random, module };
  for (let index = 0; index < 2; index++)
    module.globals.push({
      name: `g${index}`,
      type: pick(random, allTypes),
      sourceName: pick(random, names),
      span: undefined,
    });
  for (let index = 0; index < 2; index++) {
    const type = pick(random, scalarTypes.filter(isNumeric));
    module.tables?.push({ name: `t${index}`, type, values: edgeValues(type) });
  }
  for (let index = 0; index < 3; index++)
    module.functions.push(new RandomFunction(writer, `f${index}`).make());
  const [callee] = module.functions;
  const [result, second] = callee?.results ?? [];
  if (callee && second === undefined)
    module.exports.push({
      callee: callee.name,
      name: pick(random, names),
      params: callee.params.map(({ name, value }) => ({
        name,
        type: value.type,
        undefined: false,
        null: false,
      })),
      result: result && { type: result, undefined: false, null: false },
      span: { file: 'x.ts', line: 1, column: 2, length: 3 },
    });
  return module;
}

const pick = <T>(random: () => number, items: readonly T[]): T =>
  items[Math.floor(random() * items.length)]!; // never called with an empty list

class RandomFunction {
  private readonly random: () => number;
  private readonly module: IrModule;
  private readonly b: IrBuilder;
  /** The values that may be used, those of outer regions first. */
  private visible: Value[] = [];
  private readonly labels: string[] = [];

  constructor(writer: { random: () => number; module: IrModule }, name: string) {
    this.random = writer.random;
    this.module = writer.module;
    this.b = new IrBuilder(name, {
      fastmath: this.chance(0.3),
      bounds: this.pick(['throw', 'js', 'unchecked']),
      overflow: this.pick(['throw', 'unchecked']),
    });
  }

  make(): IrFunction {
    const { b } = this;
    b.fn.span = this.chance(0.5) ? undefined : this.place();
    for (let n = this.below(4); n > 0; n--)
      this.visible.push(b.param(this.pick(names), this.pick(allTypes)));
    for (let n = this.below(4); n > 0; n--) b.local(this.pick(names), this.pick(allTypes));
    for (let n = this.below(3); n > 0; n--) b.fn.results.push(this.pick(allTypes));
    this.region(3);
    b.return(b.fn.results.map((type) => this.value(type)));
    if (this.chance(0.3)) b.fn.nextValue += 1 + this.below(5);
    return b.fn;
  }

  private region(depth: number): void {
    const outer = this.visible;
    this.visible = [...outer];
    for (let n = this.below(8); n > 0; n--) this.node(depth);
    this.visible = outer;
  }

  private node(depth: number): void {
    const { b } = this;
    if (this.chance(0.7)) b.span = this.chance(0.2) ? undefined : this.place();
    const kind = depth > 0 && this.chance(0.3) ? this.below(6) : 6;
    if (kind === 0) {
      const otherwise = this.chance(0.5) ? () => this.region(depth - 1) : undefined;
      b.if(this.value('bool'), () => this.region(depth - 1), otherwise);
    } else if (kind === 1 || kind === 2) {
      const label = this.chance(0.5) ? b.label('for') : b.label('a b');
      const body = (): void => {
        this.labels.push(label);
        this.region(depth - 1);
        this.labels.pop();
      };
      if (kind === 1) b.loop(label, body);
      else b.block(label, body);
    } else if (kind === 3 && this.labels.length > 0) b.break(this.pick(this.labels));
    else if (kind === 4) b.return(b.fn.results.map((type) => this.value(type)));
    else if (kind === 5) {
      const classes = errorClasses;
      b.throw(this.pick(classes), this.chance(0.3) ? [] : [this.pick(names), this.value('f64')]);
    } else if (this.chance(0.1)) this.call();
    else this.operation(this.pick(opNames));
  }

  private call(): void {
    const callee = this.module.functions[0];
    if (!callee) return;
    const args = callee.params.map(({ value }) => this.value(value.type));
    this.visible.push(...this.b.call(callee.name, args, callee.results));
  }

  private operation(name: OpName): void {
    const { b } = this;
    const info = opInfo(name);
    const T = this.typeOf(info.T ?? 'any');
    const args = info.operands.map((operand) =>
      this.value(operand === 'T' ? T : this.typeOf(operand)),
    );
    const attributes = this.attributes(name);
    if (attributes === undefined) return;
    const [a] = args;
    if (name === 'local.set') args[0] = this.value(this.localType(attributes.local));
    if (name === 'view.store' && a && isView(a.type))
      args[2] = this.value(elementType(viewKind(a.type)));
    if (name === 'view.move' && a) args[2] = this.value(a.type);
    if (info.result === 'none') b.effect(name, args, attributes);
    else
      this.visible.push(b.op(name, args, this.resultType(name, a?.type, attributes), attributes));
  }

  /** Undefined where there is nothing to name. */
  private attributes(name: OpName): Attributes | undefined {
    const { locals } = this.b.fn;
    switch (name) {
      case 'local.get':
      case 'local.set':
        return locals.length > 0 ? { local: this.pick(locals).name } : undefined;
      case 'global.get':
        return { global: this.pick(this.module.globals).name };
      case 'table.load':
        return { table: this.pick(this.module.tables ?? []).name };
      case 'check.bounds':
        return { subject: this.pick(names), ...(this.chance(0.5) && { write: true }) };
      case 'check.range':
        return { subject: this.pick(names) };
      case 'view.kept':
        return { subject: this.pick(names), ...(this.chance(0.5) && { absent: true }) };
      case 'data.load':
      case 'data.store':
        return { littleEndian: this.chance(0.5) };
      default:
        return {};
    }
  }

  /** What the table leaves open. Constants are made by `value`. */
  private resultType(name: OpName, a: IrType | undefined, attributes: Attributes): IrType {
    switch (name) {
      case 'local.get':
        return this.localType(attributes.local);
      case 'global.get':
        return this.module.globals.find((item) => item.name === attributes.global)?.type ?? 'f64';
      case 'table.load':
        return this.module.tables?.find((item) => item.name === attributes.table)?.type ?? 'f64';
      case 'null':
      case 'view.new':
      case 'view.given':
      case 'view.kept':
        return this.pick(viewTypes);
      case 'view.load':
        return a && isView(a) ? elementType(viewKind(a)) : 'f64';
      case 'bits': {
        const width = a && isScalar(a) ? bitWidth(a) : 0;
        return this.pick(scalarTypes.filter((type) => isNumeric(type) && bitWidth(type) === width));
      }
      case 'conv':
        return 'f64';
      case 'data.load':
        return this.typeOf('numeric');
      default:
        return this.typeOf('integer');
    }
  }

  private localType(name: string | undefined): IrType {
    return this.b.fn.locals.find((local) => local.name === name)?.type ?? 'f64';
  }

  /** A value of this type: one that is there, or a new constant. */
  private value(type: IrType): Value {
    const known = this.visible.filter((value) => value.type === type);
    if (known.length > 0 && this.chance(0.8)) return this.pick(known);
    const value = isScalar(type) ? this.constant(type) : this.b.op('null', [], type);
    this.visible.push(value);
    return value;
  }

  private constant(type: ScalarType): Value {
    return this.b.const(type, this.pick(edgeValues(type)));
  }

  private typeOf(operand: string): IrType {
    const exact = operand === 'js' ? operand : allTypes.find((type) => type === operand);
    return exact ?? this.pick(allTypes.filter((type) => isOfClass(type, operand as 'any')));
  }

  private place() {
    const file = this.pick(['a.ts', 'dir/b c.ts', 'quo"te.ts']);
    return { file, line: 1 + this.below(90), column: 1 + this.below(9), length: this.below(30) };
  }

  private pick<T>(items: readonly T[]): T {
    return pick(this.random, items);
  }

  private chance(probability: number): boolean {
    return this.random() < probability;
  }

  private below(limit: number): number {
    return Math.floor(this.random() * limit);
  }
}
