/**
 * Which level of x86-64 the CPU has, as the psABI's "Micro-architecture levels" define them: features by
 * `cpuid`, and by `xgetbv` whether the operating system keeps their registers (Intel's manual, volume 1,
 * 14.3 and 15.2).
 */
import type { LlvmFunction } from '../writer.ts';
import { helper } from './napi.ts';

const bits = (...positions: number[]): number =>
  positions.reduce((mask, position) => mask | (1 << position), 0);

/** Features of the levels above the first, by where `cpuid` tells them. */
const v2 = {
  // SSE3, SSSE3, CMPXCHG16B, SSE4.1, SSE4.2, POPCNT
  basic: bits(0, 9, 13, 19, 20, 23),
  // LAHF
  extended: bits(0),
};
const v3 = {
  // FMA, MOVBE, OSXSAVE, AVX, F16C
  basic: bits(12, 22, 27, 28, 29),
  // LZCNT
  extended: bits(5),
  // BMI1, AVX2, BMI2
  structured: bits(3, 5, 8),
  // The registers of SSE and AVX
  state: bits(1, 2),
};
const v4 = {
  // AVX-512 F, DQ, CD, BW, VL
  structured: bits(16, 17, 28, 30, 31),
  // Besides AVX's, the masks and both halves of the registers. macOS turns them on at the first
  // use and so never shows them: there the level stays 3.
  state: bits(1, 2, 5, 6, 7),
};

/** Writes the question; returns an i32 operand, 1 to 4. */
export function cpuLevel(f: LlvmFunction): string {
  const name = helper(f, 'ts.cpu.level', 'i32', [], (g) => {
    const has = (word: string, mask: number): string =>
      g.emit(`icmp eq i32 ${g.emit(`and i32 ${word}, ${mask}`)}, ${mask}`);
    const all = (...conditions: string[]): string =>
      conditions.reduce((left, right) => g.emit(`and i1 ${left}, ${right}`));
    const basicLeaf = cpuid(g, 1);
    const [extended, structured] = [leafOr0(g, 0x80000001), leafOr0(g, 7)];
    const [basic, more, wide] = [basicLeaf.ecx, extended.ecx, structured.ebx];
    // Where the system doesn't use it, `xgetbv` is no instruction.
    const slot = g.alloca('i32');
    g.store('i32', '0', slot);
    g.condBr(has(basic, bits(27)), 'saved', 'decide');
    g.block('saved');
    g.store('i32', xgetbv(g), slot);
    g.block('decide');
    const state = g.load('i32', slot);
    const is2 = all(has(basic, v2.basic), has(more, v2.extended));
    const is3 = all(
      is2,
      has(basic, v3.basic),
      has(more, v3.extended),
      has(wide, v3.structured),
      has(state, v3.state),
    );
    const is4 = all(is3, has(wide, v4.structured), has(state, v4.state));
    const level = [is2, is3, is4].reduce(
      (sum, reached) => g.emit(`add i32 ${sum}, ${g.emit(`zext i1 ${reached} to i32`)}`),
      '1',
    );
    g.ret('i32', level);
  });
  return f.call('i32', name, []);
}

interface Leaf {
  readonly eax: string;
  readonly ebx: string;
  readonly ecx: string;
}

/** Writes `cpuid` for a leaf that every x86-64 CPU has. */
function cpuid(g: LlvmFunction, leaf: number): Leaf {
  const clobbers = '~{dirflag},~{fpsr},~{flags}';
  const type = '{ i32, i32, i32, i32 }';
  const words = g.emit(
    `call ${type} asm sideeffect "cpuid", "={ax},={bx},={cx},={dx},{ax},{cx},${clobbers}"(i32 ${leaf | 0}, i32 0)`,
  );
  const word = (index: number): string => g.emit(`extractvalue ${type} ${words}, ${index}`);
  return { eax: word(0), ebx: word(1), ecx: word(2) };
}

/** Of a leaf that the CPU may not have, which counts as zeros. */
function leafOr0(g: LlvmFunction, leaf: number): Leaf {
  const { eax: last } = cpuid(g, leaf & 0x80000000);
  const known = g.emit(`icmp uge i32 ${last}, ${leaf | 0}`);
  const { eax, ebx, ecx } = cpuid(g, leaf);
  const word = (operand: string): string => g.emit(`select i1 ${known}, i32 ${operand}, i32 0`);
  return { eax: word(eax), ebx: word(ebx), ecx: word(ecx) };
}

/** Writes the reading of the low half of XCR0. */
function xgetbv(g: LlvmFunction): string {
  const type = '{ i32, i32 }';
  const clobbers = '~{dirflag},~{fpsr},~{flags}';
  const words = g.emit(
    `call ${type} asm sideeffect "xgetbv", "={ax},={dx},{cx},${clobbers}"(i32 0)`,
  );
  return g.emit(`extractvalue ${type} ${words}, 0`);
}
