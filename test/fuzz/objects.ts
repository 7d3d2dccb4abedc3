/** Values of heap types for arguments. */
import { edgeBigint, edgeInteger, edgeNumber } from './generate/literals.ts';
import type { Random } from './random.ts';
import { shapeOf, type Absent, type Member, type Shapes } from './shapes.ts';
import { isHeap, isIntType, isWide, type HeapType, type Type } from './types.ts';

const texts = [
  '',
  'a',
  'b',
  'abc',
  'é',
  'ÿß',
  '€uro',
  '😀!',
  '\ud83d',
  '\udc00x',
  '12',
  ' -0 ',
  '1e3',
  'NaN',
  '\0',
  'the quick brown fox',
  'X,Y,,X',
];

const absentValue = (absent: Absent): undefined | null => (absent === 'null' ? null : undefined);

/** Makes the values of one call. Now and then an object is one that has been made before. */
export class ObjectMaker {
  private readonly random: Random;
  private readonly shapes: Shapes;
  private readonly known = new Map<Type, object[]>();

  constructor(random: Random, shapes: Shapes) {
    this.random = random;
    this.shapes = shapes;
  }

  /** @param depth how deep in other objects it stands */
  value(type: Type, depth = 0): unknown {
    const { random } = this;
    if (type === 'boolean') return random.chance(0.5);
    if (isWide(type)) return edgeBigint(random, type);
    if (isIntType(type)) return edgeInteger(random, type);
    if (!isHeap(type)) {
      const value = edgeNumber(random);
      return type === 'f32' ? Math.fround(value) : value;
    }
    const shape = shapeOf(this.shapes, type);
    if (shape.kind === 'string') return random.pick(texts);
    if (shape.kind === 'choice') return random.pick(shape.choices).value;
    if (shape.kind === 'union') return this.value(random.pick(shape.variants), depth);
    const known = this.known.get(type) ?? [];
    if (known.length > 0 && random.chance(0.25)) return random.pick(known);
    const made = this.object(type, depth);
    this.known.set(type, [...known, made]);
    return made;
  }

  private object(type: HeapType, depth: number): object {
    const shape = shapeOf(this.shapes, type);
    switch (shape.kind) {
      case 'object': {
        const members = shape.members.filter(
          ({ optional }) => !optional || this.random.chance(0.6),
        );
        return Object.fromEntries(
          members.map((member) => [member.name, this.member(member, depth + 1)]),
        );
      }
      case 'tuple':
        return shape.elements.map((element) => this.value(element, depth + 1));
      case 'list': {
        const { element, absent } = shape;
        const most = depth > 1 ? 2 : 5;
        return Array.from({ length: this.random.below(most + 1) }, () =>
          absent !== undefined && this.random.chance(0.3)
            ? absentValue(absent)
            : this.value(element, depth + 1),
        );
      }
      default:
        throw new Error(`${type} is no type of arguments`);
    }
  }

  private member({ type, absent, literal }: Member, depth: number): unknown {
    if (literal !== undefined) return literalValue(literal);
    if (absent !== undefined && (depth > 3 || this.random.chance(0.4))) return absentValue(absent);
    return this.value(type, depth);
  }
}

/** What a literal such as `'a'`, `7` or `true` stands for. */
function literalValue(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return text.startsWith("'") ? text.slice(1, -1) : Number(text);
}

/** Simpler values of a type than one, each without parts of it. */
export function simplerValues(shapes: Shapes, type: Type, value: unknown): unknown[] {
  if (typeof value === 'number' && (type === 'number' || type === 'f64'))
    return [0, 1].filter((other) => !Object.is(other, value));
  if (typeof value === 'number' && isIntType(type)) return value === 0 ? [] : [0];
  if (typeof value === 'bigint') return value === 0n ? [] : [0n];
  if (typeof value === 'boolean') return value ? [false] : [];
  if (!isHeap(type) || value === null || value === undefined) return [];
  const shape = shapeOf(shapes, type);
  switch (shape.kind) {
    case 'string': {
      const text = value as string;
      const half = text.slice(0, Math.floor(text.length / 2));
      return text === '' ? [] : text.length === 1 ? [''] : ['', half];
    }
    case 'list': {
      const list = value as unknown[];
      if (list.length === 0) return [];
      const shorter = list.map((_, place) => list.filter((_, other) => other !== place));
      return [[], ...(list.length > 1 ? shorter : []), ...simplerItems(list, () => shape.element)];
    }
    case 'tuple':
      return simplerItems(value as unknown[], (place) => shape.elements[place]);
    case 'object':
      return shape.members.flatMap((member) => {
        const object = value as Readonly<Record<string, unknown>>;
        if (!(member.name in object) || member.literal !== undefined) return [];
        return simplerValues(shapes, member.type, object[member.name]).map((simpler) => ({
          ...object,
          [member.name]: simpler,
        }));
      });
    default:
      return [];
  }

  function simplerItems(
    list: readonly unknown[],
    typeOf: (place: number) => Type | undefined,
  ): unknown[][] {
    return list.flatMap((item, place) => {
      const own = typeOf(place);
      if (own === undefined) return [];
      return simplerValues(shapes, own, item).map((simpler) =>
        list.map((other, at) => (at === place ? simpler : other)),
      );
    });
  }
}
