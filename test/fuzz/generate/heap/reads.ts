/** Numbers and booleans that programs with values on the heap take from there. */
import type { Tree } from '../../tree.ts';
import type { ValueKind, WideType } from '../../types.ts';
import { Context, type Form } from '../context.ts';
import { foundElement, reduced, testedByCallback } from './callbacks.ts';
import { instanceTest } from './classes.ts';
import { booleanOfCollection, sizeTree } from './collections.ts';
import { caughtTest } from './errors.ts';
import { booleanOfList, numberOfList, popped } from './lists.ts';
import { absence, identity, memberAbsence } from './objects.ts';
import { readTree } from './paths.ts';
import { booleanOfString, numberOfString } from './strings.ts';
import { choiceAsBase, choiceEquality, kindTest, narrowedValue } from './unions.ts';

type WantedNumber = 'number' | 'integer' | 'single' | WideType;

/** Now and then a value of a kind that comes from the heap, where the program has one. */
export function heapValue(
  c: Context,
  depth: number,
  wanted: WantedNumber | 'boolean',
): Tree | undefined {
  if (!c.program.heap || depth <= 0 || c.room <= 0 || !c.chance(0.4)) return undefined;
  c.room--;
  const forms = wanted === 'boolean' ? booleanForms : numberForms(wanted);
  return c.random.weighted(forms)(c, depth - 1);
}

const numberForms = (wanted: WantedNumber): readonly (readonly [number, Form])[] => [
  [9, (c, depth) => readTree(c, depth, wanted)],
  [1, (c, depth) => popped(c, wanted, depth)],
  [2, (c, depth) => foundElement(c, wanted, depth)],
  [1, (c, depth) => narrowedValue(c, wanted, depth)],
  ...(wanted === 'number' || wanted === 'integer' ? wholeForms(wanted) : []),
];

const wholeForms = (wanted: ValueKind): readonly (readonly [number, Form])[] => [
  [3, (c, depth) => numberOfString(c, depth, wanted)],
  [3, (c, depth) => numberOfList(c, depth, wanted)],
  [3, (c, depth) => reduced(c, wanted, depth)],
  [1, sizeTree],
  [1, (c) => (wanted === 'number' ? choiceAsBase(c, 'number') : undefined)],
];

const booleanForms: readonly (readonly [number, Form])[] = [
  [5, (c, depth) => readTree(c, depth, 'boolean')],
  [4, booleanOfString],
  [2, booleanOfList],
  [2, booleanOfCollection],
  [2, (c, depth) => testedByCallback(c, depth)],
  [2, identity],
  [2, absence],
  [2, memberAbsence],
  [2, instanceTest],
  [2, kindTest],
  [2, choiceEquality],
  [1, caughtTest],
];
