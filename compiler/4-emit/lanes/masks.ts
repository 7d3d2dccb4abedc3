/** Masks: which lanes run what is being written. A lane is all ones in an integer as wide as a double, so that choosing takes one instruction. */
import type { LlvmFunction, LlvmType } from '../writer.ts';
import type { Vectors } from './vectors.ts';

/** An operand; undefined where all lanes run. */
export type Mask = string | undefined;

/** Vectors are written to the stack as it is aligned. */
export const aligned = ', align 16';

export class Masks {
  readonly none = 'zeroinitializer';
  readonly all: string;
  private readonly f: LlvmFunction;
  private readonly v: Vectors;
  private readonly bits: LlvmType;
  private readonly tests: LlvmType;

  constructor(f: LlvmFunction, v: Vectors) {
    this.f = f;
    this.v = v;
    this.bits = v.of('i64');
    this.tests = v.of('i1');
    this.all = v.constant('i64', () => '-1');
  }

  /** The lanes of a mask for which a test holds, or doesn't. */
  where(mask: Mask, test: string, holds: boolean): string {
    const { f, bits, tests } = this;
    const yes = this.v.constant('i1', () => 'true');
    const wanted = holds ? test : f.emit(`xor ${tests} ${test}, ${yes}`);
    const own = this.opaque(f.emit(`sext ${tests} ${wanted} to ${bits}`));
    return mask === undefined ? own : f.emit(`and ${bits} ${mask}, ${own}`);
  }

  /** The lanes of two masks. */
  union(a: string, b: string): string {
    return this.f.emit(`or ${this.bits} ${a}, ${b}`);
  }

  without(mask: string, others: Mask): string {
    if (others === undefined) return this.none;
    return this.f.emit(`and ${this.bits} ${mask}, ${this.inverse(others)}`);
  }

  /** Whether any lane runs. */
  isAny(mask: string): string {
    const { f, bits } = this;
    const callee = `llvm.vector.reduce.or.${this.v.name('i64')}`;
    f.module.declare(callee, { result: 'i64', params: [bits] });
    return f.emit(`icmp ne i64 ${f.call('i64', callee, [[bits, mask]])}, 0`);
  }

  /** A mask in memory. */
  variable(mask: Mask): Remaining {
    return new Remaining(this.f, this.bits, mask ?? this.all);
  }

  /** Of two vectors the one in lanes that run, the other in those that don't. */
  chosen(mask: string, type: LlvmType, yes: string, no: string): string {
    const { f, bits } = this;
    const vector = this.v.of(type);
    if (!f.module.isWebAssembly || type === 'float') {
      const test = f.emit(`icmp slt ${bits} ${mask}, zeroinitializer`);
      return f.emit(`select ${this.tests} ${test}, ${vector} ${yes}, ${vector} ${no}`);
    }
    const cast = (from: LlvmType, to: LlvmType, x: string): string =>
      from === to ? x : f.emit(`bitcast ${from} ${x} to ${to}`);
    const here = f.emit(`and ${bits} ${mask}, ${cast(vector, bits, yes)}`);
    const others = f.emit(`and ${bits} ${this.inverse(mask)}, ${cast(vector, bits, no)}`);
    return cast(bits, vector, f.emit(`or ${bits} ${here}, ${others}`));
  }

  private inverse(mask: string): string {
    return this.f.emit(`xor ${this.bits} ${mask}, ${this.all}`);
  }

  /**
   * For WebAssembly, a mask of which LLVM doesn't know that it was a test: it would choose by that, for which V8 takes
   * three instructions where `and` is one.
   */
  private opaque(mask: string): string {
    const { f, bits } = this;
    if (!f.module.isWebAssembly) return mask;
    const numbers = (from: number, count: number): string =>
      `<${count} x i32> <${Array.from({ length: count }, (_, k) => `i32 ${from + k}`).join(', ')}>`;
    // A register holds two.
    const halves = [0, 2].map((from) => {
      const half = f.emit(`shufflevector ${bits} ${mask}, ${bits} poison, ${numbers(from, 2)}`);
      return f.emit(`call <2 x i64> asm "", "=r,0"(<2 x i64> ${half})`);
    });
    return f.emit(`shufflevector <2 x i64> ${halves.join(', <2 x i64> ')}, ${numbers(0, 4)}`);
  }
}

export class Remaining {
  private readonly f: LlvmFunction;
  private readonly bits: LlvmType;
  private readonly slot: string;

  constructor(f: LlvmFunction, bits: LlvmType, mask: string) {
    this.f = f;
    this.bits = bits;
    this.slot = f.alloca(bits, 'mask');
    this.mask = mask;
  }

  get mask(): string {
    return this.f.load(this.bits, this.slot, aligned);
  }

  set mask(mask: string) {
    this.f.store(this.bits, mask, this.slot, aligned);
  }
}
