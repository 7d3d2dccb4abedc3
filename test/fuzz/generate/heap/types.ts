/** The heap types of one program, and their declarations. */
import type { Declaration } from '../../program.ts';
import type { Random } from '../../random.ts';
import type { Absent, Choice, Member, Shape } from '../../shapes.ts';
import { js, statement, ts, type Tree } from '../../tree.ts';
import {
  bigintArrays,
  heapType,
  intTypes,
  isHeap,
  numberArrays,
  stringType,
  type HeapType,
  type Type,
} from '../../types.ts';
import type { Heap } from '../context.ts';

/** Adds to the types of a program while it is begun. */
export class TypeMaker {
  readonly random: Random;
  readonly heap: Heap = { shapes: new Map(), types: [] };
  readonly declarations: Declaration[] = [];

  constructor(random: Random) {
    this.random = random;
  }

  /** @param weight how often it is taken for variables */
  add(text: string, shape: Shape, weight = 1): HeapType {
    const type = heapType(text);
    this.heap.shapes.set(type, shape);
    for (let i = 0; i < weight; i++) this.heap.types.push(type);
    return type;
  }

  declare(name: string, tree: Tree): void {
    this.declarations.push({ name, tree });
  }

  /** A type that is there by now, or a scalar. */
  part(heapChance = 0.4): Type {
    const { random, heap } = this;
    if (heap.types.length > 0 && random.chance(heapChance)) return random.pick(heap.types);
    return random.weighted<Type>([
      [8, 'number'],
      [2, 'i32'],
      [2, 'boolean'],
      [1, 'f32'],
      [1, random.pick(intTypes)],
      [1, random.pick(['i64', 'u64'])],
      [1, 'f64'],
    ]);
  }

  /** The type of a property or a field, which may keep a typed array. */
  held(viewChance: number): Type {
    const { random } = this;
    if (!random.chance(viewChance)) return this.part();
    return random.chance(0.9) ? random.pick(numberArrays) : random.pick(bigintArrays);
  }

  list(element: Type, absent?: Absent): HeapType {
    const inner = absent === undefined ? element : `${element} | ${absent}`;
    const text = /\|/.test(inner) || isLiteralUnion(element) ? `(${inner})[]` : `${inner}[]`;
    return this.add(text, { kind: 'list', element, absent });
  }
}

const isLiteralUnion = (type: Type): boolean => type.includes('|');

/** Types for a program, each family now and then. */
export function makeTypes(random: Random): TypeMaker {
  const maker = new TypeMaker(random);
  maker.add(stringType, { kind: 'string' }, 2);
  maker.list('number');
  if (random.chance(0.6)) maker.list(stringType);
  if (random.chance(0.35)) choice(maker, 0);
  if (random.chance(0.15)) choice(maker, 1);
  const objects = random.weighted([
    [1, 0],
    [4, 1],
    [3, 2],
    [1, 3],
  ]);
  for (let i = 0; i < objects; i++) object(maker, `S${i}`);
  if (random.chance(0.2)) recursive(maker);
  if (random.chance(0.25)) tuple(maker);
  if (random.chance(0.3)) union(maker);
  for (let i = random.between(0, 2); i > 0; i--) maker.list(...element(maker));
  for (let i = 0; i < 2; i++) if (random.chance(0.25)) functionType(maker);
  if (random.chance(0.3)) collection(maker);
  if (random.chance(0.15)) collection(maker);
  return maker;
}

function element(maker: TypeMaker): [Type, Absent?] {
  const type = maker.part(0.7);
  const { random } = maker;
  const isNullable = isHeap(type) && maker.heap.shapes.get(type)?.kind !== 'choice';
  return isNullable && random.chance(0.25) ? [type, random.pick(['undefined', 'null'])] : [type];
}

const words = ['up', 'down', 'a', '', 'Left', 'ä', '12'];

/** An enum or a union of literals. */
function choice(maker: TypeMaker, place: number): HeapType {
  const { random } = maker;
  const of = random.pick(['string', 'number'] as const);
  const values = distinct(random.between(2, 4), (): string | number =>
    of === 'string' ? random.pick(words) : random.pick([0, 1, 2, 3, 5, -1, 0.5, 2 ** 31, 100]),
  );
  const literal = (value: string | number): string =>
    typeof value === 'string' ? `'${value}'` : value < 0 ? `(${value})` : String(value);
  if (random.chance(0.5)) {
    const text = values.map((value) => literal(value).replace(/[()]/g, '')).join(' | ');
    const choices = values.map((value): Choice => ({
      text: literal(value),
      value,
    }));
    return maker.add(text, { kind: 'choice', of, choices });
  }
  const name = `E${place}`;
  const members = values.map((value, index) => ({
    name: 'ABCDEFG'.charAt(index),
    value,
  }));
  const choices = members.map((member) => ({
    ...member,
    text: `${name}.${member.name}`,
  }));
  const inEnum = members.map((member) => `${member.name} = ${literal(member.value)}`).join(', ');
  const inObject = members.map((member) => `${member.name}: ${literal(member.value)}`).join(', ');
  const keyword = random.chance(0.3) ? 'const enum' : 'enum';
  maker.declare(
    name,
    statement`${ts(`${keyword} ${name} { ${inEnum} }`)}${js(`const ${name} = { ${inObject} };`)}`,
  );
  return maker.add(name, { kind: 'choice', of, choices });
}

