/** The locals of what is computed in lanes: a vector each, of which only those lanes change that set it. */
import {
  bitWidth,
  isFloat,
  isInteger,
  isScalar,
  type Block,
  type Loop,
  type Operation,
  type ScalarType,
  type Value,
} from '../../ir/types.ts';
import { definitionsOf, walkOps } from '../../ir/walk.ts';
import type { FunctionEmission } from '../emission.ts';
import { resize } from '../ops/convert.ts';
import { llvmType } from '../types.ts';
import { aligned, type Mask, type Masks } from './masks.ts';
import { sharedLocals } from './shared.ts';
import type { Vectors } from './vectors.ts';

export class LaneLocals {
  private readonly e: FunctionEmission;
  private readonly v: Vectors;
  private readonly masks: Masks;
  private readonly slots = new Map<string, { readonly slot: string; readonly type: ScalarType }>();
  private readonly shared = new Map<string, { readonly slot: string; readonly loop: string }>();
  private readonly definitions: ReadonlyMap<number, Operation>;
  /** The value that was read of a local last, where it still has that. */
  private readonly current = new Map<string | undefined, number>();
  /** How often each local is read in the function. */
  private readonly reads: ReadonlyMap<string, number>;

  constructor(e: FunctionEmission, block: Block, vectors: Vectors, masks: Masks) {
    this.e = e;
    this.v = vectors;
    this.masks = masks;
    this.definitions = definitionsOf(block.body);
    this.reads = readsIn([...e.fn.body, ...(e.fn.unwind ?? [])]);
    const own = new Set<string | undefined>();
    walkOps(block.body, ({ op, attributes }) => {
      if (op === 'local.set') own.add(attributes.local);
    });
    for (const { name, type } of e.fn.locals)
      if (own.has(name) && isScalar(type))
        this.slots.set(name, { slot: e.f.alloca(this.v.of(held(type)), 'lanes'), type });
    for (const [name, loop] of sharedLocals(block))
      this.shared.set(name, { slot: e.f.alloca(llvmType(this.find(name).type), 'shared'), loop });
  }

  /** Whether lanes of their own hold it. */
  has(name: string | undefined): boolean {
    return name !== undefined && this.slots.has(name);
  }

  /** @param result the value that it is read as */
  get(name: string | undefined, result?: Value): string {
    const { slot, type } = this.find(name);
    const { f } = this.e;
    if (result) this.current.set(name, result.id);
    const value = f.load(this.v.of(held(type)), slot, aligned);
    if (type === 'bool') return f.emit(`icmp ne ${this.v.of('i64')} ${value}, zeroinitializer`);
    return isInteger(type) ? resize(f, 'i64', type, value, (scalar) => this.v.of(scalar)) : value;
  }

  /** What all lanes have that are in some loops, whose labels are given; undefined where each has its own. */
  getShared(name: string, result: Value, loops: readonly string[]): string | undefined {
    const shared = this.shared.get(name);
    if (!shared || !loops.includes(shared.loop)) return undefined;
    this.current.set(name, result.id);
    return this.e.f.load(llvmType(result.type), shared.slot);
  }

  /** Keeps what all lanes set it to, of those that share it. */
  setShared(name: string, value: Value): void {
    const shared = this.shared.get(name);
    if (shared) this.e.f.store(llvmType(value.type), this.e.operand(value), shared.slot);
  }

  /** @param mask the lanes that set it */
  set(name: string | undefined, value: Value, mask: Mask): void {
    const { slot, type } = this.find(name);
    const { f } = this.e;
    const vector = this.v.of(held(type));
    const made = this.held(value);
    const step = this.stepOf(name, value);
    this.current.delete(name);
    if (mask === undefined) return f.store(vector, made, slot, aligned);
    if (step !== undefined) return this.add(slot, step, mask);
    const before = f.load(vector, slot, aligned);
    f.store(vector, this.masks.chosen(mask, held(type), made, before), slot, aligned);
  }

  /** What an integer grows by: a mask gives how much in each lane, where LLVM would make numbers of tests. */
  private add(slot: string, step: Value, mask: string): void {
    const { f } = this.e;
    const vector = this.v.of('i64');
    const own = f.emit(`and ${vector} ${mask}, ${this.e.operand(step)}`);
    f.store(
      vector,
      f.emit(`add ${vector} ${f.load(vector, slot, aligned)}, ${own}`),
      slot,
      aligned,
    );
  }

  /** What is added to a local of 64 bits to get a value. */
  private stepOf(name: string | undefined, value: Value): Value | undefined {
    const sum = this.definitions.get(value.id);
    if (value.type !== 'i64' || sum?.op !== 'add') return undefined;
    const [before, step] = sum.args;
    return before && this.current.get(name) === before.id ? step : undefined;
  }

  /** A loop begins: what was read before isn't what a later round finds. */
  forget(): void {
    this.current.clear();
  }

  /** What a local has, as memory holds it. */
  stored(name: string): string {
    const { type } = this.find(name);
    const value = this.get(name);
    return type === 'bool'
      ? this.e.f.emit(`zext ${this.v.of('i1')} ${value} to ${this.v.of('i8')}`)
      : value;
  }

  /** The locals that nothing outside of a loop reads, where a lane that has left the loop doesn't come to it again. */
  ownOf(loop: Loop): ReadonlySet<string> {
    const inside = readsIn(loop.body);
    return new Set(
      [...inside].flatMap(([name, reads]) => (this.reads.get(name) === reads ? [name] : [])),
    );
  }

  private find(name: string | undefined): { readonly slot: string; readonly type: ScalarType } {
    const found = name === undefined ? undefined : this.slots.get(name);
    if (!found) throw new Error(`${this.e.fn.name}: no lanes of ${name}`);
    return found;
  }

  /** A value as locals hold it. */
  private held(value: Value): string {
    const { e } = this;
    const { type } = value;
    const operand = e.operand(value);
    if (type === 'bool')
      return e.f.emit(`sext ${this.v.of('i1')} ${operand} to ${this.v.of('i64')}`);
    if (!isInteger(type) || bitWidth(type) === 64) return operand;
    // The number that it was made of, of which nothing has got lost.
    const op = this.definitions.get(value.id);
    const [from] = op?.op === 'conv' && op.attributes.exact === true ? op.args : [];
    return from?.type === 'i64'
      ? e.operand(from)
      : resize(e.f, type, 'i64', operand, (scalar) => this.v.of(scalar));
  }
}

/** What a local's lanes hold: of integers and truth values 64 bits, as masks have. */
const held = (type: ScalarType): string => (isFloat(type) ? llvmType(type) : 'i64');

function readsIn(nodes: Parameters<typeof walkOps>[0]): Map<string, number> {
  const reads = new Map<string, number>();
  walkOps(nodes, ({ op, attributes: { local } }) => {
    if (op === 'local.get' && local !== undefined) reads.set(local, (reads.get(local) ?? 0) + 1);
  });
  return reads;
}
