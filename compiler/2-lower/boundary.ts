/** What can't cross the boundary to JavaScript: found when all types have been read. */
import { Node } from '../ts-morph.ts';
import { fieldsOf, isVisible, memberName } from '../1-read/classes.ts';
import type { NativeFunction, Reading } from '../1-read/model.ts';
import { placeOf, placeOfCompilerNode } from '../1-read/places.ts';
import type { Shapes } from '../1-read/shapes.ts';
import { codes } from '../diagnostics/codes.ts';
import type { Diagnostic, Place } from '../diagnostics/types.ts';
import { isRecord, isView, viewClass, viewKind, type IrType } from '../ir/types.ts';
import { partsOf, typeName } from '../ir/parts.ts';
import { isWrapped, recordOf, type Records } from '../ir/records.ts';
import { subjectOf } from './receivers.ts';

/**
 * Why functions that JavaScript calls can't be called with their types, and classes can't have their fields.
 * @param handed types of functions that JavaScript may hand over
 */
export function boundaryProblems(reading: Reading, handed: ReadonlySet<IrType>): Diagnostic[] {
  const { functions, wrapped, records } = reading;
  return [
    ...functions.flatMap((fn) =>
      placesOf(fn, reading, handed).flatMap(({ place, type }) =>
        problemAt(place, type, fn.name, records),
      ),
    ),
    ...wrapped.flatMap((owner) =>
      fieldsOf(owner.declaration.compilerNode).flatMap((field) => {
        const { members } = records.get(owner.record);
        const member = members.find(({ name }) => name === memberName(field));
        if (!member) return [];
        const place = placeOfCompilerNode(field.name);
        const held = heldView(member.type, records);
        if (held)
          return [
            codes.heldView(place, {
              name: owner.name,
              field: member.name,
              type: typeName(records, held),
            }),
          ];
        return isVisible(field) ? problemAt(place, member.type, owner.name, records) : [];
      }),
    ),
  ];
}

function placesOf(
  fn: NativeFunction,
  reading: Reading,
  handed: ReadonlySet<IrType>,
): { place: Place; type: IrType | undefined }[] {
  const handedOver = subjectOf(fn, reading)?.index;
  return [
    ...fn.params.flatMap(({ node, hint }, index) => {
      const { type } = hint;
      const isFunction = type !== undefined && handed.has(type) && !hint.undefined && !hint.null;
      return isFunction || index === handedOver ? [] : [{ place: placeOf(node), type }];
    }),
    // A method may give its object back.
    ...(fn.result.type === fn.method?.owner.record
      ? []
      : [{ place: resultPlace(fn), type: fn.result.type }]),
  ];
}

function problemAt(
  place: Place,
  type: IrType | undefined,
  name: string,
  module: Shapes,
): Diagnostic[] {
  const found = type === undefined ? undefined : problemOf(type, module);
  if (type === undefined || !found) return [];
  return [codes.boundaryType(place, { type: typeName(module, type), name, ...found })];
}

/** A typed array that an object of a type may hold, of whatever class it is. */
function heldView(root: IrType, module: Records): IrType | undefined {
  const reached = new Set<IrType>([root]);
  // The set grows while it is walked.
  for (const type of reached) {
    if (isView(type)) return type;
    for (const part of partsOf(module, type)) reached.add(part);
    for (const { name, base } of module.records)
      if (base !== undefined && type === `rec.${base}`) reached.add(`rec.${name}`);
  }
  return undefined;
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
function problemOf(root: IrType, module: Shapes): Problem | undefined {
  const reached = new Set<IrType>([root]);
  // The set grows while it is walked.
  for (const type of reached) {
    const problem = ownProblem(type, type === root, module);
    if (problem) return problem;
    // What instances hold is looked at where their class is.
    if (!isWrapped(module, type)) for (const part of partsOf(module, type)) reached.add(part);
  }
  return undefined;
}

function ownProblem(type: IrType, isRoot: boolean, module: Shapes): Problem | undefined {
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
  if (!isRecord(type) || isWrapped(module, type)) return undefined;
  const { kind, sourceName, discriminant } = recordOf(module, type);
  if (module.signatureOf(type))
    return {
      part: `the function type ${sourceName}`,
      why: 'Functions are values inside native code alone so far.',
      rewrite: 'A number or a string that says which function of the module to use.',
    };
  if (kind === 'class')
    return {
      part: `an instance of the class ${sourceName}`,
      why: 'Instances are not copied, and JavaScript has no wrapper of one whose class is not marked.',
      rewrite: `/** @native */ before the class ${sourceName}, or an interface with its fields for what goes in and out.`,
    };
  if (kind !== 'union' || discriminant) return undefined;
  return {
    part: `one of several types, ${sourceName}, that no property tells apart`,
    why: 'Native code must know which of them an object of JavaScript is.',
    rewrite:
      "A property in each of them with a literal type of its own, such as kind: 'a' and kind: 'b'.",
  };
}
