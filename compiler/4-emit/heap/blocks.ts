/**
 * The allocator: blocks of memory for records, lists, strings and the elements of lists, from the heap of
 * an environment, which one thread uses alone.
 *
 * Small blocks belong to size classes of 16, 32, … bytes, each with a list of free blocks through
 * their first word, as in Bonwick's slab allocator (USENIX Summer 1994) without its returning of slabs.
 * All blocks of a page are of one class, and what is freed goes to a list of its page, as in mimalloc
 * (Leijen, Zorn and de Moura, APLAS 2019). An empty class gets the freed blocks of one page, by their
 * addresses unless they are in a cache, or all blocks of a new page. So what is allocated in turn lies in turn, however long
 * and in whatever order blocks have been freed. Larger blocks come from `malloc`. They are linked, so that what still lives when
 * the environment ends can be freed.
 */
import {
  callC,
  callHelper,
  copyBytes,
  inlined,
  isNull,
  outOfLine,
  type Helper,
} from '../helpers.ts';
import { heap, largestSmall } from '../layout.ts';
import { access } from '../tbaa.ts';
import type { LlvmFunction } from '../writer.ts';

/** A page begins at a multiple of its size. */
const pageBytes = 4096;
const smallest = 16;
/** Sixteen pages, wherever memory of `malloc` begins, and the link to the chunk before. */
const chunkBytes = 17 * pageBytes + smallest;
/**
 * A page that is used up again after so few others have been is in a processor's cache, where it doesn't matter
 * what lies beside what: 256 kB.
 */
const cachedPages = 64;
const classes = largestSmall / smallest;

/** The links of a large block, which stand before it. */
const links = {
  size: 16,
  /** ptr to the links of the next older block, or null. */
  next: 0,
  /** ptr to the pointer that points to these links: `heap.large` or a `next`. */
  back: 8,
} as const;

/** What a page begins with. */
const page = {
  size: 32,
  /** ptr to the first block that was freed since the page was last used up, or null. */
  freed: 0,
  /** ptr to the next page of the class that has such blocks; of no meaning where it has none. */
  next: 8,
  /** i64: what `heap.reuses` was when its blocks were given last. */
  given: 16,
} as const;

/** The most bytes of a block that belongs to a class. */
const largestOf = ({ module }: LlvmFunction): number => (module.separateBlocks ? 0 : largestSmall);

/** The size class of a size in bytes, or undefined for large ones. */
const classOf = (f: LlvmFunction, bytes: number): number | undefined =>
  bytes <= largestOf(f) ? Math.max(1, Math.ceil(bytes / smallest)) : undefined;

/** Writes the allocation of a block of a size that is known; null where there is no memory. */
export function allocate(f: LlvmFunction, heapPointer: string, bytes: number): string {
  const own = classOf(f, bytes);
  if (own === undefined) return allocateAny(f, heapPointer, String(bytes));
  return callHelper(f, take(own), [heapPointer]);
}

/** Writes the freeing of a block that was allocated with that size. */
export function free(f: LlvmFunction, heapPointer: string, block: string, bytes: number): void {
  const own = classOf(f, bytes);
  if (own === undefined) freeAny(f, heapPointer, block, String(bytes));
  else callHelper(f, give(own), [heapPointer, block]);
}

/** Writes the allocation of a block of so many bytes, an i64 operand above 0; null where there is no memory. */
export const allocateAny = (f: LlvmFunction, heapPointer: string, bytes: string): string =>
  callHelper(f, allocateBytes, [heapPointer, bytes]);

/** Writes the freeing of a block that was allocated with so many bytes, an i64 operand. */
export const freeAny = (f: LlvmFunction, heapPointer: string, block: string, bytes: string): void =>
  void callHelper(f, freeBytes, [heapPointer, block, bytes]);

/** Writes the growing of a block from one size to a larger; null, with the block as it was, where there is no memory. */
export const grow = (
  f: LlvmFunction,
  heapPointer: string,
  block: string,
  from: string,
  to: string,
): string => callHelper(f, growBytes, [heapPointer, block, from, to]);

/** Writes the freeing of all memory of a heap, when its environment ends. */
export const endHeap = (f: LlvmFunction, heapPointer: string): void =>
  void callHelper(f, endAll, [heapPointer]);

/** Writes the counting of the blocks that are in use: an i64 operand. It walks all lists, for tests. */
export const countLive = (f: LlvmFunction, heapPointer: string): string =>
  callHelper(f, live, [heapPointer]);

