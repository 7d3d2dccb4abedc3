/**
 * The collector of rings: objects that refer to each other, and that nothing else refers to, have counts that
 * never become zero.
 *
 * Bacon and Rajan, "Concurrent Cycle Collection in Reference Counted Systems" (ECOOP 2001), section 3, the
 * synchronous algorithm, after Lins, "Cyclic reference counting with lazy mark-scan" (IPL 44, 1992): a ring
 * loses its last reference from outside when a count is made less that stays above zero. Objects to which
 * that happens are *suspects*. From those, the references inside are taken off the counts, by trial. What then
 * has some left is referred to from elsewhere: it and all that it leads to get theirs back. The
 * rest is freed.
 *
 * Only references between shapes that may form rings are followed (`cycle-types.ts`), so lists of numbers,
 * strings, and trees built once cost nothing, however large they are.
 *
 * It runs where the heap would ask for more memory, and at the end of calls from JavaScript, when there are
 * enough suspects, or enough memory has been asked for since it last ran. Both grow with what it found then, so
 * that its time is a fraction of that of the rest. All references are counted there: what code has borrowed,
 * somebody else has counted, and a holder that it is read from as well.
 *
 * There is no recursion. What is visited is listed in the array of the suspects itself. When there is no memory
 * for that to grow, all counts are put right again and nothing is freed.
 */
import { callC, callHelper, isNull, outOfLine, type Helper } from '../helpers.ts';
import { countBits, header, heap, list } from '../layout.ts';
import type { LlvmFunction, LlvmModule } from '../writer.ts';
import { mayCollect } from './blocks.ts';
import { appendPointer } from './pointer-list.ts';
import { empty, forEachItem, forEachShape, freeBlock, release, type Drop } from './references.ts';
import type { Shapes } from './shapes.ts';

/** So many suspects are always worth a look. */
const fewestSuspects = 64;
/** More suspects are waited for, one for so many objects that were visited last. */
const visitedPerSuspect = 4;
/** So many bytes more are always worth a look. */
const fewestBytes = 512 * 1024;

/** Defines the collector of a module whose objects may form rings. To be called before anything allocates. */
export function defineCollector(llvm: LlvmModule, shapes: Shapes): void {
  if (!shapes.cycles.any) return;
  const f = llvm.define(mayCollect, 'void', [{ name: 'heap', type: 'ptr' }], 'internal', outOfLine);
  const count = f.load('i64', f.offset('%heap', heap.suspectCount));
  f.condBr(f.emit(`icmp eq i64 ${count}, 0`), 'done', 'some');
  f.block('some');
  const isAtLeast = (value: string, limitAt: number, least: number): string => {
    const limit = f.load('i64', f.offset('%heap', limitAt));
    const enough = f.emit(`icmp uge i64 ${value}, ${limit}`);
    return f.emit(`and i1 ${enough}, ${f.emit(`icmp uge i64 ${value}, ${least}`)}`);
  };
  const many = isAtLeast(count, heap.suspectLimit, fewestSuspects);
  const bytes = f.load('i64', f.offset('%heap', heap.bytes));
  const much = isAtLeast(bytes, heap.byteLimit, fewestBytes);
  f.condBr(f.emit(`or i1 ${many}, ${much}`), 'collect', 'done');
  f.block('collect');
  collectRings(f, shapes, '%heap');
  f.br('done');
  f.block('done');
  f.ret();
}

/**
 * Writes the collecting at the end of a call from JavaScript, if it is time. Views end with their call, so rings
 * that may hold some are always collected.
 */
export function endCall(f: LlvmFunction, shapes: Shapes, heapPointer: () => string): void {
  if (!shapes.cycles.any) return;
  if (shapes.holdViews) collectRings(f, shapes, heapPointer());
  else f.call('void', mayCollect, [['ptr', heapPointer()]]);
}

/** Writes the freeing of all rings that nothing refers to, and of all suspects that are dead. */
export function collectRings(f: LlvmFunction, shapes: Shapes, heapPointer: string): void {
  if (shapes.cycles.any) callHelper(f, collect(shapes), [heapPointer]);
}

