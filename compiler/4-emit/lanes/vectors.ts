/** Vectors with a lane for each of several rounds of a loop, as LLVM writes them. */
import type { LlvmFunction, LlvmType } from '../writer.ts';

/**
 * So many doubles are two vectors of x64's level v3 and four of others'. A round's operations wait for each other, and the
 * processor does those of the other vectors meanwhile.
 */
export const laneCount = Number(process.env.LANES ?? 8);

export const vectorOf = (type: LlvmType): LlvmType => `<${laneCount} x ${type}>`;

/** What follows the name of an intrinsic for a type. */
export const scalarName = (type: LlvmType): string =>
  type === 'double' ? 'f64' : type === 'float' ? 'f32' : type;

/** The same for vectors of it. */
export const mangled = (type: LlvmType): string => `v${laneCount}${scalarName(type)}`;

/** A constant with these operands in its lanes. */
export const constantVector = (type: LlvmType, of: (lane: number) => string): string =>
  `<${Array.from({ length: laneCount }, (_, lane) => `${type} ${of(lane)}`).join(', ')}>`;

/** An operand in all lanes. */
export function splat(f: LlvmFunction, type: LlvmType, operand: string): string {
  if (!operand.startsWith('%')) return constantVector(type, () => operand);
  const vector = vectorOf(type);
  const first = f.emit(`insertelement ${vector} poison, ${type} ${operand}, i32 0`);
  return f.emit(
    `shufflevector ${vector} ${first}, ${vector} poison, ${vectorOf('i32')} zeroinitializer`,
  );
}

/** Collects a vector from what is written for each lane. */
export function gathered(f: LlvmFunction, type: LlvmType, of: (lane: number) => string): string {
  let vector = 'poison';
  for (let lane = 0; lane < laneCount; lane++)
    vector = f.emit(`insertelement ${vectorOf(type)} ${vector}, ${type} ${of(lane)}, i32 ${lane}`);
  return vector;
}
