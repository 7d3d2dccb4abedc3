/** The state of writing one module and one function as LLVM, and how operands and errors are written. */
import { isCheck, siteOf } from '../ir/sites.ts';
import {
  isScalar,
  isView,
  type Block,
  type Constant,
  type IrFunction,
  type IrModule,
  type IrType,
  type Operation,
  type ScalarType,
  type Throw,
  type Value,
} from '../ir/types.ts';
import { walkOps } from '../ir/walk.ts';
import { isPresentView, type Abi, type Version, returnMembers } from './abi.ts';
import { aliasScopes, type Scopes } from './alias-scopes.ts';
import type { KeptDemands } from './boundary/kept-views.ts';
import type { Delivered } from './externs/kept.ts';
import type { CallPlan } from './inlining.ts';
import type { LoopHint } from './loop-hints.ts';
import type { DebugInfo } from './debug.ts';
import { recordError, siteWord, wordOf } from './heap/errors.ts';
import type { Vectors } from './lanes/vectors.ts';
import { context, view } from './layout.ts';
import type { Sites } from './sites.ts';
import type { Shapes } from './heap/shapes.ts';
import type { StringConstants } from './heap/string-constants.ts';
import type { TierPlan } from './tiers.ts';
import { access, type MemoryKind } from './tbaa.ts';
import { literal, llvmType, toSlot, zero } from './types.ts';
import type { LlvmFunction, LlvmModule, LlvmType } from './writer.ts';

/** What the functions of one module share. */
export interface ModuleEmission {
  readonly llvm: LlvmModule;
  readonly ir: IrModule;
  readonly functions: ReadonlyMap<string, IrFunction>;
  readonly throwing: ReadonlySet<string>;
  readonly calls: CallPlan;
  readonly sites: Sites;
  /** See `lastingViews`. */
  readonly lasting: ReadonlySet<Operation>;
  /** See `scratchViews`. */
  readonly scratch: ReadonlyMap<Operation, number>;
  /** Whether objects keep typed arrays, of which there may be several views then. */
  readonly keepsViews: boolean;
  /** What must be known of these. */
  readonly keptDemands: KeptDemands;
  readonly shapes: Shapes;
  readonly strings: StringConstants;
  /** Whether there are functions of JavaScript, so that an error may be anything. */
  readonly callsJavaScript: boolean;
  readonly tiers: TierPlan;
  /** LLVM's triple. */
  readonly triple: string;
  /** The libraries that are linked with the addon; the loader opens the others. */
  readonly linked: ReadonlySet<string>;
  /** The functions that C keeps which the event loop may run, as they are found. */
  readonly delivered: Delivered[];
  /** The copy that is being written. */
  readonly version: Version;
  readonly debug: DebugInfo | undefined;
}

/** The view fields that code reads over and over. They cannot change while the view lives. */
interface ViewFields {
  readonly data: string;
  readonly length: string;
}

interface Jump {
  readonly exit: string;
  used: boolean;
}

/** What an error goes to instead of leaving the function. */
interface Handler {
  readonly label: string;
  /** Also errors of checks. */
  readonly all: boolean;
  used: boolean;
}

/** Functions with more releases are long, and call something for those that are in no loop. */
const mostReleases = 16;

export class FunctionEmission {
  readonly module: ModuleEmission;
  readonly fn: IrFunction;
  readonly f: LlvmFunction;
  readonly canThrow: boolean;
  readonly signature: Abi;
  readonly ctx = '%ctx';
  /** The blocks and loops around the node being written, by label. */
  readonly jumps = new Map<string, Jump>();
  private readonly values = new Map<number, string>();
  private readonly slots = new Map<string, string>();
  private readonly views = new Map<number, ViewFields>();
  private readonly lengths = new Set<number>();
  private readonly constants = new Map<number, Constant>();
  /** What string constants are, by the ids of their values. */
  readonly texts = new Map<number, string>();
  private readonly scopes: Scopes;
  /** What catches the errors of the node being written, the innermost last. */
  private handlers: readonly Handler[] = [];
  /** The block that every error goes through which leaves the function, once there is one. */
  private unwinding: string | undefined;
  /** How many places go there. */
  private leaving = 0;
  /** The vectors of what is written for several rounds of a loop at the same time. */
  lanes: { readonly values: Map<number, string>; readonly vectors: Vectors } | undefined;
  /** For each `block lanes` of the loops around, the slot of the lane that comes next. */
  readonly nextLanes = new Map<Block, string>();
  /** Inside a loop that seldom runs. */
  isRare = false;
  /** How many loops are around the node being written. */
  loops = 0;
  /** In what only errors reach. */
  isCold = false;
  private readonly hasManyReleases: boolean;
  /** Writers of the blocks that only errors reach; they stand at the function's end. */
  private readonly cold: (() => void)[] = [];