/** An array of objects that is being walked or grows, on the stack of `collect`. */
const worklist = {
  size: 40,
  /** ptr */
  items: 0,
  /** i64 */
  count: 8,
  /** i64 */
  room: 16,
  /** i64: 1 once there was no memory for more. */
  failed: 24,
  /** i64: how many were walked. */
  walked: 32,
} as const;

/** What is done with each object that a ring's object refers to. */
const actions = {
  /** Takes the reference off its count, and visits it if that is the first one. */
  try: 0,
  /** Gives the reference back, and visits it if it was visited and isn't known to live yet. */
  live: 1,
  /** Gives the reference back. */
  undo: 2,
} as const;

const isTried = (f: LlvmFunction, word: string): string =>
  f.emit(`icmp ne i64 ${f.emit(`and i64 ${word}, ${countBits.tried}`)}, 0`);

const wordOf = (f: LlvmFunction, object: string): string => f.offset(object, header.references);

const collect = (shapes: Shapes): Helper => ({
  name: 'ts.collect',
  result: 'void',
  params: { heap: 'ptr' },
  attributes: outOfLine,
  write(f) {
    const visited = f.alloca('i8', 'visited', worklist.size);
    const living = f.alloca('i8', 'living', worklist.size);
    const seen = f.alloca('i64', 'seen');
    const freed = f.alloca('i64', 'freed');
    const field = (of: string, at: number): string => f.offset(of, at);
    const visit = (object: string, action: number, state: string): void =>
      void callHelper(f, visitHeld(shapes), [object, String(action), state]);
    f.store('i64', '0', seen);

    f.block('again');
    f.store('i64', '0', freed);
    const [suspectsAt, countAt, roomAt] = [heap.suspects, heap.suspectCount, heap.suspectRoom];
    const first = f.load('i64', field('%heap', countAt));
    f.condBr(f.emit(`icmp eq i64 ${first}, 0`), 'done', 'some');
    f.block('some');
    f.store('ptr', f.load('ptr', field('%heap', suspectsAt)), field(visited, worklist.items));
    f.store('i64', f.load('i64', field('%heap', roomAt)), field(visited, worklist.room));
    f.store('i64', '0', field(visited, worklist.count));
    f.store('i64', '0', field(visited, worklist.failed));
    // Whatever becomes a suspect from now on goes into an array of its own.
    f.store('ptr', 'null', field('%heap', suspectsAt));
    f.store('i64', '0', field('%heap', countAt));
    f.store('i64', '0', field('%heap', roomAt));

    // The living suspects are the first to be visited, the dead ones are freed.
    const items = f.load('ptr', field(visited, worklist.items));
    forEachItem(f, items, '0', first, (object) => {
      const word = f.load('i64', wordOf(f, object));
      const count = f.emit(`and i64 ${word}, ${countBits.count}`);
      const [dead, alive, next] = [f.fresh('dead'), f.fresh('alive'), f.fresh('next')];
      f.condBr(f.emit(`icmp eq i64 ${count}, 0`), dead, alive);
      f.block(dead);
      forEachShape(f, shapes, object, (shape) => freeBlock(f, '%heap', shape, object));
      f.br(next);
      f.block(alive);
      f.store('i64', f.emit(`or i64 ${count}, ${countBits.tried}`), wordOf(f, object));
      callHelper(f, push, [visited, object]);
      f.br(next);
      f.block(next);
    });

    forEachListed(f, visited, (object) => {
      visit(object, actions.try, visited);
      const failed = f.load('i64', field(visited, worklist.failed));
      const fine = f.fresh('fine');
      f.condBr(f.emit(`icmp eq i64 ${failed}, 0`), fine, 'undo');
      f.block(fine);
    });
    const count = f.load('i64', field(visited, worklist.count));
    f.store('i64', f.emit(`add i64 ${f.load('i64', seen)}, ${count}`), seen);
    f.condBr(f.emit(`icmp eq i64 ${count}, 0`), 'none', 'scan');

    f.block('scan');
    const stack = callC(f, 'ptr', 'malloc', [['i64', f.emit(`shl i64 ${count}, 3`)]]);
    f.condBr(isNull(f, stack), 'undoAll', 'stacked');
    f.block('stacked');
    f.store('ptr', stack, field(living, worklist.items));
    f.store('i64', '0', field(living, worklist.count));
    f.store('i64', count, field(living, worklist.room));
    f.store('i64', '0', field(living, worklist.failed));
    const found = f.load('ptr', field(visited, worklist.items));
    forEachItem(f, found, '0', count, (object) => {
      const word = f.load('i64', wordOf(f, object));
      const [live, next] = [f.fresh('live'), f.fresh('next')];
      // What is tried and has references left has them from outside.
      f.condBr(f.emit(`icmp ugt i64 ${word}, ${countBits.tried}`), live, next);
      f.block(live);
      f.store('i64', f.emit(`and i64 ${word}, ${countBits.count}`), wordOf(f, object));
      callHelper(f, push, [living, object]);
      f.br(next);
      f.block(next);
    });
    forEachListed(f, living, (object) => visit(object, actions.live, living));
    callC(f, 'void', 'free', [['ptr', f.load('ptr', field(living, worklist.items))]]);

    forEachItem(f, found, '0', count, (object) => {
      const word = f.load('i64', wordOf(f, object));
      const [garbage, next] = [f.fresh('garbage'), f.fresh('next')];
      f.condBr(isTried(f, word), garbage, next);
      f.block(garbage);
      f.store('i64', f.emit(`add i64 ${f.load('i64', freed)}, 1`), freed);
      callHelper(f, freeGarbage(shapes), ['%heap', object]);
      f.br(next);
      f.block(next);
    });
    f.br('none');
    f.block('none');
    callC(f, 'void', 'free', [['ptr', f.load('ptr', field(visited, worklist.items))]]);
    setLimits(f, f.load('i64', seen));
    // What it freed may have held the last references from outside to other rings.
    f.condBr(f.emit(`icmp eq i64 ${f.load('i64', freed)}, 0`), 'done', 'again');
    f.block('done');
    f.ret();

    f.block('undoAll');
    f.br('undone');
    f.block('undo');
    f.br('undone');
    f.block('undone');
    callHelper(f, undo(shapes), [visited]);
    f.ret();
  },
});

