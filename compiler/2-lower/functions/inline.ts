/**
 * Functions inside a native function that run in the place of their call: parameters become variables, the
 * body is lowered right there, and what it uses of the variables around it are these variables themselves.
 */
import { Node, ts, type ParameterDeclaration } from '../../ts-morph.ts';
import {
  annotationOfHolder,
  parameterAnnotationOf,
  resultAnnotationOf,
} from '../../1-read/annotations.ts';
import { only } from '../../1-read/hint-types.ts';
import type { FunctionSignature, HintType } from '../../1-read/model.ts';
import { placeOf } from '../../1-read/places.ts';
import { resultOfUntyped } from '../../1-read/untyped-arrays.ts';
import { codes } from '../../diagnostics/codes.ts';
import type { Value } from '../../ir/types.ts';
import { toHint } from '../convert.ts';
import { withDefault } from '../destructure.ts';
import type { Argument } from '../expressions/calls.ts';
import { filledHint } from '../expressions/expected.ts';
import { lower } from '../expressions/index.ts';
import type { Exit, Lowering } from '../lowering.ts';
import type { Operand } from '../operands.ts';
import { isPattern } from '../patterns.ts';
import { declareName, declareParameterParts } from '../statements/bindings.ts';
import { withTarget } from '../statements/jumps.ts';
import { lowerStatements } from '../statements/index.ts';
import {
  declareLocal,
  fromValues,
  hoistDeclarations,
  storeVariable,
} from '../statements/variables.ts';
import { lowerBody } from './body.ts';
import { ignored, resultOfHint, type Frame, type InnerFunction, type Result } from './frame.ts';
import { ownDescendants, writtenIn } from './written.ts';

/**
 * Runs a function's body with arguments that have been evaluated.
 * @param result what is made of its result; undefined: what its type says
 */
export function runInner(
  l: Lowering,
  fn: InnerFunction,
  args: readonly Argument[],
  result: Result | undefined,
): Operand {
  refuseUnlike(l, fn, args[restIndex(fn)]?.isRest);
  const body = fn.getBody();
  if (!body) return l.refuse(undefined);
  // What comes back to itself can't run in the place of its call.
  if (l.running.has(fn.compilerNode)) return l.root.setApart(fn);
  l.running.add(fn.compilerNode);
  try {
    return l.scoped(() => {
      if (Node.isFunctionExpression(fn)) l.declare(fn, { kind: 'function', fn, home: l });
      fn.getParameters().forEach((parameter, index) => {
        l.guardedDeclaration(parameter, () =>
          declareArgument(l, fn, parameter, index, args[index]),
        );
      });
      hoistDeclarations(l, body);
      return inFrame(l, fn, body, result);
    });
  } finally {
    l.running.delete(fn.compilerNode);
  }
}

/** How messages call a function. */
export function nameOf(fn: InnerFunction): string {
  const own = Node.isArrowFunction(fn) ? undefined : fn.getName();
  const holder = fn.getParentWhile(
    (parent) => !Node.isVariableDeclaration(parent) && Node.isExpression(parent),
  );
  const parent = (holder ?? fn).getParent();
  return own ?? (Node.isVariableDeclaration(parent) ? parent.getName() : 'the function');
}

function inFrame(l: Lowering, fn: InnerFunction, body: Node, wanted: Result | undefined): Operand {
  const name = nameOf(fn);
  const hasThis = Node.isArrowFunction(fn) && l.frame.hasThis;
  const declared = wanted ?? declaredResult(l, fn);
  const last = lastResult(body);
  if (last) {
    // Nothing leaves it early, so its result is there where it ends.
    const { returning } = l.frame;
    return within(l, { name, result: declared ?? ignored, hasThis, returning }, '', () => {
      if (last.before) lowerStatements(l, last.before);
      const operand = lower(l, last.result, declared?.expected);
      return declared ? fromValues(declared.take(operand, last.result)) : operand;
    });
  }
  const result = declared ?? inferredResult(l, fn, name);
  const locals = result.types.map((type) => l.b.local('result', type));
  const label = l.b.label('call');
  const target = l.targets.length;
  const returning = (values: readonly Value[]): Exit => ({
    target,
    values,
    run: () => {
      values.forEach((value, index) => l.b.set(locals[index] ?? '', value));
      l.b.break(label);
    },
    with: returning,
  });
  l.b.block(label, () =>
    within(l, { name, result, hasThis, returning }, label, () => lowerBody(l, body)),
  );
  return fromValues(locals.map((local) => l.b.get(local)));
}

/** @param breakLabel where its `return` goes */
function within<T>(l: Lowering, frame: Frame, breakLabel: string, run: () => T): T {
  const outer = l.frame;
  const jump = { names: [], breakLabel, continueLabel: undefined, bare: false, isFunction: true };
  l.frame = frame;
  try {
    return withTarget(l, jump, run);
  } finally {
    l.frame = outer;
  }
}

/** The expression that is a body's result, where it can end nowhere else; and what runs before it. */
function lastResult(body: Node): { readonly before?: Node[]; readonly result: Node } | undefined {
  if (!Node.isBlock(body)) return { result: body };
  const statements = body.getStatements();
  const last = statements.at(-1);
  const result = Node.isReturnStatement(last) ? last.getExpression() : undefined;
  const returns = ownDescendants(body, ts.SyntaxKind.ReturnStatement);
  return result && returns.length === 1 ? { before: statements.slice(0, -1), result } : undefined;
}

/** The result that a function's annotation tells. */
function declaredResult(l: Lowering, fn: InnerFunction): Result | undefined {
  const hint = declaredHint(l, fn);
  if (!hint) return undefined;
  return hint.type === undefined ? ignored : resultOfHint(l, hint, `the result of ${nameOf(fn)}`);
}

