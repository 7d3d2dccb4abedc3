/** The function whose body is being lowered: where its `return` goes, and what that takes along. */
import type {
  ArrowFunction,
  FunctionDeclaration,
  FunctionExpression,
  MethodDeclaration,
  Node,
} from '../../ts-morph.ts';
import type { HintType } from '../../1-read/model.ts';
import { elementOf } from '../../ir/records.ts';
import { valueTypes, type IrType, type ListType, type Value } from '../../ir/types.ts';
import { toBoolean, toHint, toStored } from '../convert.ts';
import type { Exit, Lowering } from '../lowering.ts';
import type { Operand } from '../operands.ts';

/** A function inside a native one; a method is that of an object literal. */
export type InnerFunction =
  ArrowFunction | FunctionExpression | FunctionDeclaration | MethodDeclaration;

/** What is made of a function's result. */
export interface Result {
  /** The type that literals of objects and arrays take. */
  readonly expected: HintType | undefined;
  /** The machine types of what `take` gives. */
  readonly types: readonly IrType[];
  /** It takes `undefined` too, which is what the end of a body gives. */
  readonly takesUndefined: boolean;
  take(operand: Operand, node: Node): Value[];
}

export interface Frame {
  /** How messages call the function. */
  readonly name: string;
  readonly result: Result;
  /** `this` is the instance that the native function is a method of. */
  readonly hasThis: boolean;
  /** The exit of `return` with these values. */
  returning(values: readonly Value[]): Exit;
}

/** The frame of the native function itself. */
export function nativeFrame(l: Lowering, hasThis: boolean): Frame {
  const { name, result } = l.native;
  const returning = (values: readonly Value[]): Exit => ({
    target: undefined,
    values,
    run: () => l.b.return([...values]),
    with: returning,
  });
  return {
    name,
    result: resultOfHint(l, result, `the result of ${name}`),
    hasThis,
    returning,
  };
}

/** A result that is held as a type. @param subject what messages call it */
export function resultOfHint(l: Lowering, hint: HintType, subject: string): Result {
  return {
    expected: hint,
    types: valueTypes(hint),
    takesUndefined: hint.type === undefined || hint.undefined,
    take: (operand, node) => toHint(l, operand, hint, node, subject),
  };
}

/** A result that becomes an element of a list. @param subject what messages call the list */
export function resultOfElement(l: Lowering, list: ListType, subject: string): Result {
  const element = elementOf(list);
  return {
    expected: element,
    types: [element.type],
    takesUndefined: element.undefined,
    take: (operand, node) => toStored(l, operand, element, node, subject),
  };
}

/** A result that nobody looks at. */
export const ignored: Result = {
  expected: undefined,
  types: [],
  takesUndefined: true,
  take: () => [],
};

/** A result of which only the truth counts. */
export const truthOf = (l: Lowering): Result => ({
  expected: undefined,
  types: ['bool'],
  takesUndefined: true,
  take: (operand) => [toBoolean(l, operand)],
});
