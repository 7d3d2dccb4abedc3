/** Which copy of a function a library runs: that for the highest level which the CPU has, looked for once. */
import type { CpuTier } from '../../5-link/types.ts';
import { cpuLevel } from '../boundary/cpu-level.ts';
import { callHelper, outOfLine, type Helper } from '../helpers.ts';
import type { LlvmFunction } from '../writer.ts';

const known = 'ts.c.level';

/**
 * Writes the choice among the copies for some tiers, the lowest first.
 * @param write writes the code for the tier of an index, which returns
 */
export function chooseVersion(
  f: LlvmFunction,
  tiers: readonly CpuTier[],
  write: (index: number) => void,
): void {
  const level = callHelper(f, levelOfCpu, []);
  for (let index = tiers.length - 1; index > 0; index--) {
    const [has, lower] = [f.fresh('has'), f.fresh('lower')];
    f.condBr(f.emit(`icmp uge i32 ${level}, ${tiers[index]?.level ?? 0}`), has, lower);
    f.block(has);
    write(index);
    f.block(lower);
  }
  write(0);
}

/** Threads that ask at the same moment write the same. */
const levelOfCpu: Helper = {
  name: 'ts.c.levelOfCpu',
  result: 'i32',
  params: {},
  attributes: 'nounwind alwaysinline',
  write(f) {
    f.module.global(known, 'internal global i32 0');
    const at = f.module.address(known, 'i32');
    const found = f.load('i32', at);
    f.condBr(f.emit(`icmp eq i32 ${found}, 0`), 'unknown', 'known');
    f.block('known');
    f.ret('i32', found);
    f.block('unknown');
    f.ret('i32', callHelper(f, findLevel, []));
  },
};

const findLevel: Helper = {
  name: 'ts.c.findLevel',
  result: 'i32',
  params: {},
  attributes: outOfLine,
  write(f) {
    const level = cpuLevel(f);
    f.store('i32', level, f.module.address(known, 'i32'));
    f.ret('i32', level);
  },
};