/** The name of a function that is called with the heap before that asks for more memory, where the module has one. */
export const mayCollect = 'ts.heap.mayCollect';

/** Writes the call of `mayCollect`; gives whether there is one. */
function collectFirst(f: LlvmFunction): boolean {
  const isThere = f.module.defines(mayCollect);
  if (isThere) f.call('void', mayCollect, [['ptr', '%heap']]);
  return isThere;
}

/** Writes the counting of bytes that C's library gave, or got back. */
function countBytes(f: LlvmFunction, sign: 'add' | 'sub', bytes: string): void {
  const at = f.offset('%heap', heap.bytes);
  f.store('i64', f.emit(`${sign} i64 ${f.load('i64', at)}, ${bytes}`), at);
}

const freeList = (f: LlvmFunction, own: number): string => f.offset('%heap', heap.free + 8 * own);

const pagesOf = (f: LlvmFunction, own: number): string => f.offset('%heap', heap.pages + 8 * own);

const take = (own: number): Helper => ({
  name: `ts.heap.take.${own}`,
  result: 'ptr',
  params: { heap: 'ptr' },
  attributes: inlined,
  write(f) {
    const list = freeList(f, own);
    const state = access(f.module, 'heap', 8);
    const first = f.load('ptr', list, state);
    f.condBr(isNull(f, first), 'empty', 'some');
    f.block('some');
    f.store('ptr', f.load('ptr', first, access(f.module, 'header', 8)), list, state);
    f.ret('ptr', first);
    f.block('empty');
    f.ret('ptr', callHelper(f, cut, ['%heap', String(own)]));
  },
});

const give = (own: number): Helper => ({
  name: `ts.heap.give.${own}`,
  result: 'void',
  params: { heap: 'ptr', block: 'ptr' },
  attributes: inlined,
  write(f) {
    giveToPage(f, pagesOf(f, own));
    f.ret();
  },
});

/** Writes the freeing of `%block`, whose page joins the list at `pages` with its first block. */
function giveToPage(f: LlvmFunction, pages: string): void {
  const within = f.emit(`and i64 ${addressOf(f, '%block')}, ${pageBytes - 1}`);
  const own = f.gep('i8', '%block', f.emit(`sub i64 0, ${within}`));
  const freed = f.offset(own, page.freed);
  const older = f.load('ptr', freed);
  f.store('ptr', older, '%block');
  f.store('ptr', '%block', freed);
  f.condBr(isNull(f, older), 'first', 'given');
  f.block('first');
  f.store('ptr', f.load('ptr', pages), f.offset(own, page.next));
  f.store('ptr', own, pages);
  f.br('given');
  f.block('given');
}

const addressOf = (f: LlvmFunction, pointer: string): string =>
  f.emit(`ptrtoint ${f.module.spell('ptr')} ${pointer} to i64`);

/** Gives a block that was freed of an empty class, and leaves the others of its page in the list; null where there is none. */
const reuse: Helper = {
  name: 'ts.heap.reuse',
  result: 'ptr',
  params: { heap: 'ptr', class: 'i64' },
  attributes: outOfLine,
  write(f) {
    const pages = f.gep('ptr', f.offset('%heap', heap.pages), '%class');
    const own = f.load('ptr', pages);
    f.condBr(isNull(f, own), 'none', 'some');
    f.block('none');
    f.ret('ptr', 'null');

    f.block('some');
    f.store('ptr', f.load('ptr', f.offset(own, page.next)), pages);
    const freed = f.offset(own, page.freed);
    const blocks = f.load('ptr', freed);
    f.store('ptr', 'null', freed);
    const give = (first: string): void => {
      f.store('ptr', f.load('ptr', first), f.gep('ptr', f.offset('%heap', heap.free), '%class'));
      f.ret('ptr', first);
    };
    const [reuses, given] = [f.offset('%heap', heap.reuses), f.offset(own, page.given)];
    const now = f.emit(`add i64 ${f.load('i64', reuses)}, 1`);
    const others = f.emit(`sub i64 ${now}, ${f.load('i64', given)}`);
    f.store('i64', now, reuses);
    f.store('i64', now, given);
    f.condBr(f.emit(`icmp ugt i64 ${others}, ${cachedPages}`), 'far', 'near');
    f.block('near');
    give(blocks);
    f.block('far');
    give(byAddress(f, own, blocks));
  },
};

