/** Tuples. */
import type { ShapeOf } from '../../shapes.ts';
import { joined, ts, type Tree } from '../../tree.ts';
import { valueFor } from '../assignments.ts';
import type { Form } from '../context.ts';
import type { HeapType } from '../../types.ts';

export const tupleForms = (
  type: HeapType,
  { elements }: ShapeOf<'tuple'>,
): readonly (readonly [number, Form])[] => [
  [
    6,
    (c, depth): Tree => {
      const items = elements.map((element) => valueFor(c, element, depth));
      return {
        kind: type,
        parts: ['([', ...joined(items), ']', ts(` as ${type}`), ')'],
      };
    },
  ],
];
