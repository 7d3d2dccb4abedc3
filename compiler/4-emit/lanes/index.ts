/**
 * Writes a `block lanes`, which is computed for several rounds of its loop at once. The loop stays as it is: a round takes
 * its lane of what has been computed, and the one that finds nothing left has the next ones computed. Where few rounds are
 * left, each computes what it needs by itself.
 */
import {
  isInteger,
  isScalar,
  isSigned,
  type Block,
  type IrType,
  type Loop,
} from '../../ir/types.ts';
import { walkOps } from '../../ir/walk.ts';
import type { FunctionEmission } from '../emission.ts';
import { fromMemory, llvmType, memoryType } from '../types.ts';
import { Lanes } from './region.ts';
import { aligned } from './masks.ts';
import { laneCount, Vectors } from './vectors.ts';

/** Fewer rounds are computed one by one. */
const fewest = 3;

const countOf = ({ module }: FunctionEmission): number => laneCount(module.triple, module.version);

/** Before a loop: nothing has been computed for its rounds yet. */
export function prepareLanes(e: FunctionEmission, { body }: Loop): void {
  for (const node of body) {
    if (node.kind !== 'block' || !node.lanes) continue;
    const next = e.f.alloca('i64', 'lane');
    e.f.store('i64', String(countOf(e)), next);
    e.nextLanes.set(node, next);
  }
}

/** @param writeOne writes the block as any other, for one round */
export function emitLanes(e: FunctionEmission, block: Block, writeOne: () => void): void {
  const { f } = e;
  const [first] = block.body;
  const place = e.nextLanes.get(block);
  if (first?.kind !== 'op' || first.op !== 'lane' || place === undefined)
    throw new Error(`${e.fn.name}: ${block.label} is in no loop`);
  const [counter, limit] = first.args;
  const type = counter?.type;
  if (type === undefined || !isInteger(type)) throw new Error(`a counter of ${type}`);
  const [take, ask, compute, one, end] = ['take', 'ask', 'lanes', 'one', 'taken'].map((name) =>
    f.fresh(name),
  ) as [string, string, string, string, string];
  const vectors = new Vectors(countOf(e));
  const handed = handedOn(e, block, vectors);

  f.condBr(f.emit(`icmp ult i64 ${f.load('i64', place)}, ${vectors.count}`), take, ask);

  f.block(ask);
  const left = f.emit(`sub ${llvmType(type)} ${e.operand(limit)}, ${e.operand(counter)}`);
  const sign = isSigned(type) ? 's' : 'u';
  f.condBr(f.emit(`icmp ${sign}ge ${llvmType(type)} ${left}, ${fewest}`), compute, one);

  f.block(compute);
  const lanes = new Lanes(e, block, left, vectors);
  lanes.write();
  for (const { name, buffer, memory } of handed)
    f.store(vectors.of(memory), lanes.stored(name), buffer, aligned);
  f.store('i64', '0', place);
  f.br(take);

  f.block(take);
  const lane = f.load('i64', place);
  for (const { name, type: own, buffer, memory } of handed) {
    const value = f.load(memory, f.gep(memory, buffer, lane));
    const scalar = isScalar(own) ? fromMemory(f, own, value) : value;
    f.store(llvmType(own), scalar, e.slot(name));
  }
  f.store('i64', f.emit(`add i64 ${lane}, 1`), place);
  f.br(end);

  f.block(one);
  writeOne();
  f.br(end);
  f.block(end);
}

interface Handed {
  readonly name: string;
  readonly type: IrType;
  /** What it takes in memory, and the room for one of each lane. */
  readonly memory: string;
  readonly buffer: string;
}

/** The locals that a block sets and something behind it reads. */
function handedOn(e: FunctionEmission, block: Block, { count }: Vectors): Handed[] {
  const inside = new Set<object>();
  const own = new Set<string>();
  walkOps(block.body, (op) => {
    inside.add(op);
    if (op.op === 'local.set') own.add(op.attributes.local ?? '');
  });
  const read = new Set<string>();
  walkOps([...e.fn.body, ...(e.fn.unwind ?? [])], (op) => {
    if (op.op === 'local.get' && !inside.has(op)) read.add(op.attributes.local ?? '');
  });
  return e.fn.locals.flatMap(({ name, type }) => {
    if (!own.has(name) || !read.has(name)) return [];
    const memory = memoryType(type);
    return [{ name, type, memory, buffer: e.f.alloca(memory, 'rounds', count) }];
  });
}
