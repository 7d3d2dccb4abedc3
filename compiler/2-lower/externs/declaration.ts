/**
 * A function of a C library becomes two of the IR: one with the parameters that the source has, which makes of them
 * what C gets, and behind it the one that stands for C's own.
 */
import type { ExternInfo, ExternKind } from '../../1-read/externs.ts';
import { hintText } from '../../1-read/hint-types.ts';
import type { HintType, NativeFunction } from '../../1-read/model.ts';
import { placeOf } from '../../1-read/places.ts';
import { codes } from '../../diagnostics/codes.ts';
import { IrBuilder } from '../../ir/build.ts';
import type {
  CallbackValue,
  ExternCallback,
  ExternParameter,
  ExternResult,
} from '../../ir/externs.ts';
import type { CStruct } from '../../ir/c-structs.ts';
import { storageOf, tagSlot } from '../../ir/records.ts';
import {
  isOptional,
  isRecord,
  isReference,
  isScalar,
  Tag,
  type IrType,
  type Value,
  valueTypes,
} from '../../ir/types.ts';
import { isPresent, toHint, zero } from '../convert.ts';
import type { LoweredFunction } from '../function.ts';
import { Lowering, type ModuleState } from '../lowering.ts';
import { valueOperand, type Operand } from '../operands.ts';
import { givenBack, heldLeaves, newArrays, newStructure, readLeaf, setLeaf } from './structures.ts';

/** @param native one with `extern` */
export function lowerExtern(module: ModuleState, native: NativeFunction): LoweredFunction {
  const { extern } = native;
  if (!extern) throw new Error(`${native.name} is no function of C`);
  const l = new Lowering(module, native);
  const c = new IrBuilder(`${native.id}.c`, undefined, native.span);
  l.at(native.node);
  l.b.fn.results.push(...valueTypes(native.result));
  l.guarded(() => new ExternLowering(l, native, extern, c).lower());
  return { made: [l.b.fn, c.fn], captured: [], forget: () => {} };
}

/** A place that C may have set, with what takes its value. */
interface OutPlace {
  take(value: Value): void;
}

class ExternLowering {
  private readonly l: Lowering;
  private readonly native: NativeFunction;
  private readonly extern: ExternInfo;
  private readonly c: IrBuilder;
  private readonly params: ExternParameter[] = [];
  private readonly args: Value[] = [];
  private readonly outs: OutPlace[] = [];

  constructor(l: Lowering, native: NativeFunction, extern: ExternInfo, c: IrBuilder) {
    this.l = l;
    this.native = native;
    this.extern = extern;
    this.c = c;
  }

  lower(): void {
    const { l, native, extern, c } = this;
    const { result } = native;
    native.params.forEach(({ name, hint }, index) => {
      const kind = extern.params[index];
      if (kind) this.parameter(name, hint, kind);
    });
    const { library, symbol, fixed, errno, pure, threads } = extern;
    const given = this.prepareResult();
    c.fn.extern = {
      ...{ library, symbol, params: this.params, result: this.resultOf() },
      ...(fixed !== undefined && { fixed }),
      ...(errno && { errno }),
      ...(pure && { pure }),
      ...(threads && { threads }),
    };
    c.fn.results.unshift(...given.types);
    const values = l.b.call(c.fn.name, this.args, c.fn.results);
    const own = values.slice(0, given.types.length);
    values.slice(own.length).forEach((value, index) => this.outs[index]?.take(value));
    if (result.type === undefined) return l.b.return([]);
    const operand = given.make(own);
    l.b.return(toHint(l, operand, result, native.node, 'the result'));
  }

  private resultOf(): ExternResult | undefined {
    const { result } = this.extern;
    if (!result) return undefined;
    const { way, handle, struct } = result;
    switch (way) {
      case 'value':
      case 'pointer':
      case 'text':
      case 'long double':
        return { way, ...(handle !== undefined && { handle }) };
      case 'struct':
        return { way, ...(struct && { struct }) };
      default:
        return undefined;
    }
  }

  /** What C gives: the types of that, and what the source has of it. */
  private prepareResult(): {
    readonly types: readonly IrType[];
    make(values: readonly Value[]): Operand;
  } {
    const { l, native, extern, c } = this;
    const { type } = native.result;
    const struct = extern.result?.struct;
    if (type === undefined || !struct)
      return {
        types: type === undefined ? [] : [type],
        make: ([value]) => {
          if (!value) throw new Error('C gives something');
          return this.given(value);
        },
      };
    const held = heldLeaves(l, type, struct);
    const arrays = newArrays(l, held);
    arrays.forEach((array, index) => c.param(`result.${index}`, array.type));
    this.args.push(...arrays);
    return {
      types: givenBack(held).map((one) => one.type),
      make: (values) => valueOperand(newStructure(l, type, struct, values, arrays)),
    };
  }