/** The next look is worth it when there is something in proportion to what this one took. */
function setLimits(f: LlvmFunction, seen: string): void {
  const suspects = f.emit(`udiv i64 ${seen}, ${visitedPerSuspect}`);
  f.store('i64', suspects, f.offset('%heap', heap.suspectLimit));
  const bytes = f.load('i64', f.offset('%heap', heap.bytes));
  const half = f.emit(`lshr i64 ${bytes}, 1`);
  const isMore = f.emit(`icmp ugt i64 ${half}, ${fewestBytes}`);
  const more = f.emit(`select i1 ${isMore}, i64 ${half}, i64 ${fewestBytes}`);
  f.store('i64', f.emit(`add i64 ${bytes}, ${more}`), f.offset('%heap', heap.byteLimit));
}

/** Visits what a worklist has, and what is added meanwhile. */
function forEachListed(f: LlvmFunction, state: string, visit: (object: string) => void): void {
  const at = f.offset(state, worklist.walked);
  const [again, some, done] = [f.fresh('listed'), f.fresh('one'), f.fresh('all')];
  f.store('i64', '0', at);
  f.block(again);
  const index = f.load('i64', at);
  const count = f.load('i64', f.offset(state, worklist.count));
  f.condBr(f.emit(`icmp ult i64 ${index}, ${count}`), some, done);
  f.block(some);
  f.store('i64', f.emit(`add i64 ${index}, 1`), at);
  visit(f.load('ptr', f.gep('ptr', f.load('ptr', f.offset(state, worklist.items)), index)));
  f.br(again);
  f.block(done);
}

/** Appends an object to a worklist; gives whether there was memory for that. */
const push: Helper = {
  name: 'ts.collect.push',
  result: 'i1',
  params: { state: 'ptr', object: 'ptr' },
  attributes: outOfLine,
  write(f) {
    appendPointer(f, '%state', worklist, 0, '%object', () => {
      f.store('i64', '1', f.offset('%state', worklist.failed));
      f.ret('i1', 'false');
    });
    f.ret('i1', 'true');
  },
};

