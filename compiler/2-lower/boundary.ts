/** What can't cross the boundary to JavaScript: found when all types have been read. */
import { Node } from '../ts-morph.ts';
import type { NativeFunction } from '../1-read/model.ts';
import { placeOf, placeOfCompilerNode } from '../1-read/places.ts';
import { codes } from '../diagnostics/codes.ts';
import type { Diagnostic, Place } from '../diagnostics/types.ts';
import {
  isList,
  isRecord,
  isView,
  viewClass,
  viewKind,
  type IrRecord,
  type IrType,
} from '../ir/types.ts';
import { discriminantOf } from '../ir/discriminant.ts';
import { partsOf, typeName } from '../ir/parts.ts';
import { recordOf, type Records } from '../ir/records.ts';

/** Why functions that JavaScript calls can't be called with their types. */
export function boundaryProblems(
  functions: readonly NativeFunction[],
  records: readonly IrRecord[],
): Diagnostic[] {
  return functions.flatMap((fn) => {
    const places = [
      ...fn.params.map(({ node, hint: { type } }) => ({ place: placeOf(node), type })),
      // A method may give its object back.
      ...(fn.result.type === fn.method?.owner.record
        ? []
        : [{ place: resultPlace(fn), type: fn.result.type }]),
    ];
    return places.flatMap(({ place, type }) => {
      const found = type === undefined ? undefined : problemOf(type, { records });
      if (type === undefined || !found) return [];
      const shown = typeName({ records }, type);
      return [codes.boundaryType(place, { type: shown, name: fn.name, ...found })];
    });
  });
}

/** Where the type of a function's result is written, or else the function. */
const resultPlace = ({ node }: NativeFunction): Place =>
  placeOfCompilerNode(
    (Node.isClassDeclaration(node) ? undefined : node.compilerNode.type) ?? node.compilerNode,
  );

interface Problem {
  readonly part: string;
  readonly why: string;
  readonly rewrite: string;
}

/** What is wrong with a type or one that it leads to. */
function problemOf(root: IrType, module: Records): Problem | undefined {
  const reached = new Set<IrType>([root]);
  // The set grows while it is walked.
  for (const type of reached) {
    const problem = ownProblem(type, type === root, module);
    if (problem) return problem;
    if (isList(type) || isRecord(type)) for (const part of partsOf(module, type)) reached.add(part);
  }
  return undefined;
}

function ownProblem(type: IrType, isRoot: boolean, module: Records): Problem | undefined {
  if (isView(type)) {
    const part = viewClass[viewKind(type)];
    return isRoot
      ? undefined
      : {
          part: `a ${part} inside another object`,
          why: 'Objects are copied, and a typed array is shared.',
          rewrite: `A parameter of its own, array: ${part}.`,
        };
  }
  if (type === 'error')
    return {
      part: 'an Error',
      why: 'An error leaves native code by being thrown.',
      rewrite: 'throw it, or pass its message.',
    };
  if (!isRecord(type)) return undefined;
  const { kind, sourceName } = recordOf(module, type);
  if (kind === 'class')
    return {
      part: `an instance of the class ${sourceName}`,
      why: 'Instances are not copied, and JavaScript has no wrapper for them yet.',
      rewrite: `An interface with the fields of ${sourceName} for what goes in and out.`,
    };
  if (kind === 'map' || kind === 'set')
    return {
      part: `a ${kind === 'map' ? 'Map' : 'Set'}`,
      why: 'Maps and sets live in native code alone so far.',
      rewrite:
        kind === 'map'
          ? 'An array of keys and one of values, of which new Map() is filled inside.'
          : 'An array, of which new Set(array) is made inside.',
    };
  if (kind !== 'union' || discriminantOf(module, type)) return undefined;
  return {
    part: `one of several types, ${sourceName}, that no property tells apart`,
    why: 'Native code must know which of them an object of JavaScript is.',
    rewrite:
      "A property in each of them with a literal type of its own, such as kind: 'a' and kind: 'b'.",
  };
}