  private parameter(name: string, hint: HintType, kind: ExternInfo['params'][number]): void {
    const { l } = this;
    const { type } = hint;
    const { way, handle, frees, keeps, calls } = kind;
    if (type === undefined) return;
    const tag = isOptional(hint) ? l.b.param(`${name}.tag`, 'u8') : undefined;
    const value = l.b.param(name, type);
    const about = {
      ...{ way },
      ...(handle !== undefined && { handle }),
      ...(frees && { frees }),
    };
    switch (way) {
      case 'pointer':
        return this.pass(name, tag ? this.orNull(tag, value) : value, about);
      case 'out':
      case 'out pointer':
        return this.out(name, tag, value, about);
      case 'callback':
        return this.pass(
          name,
          value,
          { ...about, callback: this.callback(name, hint, calls, keeps) },
          tag !== undefined,
        );
      case 'struct':
        return kind.struct
          ? this.copied(name, tag, value, { ...kind, struct: kind.struct })
          : this.pass(
              name,
              value,
              {
                ...about,
                ...(kind.readonly && { readonly: true }),
                ...(kind.addresses && { addresses: true }),
              },
              tag !== undefined,
            );
      default:
        return this.pass(name, value, about, tag !== undefined);
    }
  }

  private pass(name: string, value: Value, param: ExternParameter, mayBeNull = false): void {
    const own = this.c.param(name, value.type);
    if (mayBeNull) this.c.fn.params.splice(-1, 1, { name, value: own, mayBeNull });
    this.params.push(param);
    this.args.push(value);
  }

  /** The address, or 0 where there is none. */
  private orNull(tag: Value, value: Value): Value {
    const { l } = this;
    return l.b.op('select', [isPresent(l, tag), value, zero(l, 'u64')]);
  }

  /** `Out<T>`: the value goes to C's place, and comes back. */
  private out(
    name: string,
    present: Value | undefined,
    object: Value,
    about: ExternParameter,
  ): void {
    const { l } = this;
    if (!isRecord(object.type)) throw new Error('Out is an object');
    const member = l.module.reading.records
      .get(object.type)
      .members.find((one) => one.name === 'value');
    if (!member) throw new Error('Out has a value');
    const isTagged = storageOf(member) === 'tagged';
    const slot = tagSlot(member.name);
    const read = (): Value => {
      const value = l.b.op('rec.get', [object], member.type, { slot: 'value' });
      if (!isTagged) return value;
      return this.orNull(l.b.op('rec.get', [object], 'u8', { slot }), value);
    };
    const set = (value: Value): void => {
      if (isTagged) {
        const isNull = l.b.op('eq', [value, zero(l, member.type)]);
        const absent = l.constant('u8', member.null ? Tag.null : Tag.undefined);
        const tag = l.b.op('select', [isNull, absent, l.constant('u8', Tag.value)]);
        l.b.effect('rec.set', [object, tag], { slot });
      }
      l.b.effect('rec.set', [object, value], { slot: 'value' });
    };
    if (!present) {
      this.pass(name, read(), about);
      this.outs.push({ take: set });
    } else {
      const there = isPresent(l, present);
      const local = l.b.local(name, member.type);
      l.b.if(there, () => l.b.set(local, read()));
      this.args.push(there);
      this.c.param(`${name}.there`, 'bool');
      this.pass(name, l.b.get(local), { ...about, optional: true });
      this.outs.push({ take: (value) => l.b.if(there, () => set(value)) });
    }
    this.c.fn.results.push(member.type);
  }