/** Writes the sorting of blocks of a page, at least one, by a bit for each place; gives the first. */
function byAddress(f: LlvmFunction, own: string, blocks: string): string {
  const wordBits = 64;
  const words = pageBytes / smallest / wordBits;
  const bits = f.alloca('i64', 'bits', words);
  const bitsAt = (word: number): string => f.offset(bits, 8 * word);
  for (let word = 0; word < words; word++) f.store('i64', '0', bitsAt(word));
  const start = addressOf(f, own);
  forEachLinked(f, blocks, (block) => {
    const place = f.emit(
      `lshr i64 ${f.emit(`sub i64 ${addressOf(f, block)}, ${start}`)}, ${Math.log2(smallest)}`,
    );
    const at = f.gep('i64', bits, f.emit(`lshr i64 ${place}, ${Math.log2(wordBits)}`));
    const bit = f.emit(`shl i64 1, ${f.emit(`and i64 ${place}, ${wordBits - 1}`)}`);
    f.store('i64', f.emit(`or i64 ${f.load('i64', at)}, ${bit}`), at);
  });
  f.module.declare('llvm.ctlz.i64', { result: 'i64', params: ['i64', 'i1'] });
  const list = f.alloca('ptr');
  f.store('ptr', 'null', list);
  // From the last place to the first, so that each block is put before those behind it.
  for (let word = words - 1; word >= 0; word--) {
    const [again, some, done] = [f.fresh('again'), f.fresh('some'), f.fresh('done')];
    f.br(again);
    f.block(again);
    const left = f.load('i64', bitsAt(word));
    f.condBr(f.emit(`icmp eq i64 ${left}, 0`), done, some);
    f.block(some);
    const zeros = f.call('i64', 'llvm.ctlz.i64', [
      ['i64', left],
      ['i1', 'true'],
    ]);
    const last = f.emit(`sub i64 ${wordBits - 1}, ${zeros}`);
    f.store('i64', f.emit(`xor i64 ${left}, ${f.emit(`shl i64 1, ${last}`)}`), bitsAt(word));
    const place = f.emit(`add i64 ${last}, ${word * wordBits}`);
    const block = f.gep('i8', own, f.emit(`mul i64 ${place}, ${smallest}`));
    f.store('ptr', f.load('ptr', list), block);
    f.store('ptr', block, list);
    f.br(again);
    f.block(done);
  }
  return f.load('ptr', list);
}

/** Gives a block of an empty class, and leaves others in the list. */
const cut: Helper = {
  name: 'ts.heap.cut',
  result: 'ptr',
  params: { heap: 'ptr', class: 'i64' },
  attributes: outOfLine,
  write(f) {
    const [nextAt, endAt] = [f.offset('%heap', heap.next), f.offset('%heap', heap.end)];
    const room = f.emit(
      `sub i64 ${addressOf(f, f.load('ptr', endAt))}, ${addressOf(f, f.load('ptr', nextAt))}`,
    );
    const used = callHelper(f, reuse, ['%heap', '%class']);
    f.condBr(isNull(f, used), 'new', 'used');
    f.block('used');
    f.ret('ptr', used);
    f.block('new');
    f.condBr(f.emit(`icmp ult i64 ${room}, ${pageBytes}`), 'full', 'fits');

    f.block('full');
    if (collectFirst(f)) {
      const freed = callHelper(f, reuse, ['%heap', '%class']);
      f.condBr(isNull(f, freed), 'ask', 'freed');
      f.block('freed');
      f.ret('ptr', freed);
      f.block('ask');
    }
    const chunk = callC(f, 'ptr', 'malloc', [['i64', String(chunkBytes)]]);
    f.condBr(isNull(f, chunk), 'failed', 'got');
    f.block('got');
    const chunks = f.offset('%heap', heap.chunks);
    f.store('ptr', f.load('ptr', chunks), chunk);
    f.store('ptr', chunk, chunks);
    const behindLink = f.offset(chunk, smallest);
    const padding = f.emit(`sub i64 0, ${addressOf(f, behindLink)}`);
    const firstPage = f.gep('i8', behindLink, f.emit(`and i64 ${padding}, ${pageBytes - 1}`));
    f.store('ptr', firstPage, nextAt);
    f.store('ptr', f.offset(chunk, chunkBytes), endAt);
    countBytes(f, 'add', String(chunkBytes));

    f.block('fits');
    const bytes = f.emit(`mul i64 %class, ${smallest}`);
    const count = f.emit(`udiv i64 ${pageBytes - page.size}, ${bytes}`);
    const own = f.load('ptr', nextAt);
    f.store('ptr', f.offset(own, pageBytes), nextAt);
    f.store('ptr', 'null', f.offset(own, page.freed));
    f.store('i64', f.load('i64', f.offset('%heap', heap.reuses)), f.offset(own, page.given));
    const first = f.offset(own, page.size);
    const cutAt = f.offset('%heap', heap.cut);
    f.store('i64', f.emit(`add i64 ${f.load('i64', cutAt)}, ${count}`), cutAt);
    const free = f.gep('ptr', f.offset('%heap', heap.free), '%class');
    // From the second on each block is linked to the one behind it, the last to none.
    const slots = { place: f.alloca('ptr'), block: f.alloca('ptr'), rest: f.alloca('i64') };
    f.store('ptr', free, slots.place);
    f.store('ptr', first, slots.block);
    f.store('i64', count, slots.rest);
    f.block('next');
    const rest = f.emit(`sub i64 ${f.load('i64', slots.rest)}, 1`);
    f.condBr(f.emit(`icmp eq i64 ${rest}, 0`), 'done', 'more');
    f.block('more');
    f.store('i64', rest, slots.rest);
    const block = f.gep('i8', f.load('ptr', slots.block), bytes);
    f.store('ptr', block, f.load('ptr', slots.place));
    f.store('ptr', block, slots.place);
    f.store('ptr', block, slots.block);
    f.br('next');
    f.block('done');
    f.store('ptr', 'null', f.load('ptr', slots.place));
    f.ret('ptr', first);

    f.block('failed');
    f.ret('ptr', 'null');
  },
};

