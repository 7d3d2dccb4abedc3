/** Errors of a library: their messages, and how callers get them. */
import type { Site } from '../../../runtime/messages.ts';
import type { ViewKind } from '../../ir/types.ts';
import { callExternal } from '../boundary/napi.ts';
import { fillView } from '../boundary/views.ts';
import { siteWord } from '../heap/errors.ts';
import type { StringConstants } from '../heap/string-constants.ts';
import { makeString } from '../heap/strings.ts';
import { callC, callHelper, isNull, outOfLine, type Helper } from '../helpers.ts';
import { buffer, context, error, view, viewKinds } from '../layout.ts';
import type { LlvmFunction, LlvmModule } from '../writer.ts';
import { defineSiteTable, partsAt } from './sites.ts';

/** Gives the message of an error, by the word and the values that are recorded of it: UTF-8 from `malloc`, or null. */
const tell = 'ts.c.tell';

/**
 * Defines what tells messages; it comes last, when all sites are known.
 * @param wanted the indices of those that functions reach which C calls
 */
export function defineMessages(
  llvm: LlvmModule,
  sites: readonly Site[],
  wanted: ReadonlySet<number>,
): void {
  const table = defineSiteTable(llvm, sites, wanted);
  const f = llvm.define(
    tell,
    'ptr',
    [
      { name: 'word', type: 'i32' },
      { name: 'values', type: 'ptr' },
      { name: 'length', type: 'ptr' },
    ],
    'internal',
    outOfLine,
  );
  f.isOfBuild = true;
  const index = f.emit(`sub i32 ${f.emit(`and i32 %word, ${siteWord.index}`)}, 1`);
  const message = callExternal(
    f,
    'ptr',
    'tsn_library_message',
    ['ptr', 'ptr', 'ptr'],
    [partsAt(f, table, index), '%values', '%length'],
  );
  f.ret('ptr', message);
}

/** Writes the structs of a view of a caller's memory, whose references nobody counts; gives a pointer to it. */
export function viewOf(f: LlvmFunction, kind: ViewKind, data: string, length: string): string {
  const made = f.alloca(`[${view.size} x i8]`, 'view');
  const owner = f.alloca(`[${buffer.size} x i8]`, 'buffer');
  fillView(f, made, owner, {
    ...{ data, length, kind: String(viewKinds.indexOf(kind)) },
    ...{ value: 'null', byteOffset: '0', arrayBuffer: undefined },
  });
  return made;
}

/** Writes the telling of a recorded error to the caller, and gives the status. @param told points to its `tsnative_error`, or is null */
export const failWith = (f: LlvmFunction, ctx: string, told: string): string =>
  callHelper(f, fail, [ctx, told]);

const fail: Helper = {
  name: 'ts.c.fail',
  result: 'i32',
  params: { ctx: 'ptr', told: 'ptr' },
  attributes: outOfLine,
  write(f) {
    const word = f.load('i32', f.offset('%ctx', context.errorSite));
    const shifted = f.emit(`lshr i32 ${word}, ${siteWord.classShift}`);
    const errorClass = f.emit(`and i32 ${shifted}, ${siteWord.classes}`);
    const message = f.alloca('ptr');
    f.store('ptr', 'null', message);
    f.condBr(isNull(f, '%told'), 'tell', 'wanted');
    f.block('wanted');
    const values = f.offset('%ctx', context.errorValues);
    const args = [['i32', word] as const, ['ptr', values] as const, ['ptr', 'null'] as const];
    f.store('ptr', f.call('ptr', tell, args), message);
    f.br('tell');
    f.block('tell');
    const given = [errorClass, f.load('ptr', message), '%told'];
    f.ret('i32', callExternal(f, 'i32', 'tsn_library_fail', ['i32', 'ptr', 'ptr'], given));
  },
};

/** Writes the refusal of an argument by a TypeError with that text; gives the status. */
export const refuseWith = (f: LlvmFunction, text: string, told: string): string =>
  callExternal(f, 'i32', 'tsn_library_refuse', ['ptr', 'ptr'], [f.module.string(text), told]);

/** Writes the message of an error that was caught, as a string of native code; null where there is no memory. */
export function messageWithoutJavaScript(
  f: LlvmFunction,
  heap: string,
  constants: StringConstants,
  object: string,
): string {
  const word = f.load('i32', f.offset(object, error.word));
  const length = f.alloca('i64');
  f.store('i64', '0', length);
  const text = f.call('ptr', tell, [
    ['i32', word],
    ['ptr', f.offset(object, error.values)],
    ['ptr', length],
  ]);
  return stringOf(f, heap, constants, text, f.load('i64', length), true);
}

/**
 * Writes the making of native code's string of UTF-8; null where there is no memory, and where it is no UTF-8.
 * @param isOwn the text is freed
 */
export function stringOf(
  f: LlvmFunction,
  heap: string,
  constants: StringConstants,
  text: string,
  length: string,
  isOwn = false,
): string {
  return callHelper(f, fromUtf8(constants), [heap, text, length, isOwn ? 'true' : 'false']);
}

const fromUtf8 = (constants: StringConstants): Helper => ({
  name: 'ts.c.string',
  result: 'ptr',
  params: { heap: 'ptr', text: 'ptr', length: 'i64', own: 'i1' },
  attributes: outOfLine,
  write(f) {
    const made = f.alloca('ptr');
    f.store('ptr', 'null', made);
    f.condBr(f.emit(`icmp eq i64 %length, 0`), 'convert', 'some');
    f.block('some');
    f.condBr(isNull(f, '%text'), 'done', 'convert');
    f.block('convert');
    const room = f.emit(`shl i64 ${f.emit('add i64 %length, 1')}, 1`);
    const units = callC(f, 'ptr', 'malloc', [['i64', room]]);
    f.condBr(isNull(f, units), 'done', 'got');
    f.block('got');
    const count = callExternal(
      f,
      'i64',
      'tsn_library_units',
      ['ptr', 'i64', 'ptr'],
      ['%text', '%length', units],
    );
    f.condBr(f.emit(`icmp slt i64 ${count}, 0`), 'converted', 'right');
    f.block('right');
    f.store('ptr', makeString(f, '%heap', constants, units, '1', count), made);
    f.br('converted');
    f.block('converted');
    callC(f, 'void', 'free', [['ptr', units]]);
    f.br('done');
    f.block('done');
    f.condBr('%own', 'drop', 'end');
    f.block('drop');
    callC(f, 'void', 'free', [['ptr', '%text']]);
    f.br('end');
    f.block('end');
    f.ret('ptr', f.load('ptr', made));
  },
});