  /** A structure of which C gets a copy. */
  private copied(
    name: string,
    present: Value | undefined,
    object: Value,
    { way, struct, byValue, readonly, functions = [] }: ExternKind & { readonly struct: CStruct },
  ): void {
    const { l, c, extern } = this;
    const isReadonly = readonly === true || extern.pure;
    const held = heldLeaves(l, object.type, struct);
    const what = { name, of: `${extern.symbol} of the library ${extern.library}` };
    const there = present && isPresent(l, present);
    if (there) {
      this.args.push(there);
      c.param(`${name}.there`, 'bool');
    }
    const values = there
      ? this.readIfThere(there, object, held, what)
      : held.map((one) => readLeaf(l, object, one, what));
    values.forEach((value, index) => {
      const own = c.param([name, ...(held[index]?.placed.path ?? [])].join('.'), value.type);
      if (there && isReference(value.type))
        c.fn.params.splice(-1, 1, { name: own.hint ?? name, value: own, mayBeNull: true });
    });
    this.args.push(...values);
    const callbacks = functions.map(({ path, calls }) => {
      const leaf = held.find(({ placed }) => placed.path.join() === path.join());
      const hint = { type: leaf?.type, undefined: false, null: false };
      return { callback: this.callback(path.join('.'), hint, calls) };
    });
    this.params.push({
      ...{ way, struct },
      ...(byValue && { byValue }),
      ...(isReadonly && { readonly: true }),
      ...(there && { optional: true }),
      ...(callbacks.length > 0 && { functions: callbacks }),
    });
    if (byValue || isReadonly) return;
    for (const { placed, type } of givenBack(held)) {
      c.fn.results.push(type);
      const set = (value: Value): void => setLeaf(l, object, placed, value);
      this.outs.push({ take: (value) => (there ? l.b.if(there, () => set(value)) : set(value)) });
    }
  }

  /** The leaves of an object that may be absent: then they are 0 or null. */
  private readIfThere(
    there: Value,
    object: Value,
    held: ReturnType<typeof heldLeaves>,
    what: Parameters<typeof readLeaf>[3],
  ): Value[] {
    const { l } = this;
    const locals = held.map(({ placed, type }) =>
      l.b.local([what.name, ...placed.path].join('.'), type),
    );
    l.b.if(there, () =>
      held.forEach((one, index) => l.b.set(locals[index] ?? '', readLeaf(l, object, one, what))),
    );
    return locals.map((local) => l.b.get(local));
  }

  /** The function that calls what is passed as a function, as C calls it. */
  private callback(
    name: string,
    { type }: HintType,
    calls: ExternKind['calls'],
    kept = false,
  ): ExternCallback {
    const { l, native } = this;
    const signature = l.module.reading.records.signatureOf(type ?? 'f64');
    const node = native.params.find((param) => param.name === name)?.node ?? native.node;
    if (!signature || type === undefined || !isRecord(type)) throw new Error('no function type');
    const valueOf = (hint: HintType, kind: ExternKind | undefined): CallbackValue => {
      const way = wayOfCallback(hint, kind);
      if (way && hint.type !== undefined)
        return { way, type: hint.type, ...(hint.null && { null: true }) };
      const what = `\`${hintText(hint, l.module.reading.records)}\``;
      return l.refuse(codes.externCallbackType(placeOf(node), { name, what }));
    };
    const params = signature.params.map((hint, index) => valueOf(hint, calls?.params[index]));
    const isVoid = signature.result.type === undefined;
    const result = isVoid ? undefined : valueOf(signature.result, calls?.result);
    // C would have nobody to free it.
    if (result?.way === 'text' || result?.null)
      return l.refuse(codes.externCallbackType(placeOf(node), { name, what: 'such a result' }));
    const args = params.map(() => node);
    const callee = l.module.closures.dispatcher({ type, node, args, caller: native });
    this.c.effect('extern.target', [], { callee });
    return { callee, params, result, ...(kept && { kept }) };
  }

  /** What C has given, as the source has it. */
  private given(value: Value): Operand {
    const { l, native, extern } = this;
    const { result } = native;
    const kind: ExternKind | undefined = extern.result;
    const isText = kind?.way === 'text';
    const mayBeNull = isText || (kind?.way === 'pointer' && (isOptional(result) || kind.handle));
    if (!mayBeNull) return valueOperand(value);
    const isNull = isText ? l.b.op('is.null', [value]) : l.b.op('eq', [value, zero(l, value.type)]);
    if (isOptional(result)) {
      const absent = l.constant('u8', result.null ? Tag.null : Tag.undefined);
      const tag = l.b.op('select', [isNull, absent, l.constant('u8', Tag.value)]);
      return { kind: 'optional', tag, value };
    }
    const what = `${extern.symbol} of the library ${extern.library}`;
    l.b.if(isNull, () =>
      l.b.throw('Error', [`${what} has given NULL, which its declaration doesn't have`]),
    );
    return valueOperand(value);
  }
}

/** How a value goes from C to a function, or back; undefined for what doesn't. */
function wayOfCallback(
  hint: HintType,
  kind: ExternKind | undefined,
): CallbackValue['way'] | undefined {
  const { type } = hint;
  if (kind?.way === 'pointer' || kind?.way === 'long double') return kind.way;
  if (type === undefined || hint.undefined) return undefined;
  if (type === 'str') return hint.null ? undefined : 'text';
  if (hint.null) return type === 'u64' ? 'pointer' : undefined;
  return isScalar(type) ? 'value' : undefined;
}