/** The class of a size that isn't known, in a block where it is a small one. */
function ifSmall(
  f: LlvmFunction,
  bytes: string,
  small: (own: string) => void,
  large: () => void,
): void {
  f.condBr(f.emit(`icmp ule i64 ${bytes}, ${largestOf(f)}`), 'small', 'large');
  f.block('small');
  small(f.emit(`lshr i64 ${f.emit(`add i64 ${bytes}, ${smallest - 1}`)}, 4`));
  f.block('large');
  large();
}

const allocateBytes: Helper = {
  name: 'ts.heap.allocate',
  result: 'ptr',
  params: { heap: 'ptr', bytes: 'i64' },
  attributes: outOfLine,
  write(f) {
    ifSmall(
      f,
      '%bytes',
      (own) => {
        const list = f.gep('ptr', f.offset('%heap', heap.free), own);
        const first = f.load('ptr', list);
        f.condBr(isNull(f, first), 'empty', 'some');
        f.block('some');
        f.store('ptr', f.load('ptr', first), list);
        f.ret('ptr', first);
        f.block('empty');
        f.ret('ptr', callHelper(f, cut, ['%heap', own]));
      },
      () => {
        collectFirst(f);
        const whole = f.emit(`add i64 %bytes, ${links.size}`);
        const made = callC(f, 'ptr', 'malloc', [['i64', whole]]);
        f.condBr(isNull(f, made), 'failed', 'got');
        f.block('got');
        link(f, made);
        countBytes(f, 'add', whole);
        f.ret('ptr', f.offset(made, links.size));
        f.block('failed');
        f.ret('ptr', 'null');
      },
    );
  },
};

/** Puts a large block in front of the others. */
function link(f: LlvmFunction, made: string): void {
  const first = f.offset('%heap', heap.large);
  const older = f.load('ptr', first);
  f.store('ptr', older, f.offset(made, links.next));
  f.store('ptr', first, f.offset(made, links.back));
  f.store('ptr', made, first);
  const [some, linked] = [f.fresh('older'), f.fresh('linked')];
  f.condBr(isNull(f, older), linked, some);
  f.block(some);
  f.store('ptr', f.offset(made, links.next), f.offset(older, links.back));
  f.block(linked);
}

const freeBytes: Helper = {
  name: 'ts.heap.free',
  result: 'void',
  params: { heap: 'ptr', block: 'ptr', bytes: 'i64' },
  attributes: outOfLine,
  write(f) {
    ifSmall(
      f,
      '%bytes',
      (own) => {
        giveToPage(f, f.gep('ptr', f.offset('%heap', heap.pages), own));
        f.ret();
      },
      () => {
        const whole = f.offset('%block', -links.size);
        const next = f.load('ptr', f.offset(whole, links.next));
        const back = f.load('ptr', f.offset(whole, links.back));
        f.store('ptr', next, back);
        f.condBr(isNull(f, next), 'unlinked', 'older');
        f.block('older');
        f.store('ptr', back, f.offset(next, links.back));
        f.block('unlinked');
        countBytes(f, 'sub', f.emit(`add i64 %bytes, ${links.size}`));
        callC(f, 'void', 'free', [['ptr', whole]]);
        f.ret();
      },
    );
  },
};

