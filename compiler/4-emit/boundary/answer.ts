/**
 * Everything out of the ordinary is left to JavaScript: the wrapper sends a *request* to the
 * loader's `answer` function, which throws the error that is due, or returns what was asked for.
 */
import { requests, type RequestName } from '../../../runtime/requests.ts';
import { siteWord } from '../heap/errors.ts';
import { releaseString, releaseValue } from '../heap/references.ts';
import { context } from '../layout.ts';
import type { LlvmFunction, LlvmType } from '../writer.ts';
import { environment, environmentOf } from './environment.ts';
import { toJavaScriptString } from './error-message.ts';
import { thrownValue } from './javascript-values.ts';
import { helper, isNull, isOk, napi, napiValue, status } from './napi.ts';

/** What a received value is: a parameter of an export by their indices or, with `parameter` = ~index, a global. */
export interface Subject {
  /** Index of the export, or −1 where there is none. */
  readonly export: number;
  readonly parameter: number;
}

export type Argument =
  | { readonly kind: 'value'; readonly operand: string }
  | { readonly kind: 'i32' | 'i64'; readonly operand: string };

/** Writes a request and returns what JavaScript answered: null when it threw, and then the error is pending. */
export function ask(
  f: LlvmFunction,
  env: string,
  data: string,
  request: RequestName,
  args: readonly Argument[],
): string {
  const all: readonly Argument[] = [{ kind: 'i32', operand: String(requests[request]) }, ...args];
  const array = f.alloca('ptr', 'args', all.length);
  all.forEach((argument, index) => {
    f.store('ptr', toJavaScript(f, env, argument), f.gep('ptr', array, String(index)));
  });
  return f.call('ptr', defineAsk(f), [
    ['ptr', env],
    ['ptr', data],
    ['ptr', array],
    ['i64', String(all.length)],
  ]);
}

function toJavaScript(f: LlvmFunction, env: string, argument: Argument): string {
  switch (argument.kind) {
    case 'value':
      return argument.operand;
    case 'i32':
      return napiValue(f, 'napi_create_int32', [env, argument.operand]);
    case 'i64':
      return napiValue(f, 'napi_create_bigint_int64', [env, argument.operand]);
  }
}

/** A call of `answer` that always ends with a result or with an error pending, also where the loader never handed `answer` over. */
const defineAsk = (f: LlvmFunction): string =>
  helper(
    f,
    'ts.napi.ask',
    'ptr',
    [
      ['env', 'ptr'],
      ['data', 'ptr'],
      ['args', 'ptr'],
      ['count', 'i64'],
    ],
    (g) => {
      const undefinedValue = napiValue(g, 'napi_get_undefined', ['%env']);
      const reference = g.load('ptr', g.offset('%data', environment.answer));
      const answer = napiValue(g, 'napi_get_reference_value', ['%env', reference]);
      const slot = g.alloca('ptr');
      g.store('ptr', 'null', slot);
      const result = napi(g, 'napi_call_function', [
        '%env',
        undefinedValue,
        answer,
        '%count',
        '%args',
        slot,
      ]);
      g.condBr(isOk(g, result), 'answered', 'failed');
      g.block('answered');
      g.ret('ptr', g.load('ptr', slot));
      g.block('failed');
      const thrown = g.emit(`icmp eq i32 ${result}, ${status.pendingException}`);
      g.condBr(thrown, 'done', 'unanswered');
      g.block('unanswered');
      const message = 'tsnative: native code failed, and its loader did not answer';
      napi(g, 'napi_throw_error', ['%env', 'null', g.module.string(message)]);
      g.block('done');
      g.ret('ptr', 'null');
    },
  );

/** Writes the throwing of the error for a received value that its type can't hold. */
export function refuse(
  f: LlvmFunction,
  env: string,
  info: string,
  subject: Subject,
  value: string,
): void {
  about(f, 'refuse', env, info, subject, value);
}

/**
 * Writes a request whether a view that only JavaScript can judge is fit: one that seems to be empty,
 * or of a subclass. Returns an i1; where it is false an error is pending.
 */
