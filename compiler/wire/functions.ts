/** The functions that JavaScript calls for an export with objects: one for the call, one for what is left of its answer. */
import { isCallable, isWrapped, recordOf } from '../ir/records.ts';
import {
  plainType,
  Tag,
  type BoundaryType,
  type IrFunction,
  type IrType,
  type RecordType,
  type ScalarType,
  type Value,
  type ViewType,
  isOptional,
  valueTypes,
} from '../ir/types.ts';
import { Coder, type WireCode } from './coder.ts';
import { readQueue, readValue } from './decode.ts';
import { writeValue } from './encode.ts';
import { answerStart, givenOf, keepResult, writeAnswer } from './answer.ts';
import { answeredCall } from './answer-in-call.ts';
import { firstSlot, needsWire, slotBytes, travels } from './format.ts';
import { handleOf, objectOf } from './instances.ts';
import type { WirePlan } from '../ir/wire-plan.ts';

/** The names of an export's functions. */
export const callName = (callee: string): string => `${callee}.wire`;
export const restName = (callee: string): string => `${callee}.wire.rest`;

/**
 * Its parameters are the wire, where the call needs it, and those of the parameters that don't travel on it: of an
 * instance its handle. Its result is that if it doesn't travel.
 */
export function callFunction(code: WireCode, callee: IrFunction): IrFunction {
  const { plan } = code;
  const usesWire = needsWire(plan);
  const c = new Coder(code, callName(plan.callee), usesWire);
  const { b } = c;
  b.span = b.fn.span = callee.span;
  const direct = plan.params.map((param) => {
    if (travels(plan, param)) return [];
    const tag = isOptional(param) ? [b.param(`${param.name}.tag`, 'u8')] : [];
    return [...tag, b.param(param.name, handedOver(plan, param))];
  });
  const { result } = plan;
  const isDirect = result !== undefined && !travels(plan, result);
  if (isDirect) b.fn.results.push(...valueTypes({ ...result, type: handedOver(plan, result) }));

  const session = code.session && newSession(c, code.session);
  if (session) c.useSession(session);
  const at = usesWire ? c.local('at', c.int(firstSlot * slotBytes)) : '';
  const args = plan.params.flatMap((param, index) => {
    const passed = direct[index] ?? [];
    if (passed.length > 0) return received(c, param, passed);
    const { tag, value } = readValue(c, param, at);
    return tag ? [tag, value] : [value];
  });
  const types = result ? valueTypes({ ...result, type: result.type }) : [];
  if (!usesWire) {
    const results = b.call(plan.callee, args, types);
    b.return(result ? given(c, result, results) : []);
    return b.fn;
  }
  readQueue(c, at);
  const changes = plan.numbered.some(({ written }) => written.length > 0);
  if (session && changes && !plan.views) {
    open(c, session);
    c.store(c.int(0), b.const('f64', 1));
  }
  if (plan.views) {
    const results = answeredCall(c, session, args, changes);
    b.return(isDirect ? given(c, result, results) : []);
    return b.fn;
  }
  const results = b.call(plan.callee, args, types);
  const start = answerStart(c);
  if (session) keepResult(c, session, result, results);
  b.set(at, start);
  if (session) {
    writeAnswer(c, session, at);
    const fits = tellEnd(c, at);
    if (changes) b.if(fits, () => close(c, session));
    else
      b.if(
        fits,
        () => {},
        () => open(c, session),
      );
  } else {
    if (result && !isDirect) writeValue(c, result, givenOf(results), at);
    tellEnd(c, at);
  }
  b.return(isDirect ? given(c, result, results) : []);
  return b.fn;
}

/** The type by which a value is handed over that doesn't travel on the wire. */
export const handedOver = (plan: WirePlan, { type }: BoundaryType): ScalarType | ViewType | 'js' =>
  isCallable(plan, type) ? 'js' : isWrapped(plan, type) ? 'u32' : plainType(type);

