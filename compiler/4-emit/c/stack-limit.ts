/** How deep native code may go on the stack of a thread of a program's. */
import { stackLimit } from '../boundary/stack.ts';
import { callHelper, outOfLine, type Helper } from '../helpers.ts';
import type { LlvmFunction } from '../writer.ts';

/** On Linux a thread's limit is kept: to ask for that of the first one reads a file. */
const kept = 'ts.c.stackLimit';

/** A limit so far below the frame is not of its stack. */
const most = 64 * 2 ** 20;

/** Writes the limit for the running thread; gives a pointer. */
export const stackLimitOfThread = (f: LlvmFunction, platform: string): string =>
  callHelper(f, platform === 'linux' ? keptLimit(platform) : asked(platform), []);

const asked = (platform: string): Helper => ({
  name: 'ts.c.askStackLimit',
  result: 'ptr',
  params: {},
  attributes: outOfLine,
  write(f) {
    f.ret('ptr', stackLimit(f, platform));
  },
});

const keptLimit = (platform: string): Helper => ({
  name: 'ts.c.limit',
  result: 'ptr',
  params: {},
  attributes: outOfLine,
  write(f) {
    const ptr = f.module.spell('ptr');
    f.module.global(kept, 'internal thread_local global i64 0');
    const at = f.module.address(kept, 'i64');
    const known = f.load('i64', at);
    const here = f.emit(`ptrtoint ${ptr} ${f.alloca('i8')} to i64`);
    // Programs may run on stacks that they have made themselves.
    const left = f.emit(`sub i64 ${here}, ${known}`);
    f.condBr(f.emit(`icmp ult i64 ${left}, ${most}`), 'fits', 'ask');
    f.block('fits');
    f.ret('ptr', f.emit(`inttoptr i64 ${known} to ${ptr}`));
    f.block('ask');
    const limit = callHelper(f, asked(platform), []);
    f.store('i64', f.emit(`ptrtoint ${ptr} ${limit} to i64`), at);
    f.ret('ptr', limit);
  },
});