export function isFit(
  f: LlvmFunction,
  env: string,
  info: string,
  subject: Subject,
  value: string,
): string {
  return f.emit(
    `icmp ne ${f.module.spell('ptr')} ${about(f, 'inspect', env, info, subject, value)}, null`,
  );
}

/** Writes the throwing of the ReferenceError for a global that has no value yet. */
export function refuseUnbound(f: LlvmFunction, env: string, info: string, subject: Subject): void {
  about(f, 'unbound', env, info, subject, 'null');
}

function about(
  f: LlvmFunction,
  request: RequestName,
  env: string,
  info: string,
  subject: Subject,
  value: string,
): string {
  const params: readonly (readonly [string, LlvmType])[] = [
    ['env', 'ptr'],
    ['info', 'ptr'],
    ['export', 'i32'],
    ['parameter', 'i32'],
    ['value', 'ptr'],
  ];
  const name = helper(f, `ts.napi.${request}`, 'ptr', params, (g) => {
    const [present, sent] = ['present', 'sent'];
    const received = g.alloca('ptr');
    g.store('ptr', '%value', received);
    g.condBr(isNull(g, '%value'), 'absent', present);
    g.block('absent');
    napi(g, 'napi_get_undefined', ['%env', received]);
    g.br(sent);
    g.block(present);
    g.br(sent);
    g.block(sent);
    const answer = ask(g, '%env', environmentOf(g, '%env', '%info'), request, [
      { kind: 'i32', operand: '%export' },
      { kind: 'i32', operand: '%parameter' },
      { kind: 'value', operand: g.load('ptr', received) },
    ]);
    g.ret('ptr', answer);
  });
  return f.call('ptr', name, [
    ['ptr', env],
    ['ptr', info],
    ['i32', String(subject.export)],
    ['i32', String(subject.parameter)],
    ['ptr', value],
  ]);
}

/** Writes the throwing of the error that native code recorded in the context. */
export function throwRecorded(f: LlvmFunction, ctx: string): void {
  const name = helper(f, 'ts.napi.throw', 'void', [['ctx', 'ptr']], (g) => {
    const env = g.load('ptr', g.offset('%ctx', context.env));
    const data = g.load('ptr', g.offset('%ctx', context.data));
    const site = g.load('i32', g.offset('%ctx', context.errorSite));
    const values = [0, 1, 2, 3].map((index): Argument => {
      const slot = g.offset('%ctx', context.errorValues + 8 * index);
      return { kind: 'i64', operand: g.load('i64', slot) };
    });
    const bit = (of: number): string =>
      g.emit(`icmp ne i32 ${g.emit(`and i32 ${site}, ${of}`)}, 0`);
    g.condBr(bit(siteWord.thrown), 'thrown', 'own');
    g.block('thrown');
    const first = g.load('i64', g.offset('%ctx', context.errorValues));
    const kept = g.emit(`inttoptr i64 ${first} to ${g.module.spell('ptr')}`);
    napi(g, 'napi_throw', [env, thrownValue(g, env, kept)]);
    releaseValue(g, g.load('ptr', g.offset('%ctx', context.heap)), kept);
    g.ret();
    g.block('own');
    const index = g.emit(`sub i32 ${g.emit(`and i32 ${site}, ${siteWord.index}`)}, 1`);
    g.condBr(bit(siteWord.made), 'made', 'atSite');
    g.block('made');
    const address = g.load('i64', g.offset('%ctx', context.errorValues));
    const text = g.emit(`inttoptr i64 ${address} to ${g.module.spell('ptr')}`);
    const message = toJavaScriptString(g, env, text);
    const heap = g.load('ptr', g.offset('%ctx', context.heap));
    releaseString(g, heap, text);
    const told: Argument = { kind: 'value', operand: message };
    ask(g, env, data, 'throw', [{ kind: 'i32', operand: index }, told]);
    g.ret();
    g.block('atSite');
    ask(g, env, data, 'throw', [{ kind: 'i32', operand: index }, ...values]);
    g.ret();
  });
  f.call('void', name, [['ptr', ctx]]);
}