/** The type of a function's result as its annotation tells it; `type` is undefined for none. */
export function declaredHint(l: Lowering, fn: InnerFunction): HintType | undefined {
  const annotation = resultAnnotationOf(fn, l.module.reading.program.getTypeChecker());
  if (!annotation) {
    const outer = outerSignature(l, fn)?.result;
    return outer?.type === undefined ? undefined : outer;
  }
  const hint = resultHint(l, annotation);
  return hint.type === undefined ? only(undefined) : hint;
}

function resultHint(l: Lowering, annotation: ts.TypeNode): HintType {
  if (annotation.kind === ts.SyntaxKind.NeverKeyword) return only(undefined);
  if (ts.isTypePredicateNode(annotation))
    return only(annotation.assertsModifier ? undefined : 'bool');
  const hint = l.module.reading.hintOfNode(annotation);
  return 'code' in hint ? l.refuse(hint) : hint;
}

/** The result that TypeScript infers. */
function inferredResult(l: Lowering, fn: InnerFunction, name: string): Result {
  const type = l.module.reading.instantiate(fn.getReturnType().compilerType);
  if (type.flags & ts.TypeFlags.Never) return ignored;
  const known = l.module.reading.hintOfType(type, fn);
  const hint = 'code' in known ? filledResult(l, fn) : known;
  if (!hint) return l.refuse('code' in known ? known : undefined);
  return resultOfHint(l, hint, `the result of ${name}`);
}

/** The type of a result that TypeScript has only `any` for. */
export const filledResult = (l: Lowering, fn: InnerFunction): HintType | undefined =>
  filledHint(l, fn, resultOfUntyped(fn, l.module.reading.program.getTypeChecker()));

function declareArgument(
  l: Lowering,
  fn: InnerFunction,
  parameter: ParameterDeclaration,
  index: number,
  argument: Argument | undefined,
): void {
  const nameNode = parameter.getNameNode();
  const hint = parameterHint(l, fn, index);
  const given: Operand = argument?.operand ?? { kind: 'absent', absent: 'undefined' };
  const from = argument?.node ?? parameter;
  const converted = hint ? fromValues(toHint(l, given, hint, from, nameNode.getText())) : given;
  const inside = hint && { ...hint, undefined: false };
  const operand = withDefault(l, converted, parameter.getInitializer(), inside);
  l.at(parameter);
  const written = writtenIn(fn);
  const isWritten = (name: Node): boolean =>
    l.symbolsOf(name).some((symbol) => written.has(symbol));
  if (isPattern(nameNode)) return declareParameterParts(l, nameNode, operand, isWritten);
  if (!isWritten(parameter) || !hint) {
    return declareName(l, parameter, operand, !isWritten(parameter), parameter);
  }
  const held = parameter.getInitializer() ? { ...hint, undefined: false } : hint;
  storeVariable(l, declareLocal(l, parameter, held), operand, parameter);
}

/** What a parameter's annotation says; undefined where it takes the type of what it is given. */
export function parameterHint(l: Lowering, fn: InnerFunction, index: number): HintType | undefined {
  const checker = l.module.reading.program.getTypeChecker();
  const annotation = parameterAnnotationOf(fn, index, checker);
  if (!annotation) return outerSignature(l, fn)?.params[index];
  if (annotation.type.kind === ts.SyntaxKind.NeverKeyword) return undefined;
  const hint = l.module.reading.hintOfNode(annotation.type);
  if ('code' in hint) return l.refuse(hint);
  return hint.type === undefined
    ? undefined
    : { ...hint, undefined: hint.undefined || annotation.optional };
}

/** What the type of the variable that holds a function says of it, where that is no function type as it is written. */
function outerSignature(l: Lowering, fn: InnerFunction): FunctionSignature | undefined {
  const annotation = annotationOfHolder(fn);
  const hint = annotation && l.module.reading.hintOfNode(annotation);
  return hint && !('code' in hint) && hint.type !== undefined
    ? l.module.reading.records.signatureOf(hint.type)
    : undefined;
}

/** The index of a function's rest parameter; -1 where it has none. */
export const restIndex = (fn: InnerFunction): number =>
  fn.getParameters().findIndex((parameter) => parameter.isRestParameter());

/**
 * Refuses what makes a function more than a call that runs from start to end.
 * @param isGathered an array is there for its rest parameter
 */
export function refuseUnlike(l: Lowering, fn: InnerFunction, isGathered = false): void {
  const name = nameOf(fn);
  if (!Node.isArrowFunction(fn) && fn.isGenerator())
    return l.refuse(codes.generatorFunction(placeOf(fn), { name }));
  if (fn.isAsync()) return l.refuse(codes.asyncNotHere(placeOf(fn), { name }));
  if (fn.getTypeParameters().length > 0)
    return l.unsupported(fn, {
      what: `the generic function \`${name}\` inside a function`,
      why: 'Functions at the top level of a file have a copy for each set of type arguments.',
      rewrite: `Move \`${name}\` to the top level of the file, and pass it what it uses.`,
    });
  const first = fn.getParameters()[0];
  if (first?.getName() === 'this') return l.refuse(codes.thisParameter(placeOf(first)));
  const rest = fn.getParameters().find((parameter) => parameter.isRestParameter());
  if (rest && !isGathered)
    l.unsupported(rest, {
      what: 'a rest parameter here',
      why: 'The number of arguments is fixed when compiling.',
      rewrite: 'A parameter for each argument.',
    });
}