  constructor(module: ModuleEmission, fn: IrFunction, f: LlvmFunction, signature: Abi) {
    this.module = module;
    this.fn = fn;
    this.f = f;
    this.signature = signature;
    this.canThrow = module.throwing.has(fn.name);
    this.scopes = aliasScopes(module.llvm, fn);
    let releases = 0;
    walkOps(fn.body, ({ op }) => void (releases += op === 'release' ? 1 : 0));
    this.hasManyReleases = releases > mostReleases;
    const paramTypes = fn.params.map(({ value }) => value.type);
    fn.params.forEach((param, index) => {
      const name = signature.params[index + 1]?.name;
      this.define(param.value, `%${name}`, isPresentView(paramTypes, index));
    });
    for (const { name, type } of fn.locals) {
      const slot = f.alloca(llvmType(type), 'local');
      f.store(llvmType(type), zero(type), slot);
      this.slots.set(name, slot);
    }
  }

  /** The operand of a value; in lanes a vector, but of references. */
  operand(value: Value | undefined): string {
    const vector = value && this.lanes?.values.get(value.id);
    if (vector !== undefined) return vector;
    const operand = value && this.values.get(value.id);
    if (!value || operand === undefined)
      throw new Error(`${this.fn.name}: value used before its definition`);
    return this.lanes && isScalar(value.type)
      ? this.lanes.vectors.splat(this.f, llvmType(value.type), operand)
      : operand;
  }

  /** How a type is written: in lanes as that of a vector. */
  type(type: IrType): LlvmType {
    return this.vector(llvmType(type));
  }

  /** An LLVM type of scalars, in lanes that of vectors of it. */
  vector(type: LlvmType): LlvmType {
    return this.lanes?.vectors.of(type) ?? type;
  }

  /** A constant, in lanes in all of them. */
  literal(type: ScalarType, constant: Constant): string {
    const operand = literal(type, constant);
    return this.lanes?.vectors.splat(this.f, llvmType(type), operand) ?? operand;
  }

  /** Sets the operand of a value. The fields of a `present` view, one that is not null, are loaded at once. */
  define(value: Value, operand: string, present = false): void {
    (this.lanes?.values ?? this.values).set(value.id, operand);
    if (present && isView(value.type))
      this.views.set(value.id, {
        data: this.loadField(operand, 'data'),
        length: this.loadField(operand, 'length'),
      });
  }

  /** A field of a view that is not null. */
  viewField(value: Value | undefined, field: keyof ViewFields): string {
    const known = value && this.views.get(value.id);
    if (known) return known[field];
    const pointer = this.operand(value);
    // A loop's condition reads the length. With the data pointer read there too, unused or not,
    // LLVM knows that it may be read before the loop, where a check stands before the element access.
    if (field === 'length') this.loadField(pointer, 'data');
    return this.loadField(pointer, field);
  }

  defineConstant(value: Value, type: ScalarType, constant: Constant): void {
    this.constants.set(value.id, constant);
    this.values.set(value.id, literal(type, constant));
  }

  /** What a value is known to be. */
  constantOf(value: Value | undefined): Constant | undefined {
    return value && this.constants.get(value.id);
  }

  /** Whether a value is the length of a view, which is never negative. */
  isLength(value: Value | undefined): boolean {
    return value !== undefined && this.lengths.has(value.id);
  }

  /** The length of a view that is not null, as the value that stands for it from now on. */
  defineLength(value: Value, view: Value | undefined): void {
    this.lengths.add(value.id);
    this.define(value, this.viewField(view, 'length'));
  }

