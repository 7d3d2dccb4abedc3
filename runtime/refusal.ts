/**
 * Errors for arguments with objects that don't fit their types, with the path to what is wrong. The functions
 * that write arguments to the wire stop at the first value that doesn't fit; where that is, is found here.
 */
import { fieldsOf, isNdArray, type ArrayFields } from './arrays.ts';
import type { Instances } from './instances.ts';
import type { FunctionInfo, PlaceInfo, ReceiverInfo, ShapeInfo } from './manifest.ts';
import { describe, receptionError, titleOf, viewProblem } from './received.ts';
import {
  hasMembers,
  isPlainArray,
  isPlainMap,
  isPlainSet,
  isViewOf,
  type Refused,
} from './wire.ts';

export type Shapes = Readonly<Record<string, ShapeInfo>>;

/** What is known of types. */
export interface Types {
  readonly shapes: Shapes;
  readonly instances: Instances;
}

/**
 * @param params what it takes, with the shapes of their types
 */
export function refusalError(
  fn: FunctionInfo,
  params: readonly ReceiverInfo[],
  known: Types,
  args: readonly unknown[],
  { value, types }: Refused,
): Error {
  const { name } = fn;
  const { shapes } = known;
  const [one = '', other] = types;
  if (other !== undefined)
    return new TypeError(
      `${name}: one object was passed as ${nameOfType(one, shapes)} and as ${nameOfType(other, shapes)}, which native code can't change as one`,
    );
  const seen = new Set<unknown>();
  for (const [index, param] of params.entries()) {
    const problem = find(fn, param.name, param, args[index], known, seen);
    if (problem) return problem;
  }
  // A getter gave something else this time.
  return receptionError(`${name}: a member`, receiver('', { type: one }, shapes), value);
}

/** The error for the first value that doesn't fit, of those that a value leads to. */
function find(
  fn: FunctionInfo,
  path: string,
  place: PlaceInfo,
  value: unknown,
  known: Types,
  seen: Set<unknown>,
): Error | undefined {
  const { shapes, instances } = known;
  if (value === undefined && place.undefined) return undefined;
  if (value === null && place.null) return undefined;
  const title = titleOf(fn, path);
  const expected = receiver(path, place, shapes);
  const shape = shapes[place.type];
  if (shape === undefined)
    return fits(place.type, value) ? undefined : receptionError(title, expected, value);
  if (shape.callable)
    return typeof value === 'function' ? undefined : receptionError(title, expected, value);
  if (shape.kinds)
    return instances.handleOf(value, shape.kinds) >= 0
      ? undefined
      : describe(value) === shape.name
        ? new TypeError(`${title} expected ${shape.name}, got an object that only looks like one`)
        : receptionError(title, expected, value);
  if (shape.view) {
    const exact = fn.wire?.exact?.includes(place.type) === true;
    return isViewOf(value, shape.name)
      ? viewProblem(title, { ...expected, exact }, value)
      : receptionError(title, expected, value);
  }
  if (shape.array && !isNdArray(value)) return receptionError(title, expected, value);
  const isArray = shape.elements !== undefined || shape.tuple === true;
  if (typeof value !== 'object' || value === null || (isArray && !Array.isArray(value)))
    return receptionError(title, expected, value);
  if (shape.discriminant) {
    const { member, cases } = shape.discriminant;
    const told = (value as Readonly<Record<string, unknown>>)[member];
    const found = cases.find(({ literals }) => literals.some((literal) => literal === told));
    if (found) return find(fn, path, { type: found.type }, value, known, seen);
    const wanted = cases.flatMap(({ literals }) =>
      literals.map((literal) => JSON.stringify(literal)),
    );
    const got = typeof told === 'string' ? JSON.stringify(told) : describe(told);
    return new TypeError(
      `${titleOf(fn, pathTo(path, member))} expected ${wanted.join(' or ')}, got ${got}`,
    );
  }
  if (isArray && !isPlainArray(value))
    return new TypeError(
      `${title} expected ${shape.name} itself, got a subclass of Array, whose methods may differ`,
    );
  if (seen.has(value)) return undefined;
  seen.add(value);
  if (shape.entries) {
    const { key, value: held } = shape.entries;
    const isKind = held ? isPlainMap(value) : isPlainSet(value);
    if (!isKind)
      return value instanceof (held ? Map : Set)
        ? new TypeError(
            `${title} expected ${shape.name} itself, got a subclass, whose methods may differ`,
          )
        : receptionError(title, expected, value);
    for (const entry of value as Iterable<unknown>) {
      const [own, inside] = (held ? entry : [entry]) as [unknown, unknown];
      const problem =
        find(fn, held ? `${path}.keys()` : `${path}.values()`, key, own, known, seen) ??
        (held && find(fn, `${path}.get(${shown(own)})`, held, inside, known, seen));
      if (problem) return problem;
    }
    return undefined;
  }
  if (shape.tuple && (value as unknown[]).length !== shape.members?.length)
    return new TypeError(
      `${title} expected ${shape.name}, got an array of length ${(value as unknown[]).length}`,
    );
  if (shape.spread && !hasMembers(value, ...membersOf(shape))) {
    const names = shape.members?.map(({ name: member }) => member).join(', ');
    return new TypeError(
      `${title} expected ${shape.name} with the properties ${names} in this order and no others, which native code copies`,
    );
  }
  if (shape.elements) {
    const array = value as readonly unknown[];
    for (let index = 0; index < array.length; index++) {
      const inner = `${path}[${index}]`;
      const element = array[index];
      if (element === undefined && !(index in array))
        return new TypeError(
          `${titleOf(fn, inner)} expected ${nameOf(shape.elements, shapes)}, got a hole`,
        );
      const problem = find(fn, inner, shape.elements, element, known, seen);
      if (problem) return problem;
    }
  }
  for (const member of shape.members ?? []) {
    const inner = shape.tuple ? `${path}[${member.name}]` : pathTo(path, member.name);
    const held = (value as Readonly<Record<string, unknown>>)[member.name];
    const problem = find(fn, inner, member, held, known, seen);
    if (problem) return problem;
  }
  if (shape.array && !fieldsOf(value as ArrayFields))
    return new TypeError(`${title} is an ${shape.name} whose shape leads out of its data`);
  return undefined;
}

