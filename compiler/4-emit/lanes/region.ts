/**
 * Control flow in lanes: both branches of an `if` are written one after the other, each for the lanes that take it, and a
 * loop goes on until all lanes have left it. Operations are computed in all lanes; locals change in those that run.
 */
import type { Block, If, Loop, Node, Operation } from '../../ir/types.ts';
import { isInteger } from '../../ir/types.ts';
import { countNodes } from '../../ir/walk.ts';
import { hasVectors, mayLeave } from '../../3-optimize/lanes/computes.ts';
import type { FunctionEmission } from '../emission.ts';
import { operations } from '../operations.ts';
import { llvmType } from '../types.ts';
import { LaneLocals } from './locals.ts';
import { Masks, type Mask, type Remaining } from './masks.ts';
import { Vectors } from './vectors.ts';

/** Where no lane takes a branch, so many operations are jumped over. */
const manyNodes = 12;

/** So many rounds of a loop of as many operations stand one after the other in WebAssembly. */
const unrolled = 8;
const mostUnrolled = 40;

/** A loop or block around what is being written. */
interface Around {
  readonly label: string;
  /** The lanes that come to what is behind it; undefined where all do that come to it. */
  readonly behind: Remaining | undefined;
  /** Of a loop, the lanes that go on in it, and where it is left. */
  readonly inside: Remaining | undefined;
  readonly exit?: string;
}

/** The lanes that come to the end of something: none where `ended`. */
type End = { readonly mask: Mask } | 'ended';

export class Lanes {
  private readonly e: FunctionEmission;
  private readonly block: Block;
  readonly vectors: Vectors;
  private readonly masks: Masks;
  private readonly locals: LaneLocals;
  /** How many rounds are left, as an operand. */
  private readonly left: string;
  readonly values = new Map<number, string>();
  /** How many branches are around what is being written. */
  private branches = 0;
  private readonly around: Around[] = [];

  constructor(e: FunctionEmission, block: Block, left: string, vectors: Vectors) {
    this.e = e;
    this.block = block;
    this.left = left;
    this.vectors = vectors;
    this.masks = new Masks(e.f, vectors);
    this.locals = new LaneLocals(e, block, vectors, this.masks);
  }

  write(): void {
    this.labelled(this.block, undefined);
  }

  /** What a local has in all lanes, as memory holds it. */
  stored(name: string): string {
    return this.locals.stored(name);
  }

  /** @param own the locals that matter only to lanes that are in the loop whose body this is */
  private region(nodes: readonly Node[], mask: Mask, own?: ReadonlySet<string>): End {
    let now: Mask = mask;
    for (const node of nodes) {
      if (node.span) this.e.module.debug?.move(this.e.f, node.span, this.e.isRare);
      const end = this.node(node, now, own);
      if (end === 'ended') return end;
      now = end.mask;
    }
    return { mask: now };
  }

  private node(node: Node, mask: Mask, own: ReadonlySet<string> | undefined): End {
    switch (node.kind) {
      case 'op':
        this.operation(node, mask, own);
        return { mask };
      case 'if':
        return this.choice(node, mask);
      case 'loop':
      case 'block':
        return this.labelled(node, mask);
      case 'break':
        this.leave(node.label, mask);
        return 'ended';
      default:
        throw new Error(`${this.e.fn.name}: ${node.kind} in lanes`);
    }
  }

  private operation(op: Operation, mask: Mask, own: ReadonlySet<string> | undefined): void {
    const { e, values, locals, vectors } = this;
    const { local } = op.attributes;
    const [result] = op.results;
    const [value] = op.args;
    if (op.op === 'local.set') {
      if (!value || local === undefined) throw new Error('local.set without a value');
      locals.setShared(local, value);
      this.inLanes(() => locals.set(local, value, own?.has(local) ? undefined : mask));
      return;
    }
    if (op.op === 'lane' && result) return void values.set(result.id, this.counters(op));
    if (op.op === 'local.get' && result && local !== undefined && locals.has(local)) {
      const labels = this.around.map(({ label }) => label);
      const shared = locals.getShared(local, result, labels);
      return shared === undefined
        ? void values.set(result.id, locals.get(local, result))
        : e.define(result, shared);
    }
    const write = (): void => {
      const operand = operations[op.op](e, op);
      if (result !== undefined && operand !== undefined) e.define(result, operand);
    };
    // What is the same in all lanes is computed once.
    if (!op.args.some(({ id }) => values.has(id))) return write();
    if (hasVectors(op) || !result) return this.inLanes(write);
    const differing = op.args.flatMap((arg) => {
      const vector = values.get(arg.id);
      return vector === undefined ? [] : [[arg, vector] as const];
    });
    const scalar = (lane: number): string => {
      for (const [arg, vector] of differing) {
        const type = vectors.of(llvmType(arg.type));
        e.define(arg, e.f.emit(`extractelement ${type} ${vector}, i32 ${lane}`));
      }
      // A call has defined its result.
      return operations[op.op](e, op) ?? e.operand(result);
    };
    values.set(result.id, vectors.gathered(e.f, llvmType(result.type), scalar));
  }

  private inLanes(write: () => void): void {
    this.e.lanes = this;
    write();
    this.e.lanes = undefined;
  }