const growBytes: Helper = {
  name: 'ts.heap.grow',
  result: 'ptr',
  params: { heap: 'ptr', block: 'ptr', from: 'i64', to: 'i64' },
  attributes: outOfLine,
  write(f) {
    f.condBr(f.emit(`icmp ugt i64 %from, ${largestOf(f)}`), 'large', 'small');

    f.block('large');
    const old = f.offset('%block', -links.size);
    const whole = f.emit(`add i64 %to, ${links.size}`);
    const moved = callC(f, 'ptr', 'realloc', [
      ['ptr', old],
      ['i64', whole],
    ]);
    f.condBr(isNull(f, moved), 'failed', 'moved');
    f.block('moved');
    countBytes(f, 'add', f.emit('sub i64 %to, %from'));
    f.store('ptr', moved, f.load('ptr', f.offset(moved, links.back)));
    const next = f.load('ptr', f.offset(moved, links.next));
    f.condBr(isNull(f, next), 'linked', 'older');
    f.block('older');
    f.store('ptr', f.offset(moved, links.next), f.offset(next, links.back));
    f.block('linked');
    f.ret('ptr', f.offset(moved, links.size));

    f.block('small');
    const made = allocateAny(f, '%heap', '%to');
    f.condBr(isNull(f, made), 'failed', 'made');
    f.block('made');
    f.condBr(f.emit('icmp eq i64 %from, 0'), 'copied', 'some');
    f.block('some');
    copyBytes(f, made, '%block', '%from');
    freeAny(f, '%heap', '%block', '%from');
    f.block('copied');
    f.ret('ptr', made);

    f.block('failed');
    f.ret('ptr', 'null');
  },
};

const endAll: Helper = {
  name: 'ts.heap.end',
  result: 'void',
  params: { heap: 'ptr' },
  attributes: outOfLine,
  write(f) {
    for (const first of [heap.chunks, heap.large])
      forEachLinked(f, f.load('ptr', f.offset('%heap', first)), (block) => {
        callC(f, 'void', 'free', [['ptr', block]]);
      });
    callC(f, 'void', 'free', [['ptr', f.load('ptr', f.offset('%heap', heap.suspects))]]);
    f.ret();
  },
};

const live: Helper = {
  name: 'ts.heap.live',
  result: 'i64',
  params: { heap: 'ptr' },
  attributes: outOfLine,
  write(f) {
    const count = f.alloca('i64');
    const add = (by: string): void =>
      f.store('i64', f.emit(`add i64 ${f.load('i64', count)}, ${by}`), count);
    f.store('i64', f.load('i64', f.offset('%heap', heap.cut)), count);
    const addFreed = (first: string): void => forEachLinked(f, first, () => add('-1'));
    const own = f.alloca('i64');
    f.store('i64', '1', own);
    f.block('class');
    const index = f.load('i64', own);
    addFreed(f.load('ptr', f.gep('ptr', freeList(f, 0), index)));
    const withFreed = f.load('ptr', f.gep('ptr', pagesOf(f, 0), index));
    forEachLinked(
      f,
      withFreed,
      (each) => addFreed(f.load('ptr', f.offset(each, page.freed))),
      page.next,
    );
    f.store('i64', f.emit(`add i64 ${index}, 1`), own);
    f.condBr(f.emit(`icmp eq i64 ${index}, ${classes}`), 'large', 'class');
    f.block('large');
    forEachLinked(f, f.load('ptr', f.offset('%heap', heap.large)), () => add('1'));
    f.ret('i64', f.load('i64', count));
  },
};

/** Visits blocks that are linked through the word at `next`, which a visit may change. */
function forEachLinked(
  f: LlvmFunction,
  first: string,
  visit: (block: string) => void,
  next = 0,
): void {
  const current = f.alloca('ptr');
  const [again, some, done] = [f.fresh('again'), f.fresh('some'), f.fresh('done')];
  f.store('ptr', first, current);
  f.block(again);
  const block = f.load('ptr', current);
  f.condBr(isNull(f, block), done, some);
  f.block(some);
  f.store('ptr', f.load('ptr', f.offset(block, next)), current);
  visit(block);
  f.br(again);
  f.block(done);
}
