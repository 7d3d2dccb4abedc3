/**
 * Exports that take functions which JavaScript has made: a function around each, which makes the closure of the
 * variables that are handed over, calls the export, and gives back what was assigned, also when it throws.
 */
import { IrBuilder } from '../ir/build.ts';
import type { Candidate, HandedParameter, HandedPlan } from '../ir/handed.ts';
import {
  isView,
  viewClass,
  viewKind,
  type BoundaryParameter,
  type IrExport,
  type IrFunction,
  type IrGlobal,
  type IrModule,
  type RecordType,
  type Value,
  type ViewType,
  valueTypes,
  isOptional,
} from '../ir/types.ts';
import type { NativeFunction, Reading } from '../1-read/model.ts';
import type { Closures } from './functions/closures.ts';
import type { Captured } from './functions/surroundings.ts';
import { fromNumber, runAndGiveBack, toNumber } from './receivers.ts';

/** A function inside another one, of which native code has a copy. */
export interface KnownFunction {
  readonly native: NativeFunction;
  readonly captured: readonly Captured[];
  /** Its record as a value. */
  readonly record: RecordType;
  /** Its type. */
  readonly type: RecordType;
}

/** Makes a function a value. */
export function knownFunction(
  native: NativeFunction,
  captured: readonly Captured[],
  { records }: Reading,
  closures: Closures,
): KnownFunction {
  const record = closures.lambda(native);
  const members = captured.map(({ type, cell }, index) => ({
    name: `c${index}`,
    type: cell ?? type,
    undefined: false,
    null: false,
  }));
  records.setMembers(record, members);
  const signature = { params: native.params.map(({ hint }) => hint), result: native.result };
  return { native, captured, record, type: records.functionOf(signature, native.name) };
}

export interface HandedExport {
  readonly exported: IrExport;
  readonly fn: IrFunction;
  readonly globals: readonly IrGlobal[];
}

/** @returns undefined for an export that takes no functions */
export function lowerHanded(
  native: NativeFunction,
  exported: IrExport,
  known: readonly KnownFunction[],
): HandedExport | undefined {
  const places = exported.params.map(({ type, undefined: absent, null: isNull }) =>
    absent || isNull ? [] : known.filter((one) => one.type === type),
  );
  if (places.every((candidates) => candidates.length === 0)) return undefined;
  const callee = `${exported.callee}.handed`;
  const b = new IrBuilder(callee, native.options, native.span);
  const params: BoundaryParameter[] = [];
  const handed: HandedParameter[] = [];
  const globals: IrGlobal[] = [];
  /** For each parameter its values, or how to make the closure of a candidate. */
  const given = exported.params.map((param, index): Value[] | Handed => {
    const candidates = places[index] ?? [];
    if (candidates.length === 0) {
      params.push(param);
      return [
        ...(isOptional(param) ? [b.param(`${param.name}.tag`, 'u8')] : []),
        b.param(param.name, param.type),
      ];
    }
    const { plan, slots } = planOf(index, `${callee}.frame.${index}`, candidates);
    handed.push(plan);
    params.push({ name: param.name, type: 'i32', undefined: false, null: false });
    const which = b.param(param.name, 'i32');
    const views = slots.map((type, slot) => {
      const name = `${param.name}.${slot}`;
      params.push({ name, type, undefined: true, null: false });
      b.param(`${name}.tag`, 'u8');
      return b.param(name, type);
    });
    const { frame: name } = plan;
    if (name !== undefined) {
      const frame = Math.max(...plan.candidates.map(({ numbers }) => numbers.length));
      globals.push({ name, type: 'view.f64', frame, sourceName: param.name, span: native.span });
    }
    return { which, views, plan, candidates };
  });
  const types = valueTypes(native.result);
  b.fn.results.push(...types);
  const frames = new Map(
    globals.map(({ name }) => [name, b.op('global.get', [], 'view.f64', { global: name })]),
  );
  const choose = (index: number, args: readonly Value[], back: readonly (() => void)[]): void => {
    const one = given[index];
    if (!one) return call(args, back);
    if (!('which' in one)) return choose(index + 1, [...args, ...one], back);
    const frame = frames.get(one.plan.frame ?? '');
    const withCandidate = (number: number): void => {
      const chosen = one.candidates[number];
      if (!chosen) throw new Error('there is one');
      const made = closureOf(b, chosen, one.plan.candidates[number], one.views, frame);
      choose(index + 1, [...args, made.value], [...back, ...made.back]);
    };
    const last = one.candidates.length - 1;
    for (let number = 0; number < last; number++)
      b.if(b.op('eq', [one.which, b.const('i32', number)]), () => withCandidate(number));
    withCandidate(last);
  };
  const call = (args: readonly Value[], back: readonly (() => void)[]): void => {
    const giveBack = back.length > 0 ? () => back.forEach((one) => one()) : undefined;
    b.return(runAndGiveBack(b, native, args, giveBack));
  };
  choose(0, [], []);
  const plan: HandedPlan = { callee: exported.callee, params: handed };
  return { exported: { ...exported, callee, params, handed: plan }, fn: b.fn, globals };
}