  /** The rounds' numbers: behind the last one, that again. */
  private counters({ args: [counter] }: Operation): string {
    const { vectors } = this;
    const { f } = this.e;
    const type = counter?.type;
    if (!counter || type === undefined || !isInteger(type)) throw new Error(`lanes of ${type}`);
    const scalar = llvmType(type);
    const vector = vectors.of(scalar);
    const numbers = vectors.constant(scalar, String);
    const last = vectors.splat(f, scalar, f.emit(`sub ${scalar} ${this.left}, 1`));
    const isThere = f.emit(`icmp ult ${vector} ${numbers}, ${last}`);
    const steps = f.emit(
      `select ${vectors.of('i1')} ${isThere}, ${vector} ${numbers}, ${vector} ${last}`,
    );
    return f.emit(`add ${vector} ${vectors.splat(f, scalar, this.e.operand(counter))}, ${steps}`);
  }

  /** Where all lanes take the same branch. */
  private branch(node: If, mask: Mask): End {
    const { e, around } = this;
    const { f } = e;
    const [yes, no, behind] = [f.fresh('then'), f.fresh('else'), f.fresh('end')];
    const left = this.masks.variable(mask);
    f.condBr(e.operand(node.condition), yes, no);
    const loop = around.at(-1);
    let isWhole = true;
    for (const [label, nodes] of [
      [yes, node.then],
      [no, node.else],
    ] as const) {
      f.block(label);
      this.branches++;
      const end = this.region(nodes, mask);
      this.branches--;
      const last = nodes.at(-1);
      // All that are left of the loop leave it.
      const isExit =
        last?.kind === 'break' && loop?.exit !== undefined && last.label === loop.label;
      if (end === 'ended' && isExit && this.branches === 0) f.br(loop.exit);
      else {
        if (end === 'ended') left.mask = this.masks.none;
        else if (end.mask !== mask && end.mask !== undefined) left.mask = end.mask;
        isWhole &&= end !== 'ended' && end.mask === mask;
        f.br(behind);
      }
    }
    f.block(behind);
    return { mask: isWhole ? mask : left.mask };
  }

  private choice(node: If, mask: Mask): End {
    const { e } = this;
    const { f } = e;
    if (!this.values.has(node.condition.id)) return this.branch(node, mask);
    e.lanes = this;
    const test = e.operand(node.condition);
    e.lanes = undefined;
    this.branches++;
    const ends = [node.then, node.else].map((nodes, index): End => {
      const own = this.masks.where(mask, test, index === 0);
      if (!isLong(nodes)) return this.region(nodes, own);
      const [some, behind] = [f.fresh('some'), f.fresh('behind')];
      // What a jump leaves of them isn't known where it is jumped over.
      const left = this.masks.variable(own);
      f.condBr(this.masks.isAny(own), some, behind);
      f.block(some);
      const end = this.region(nodes, own);
      if (end === 'ended') left.mask = this.masks.none;
      else if (end.mask !== own && end.mask !== undefined) left.mask = end.mask;
      f.br(behind);
      f.block(behind);
      return end === 'ended' ? end : end.mask === own ? end : { mask: left.mask };
    });
    this.branches--;
    const [yes, no] = ends;
    if (yes === undefined || no === undefined) throw new Error('an if without branches');
    if (yes === 'ended' || no === 'ended') return yes === 'ended' ? no : yes;
    const isWhole = [node.then, node.else].every((nodes) => nodes.every((inner) => !leaves(inner)));
    if (isWhole || yes.mask === undefined || no.mask === undefined) return { mask };
    return { mask: this.masks.union(yes.mask, no.mask) };
  }

  private labelled(node: Loop | Block, mask: Mask): End {
    const { e } = this;
    const { f } = e;
    const { label } = node;
    const behind = leaves(node) ? this.masks.variable(mask) : undefined;
    if (node.kind === 'block') {
      this.around.push({ label, behind, inside: undefined });
      this.region(node.body, mask);
      this.around.pop();
    } else {
      const inside = this.masks.variable(mask);
      const own = this.isOnce() ? this.locals.ownOf(node) : undefined;
      const [again, exit] = [f.fresh('lanes'), f.fresh('exit')];
      this.around.push({ label, behind, inside, exit });
      f.block(again);
      this.locals.forget();
      this.region(node.body, inside.mask, own);
      this.locals.forget();
      // See `unrolling` on what V8 does where a loop begins.
      const rounds = f.module.isWebAssembly && isShort(node) ? unrolled : undefined;
      const hint = e.hintedLoop(undefined, rounds);
      f.condBr(this.masks.isAny(inside.mask), again, exit, hint);
      f.block(exit);
      this.around.pop();
    }
    return behind ? { mask: behind.mask } : { mask };
  }

  /** Whether what is being written is in no loop and no branch, so that no lane comes to it again or doesn't yet. */
  private isOnce(): boolean {
    return this.around.every(({ inside }) => !inside) && this.branches === 0;
  }

  private take(from: Remaining | undefined, lanes: Mask): void {
    if (from) from.mask = this.masks.without(from.mask, lanes);
  }

  /** Lanes jump behind a block or loop: all that is inside of that one goes on without them. */
  private leave(label: string, mask: Mask): void {
    for (let index = this.around.length - 1; index >= 0; index--) {
      const one = this.around[index];
      if (!one) return;
      this.take(one.inside, mask);
      if (one.label === label) return;
      this.take(one.behind, mask);
    }
  }
}

const isLong = (nodes: readonly Node[]): boolean =>
  countNodes(nodes) > manyNodes || nodes.some(({ kind }) => kind === 'loop');

const isShort = ({ body }: Loop): boolean =>
  countNodes(body) <= mostUnrolled && body.every(({ kind }) => kind !== 'loop');

/** Whether a jump in a node leaves it. */
const leaves = (node: Node): boolean => mayLeave([node], () => false);