const membersOf = ({ members = [] }: ShapeInfo): [string[], boolean[]] => [
  members.map(({ name }) => name),
  members.map(({ optional }) => optional === true),
];

const pathTo = (path: string, member: string): string =>
  /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(member)
    ? `${path}.${member}`
    : `${path}[${JSON.stringify(member)}]`;

/** A key in the path to what is wrong. */
const shown = (key: unknown): string => {
  if (typeof key === 'string') return JSON.stringify(key);
  return typeof key === 'object' || typeof key === 'symbol' ? '…' : String(key);
};

const receiver = (name: string, place: PlaceInfo, shapes: Shapes): ReceiverInfo => {
  const shape = shapes[place.type];
  return { name, ...place, ...(shape && { class: shape.name }) };
};

/** Whether a value is one of a type without a shape. */
function fits(type: string, value: unknown): boolean {
  switch (type) {
    case 'str':
      return typeof value === 'string';
    case 'bool':
      return typeof value === 'boolean';
    case 'f64':
      return typeof value === 'number';
    case 'f32':
      return typeof value === 'number' && Object.is(Math.fround(value), value);
    case 'i64':
      return typeof value === 'bigint' && BigInt.asIntN(64, value) === value;
    case 'u64':
      return typeof value === 'bigint' && BigInt.asUintN(64, value) === value;
    default: {
      // Typed arrays are looked at by native code; they have no shape and are no numbers.
      const integer = /^([iu])(8|16|32)$/.exec(type);
      if (!integer) return true;
      const width = Number(integer[2]);
      const [min, max] =
        integer[1] === 'i' ? [-(2 ** (width - 1)), 2 ** (width - 1) - 1] : [0, 2 ** width - 1];
      return Number.isInteger(value) && Number(value) >= min && Number(value) <= max;
    }
  }
}

/** A type as messages show it. */
function nameOf(place: PlaceInfo, shapes: Shapes): string {
  const absent = [place.undefined && 'undefined', place.null && 'null'];
  const own = nameOfType(place.type, shapes);
  return [own, ...absent.filter((name) => typeof name === 'string')].join(' or ');
}

function nameOfType(type: string, shapes: Shapes): string {
  const known = { f64: 'number', bool: 'boolean', str: 'string' }[type];
  return known ?? shapes[type]?.name ?? type;
}
