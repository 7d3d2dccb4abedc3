/** What the values of heap types hold, and what can be told of a type by that alone. */
import { joined, made, ts, type Part, type Tree } from './tree.ts';
import { isHeap, isView, isWide, kindOf, type HeapType, type Type } from './types.ts';

export type Absent = 'undefined' | 'null';

/** A property of an object, a field of a class. */
export interface Member {
  readonly name: string;
  readonly type: Type;
  /** What it may hold instead of a value. */
  readonly absent: Absent | undefined;
  /** It may be missing; then `absent` is `undefined`. */
  readonly optional: boolean;
  readonly writable: boolean;
  /** The one value that it has, as it is written. */
  readonly literal?: string;
}

/** A method or a getter of a class. */
export interface Method {
  readonly name: string;
  readonly params: readonly Type[];
  /** Undefined for no result. */
  readonly result: Type | undefined;
  readonly isGetter: boolean;
  /** A getter that has a setter too. */
  readonly hasSetter: boolean;
  /** About how many steps a call takes. */
  readonly cost: number;
}

/** A value of a type that has only some, as it is written and as it is. */
export interface Choice {
  readonly text: string;
  readonly value: string | number;
}

/** A function; all functions of a type may be called with its parameters, whatever variables around them they use. */
export interface FunctionShape {
  readonly kind: 'function';
  readonly params: readonly Type[];
  /** Undefined for no result. */
  readonly result: Type | undefined;
}

export interface ClassShape {
  readonly kind: 'class';
  readonly base: HeapType | undefined;
  /** Those of its base too. */
  readonly members: readonly Member[];
  /** The types of the constructor's parameters. */
  readonly params: readonly Type[];
  readonly methods: readonly Method[];
}

export type Shape =
  | { readonly kind: 'string' }
  /** An enum or a union of literals, all strings or all numbers. */
  | {
      readonly kind: 'choice';
      readonly of: 'string' | 'number';
      readonly choices: readonly Choice[];
    }
  | { readonly kind: 'object'; readonly members: readonly Member[] }
  | { readonly kind: 'tuple'; readonly elements: readonly Type[] }
  | {
      readonly kind: 'list';
      readonly element: Type;
      readonly absent: Absent | undefined;
    }
  /** Objects that their first members tell apart. */
  | { readonly kind: 'union'; readonly variants: readonly HeapType[] }
  | ClassShape
  | FunctionShape
  | { readonly kind: 'map'; readonly key: Type; readonly value: Type }
  | { readonly kind: 'set'; readonly element: Type };

export type Shapes = ReadonlyMap<string, Shape>;
export type ShapeOf<K extends Shape['kind']> = Extract<Shape, { kind: K }>;

export function shapeOf(shapes: Shapes, type: Type): Shape {
  const shape = shapes.get(type);
  if (!shape) throw new Error(`${type} has no shape`);
  return shape;
}

/** The types of what a value of a type holds. */
export function partsOf(shapes: Shapes, type: Type): readonly Type[] {
  if (!isHeap(type)) return [];
  const shape = shapeOf(shapes, type);
  switch (shape.kind) {
    case 'string':
    case 'choice':
      return [];
    case 'object':
    case 'class':
      return shape.members.map((member) => member.type);
    case 'tuple':
      return shape.elements;
    case 'list':
    case 'set':
      return [shape.element];
    case 'map':
      return [shape.key, shape.value];
    case 'union':
      return shape.variants;
    case 'function':
      return shape.result === undefined ? shape.params : [...shape.params, shape.result];
  }
}

/** Whether values of a type can be parameters and results of an exported function, where they are no views. */
export function crossesBoundary(shapes: Shapes, type: Type): boolean {
  if (isView(type)) return false;
  if (!isHeap(type)) return true;
  const seen = new Set<Type>([type]);
  for (const inner of seen) {
    if (isView(inner)) return false;
    if (!isHeap(inner)) continue;
    const { kind } = shapeOf(shapes, inner);
    if (kind === 'class' || kind === 'map' || kind === 'set' || kind === 'function') return false;
    for (const part of partsOf(shapes, inner)) seen.add(part);
  }
  return true;
}

/** The simplest value of a type. */
export function simplest(shapes: Shapes, type: Type): Tree {
  const kind = kindOf(type);
  if (type === 'boolean') return made(kind)`false`;
  if (isWide(type)) return made(kind)`0n`;
  if (type === 'DataView') return made(kind)`new DataView(new ArrayBuffer(8))`;
  if (isView(type)) return made(kind)`new ${type}(1)`;
  if (type === 'f32') return made(kind)`Math.fround(0)`;
  if (!isHeap(type)) return made(kind)`0`;
  const shape = shapeOf(shapes, type);
  const all = (types: readonly Type[]): Part[] =>
    joined(types.map((part) => simplest(shapes, part)));
  const as = ts(` as ${type}`);
  switch (shape.kind) {
    case 'string':
      return made(kind)`''`;
    case 'choice':
      return made(kind)`(${shape.choices[0]?.text ?? ''}${as})`;
    case 'object': {
      const members = shape.members
        .filter(({ optional }) => !optional)
        .map(
          ({ name, literal, absent, ...member }) =>
            made('statement')`${name}: ${literal ?? absent ?? simplest(shapes, member.type)}`,
        );
      return { kind, parts: ['({ ', ...joined(members), ' }', as, ')'] };
    }
    case 'tuple':
      return { kind, parts: ['([', ...all(shape.elements), ']', as, ')'] };
    case 'list':
      return made(kind)`([]${as})`;
    case 'union':
      return made(kind)`(${simplest(shapes, shape.variants[0] ?? type)}${as})`;
    case 'class':
      return { kind, parts: [`new ${type}(`, ...all(shape.params), ')'] };
    case 'map':
    case 'set':
      return newCollection(type, shape.kind, '');
    case 'function':
      return shape.result === undefined
        ? made(kind)`((() => {})${as})`
        : made(kind)`((() => (${simplest(shapes, shape.result)}))${as})`;
  }
}

/** A new Map or Set of some items. */
export const newCollection = (type: HeapType, kind: 'map' | 'set', items: Part): Tree => ({
  kind: type,
  parts: [`new ${kind === 'map' ? 'Map' : 'Set'}`, ts(type.replace(/^\w+/, '')), '(', items, ')'],
});
