/** What can't cross the boundary to JavaScript: found when all types have been read. */
import { Node } from '../ts-morph.ts';
import { fieldsOf, isVisible, memberName } from '../1-read/class-members.ts';
import type { FunctionSignature, HintType, NativeFunction, Reading } from '../1-read/model.ts';
import { placeOf, placeOfCompilerNode } from '../1-read/places.ts';
import type { Shapes } from '../1-read/shapes.ts';
import { codes } from '../diagnostics/codes.ts';
import type { Diagnostic, Place } from '../diagnostics/types.ts';
import { isList, isRecord, isScalar, isView, type IrType, type ListType } from '../ir/types.ts';
import { partsOf, typeName } from '../ir/parts.ts';
import { elementOf, isWrapped, recordOf, type Records } from '../ir/records.ts';
import { subjectOf } from './receivers.ts';

/**
 * Why functions that JavaScript calls can't be called with their types, and classes can't have their fields.
 * @param handed types of functions that JavaScript may hand over
 */
export function boundaryProblems(reading: Reading, handed: ReadonlySet<IrType>): Diagnostic[] {
  const { functions, wrapped, records } = reading;
  return [
    ...functions.flatMap((fn) =>
      placesOf(fn, reading, handed).flatMap(({ place, type, isParam }) =>
        problemAt(place, type, fn.name, records, isParam),
      ),
    ),
    ...wrapped.flatMap((owner) =>
      fieldsOf(owner.declaration.compilerNode).flatMap((field) => {
        const { members } = records.get(owner.record);
        const member = members.find(({ name }) => name === memberName(field));
        if (!member) return [];
        const place = placeOfCompilerNode(field.name);
        const held = heldType(member.type, records);
        if (held === 'error')
          return [codes.heldError(place, { name: owner.name, field: member.name })];
        if (held)
          return [
            codes.heldView(place, {
              name: owner.name,
              field: member.name,
              type: typeName(records, held),
            }),
          ];
        return isVisible(field) ? problemAt(place, member.type, owner.name, records, false) : [];
      }),
    ),
  ];
}

interface BoundaryPlace {
  readonly place: Place;
  readonly type: IrType | undefined;
  readonly isParam: boolean;
}

function placesOf(
  fn: NativeFunction,
  reading: Reading,
  handed: ReadonlySet<IrType>,
): BoundaryPlace[] {
  const handedOver = subjectOf(fn, reading)?.index;
  return [
    ...fn.params.flatMap(({ node, hint }, index) => {
      const { type } = hint;
      const isFunction = type !== undefined && handed.has(type) && !hint.undefined && !hint.null;
      const isElsewhere = isFunction || index === handedOver;
      return isElsewhere ? [] : [{ place: placeOf(node), type, isParam: true }];
    }),
    // A method may give its object back.
    ...(fn.result.type === fn.method?.owner.record
      ? []
      : [{ place: resultPlace(fn), type: fn.result.type, isParam: false }]),
  ];
}

function problemAt(
  place: Place,
  type: IrType | undefined,
  name: string,
  module: Shapes,
  isParam: boolean,
): Diagnostic[] {
  const signature = isParam && type !== undefined ? module.signatureOf(type) : undefined;
  const found =
    type === undefined
      ? undefined
      : signature
        ? callbackProblem(signature, module)
        : problemOf(type, module);
  if (type === undefined || !found) return [];
  return [codes.boundaryType(place, { type: typeName(module, type), name, ...found })];
}

/** A list or map of typed arrays, an NdArray or an error, that an object of a type may hold, of whatever class it is. */
function heldType(root: IrType, module: Records): IrType | undefined {
  const reached = new Set<IrType>([root]);
  // The set grows while it is walked.
  for (const type of reached) {
    if (type === 'error' || (isRecord(type) && recordOf(module, type).array)) return type;
    const elements = isList(type) ? [type] : listsOf(type, module);
    if (elements.some((list) => isView(elementOf(list).type))) return type;
    for (const part of partsOf(module, type)) reached.add(part);
    for (const { name, base } of module.records)
      if (base !== undefined && type === `rec.${base}`) reached.add(`rec.${name}`);
  }
  return undefined;
}

/** The lists in which a map or set has its entries. */
function listsOf(type: IrType, module: Records): ListType[] {
  const record = isRecord(type) ? recordOf(module, type) : undefined;
  const isTable = record?.kind === 'map' || record?.kind === 'set';
  return isTable ? record.members.map((member) => member.type).filter(isList) : [];
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

/** What is wrong with a function type whose functions JavaScript passes: what they take and give has to cross the other way. */
function callbackProblem(signature: FunctionSignature, module: Shapes): Problem | undefined {
  const crosses = ({ type }: HintType): boolean =>
    type === undefined || isScalar(type) || type === 'str';
  const name = ({ type }: HintType): string =>
    type === undefined ? 'void' : typeName(module, type);
  const taken = signature.params.find(
    (hint) => !crosses(hint) && (hint.type === undefined || !isView(hint.type)),
  );
  if (taken)
    return {
      part: `a callback that takes a ${name(taken)}`,
      why: 'A callback of JavaScript gets numbers, booleans, strings and typed arrays; of other objects it would get a copy.',
      rewrite: 'A callback that takes the numbers and strings it needs, such as an index.',
    };
  if (crosses(signature.result)) return undefined;
  return {
    part: `a callback that gives a ${name(signature.result)}`,
    why: 'Native code would have a copy, which JavaScript could change without its knowledge.',
    rewrite: 'A callback that gives a number, a boolean or a string.',
  };
}

/** What is wrong with a type or one that it leads to. */
function problemOf(root: IrType, module: Shapes): Problem | undefined {
  const reached = new Set<IrType>([root]);
  // The set grows while it is walked.
  for (const type of reached) {
    const problem = ownProblem(type, module);
    if (problem) return problem;
    // What instances hold is looked at where their class is.
    if (!isWrapped(module, type)) for (const part of partsOf(module, type)) reached.add(part);
  }
  return undefined;
}

function ownProblem(type: IrType, module: Shapes): Problem | undefined {
  if (type === 'error')
    return {
      part: 'an Error',
      why: 'An error leaves native code by being thrown.',
      rewrite: 'throw it, or pass its message.',
    };
  if (!isRecord(type) || isWrapped(module, type)) return undefined;
  const { kind, sourceName, discriminant, array } = recordOf(module, type);
  if (array) return undefined;
  if (module.signatureOf(type))
    return {
      part: `the function type ${sourceName}`,
      why: 'Functions come from JavaScript as parameters of their own, and those of native code stay there.',
      rewrite:
        'A parameter of that type, or a number that says which function of the module to use.',
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