function distinct<T>(count: number, make: () => T): T[] {
  const found = new Set<T>();
  for (let tries = 0; found.size < count && tries < 20; tries++) found.add(make());
  return [...found];
}

export function members(maker: TypeMaker, names: string, count: number): Member[] {
  const { random } = maker;
  return Array.from({ length: count }, (_, index): Member => {
    const type = maker.held(0.07);
    const kind = random.weighted<'plain' | 'optional' | Absent>([
      [10, 'plain'],
      [2, 'optional'],
      [1, 'undefined'],
      [2, 'null'],
    ]);
    return {
      name: names.charAt(index),
      type,
      absent: kind === 'plain' ? undefined : kind === 'optional' ? 'undefined' : kind,
      optional: kind === 'optional',
      writable: random.chance(0.9),
    };
  });
}

export const memberText = ({ name, type, absent, optional, writable, literal }: Member): string =>
  `${writable ? '' : 'readonly '}${name}${optional ? '?' : ''}: ${literal ?? type}${absent !== undefined && !optional ? ` | ${absent}` : ''}`;

function declareObject(maker: TypeMaker, name: string, own: readonly Member[]): HeapType {
  const body = `{ ${own.map(memberText).join('; ')} }`;
  const text = maker.random.chance(0.7) ? `interface ${name} ${body}` : `type ${name} = ${body};`;
  maker.declare(name, statement`${ts(text)}`);
  return maker.add(name, { kind: 'object', members: own }, 2);
}

const object = (maker: TypeMaker, name: string): HeapType =>
  declareObject(maker, name, members(maker, 'abcde', maker.random.between(1, 4)));

/** Objects that hold one of their type, which is given when they are made, so that there are no cycles. */
function recursive(maker: TypeMaker): HeapType {
  const next: Member = {
    name: 'next',
    type: heapType('N0'),
    absent: maker.random.pick(['null', 'undefined']),
    optional: false,
    writable: false,
  };
  const others = members(maker, 'abcde', maker.random.between(1, 2));
  return declareObject(
    maker,
    'N0',
    maker.random.chance(0.5) ? [next, ...others] : [...others, next],
  );
}

function tuple(maker: TypeMaker): HeapType {
  const elements = Array.from({ length: maker.random.between(1, 3) }, (): Type => maker.part());
  return maker.add(`[${elements.join(', ')}]`, { kind: 'tuple', elements });
}

/** A union of objects that a first member of literals tells apart. */
function union(maker: TypeMaker): HeapType {
  const { random } = maker;
  const discriminants = random.pick([
    ["'a'", "'b'", "'other'"],
    ['0', '1', '7'],
    ['true', 'false'],
  ]);
  const count = random.between(2, discriminants.length);
  const discriminantType = /^[tf]/.test(discriminants[0] ?? '')
    ? 'boolean'
    : /^'/.test(discriminants[0] ?? '')
      ? stringType
      : 'number';
  const variants = discriminants.slice(0, count).map((literal, index): HeapType => {
    const kind: Member = {
      name: 'kind',
      type: discriminantType,
      absent: undefined,
      optional: false,
      writable: false,
      literal,
    };
    return declareObject(maker, `V${index}`, [
      kind,
      ...members(maker, 'abcde', random.between(index === 2 ? 0 : 1, 3)),
    ]);
  });
  maker.declare('U0', statement`${ts(`type U0 = ${variants.join(' | ')};`)}`);
  return maker.add('U0', { kind: 'union', variants }, 2);
}

function functionType(maker: TypeMaker): HeapType {
  const { random } = maker;
  const params = Array.from({ length: random.below(3) }, (): Type => maker.part());
  const result = random.chance(0.85) ? maker.part() : undefined;
  const list = params.map((type, index) => `${'xyz'.charAt(index)}: ${type}`).join(', ');
  const type = maker.add(
    `((${list}) => ${result ?? 'void'})`,
    { kind: 'function', params, result },
    3,
  );
  if (random.chance(0.4)) maker.list(type);
  return type;
}

const isFunction = ({ heap }: TypeMaker, type: Type): boolean =>
  heap.shapes.get(type)?.kind === 'function';

function collection(maker: TypeMaker): HeapType {
  const { random } = maker;
  const key = (): Type => {
    const other = maker.part(0.6);
    return random.weighted<Type>([
      [5, 'number'],
      [4, stringType],
      [1, 'i32'],
      [1, 'boolean'],
      [1, 'i64'],
      [1, isFunction(maker, other) ? 'number' : other],
    ]);
  };
  if (random.chance(0.4)) {
    const element = key();
    return maker.add(`Set<${element}>`, { kind: 'set', element }, 2);
  }
  const [k, value] = [key(), maker.part(0.5)];
  return maker.add(`Map<${k}, ${value}>`, { kind: 'map', key: k, value }, 2);
}
