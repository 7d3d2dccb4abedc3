/** Makes IR: appends operations to the innermost open region and hands out value ids and labels. */
import { opInfo, type OpName } from './ops.ts';
import type {
  Attributes,
  Constant,
  ErrorClass,
  FunctionOptions,
  IrFunction,
  IrType,
  Node,
  ScalarType,
  Span,
  Value,
} from './types.ts';

export const defaultOptions: FunctionOptions = {
  fastmath: false,
  bounds: 'throw',
  overflow: 'throw',
};

export class IrBuilder {
  readonly fn: IrFunction;
  /** The place that new nodes come from. */
  span: Span | undefined;
  private region: Node[];
  private nextLabel = 0;

  constructor(name: string, options: FunctionOptions = defaultOptions, span?: Span) {
    this.fn = {
      name,
      params: [],
      results: [],
      locals: [],
      body: [],
      options,
      span,
      nextValue: 0,
    };
    this.span = span;
    this.region = this.fn.body;
  }

  param(name: string, type: IrType): Value {
    const value = this.value(type, name);
    this.fn.params.push({ name, value });
    return value;
  }

  /** Declares a local whose name starts with `name` and is unique; returns that name. */
  local(name: string, type: IrType): string {
    let unique = name;
    for (let n = 1; this.fn.locals.some((local) => local.name === unique); n++)
      unique = `${name}.${n}`;
    this.fn.locals.push({ name: unique, type });
    return unique;
  }

  /** A label that no other block or loop of the function has. */
  label(name: string): string {
    return `${name}.${this.nextLabel++}`;
  }

  /** Appends an operation with one result. `type` is needed where the table says `attribute`. */
  op(name: OpName, args: Value[], type?: IrType, attributes: Attributes = {}): Value {
    const info = opInfo(name);
    const resultType =
      info.result === 'attribute'
        ? type
        : info.result === 'T'
          ? args[this.firstT(name)]?.type
          : info.result;
    if (resultType === undefined || resultType === 'none')
      throw new Error(`${name} needs a result type`);
    const result = this.value(resultType);
    this.push({ kind: 'op', op: name, args, results: [result], attributes, span: this.span });
    return result;
  }

  /** Appends an operation without a result. */
  effect(name: OpName, args: Value[], attributes: Attributes = {}): void {
    this.push({ kind: 'op', op: name, args, results: [], attributes, span: this.span });
  }

  const(type: ScalarType, value: Constant): Value {
    return this.op('const', [], type, { value });
  }

  get(local: string): Value {
    const declared = this.fn.locals.find((candidate) => candidate.name === local);
    if (!declared) throw new Error(`no local ${local}`);
    return this.op('local.get', [], declared.type, { local });
  }

  set(local: string, value: Value): void {
    this.effect('local.set', [value], { local });
  }

  call(callee: string, args: Value[], results: readonly IrType[]): Value[] {
    const values = results.map((type) => this.value(type));
    this.push({
      kind: 'op',
      op: 'call',
      args,
      results: values,
      attributes: { callee },
      span: this.span,
    });
    return values;
  }

  /** Appends the calls of `callee` for the parts of 0 … `count`. @param how as `Attributes` has it */
  parallel(
    callee: string,
    count: Value,
    captured: readonly Value[],
    { eager = false, kernel = false }: Pick<Attributes, 'eager' | 'kernel'> = {},
  ): void {
    const how = { ...(eager && { eager }), ...(kernel && { kernel }) };
    this.effect('parallel', [count, ...captured], { callee, ...how });
  }

  if(condition: Value, then: () => void, otherwise: () => void = () => {}): void {
    const span = this.span;
    this.push({
      kind: 'if',
      condition,
      then: this.inside(then),
      else: this.inside(otherwise),
      span,
    });
  }

  loop(label: string, body: () => void): void {
    const span = this.span;
    this.push({ kind: 'loop', label, body: this.inside(body), span });
  }

  block(label: string, body: () => void): void {
    const span = this.span;
    this.push({ kind: 'block', label, body: this.inside(body), span });
  }

  /** @param all see `Try.all` */
  try(body: () => void, handler: () => void, all = false): void {
    const span = this.span;
    const [inside, caught] = [this.inside(body), this.inside(handler)];
    this.push({ kind: 'try', body: inside, handler: caught, span, ...(all && { all }) });
  }

  rethrow(error: Value): void {
    this.push({ kind: 'rethrow', error, span: this.span });
  }

  break(label: string): void {
    this.push({ kind: 'break', label, span: this.span });
  }

  return(values: Value[]): void {
    this.push({ kind: 'return', values, span: this.span });
  }

  throw(errorClass: ErrorClass, parts: (string | Value)[]): void {
    this.push({ kind: 'throw', errorClass, parts, span: this.span });
  }

  /** Throws where JavaScript would go on, so that no `catch` of the program catches it. */
  failCheck(errorClass: ErrorClass, parts: (string | Value)[]): void {
    this.push({ kind: 'throw', errorClass, parts, isCheck: true, span: this.span });
  }

  /** Ends with the call of a JavaScript function that throws. */
  throwByCall(calls: string, parts: (string | Value)[]): void {
    this.push({ kind: 'throw', errorClass: 'Error', parts, calls, span: this.span });
  }

  /** Whether what is built so far ends by leaving the region. */
  isLeft(): boolean {
    const kind = this.region.at(-1)?.kind;
    return kind === 'return' || kind === 'break' || kind === 'throw' || kind === 'rethrow';
  }

  private value(type: IrType, hint?: string): Value {
    const id = this.fn.nextValue++;
    return hint === undefined ? { id, type } : { id, type, hint };
  }

  private push(node: Node): void {
    this.region.push(node);
  }

  /** Builds a region that is placed later, by `place`. */
  detached(build: () => void): Node[] {
    return this.inside(build);
  }

  /** Goes on building at the end of a detached region. */
  within(region: Node[], build: () => void): void {
    region.push(...this.inside(build));
  }

  /** Places a detached region right here. */
  place(region: readonly Node[]): void {
    this.region.push(...region);
  }

  /** Places an `if` of two detached regions. */
  placeIf(condition: Value, then: Node[], otherwise: Node[]): void {
    this.push({ kind: 'if', condition, then, else: otherwise, span: this.span });
  }

  private inside(build: () => void): Node[] {
    const outer = this.region;
    const inner: Node[] = [];
    this.region = inner;
    try {
      build();
    } finally {
      this.region = outer;
    }
    return inner;
  }

  /** Which operand gives `T`: the first that the table types so. */
  private firstT(name: OpName): number {
    return opInfo(name).operands.indexOf('T');
  }
}