/** Does an action with all that an object may form a ring with. */
const visitHeld = (shapes: Shapes): Helper => ({
  name: 'ts.collect.visit',
  result: 'void',
  params: { object: 'ptr', action: 'i32', state: 'ptr' },
  attributes: outOfLine,
  write(f) {
    const visit = (held: string): void => void callHelper(f, visitOne, [held, '%action', '%state']);
    forEachShape(f, shapes, '%object', (shape) => {
      const isFollowed = (type: Parameters<Drop>[0]): boolean =>
        shapes.cycles.isFollowed(shape, type);
      if (shape.kind === 'record') {
        for (const { type, offset } of shape.slots)
          if (isFollowed(type)) visit(f.load('ptr', f.offset('%object', offset)));
      } else if (isFollowed(shape.element)) {
        const length = f.load('i64', f.offset('%object', list.length));
        forEachItem(f, f.load('ptr', f.offset('%object', list.data)), '0', length, visit);
      }
    });
    f.ret();
  },
});

const visitOne: Helper = {
  name: 'ts.collect.one',
  result: 'void',
  params: { object: 'ptr', action: 'i32', state: 'ptr' },
  attributes: outOfLine,
  write(f) {
    f.condBr(isNull(f, '%object'), 'done', 'there');
    f.block('there');
    const at = wordOf(f, '%object');
    const word = f.load('i64', at);
    const tried = isTried(f, word);
    f.condBr(f.emit(`icmp eq i32 %action, ${actions.try}`), 'less', 'more');
    f.block('less');
    f.store('i64', f.emit(`sub i64 ${word}, 1`), at);
    f.condBr(tried, 'done', 'untried');
    f.block('untried');
    f.condBr(callHelper(f, push, ['%state', '%object']), 'listed', 'done');
    f.block('listed');
    f.store('i64', f.emit(`or i64 ${f.load('i64', at)}, ${countBits.tried}`), at);
    f.ret();
    f.block('more');
    f.store('i64', f.emit(`add i64 ${word}, 1`), at);
    const isFound = f.emit(`and i1 ${tried}, ${f.emit(`icmp eq i32 %action, ${actions.live}`)}`);
    f.condBr(isFound, 'found', 'done');
    f.block('found');
    const count = f.emit(`and i64 ${f.load('i64', at)}, ${countBits.count}`);
    f.store('i64', count, at);
    callHelper(f, push, ['%state', '%object']);
    f.ret();
    f.block('done');
    f.ret();
  },
};

/** Frees an object of a ring. What it holds outside of it is released; the ring's own counts matter no more. */
const freeGarbage = (shapes: Shapes): Helper => ({
  name: 'ts.collect.free',
  result: 'void',
  params: { heap: 'ptr', object: 'ptr' },
  attributes: outOfLine,
  write(f) {
    const counting = { shapes, heap: '%heap' };
    const drop: Drop = (type, held) => release(f, counting, type, held);
    forEachShape(f, shapes, '%object', (shape) => {
      empty(f, counting, shape, '%object', drop, (type) => !shapes.cycles.isFollowed(shape, type));
      freeBlock(f, '%heap', shape, '%object');
    });
    f.ret();
  },
});

/** Gives back all references that were taken off counts, from the objects that were visited. */
const undo = (shapes: Shapes): Helper => ({
  name: 'ts.collect.undo',
  result: 'void',
  params: { state: 'ptr' },
  attributes: outOfLine,
  write(f) {
    const each = (to: number, write: (object: string) => void): void => {
      const items = f.load('ptr', f.offset('%state', worklist.items));
      forEachItem(f, items, '0', f.load('i64', f.offset('%state', to)), write);
    };
    each(worklist.walked, (object) => {
      callHelper(f, visitHeld(shapes), [object, String(actions.undo), '%state']);
    });
    each(worklist.count, (object) => {
      const word = f.load('i64', wordOf(f, object));
      f.store('i64', f.emit(`and i64 ${word}, ${countBits.count}`), wordOf(f, object));
    });
    callC(f, 'void', 'free', [['ptr', f.load('ptr', f.offset('%state', worklist.items))]]);
    f.ret();
  },
});