  /** The stack slot of a local. */
  slot(local: string | undefined): string {
    const slot = local === undefined ? undefined : this.slots.get(local);
    if (slot === undefined) throw new Error(`${this.fn.name}: no local ${local}`);
    return slot;
  }

  /** The suffix of a load or store that tells its alignment in bytes and what it touches. */
  access(kind: MemoryKind, align: number): string {
    return access(this.module.llvm, kind, align);
  }

  /** The suffix of an access to elements of a view known to be apart from others of its region: alias scopes. */
  apart(scope: string | undefined): string {
    const own = scope === undefined ? undefined : this.scopes.get(scope);
    return own ? `, !alias.scope ${own.own}, !noalias ${own.others}` : '';
  }

  /** The group of the accesses of the innermost loop that are alone (LLVM's `llvm.loop.parallel_accesses`), where it is in one. */
  accessGroup: string | undefined;

  /** The suffix of an access whose element other rounds don't touch. */
  get alone(): string {
    return this.accessGroup === undefined ? '' : `, !llvm.access.group ${this.accessGroup}`;
  }

  /** The suffix of a loop's jump back that keeps LLVM from making more code of it. */
  get plainLoop(): string {
    return this.loopOptions([
      'vectorize.enable", i1 false',
      'unroll.disable"',
      'distribute.enable", i1 false',
    ]);
  }

  /** The suffix of a loop's jump back that tells the vectorizer, and how often the body is to stand in it. */
  hintedLoop(hint: LoopHint, rounds?: number): string {
    const options = [
      ...(hint === 'scalar' ? ['vectorize.enable", i1 false'] : []),
      ...(hint === 'once' ? ['interleave.count", i32 1'] : []),
      ...(rounds === undefined ? [] : [`unroll.count", i32 ${rounds}`]),
      ...(this.accessGroup === undefined ? [] : [`parallel_accesses", ${this.accessGroup}`]),
    ];
    return options.length === 0 ? '' : this.loopOptions(options);
  }

  private loopOptions(options: readonly string[]): string {
    const { llvm } = this.module;
    const nodes = options.map((option) => llvm.node(`!{!"llvm.loop.${option}}`));
    return `, !llvm.loop ${llvm.distinctNode((self) => `distinct !{${[self, ...nodes].join(', ')}}`)}`;
  }

  /** The heap of the environment. */
  get heap(): string {
    return this.loadContext('ptr', context.heap);
  }

  /** Whether a release is the call of a function. */
  get releasesApart(): boolean {
    return this.hasManyReleases && this.loops === 0;
  }

  /** Reads a field of the context. */
  loadContext(type: LlvmType, offset: number): string {
    return this.f.load(type, this.f.offset(this.ctx, offset), this.access('context', 8));
  }

  /**
   * Leaves the function with the error of `node` unless `ok`, an i1 operand, holds. Its message needs `values`;
   * `before` writes what must be done then.
   */
  failUnless(
    ok: string,
    node: Operation | Throw,
    values: readonly Value[] = [],
    before?: () => void,
  ): void {
    const [good, bad] = [this.f.fresh('ok'), this.f.fresh('fail')];
    this.f.condBr(ok, good, bad, this.expected);
    this.later(() => {
      this.f.block(bad);
      before?.();
      this.fail(node, values);
    });
    this.f.block(good);
  }

  /** Leaves the function with the error of `node`. */
  fail(node: Operation | Throw, values: readonly Value[]): void {
    const { f } = this;
    const site = siteOf(node);
    if (site === undefined) throw new Error(`${this.fn.name}: ${node.kind} cannot fail`);
    const suffix = this.access('context', 8);
    values.forEach((value, n) => {
      const slot = toSlot(f, scalar(value.type), this.operand(value));
      f.store('i64', slot, f.offset(this.ctx, context.errorValues + 8 * n), suffix);
    });
    const word = wordOf(site, this.module.sites.indexOf(site, this.fn.name));
    f.store('i32', String(word), f.offset(this.ctx, context.errorSite), suffix);
    this.leaveByError(isCheck(site), this.handlers);
  }

  /** Throws an error that is an object. */
  rethrow(error: Value): void {
    recordError(this.f, this.ctx, this.operand(error));
    this.leaveByAny(this.handlers);
  }

