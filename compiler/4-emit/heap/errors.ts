/**
 * Errors while native code has them: as the context's error record, when one leaves a function, and as objects
 * of the heap, when one was caught or made.
 *
 * The record's first word tells the site (`context.errorSite`) and what is known of it without the table of
 * sites: the class, and whether it is a check's or one that has its message with it.
 */
import { isCheck } from '../../ir/sites.ts';
import { anyInstance } from '../../ir/records.ts';
import type { IrType } from '../../ir/types.ts';
import { classOfSite, errorClasses, type Site } from '../../../runtime/messages.ts';
import { context, error, header } from '../layout.ts';
import { callHelper, isNull, outOfLine, type Helper } from '../helpers.ts';
import type { LlvmFunction } from '../writer.ts';
import { allocate } from './blocks.ts';
import { retain } from './references.ts';

/** The parts of the word in `context.errorSite`. */
export const siteWord = {
  /** The bits of the index of the site, plus one. */
  index: 0xff_ffff,
  /** The index of the class in `errorClasses`: four bits, from this one on. */
  classShift: 24,
  classes: 0xf,
  /** The message is a string, whose address is the first of the values. */
  made: 1 << 28,
  /** Nothing but the compiler's own handlers catches it. */
  check: 1 << 29,
  /** JavaScript has thrown it: the first of the values is the address of a `jsValue`. There is no site. */
  thrown: 1 << 30,
  /** It is an instance of a class of errors, whose address is the second of the values. */
  record: 1 << 31,
} as const;

/** What is put into `context.errorSite` for a site of that index. */
export const wordOf = (site: Site, index: number): number =>
  (index + 1) |
  (errorClasses.indexOf(classOfSite(site)) << siteWord.classShift) |
  (site.kind === 'made' ? siteWord.made : 0) |
  (isCheck(site) ? siteWord.check : 0);

/** Writes the taking of the context's error as an object; null where there is no memory, and then the error stays. */
export const caughtError = (f: LlvmFunction, ctx: string, heap: string, shape: number): string =>
  callHelper(f, caught(shape), [ctx, heap]);

/** Writes the making of an error with a message and perhaps an instance, whose references it takes over; null where there is no memory. */
export const newError = (
  f: LlvmFunction,
  heap: string,
  shape: number,
  word: number,
  message: string,
  record = 'null',
): string => callHelper(f, make(shape), [heap, String(word), message, record]);

/** Writes the recording of an error in the context, to leave the function with it. */
export const recordError = (f: LlvmFunction, ctx: string, object: string): void =>
  void callHelper(f, record, [ctx, object]);

function allocateError(f: LlvmFunction, shape: number, word: string, message: string): string {
  const block = allocate(f, '%heap', header.size + error.size);
  const got = f.fresh('got');
  f.condBr(isNull(f, block), 'failed', got);
  f.block(got);
  const object = f.offset(block, header.size);
  f.store('i64', '1', f.offset(object, header.references));
  f.store('i64', String(shape), f.offset(object, header.shape));
  f.store('i32', word, f.offset(object, error.word));
  f.store('ptr', message, f.offset(object, error.message));
  f.store('ptr', 'null', f.offset(object, error.thrown));
  f.store('ptr', 'null', f.offset(object, error.record));
  return object;
}

const values = [0, 8, 16, 24] as const;

const make = (shape: number): Helper => ({
  name: 'ts.error.new',
  result: 'ptr',
  params: { heap: 'ptr', word: 'i32', message: 'ptr', record: 'ptr' },
  attributes: outOfLine,
  write(f) {
    const object = allocateError(f, shape, '%word', '%message');
    f.store('ptr', '%record', f.offset(object, error.record));
    for (const at of values) f.store('i64', '0', f.offset(object, error.values + at));
    f.ret('ptr', object);
    f.block('failed');
    f.ret('ptr', 'null');
  },
});

const caught = (shape: number): Helper => ({
  name: 'ts.error.caught',
  result: 'ptr',
  params: { ctx: 'ptr', heap: 'ptr' },
  attributes: outOfLine,
  write(f) {
    const wordAt = f.offset('%ctx', context.errorSite);
    const word = f.load('i32', wordAt);
    const object = allocateError(f, shape, word, 'null');
    for (const at of values)
      f.store(
        'i64',
        f.load('i64', f.offset('%ctx', context.errorValues + at)),
        f.offset(object, error.values + at),
      );
    f.store('i32', '0', wordAt);
    // The context's reference to what it has with it becomes the object's.
    whereHeld(f, word, ({ at, value }) => {
      const address = f.load('i64', f.offset('%ctx', context.errorValues + value));
      const held = f.emit(`inttoptr i64 ${address} to ${f.module.spell('ptr')}`);
      f.store('ptr', held, f.offset(object, at));
      f.store('i64', '0', f.offset(object, error.values + value));
    });
    f.ret('ptr', object);
    f.block('failed');
    f.ret('ptr', 'null');
  },
});

const record: Helper = {
  name: 'ts.error.record',
  result: 'void',
  params: { ctx: 'ptr', object: 'ptr' },
  attributes: outOfLine,
  write(f) {
    const word = f.load('i32', f.offset('%object', error.word));
    f.store('i32', word, f.offset('%ctx', context.errorSite));
    for (const at of values)
      f.store(
        'i64',
        f.load('i64', f.offset('%object', error.values + at)),
        f.offset('%ctx', context.errorValues + at),
      );
    whereHeld(f, word, ({ at, value, type }) => {
      const held = f.load('ptr', f.offset('%object', at));
      retain(f, type, held);
      const address = f.emit(`ptrtoint ${f.module.spell('ptr')} ${held} to i64`);
      f.store('i64', address, f.offset('%ctx', context.errorValues + value));
    });
    f.ret();
  },
};

interface Held {
  /** Where an object has it. */
  readonly at: number;
  /** Which of the values is its address in the context. */
  readonly value: number;
  readonly type: IrType;
}

/** Runs `write` for what an error has with it: its message, its instance, or what was thrown. */
function whereHeld(f: LlvmFunction, word: string, write: (held: Held) => void): void {
  const held: readonly (readonly [number, Held])[] = [
    [siteWord.made, { at: error.message, value: 0, type: 'str' }],
    [siteWord.thrown, { at: error.thrown, value: 0, type: 'js' }],
    [siteWord.record, { at: error.record, value: 8, type: anyInstance }],
  ];
  for (const [bit, one] of held) {
    const [there, done] = [f.fresh('held'), f.fresh('done')];
    f.condBr(f.emit(`icmp ne i32 ${f.emit(`and i32 ${word}, ${bit}`)}, 0`), there, done);
    f.block(there);
    write(one);
    f.br(done);
    f.block(done);
  }
}
