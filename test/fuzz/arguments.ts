/** The arguments that programs are called with: made at random, turned into values, and shown as code. */
import { arrayClasses } from '../../runtime/array-classes.ts';
import type { Sharing } from './generate/program.ts';
import { bigintText, edgeBigint, edgeNumber } from './generate/literals.ts';
import { ObjectMaker } from './objects.ts';
import { show } from '../support/show.ts';
import type { Argument, ArgumentSet, Parameter } from './program.ts';
import type { Random } from './random.ts';
import type { Shapes } from './shapes.ts';
import { isView, type ViewType } from './types.ts';

const setsOfEach = 8;

export function makeArguments(
  random: Random,
  params: readonly Parameter[],
  sharing: Sharing,
  shapes: Shapes,
): ArgumentSet[] {
  const sets = params.length === 0 ? 1 : setsOfEach;
  return Array.from({ length: sets }, () => makeSet(random, params, sharing, shapes));
}

function makeSet(
  random: Random,
  params: readonly Parameter[],
  sharing: Sharing,
  shapes: Shapes,
): ArgumentSet {
  const objects = new ObjectMaker(random, shapes);
  // Only long arrays get through whole vectors, several of them in a round.
  const more = random.chance(0.2) ? random.between(20, 90) : 0;
  const buffers: Uint8Array[] = [];
  const shared = new Map<string, number>();
  const args: Argument[] = [];
  for (const param of params) {
    if (param.absent !== undefined && random.chance(0.35)) {
      args.push({ value: param.absent === 'null' ? null : undefined });
    } else if (isView(param.type))
      args.push(makeView(random, param, param.type, more, buffers, shared, sharing));
    else args.push({ value: objects.value(param.type) });
  }
  return { buffers, args };
}

const classes = { ...arrayClasses, DataView } as const;

const sizeOfElement = (type: ViewType): number =>
  type === 'DataView' ? 1 : classes[type].BYTES_PER_ELEMENT;

function makeView(
  random: Random,
  { sure }: Parameter,
  type: ViewType,
  more: number,
  buffers: Uint8Array[],
  shared: Map<string, number>,
  sharing: Sharing,
): Argument {
  const size = sizeOfElement(type);
  const wanted = type === 'DataView' ? 24 : sure;
  const length = random.chance(0.96)
    ? wanted + random.pick([0, 0, 1, 2, 5]) + more
    : random.between(0, Math.max(0, wanted - 1));
  const key = sharing === 'any' ? 'all' : sharing === 'same type' ? type : undefined;
  const known = key === undefined ? undefined : shared.get(key);
  if (known !== undefined && random.chance(0.8)) {
    // A part of the buffer that is there, of as many elements as fit.
    const bytes = buffers[known]?.length ?? 0;
    const most = Math.floor(bytes / size);
    const offset = random.below(Math.max(0, most - length) + 1);
    return {
      view: type,
      buffer: known,
      offset: offset * size,
      length: Math.min(length, most - offset),
    };
  }
  const before = random.chance(0.3) ? random.between(0, 3) : 0;
  const bytes = (before + length) * size;
  // A shared buffer has room for wider elements too.
  const total =
    key === undefined
      ? bytes
      : Math.max(bytes, sharing === 'any' ? 160 + 2 * more : bytes + 2 * size);
  buffers.push(makeContent(random, type, total));
  if (key !== undefined) shared.set(key, buffers.length - 1);
  return { view: type, buffer: buffers.length - 1, offset: before * size, length };
}

function makeContent(random: Random, type: ViewType, bytes: number): Uint8Array {
  const content = new Uint8Array(Math.ceil(bytes / 8) * 8);
  if (type === 'DataView') {
    content.forEach((_, index) => (content[index] = random.below(256)));
  } else if (type === 'BigInt64Array' || type === 'BigUint64Array') {
    const view = new classes[type](content.buffer);
    view.forEach((_, index) => {
      view[index] = edgeBigint(random, type === 'BigInt64Array' ? 'i64' : 'u64');
    });
  } else {
    const view = new classes[type](content.buffer);
    view.forEach((_, index) => (view[index] = edgeNumber(random)));
  }
  return content;
}

/** The values to call with, on buffers of their own. */
export function valuesOf({ buffers, args }: ArgumentSet): unknown[] {
  const own = buffers.map((bytes) => Uint8Array.from(bytes).buffer);
  const views = new Map<string, unknown>();
  return args.map((arg) => {
    if ('value' in arg) return arg.value;
    // Equal views of one buffer are one object.
    const key = JSON.stringify(arg);
    let view = views.get(key);
    if (!view) {
      view = Reflect.construct(classes[arg.view], [
        own[arg.buffer],
        arg.offset,
        arg.length,
      ]) as unknown;
      views.set(key, view);
    }
    return view;
  });
}

/** A call's arguments as code. */
export function showArguments(set: ArgumentSet): string {
  const values = valuesOf(set);
  const lines = values.map((value, index) => {
    const arg = set.args[index];
    if (!arg || 'value' in arg) return showValue(value);
    const shared =
      set.args.filter((other) => 'view' in other && other.buffer === arg.buffer).length > 1;
    const place =
      shared || arg.offset > 0 ? ` /* buffer ${arg.buffer}, byte offset ${arg.offset} */` : '';
    return `${showValue(value)}${place}`;
  });
  return lines.join(',\n  ');
}

export function showValue(value: unknown): string {
  if (typeof value === 'bigint') return bigintText(value);
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  if (value instanceof DataView) {
    const bytes = [...new Uint8Array(value.buffer, value.byteOffset, value.byteLength)];
    return `new DataView(Uint8Array.of(${bytes.join(', ')}).buffer)`;
  }
  if (ArrayBuffer.isView(value)) {
    const elements = [...(value as unknown as Iterable<number | bigint>)].map(showValue);
    return `new ${value.constructor.name}([${elements.join(', ')}])`;
  }
  return typeof value === 'object' && value !== null ? showObject(value) : show(value);
}

/** An object as code, in which one that comes up again is a comment. */
function showObject(value: object): string {
  return show(value).replace(/\^\d+/g, '/* $& */');
}
