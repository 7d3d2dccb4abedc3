/** The message of an error as a string of native code, and a string of native code as JavaScript's. */
import { siteWord } from '../heap/errors.ts';
import { retain } from '../heap/references.ts';
import { lengthOf, makeString, wideOf } from '../heap/strings.ts';
import type { StringConstants } from '../heap/string-constants.ts';
import { callC, callHelper, isNull, outOfLine, type Helper } from '../helpers.ts';
import { context, error } from '../layout.ts';
import type { LlvmFunction } from '../writer.ts';
import { messageWithoutJavaScript } from '../c/messages.ts';
import { ask, type Argument } from './answer.ts';
import { thrownValue } from './javascript-values.ts';
import { isOk, napi } from './napi.ts';

/** Writes the getting of an error's message, which JavaScript makes for what failed at a site; null where there is no memory. */
export const errorMessage = (
  f: LlvmFunction,
  ctx: string,
  heap: string,
  constants: StringConstants,
  object: string,
): string => callHelper(f, message(constants), [ctx, heap, object]);

/** Writes a question about what JavaScript has thrown (`requests.thrown`; `what` is an i32), and gives the answer; null where that throws. */
export const tellThrown = (
  f: LlvmFunction,
  env: string,
  data: string,
  what: string,
  thrown: string,
): string =>
  ask(f, env, data, 'thrown', [
    { kind: 'i32', operand: what },
    { kind: 'value', operand: thrownValue(f, env, thrown) },
  ]);

/** Writes the making of JavaScript's string of native code's; null where that fails. */
export const toJavaScriptString = (f: LlvmFunction, env: string, text: string): string =>
  callHelper(f, toJavaScript, [env, text]);

const toJavaScript: Helper = {
  name: 'ts.napi.string',
  result: 'ptr',
  params: { env: 'ptr', text: 'ptr' },
  attributes: outOfLine,
  write(f) {
    const slot = f.alloca('ptr');
    f.store('ptr', 'null', slot);
    const isWide = f.emit(`icmp ne i64 ${wideOf(f, '%text')}, 0`);
    f.condBr(isWide, 'wide', 'narrow');
    for (const [label, name] of [
      ['wide', 'napi_create_string_utf16'],
      ['narrow', 'napi_create_string_latin1'],
    ] as const) {
      f.block(label);
      napi(f, name, ['%env', '%text', lengthOf(f, '%text'), slot]);
      f.br('done');
    }
    f.block('done');
    f.ret('ptr', f.load('ptr', slot));
  },
};

const message = (constants: StringConstants): Helper => ({
  name: 'ts.error.message',
  result: 'ptr',
  params: { ctx: 'ptr', heap: 'ptr', object: 'ptr' },
  attributes: outOfLine,
  write(f) {
    const own = f.offset('%object', error.message);
    const known = f.load('ptr', own);
    f.condBr(isNull(f, known), 'unknown', 'known');
    f.block('known');
    retain(f, 'str', known);
    f.ret('ptr', known);

    f.block('unknown');
    const withoutJavaScript = (): void =>
      f.ret('ptr', messageWithoutJavaScript(f, '%heap', constants, '%object'));
    if (f.module.standsAlone) return withoutJavaScript();
    const env = f.load('ptr', f.offset('%ctx', context.env));
    if (f.module.servesC) {
      f.condBr(isNull(f, env), 'alone', 'inJavaScript');
      f.block('alone');
      withoutJavaScript();
      f.block('inJavaScript');
    }
    const data = f.load('ptr', f.offset('%ctx', context.data));
    const word = f.load('i32', f.offset('%object', error.word));
    const thrown = f.load('ptr', f.offset('%object', error.thrown));
    f.condBr(isNull(f, thrown), 'atSite', 'thrown');
    f.block('thrown');
    const told = tellThrown(f, env, data, '0', thrown);
    f.condBr(isNull(f, told), 'failed', 'told');
    f.block('told');
    f.ret('ptr', receiveString(f, env, '%heap', constants, told, 'failed'));
    f.block('atSite');
    const index = f.emit(`sub i32 ${f.emit(`and i32 ${word}, ${siteWord.index}`)}, 1`);
    const values = [0, 8, 16, 24].map((at): Argument => {
      const value = f.load('i64', f.offset('%object', error.values + at));
      return { kind: 'i64', operand: value };
    });
    const text = ask(f, env, data, 'message', [{ kind: 'i32', operand: index }, ...values]);
    f.condBr(isNull(f, text), 'failed', 'answered');
    f.block('answered');
    f.ret('ptr', receiveString(f, env, '%heap', constants, text, 'failed'));
    f.block('failed');
    f.ret('ptr', 'null');
  },
});

/** Writes the making of native code's string of JavaScript's; goes to `wrong` for what is none. Null where there is no memory. */
export function receiveString(
  f: LlvmFunction,
  env: string,
  heap: string,
  constants: StringConstants,
  value: string,
  wrong: string,
): string {
  const length = f.alloca('i64');
  f.store('i64', '0', length);
  const asked = napi(f, 'napi_get_value_string_utf16', [env, value, 'null', '0', length]);
  const isText = f.fresh('isText');
  f.condBr(isOk(f, asked), isText, wrong);
  f.block(isText);
  return callHelper(f, fromJavaScript(constants), [env, heap, value, f.load('i64', length)]);
}

const fromJavaScript = (constants: StringConstants): Helper => ({
  name: 'ts.napi.text',
  result: 'ptr',
  params: { env: 'ptr', heap: 'ptr', value: 'ptr', length: 'i64' },
  attributes: outOfLine,
  write(f) {
    const room = f.emit('add i64 %length, 1');
    const units = callC(f, 'ptr', 'malloc', [['i64', f.emit(`shl i64 ${room}, 1`)]]);
    f.condBr(isNull(f, units), 'failed', 'got');
    f.block('got');
    const length = f.alloca('i64');
    f.store('i64', '0', length);
    napi(f, 'napi_get_value_string_utf16', ['%env', '%value', units, room, length]);
    const made = makeString(f, '%heap', constants, units, '1', f.load('i64', length));
    callC(f, 'void', 'free', [['ptr', units]]);
    f.ret('ptr', made);
    f.block('failed');
    f.ret('ptr', 'null');
  },
});
