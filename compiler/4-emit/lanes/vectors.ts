/** Vectors with a lane for each of several rounds of a loop, as LLVM writes them. */
import type { Version } from '../abi.ts';
import type { LlvmFunction, LlvmType } from '../writer.ts';

/** What follows the name of an intrinsic for a type. */
export const scalarName = (type: LlvmType): string =>
  type === 'double' ? 'f64' : type === 'float' ? 'f32' : type;

/**
 * How many rounds are computed at the same time: of doubles two vectors of four, or on arm64, which has twice as many
 * registers for them, four of two. A round's operations wait for each other, and the processor does those of the other
 * vectors meanwhile.
 * @param triple LLVM's
 */
export function laneCount(triple: string, { cpu }: Version): number {
  const hasNarrow = triple.startsWith('wasm32') || /^x86-64(-v2)?$/.test(cpu ?? '');
  return hasNarrow ? 4 : 8;
}

export class Vectors {
  readonly count: number;

  constructor(count: number) {
    this.count = count;
  }

  of(type: LlvmType): LlvmType {
    return `<${this.count} x ${type}>`;
  }

  /** What follows the name of an intrinsic for vectors of a type. */
  name(type: LlvmType): string {
    return `v${this.count}${scalarName(type)}`;
  }

  /** A constant with these operands in its lanes. */
  constant(type: LlvmType, of: (lane: number) => string): string {
    return `<${Array.from({ length: this.count }, (_, lane) => `${type} ${of(lane)}`).join(', ')}>`;
  }

  /** An operand in all lanes. */
  splat(f: LlvmFunction, type: LlvmType, operand: string): string {
    if (!operand.startsWith('%')) return this.constant(type, () => operand);
    const vector = this.of(type);
    const first = f.emit(`insertelement ${vector} poison, ${type} ${operand}, i32 0`);
    const numbers = `${this.of('i32')} zeroinitializer`;
    return f.emit(`shufflevector ${vector} ${first}, ${vector} poison, ${numbers}`);
  }

  /** Collects a vector from what is written for each lane. */
  gathered(f: LlvmFunction, type: LlvmType, of: (lane: number) => string): string {
    let vector = 'poison';
    for (let lane = 0; lane < this.count; lane++)
      vector = f.emit(`insertelement ${this.of(type)} ${vector}, ${type} ${of(lane)}, i32 ${lane}`);
    return vector;
  }
}