  /** Writes a region of which errors go to a block; gives whether there can be any. */
  attempt(label: string, all: boolean, write: () => void): boolean {
    const handler = { label, all, used: false };
    this.handlers = [...this.handlers, handler];
    write();
    this.handlers = this.handlers.slice(0, -1);
    return handler.used;
  }

  /** Goes to the innermost handler that takes the error, or leaves the function. */
  private leaveByError(isCheck: boolean, handlers: readonly Handler[]): void {
    const handler = handlers.findLast(({ all }) => all || !isCheck);
    if (!handler) return this.returnError();
    handler.used = true;
    this.f.br(handler.label);
  }

  /** As `leaveByError` for an error of which it is known only now whether it is a check's. */
  private leaveByAny(handlers: readonly Handler[]): void {
    const innermost = handlers.at(-1);
    if (!innermost || innermost.all) return this.leaveByError(false, handlers);
    innermost.used = true;
    const { f } = this;
    const word = this.loadContext('i32', context.errorSite);
    const check = f.emit(`icmp ne i32 ${f.emit(`and i32 ${word}, ${siteWord.check}`)}, 0`);
    const uncaught = f.fresh('uncaught');
    f.condBr(check, uncaught, innermost.label);
    f.block(uncaught);
    this.leaveByError(true, handlers);
  }

  /** Leaves the function when a callee recorded an error. */
  propagate(error: string): void {
    const [good, bad] = [this.f.fresh('ok'), this.f.fresh('failed')];
    this.f.condBr(error, bad, good, this.unexpected);
    this.later(() => {
      this.f.block(bad);
      this.leaveByAny(this.handlers);
    });
    this.f.block(good);
  }

  returnValues(values: readonly Value[]): void {
    const operands = values.map((value) => this.operand(value));
    if (!this.canThrow && values.length < 2) {
      this.f.ret(this.signature.result, operands[0]);
      return;
    }
    this.returnMembers([...(this.canThrow ? ['false'] : []), ...operands]);
  }

  /**
   * Writes the blocks of errors; nothing may be written after.
   * @param unwind writes what an error runs when it leaves, from so many places
   */
  finish(unwind: (places: number) => void): void {
    this.isCold = true;
    for (const write of this.cold) write();
    if (this.unwinding === undefined) return;
    this.f.block(this.unwinding);
    unwind(this.leaving);
    this.returnFailure();
  }

  /** Has something written at the function's end, for this place in the source. */
  private later(write: () => void): void {
    const { place } = this.f;
    const { handlers } = this;
    for (const handler of handlers) handler.used = true;
    this.cold.push(() => {
      this.f.place = place;
      this.handlers = handlers;
      write();
    });
  }

  private returnError(): void {
    if (!this.fn.unwind) return this.returnFailure();
    this.unwinding ??= this.f.fresh('unwind');
    this.leaving++;
    this.f.br(this.unwinding);
  }

  private returnFailure(): void {
    this.returnMembers(['true', ...this.fn.results.map(zero)]);
  }

  private returnMembers(members: readonly string[]): void {
    returnMembers(this.f, this.signature.result, this.fn, this.canThrow, members);
  }

  private loadField(pointer: string, field: keyof ViewFields): string {
    const [type, range] =
      field === 'data'
        ? ['ptr', '']
        : ['i64', `, !range ${this.module.llvm.node(`!{i64 0, i64 ${2 ** 53}}`)}`];
    return this.f.load(type, this.f.offset(pointer, view[field]), this.access('view', 8) + range);
  }

  /** The suffix of a branch whose first target is the usual one. */
  get expected(): string {
    return `, !prof ${this.module.llvm.node('!{!"branch_weights", i32 2000, i32 1}')}`;
  }

  /** The suffix of a branch whose second target is the usual one. */
  private get unexpected(): string {
    return `, !prof ${this.module.llvm.node('!{!"branch_weights", i32 1, i32 2000}')}`;
  }
}

/** Writes an operation; returns the operand of its result, nothing where it has none or has defined it. */
export type Emit = (e: FunctionEmission, op: Operation) => string | void;

/** The type of what an error's message tells. */
function scalar(type: IrType): ScalarType {
  if (!isScalar(type)) throw new Error(`a ${type} in a message`);
  return type;
}
