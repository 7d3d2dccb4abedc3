/** Masks: which lanes run what is being written. A lane is all ones in an integer as wide as a double, so that choosing takes one instruction. */
import type { LlvmFunction } from '../writer.ts';
import { constantVector, mangled, vectorOf } from './vectors.ts';

/** An operand; undefined where all lanes run. */
export type Mask = string | undefined;

const bits = vectorOf('i64');
const tests = vectorOf('i1');

/** The lanes of a mask for which a test holds, or doesn't. */
export function where(f: LlvmFunction, mask: Mask, test: string, holds: boolean): string {
  const wanted = holds
    ? test
    : f.emit(`xor ${tests} ${test}, ${constantVector('i1', () => 'true')}`);
  const own = f.emit(`sext ${tests} ${wanted} to ${bits}`);
  return mask === undefined ? own : f.emit(`and ${bits} ${mask}, ${own}`);
}

/** A test of which lanes run. */
export const isActive = (f: LlvmFunction, mask: string): string =>
  f.emit(`icmp slt ${bits} ${mask}, zeroinitializer`);

/** Whether any lane runs. */
export function isAny(f: LlvmFunction, mask: string): string {
  const callee = `llvm.vector.reduce.or.${mangled('i64')}`;
  f.module.declare(callee, { result: 'i64', params: [bits] });
  return f.emit(`icmp ne i64 ${f.call('i64', callee, [[bits, mask]])}, 0`);
}

/** A mask in memory that lanes are taken from. */
export class Remaining {
  private readonly f: LlvmFunction;
  private readonly slot: string;

  constructor(f: LlvmFunction, mask: Mask) {
    this.f = f;
    this.slot = f.alloca(bits, 'mask');
    f.store(bits, mask ?? all, this.slot, aligned);
  }

  get mask(): string {
    return this.f.load(bits, this.slot, aligned);
  }

  set mask(mask: string) {
    this.f.store(bits, mask, this.slot, aligned);
  }

  take(lanes: Mask): void {
    const others = lanes === undefined ? none : this.f.emit(`xor ${bits} ${lanes}, ${all}`);
    this.mask = this.f.emit(`and ${bits} ${this.mask}, ${others}`);
  }
}

export const none = 'zeroinitializer';

/** The lanes of two masks. */
export const union = (f: LlvmFunction, a: string, b: string): string =>
  f.emit(`or ${bits} ${a}, ${b}`);

const aligned = ', align 16';

const all = constantVector('i64', () => '-1');