/** What was passed for a parameter as the function takes it. */
function received(c: Coder, param: BoundaryType, passed: readonly Value[]): Value[] {
  const { type } = param;
  const [value, ...before] = [...passed].reverse();
  const make = value && makerOf(c, type, value);
  if (!make) return [...passed];
  const [tag] = before;
  if (!tag) return [make()];
  const local = c.local('object', c.b.op('null', [], type));
  c.b.if(c.binary('eq', tag, Tag.value), () => c.b.set(local, make()));
  return [tag, c.b.get(local)];
}

/** What makes an object of native code of what was passed for it; undefined where it is that already. */
function makerOf(c: Coder, type: IrType, value: Value): (() => Value) | undefined {
  const { plan } = c.code;
  if (isWrapped(plan, type)) return () => objectOf(c.b, value, type);
  if (!isCallable(plan, type)) return undefined;
  const record = recordOf(plan, type).variants?.find(
    (name) => recordOf(plan, `rec.${name}`).members[0]?.type === 'js',
  );
  if (record === undefined) throw new Error(`no function of JavaScript comes to ${type}`);
  return () => c.b.op('rec.as', [c.b.op('rec.new', [value], `rec.${record}`)], type);
}

/** A result as it is handed over. */
function given(c: Coder, result: BoundaryType, results: readonly Value[]): Value[] {
  if (!isWrapped(c.code.plan, result.type)) return [...results];
  const { tag, value } = givenOf(results);
  if (!tag) return [handleOf(c.b, value)];
  const local = c.local('handle', c.b.const('u32', 0));
  c.b.if(c.binary('eq', tag, Tag.value), () => c.b.set(local, handleOf(c.b, value)));
  return [tag, c.b.get(local)];
}

/** It writes the answer of the call whose session is the newest; its parameter is the wire. */
export function restFunction(code: WireCode, type: RecordType, callee: IrFunction): IrFunction {
  const c = new Coder(code, restName(code.plan.callee));
  const { b } = c;
  b.span = b.fn.span = callee.span;
  const { sessions } = code;
  const newest = b.op('state.get', [], `rec.${sessions}`, { global: sessions });
  // The local keeps it while its reference in the global goes.
  const local = c.local('session', b.op('rec.as', [newest], type));
  const session = b.get(local);
  c.useSession(session);
  const at = c.local('at', answerStart(c));
  writeAnswer(c, session, at);
  b.if(tellEnd(c, at), () => close(c, session));
  b.return([]);
  return b.fn;
}

/** A session with empty lists. */
function newSession(c: Coder, type: RecordType): Value {
  const { b, code } = c;
  const session = b.op('rec.new', [], type);
  const list = (slot: string, of: IrType): void =>
    b.effect('rec.set', [session, b.op('list.new', [c.int(0)], `list.${of}`)], { slot });
  code.plan.numbered.forEach(({ type: object, written }, index) => {
    list(`objects.${index}`, object);
    if (written.length > 0) list(`heads.${index}`, 'i64');
  });
  return session;
}

/** Makes a session the newest. */
function open(c: Coder, session: Value): void {
  const { b } = c;
  const { sessions } = c.code;
  const type = `rec.${sessions}` as const;
  const outer = b.op('state.get', [], type, { global: sessions });
  b.effect('rec.set', [session, outer], { slot: 'outer' });
  b.effect('state.set', [b.op('rec.as', [session], type)], { global: sessions });
}

/** Makes the session before the newest one again. */
function close(c: Coder, session: Value): void {
  const { sessions } = c.code;
  const outer = c.b.op('rec.get', [session], `rec.${sessions}`, { slot: 'outer' });
  c.b.effect('state.set', [outer], { global: sessions });
}

/** Writes how far the answer goes; gives whether it fits. */
function tellEnd(c: Coder, at: string): Value {
  const { b } = c;
  const end = b.get(at);
  c.store(c.int(0), c.number(c.binary('div', end, slotBytes)));
  return b.op('le', [end, b.op('view.length', [c.wire])]);
}