interface Handed {
  readonly which: Value;
  readonly views: readonly Value[];
  readonly plan: HandedParameter;
  readonly candidates: readonly KnownFunction[];
}

/** How the variables of all candidates travel: those of one share the parameters with those of the others. */
function planOf(
  index: number,
  frame: string,
  known: readonly KnownFunction[],
): { readonly plan: HandedParameter; readonly slots: readonly ViewType[] } {
  const slots: ViewType[] = [];
  const candidates = known.map(({ native, captured }): Candidate => {
    const taken = new Set<number>();
    const views = captured.flatMap(({ name, type }) => {
      if (!isView(type)) return [];
      const free = slots.findIndex((other, slot) => other === type && !taken.has(slot));
      const slot = free < 0 ? slots.push(type) - 1 : free;
      taken.add(slot);
      return [{ name, class: viewClass[viewKind(type)], slot }];
    });
    const numbers = captured.flatMap(({ name, type, isWritten }) =>
      isView(type) ? [] : [{ name, type, isWritten }],
    );
    return { id: native.id, numbers, views };
  });
  const hasNumbers = candidates.some(({ numbers }) => numbers.length > 0);
  const plan = { index, candidates, slots: slots.length, frame: hasNumbers ? frame : undefined };
  return { plan, slots };
}

/** The function as a value, and what gives its variables back. */
function closureOf(
  b: IrBuilder,
  { captured, record, type: functionType }: KnownFunction,
  candidate: Candidate | undefined,
  views: readonly Value[],
  frame: Value | undefined,
): { readonly value: Value; readonly back: readonly (() => void)[] } {
  const back: (() => void)[] = [];
  const at = (index: number): Value => b.const('i64', BigInt(index));
  const values = captured.map(({ name, type, cell, isWritten }): Value => {
    const number = candidate?.numbers.findIndex((one) => one.name === name) ?? -1;
    const slot = candidate?.views.find((one) => one.name === name)?.slot ?? -1;
    const value =
      isView(type) || !frame
        ? views[slot]
        : fromNumber(b, b.op('view.load', [frame, at(number)], 'f64'), type);
    if (!value) throw new Error(`${name} is handed over`);
    if (!cell) return value;
    const held = b.op('rec.new', [value], cell);
    if (isWritten && frame && !isView(type))
      back.push(() => {
        const now = b.op('rec.get', [held], type, { slot: 'value' });
        b.effect('view.store', [frame, at(number), toNumber(b, now, type)]);
      });
    return held;
  });
  const made = b.op('rec.new', values, record);
  return { value: b.op('rec.as', [made], functionType), back };
}

/** What the emitted JavaScript must know of the functions that it makes and native code has too. */
export function handedFunctions({
  inner,
  module,
}: {
  readonly inner: readonly KnownFunction[];
  readonly module: Pick<IrModule, 'exports'>;
}): {
  readonly inner: readonly { readonly fn: NativeFunction; readonly candidate: Candidate }[];
  readonly handed: ReadonlySet<string>;
} {
  const plans = module.exports.flatMap(({ handed }) => handed ?? []);
  const candidates = plans.flatMap(({ params }) => params.flatMap((param) => param.candidates));
  return {
    inner: inner.flatMap(({ native }) => {
      const candidate = candidates.find(({ id }) => id === native.id);
      return candidate ? [{ fn: native, candidate }] : [];
    }),
    handed: new Set(plans.map(({ callee }) => callee)),
  };
}
