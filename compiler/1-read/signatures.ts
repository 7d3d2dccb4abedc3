/** A function's parameters and result as native types, or everything that keeps it from being native. */
import { Node, ts, type BindingElement, type ParameterDeclaration } from '../ts-morph.ts';
import { codes } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/types.ts';
import { annotationOfHolder, parameterAnnotationOf, resultAnnotationOf } from './annotations.ts';
import { hintOfType } from './checked-types.ts';
import { hintOfMarker } from './hint-markers.ts';
import { isAbsent, isHint, only, shortText } from './hint-types.ts';
import { isList } from '../ir/types.ts';
import type { FollowerInfo } from '../../runtime/manifest.ts';
import { followerKind } from './followers.ts';
import type { FunctionNode, FunctionSignature, HintType, NativeParameter } from './model.ts';
import { placeOf, placeOfCompilerNode } from './places.ts';
import type { TypeContext } from './shapes.ts';
import { isStrictlyChecked } from './strictness.ts';
import { instantiate } from './type-arguments.ts';
import { readType } from './types.ts';
import { resultOfUntyped } from './untyped-arrays.ts';

export interface Signature {
  readonly params: readonly NativeParameter[];
  /** Of an async function what its promise gives. */
  readonly result: HintType;
  readonly isAsync?: boolean;
  readonly signal?: FollowerInfo;
  readonly progress?: FollowerInfo;
}

/** Where diagnostics about a whole function point: its name, or the start of what has none. */
export function nameNodeOf(fn: FunctionNode): Node {
  if (Node.isArrowFunction(fn) || Node.isFunctionExpression(fn)) {
    const holder = fn.getFirstAncestor((ancestor) => Node.isVariableDeclaration(ancestor));
    const named = holder && Node.isVariableDeclaration(holder) ? holder.getNameNode() : undefined;
    return named ?? fn;
  }
  if (Node.isConstructorDeclaration(fn)) return fn;
  return fn.getNameNode() ?? fn.getFirstChildByKind(ts.SyntaxKind.FunctionKeyword) ?? fn;
}

/** @returns all of a function's refusals together, when there are some */
export function readSignature(
  fn: FunctionNode,
  name: string,
  context: TypeContext,
  options: ts.CompilerOptions,
): Signature | Diagnostic[] {
  // Of overloads, the signature of the body says all that it takes and gives.
  if (Node.isFunctionDeclaration(fn) && !fn.hasBody())
    return [codes.noBody(placeOf(nameNodeOf(fn)), { name })];
  const unlike = unlikeFunction(fn, name, context);
  const diagnostics = [...unlike];
  const params: NativeParameter[] = [];
  const followers: { signal?: FollowerInfo; progress?: FollowerInfo } = {};
  fn.getParameters().forEach((parameter, index) => {
    const kind = followerKind(parameter);
    if (kind) {
      followers[kind] = { name: parameter.getName(), index, optional: parameter.isOptional() };
      return;
    }
    const read = readParameter(fn, parameter, index, context);
    if ('code' in read) diagnostics.push(read);
    else params.push(read);
  });
  // The result of an async function or a generator is a refusal that has been told already, and
  // what TypeScript infers may come of a parameter's type.
  // A constructor and a setter give nothing.
  if (Node.isConstructorDeclaration(fn) || Node.isSetAccessorDeclaration(fn))
    return diagnostics.length > 0 ? diagnostics : { params, result: only(undefined) };
  const whole = resultAnnotationOf(fn, context.checker);
  const annotation = whole && isAsync(fn) ? promised(whole) : whole;
  if (unlike.length > 0 || (diagnostics.length > 0 && !annotation)) return diagnostics;
  const outer = annotation ? undefined : outerSignature(fn, context)?.result;
  const result = annotation
    ? annotatedResult(annotation, context)
    : outer?.type !== undefined
      ? outer
      : inferredResult(fn, name, context);
  if (!isHint(result)) diagnostics.push(result);
  if (!isHint(result) || diagnostics.length > 0) return diagnostics;
  const missing = missingReturn(fn, name, result, options);
  if (missing) return [missing];
  return {
    ...{ params, result },
    ...(isAsync(fn) && { isAsync: true }),
    ...followers,
  };
}

/** `T` of `Promise<T>`; undefined where the annotation says it in other words. */
function promised(annotation: ts.TypeNode): ts.TypeNode | undefined {
  if (!ts.isTypeReferenceNode(annotation)) return undefined;
  const { typeName, typeArguments = [] } = annotation;
  return ts.isIdentifier(typeName) && typeName.text === 'Promise' ? typeArguments[0] : undefined;
}

export const isAsync = (fn: FunctionNode): boolean =>
  !Node.isConstructorDeclaration(fn) &&
  !Node.isGetAccessorDeclaration(fn) &&
  !Node.isSetAccessorDeclaration(fn) &&
  fn.isAsync();

/** What makes a function more than a call that runs from start to end. */
function unlikeFunction(fn: FunctionNode, name: string, { hints }: TypeContext): Diagnostic[] {
  const place = placeOf(nameNodeOf(fn));
  if (
    Node.isConstructorDeclaration(fn) ||
    Node.isGetAccessorDeclaration(fn) ||
    Node.isSetAccessorDeclaration(fn)
  )
    return [];
  if (!Node.isArrowFunction(fn) && fn.isGenerator()) {
    return [codes.generatorFunction(place, { name })];
  }
  if (!fn.isAsync()) return [];
  const isPlain = Node.isFunctionDeclaration(fn) || Node.isArrowFunction(fn);
  return isPlain && !hints ? [] : [codes.asyncNotHere(place, { name })];
}

function readParameter(
  fn: FunctionNode,
  node: ParameterDeclaration,
  index: number,
  context: TypeContext,
): NativeParameter | Diagnostic {
  const nameNode = node.getNameNode();
  const place = placeOf(node);
  const name = Node.isIdentifier(nameNode) ? node.getName() : shortText(nameNode.compilerNode);
  const rest = node.isRestParameter();
  const isPattern = !Node.isIdentifier(nameNode);
  const late = isPattern ? defaultOfPart(fn, nameNode, index) : undefined;
  if (late) return late;
  if (name === 'this') return codes.thisParameter(place);
  if (!isPattern && fn.getParameters().findIndex((other) => other.getName() === name) < index) {
    return codes.repeatedParameter(place, { name });
  }
  const annotation = parameterAnnotationOf(fn, index, context.checker);
  const initializer = node.getInitializer();
  if (!annotation) {
    const outer = outerSignature(fn, context)?.params[index];
    const hint = outer
      ? { ...outer, undefined: outer.undefined || initializer !== undefined }
      : initializer && typeOfDefault(node, context);
    return hint && !rest
      ? { name, hint, node, initializer }
      : codes.untypedParameter(place, { name, rewrite: annotationFor(node, context) });
  }
  // No call can have such an argument; functions that tell of what can't happen take one.
  if (annotation.type.kind === ts.SyntaxKind.NeverKeyword)
    return { name, hint: only(undefined), node, initializer };
  const read = readType(annotation.type, context);
  if (!isHint(read)) return read;
  if (read.type === undefined) {
    return codes.emptyType(place, { type: annotation.type.getText() });
  }
  if (rest && !isList(read.type))
    return codes.restParameter(place, { name, type: annotation.type.getText() });
  const hint = { ...read, undefined: read.undefined || annotation.optional };
  return { name, hint, node, initializer, ...(rest && { rest }) };
}

/**
 * What the type of the variable that holds a function says of it, where that is written in other words than
 * `(a: f64) => f64`: as a generic alias, `const f: Both<i32> = (a, b) => …`, or an interface.
 */
function outerSignature(fn: FunctionNode, context: TypeContext): FunctionSignature | undefined {
  const annotation = annotationOfHolder(fn);
  const read = annotation && readType(annotation, context);
  return read && isHint(read) && read.type ? context.shapes.signatureOf(read.type) : undefined;
}

/**
 * The emitted JavaScript takes a pattern apart behind the other parameters, so that it can hand the whole
 * on; their default values can't use its parts.
 */
function defaultOfPart(fn: FunctionNode, pattern: Node, index: number): Diagnostic | undefined {
  const names = pattern.getDescendantsOfKind(ts.SyntaxKind.BindingElement);
  for (const later of fn.getParameters().slice(index + 1)) {
    const used = later
      .getDescendantsOfKind(ts.SyntaxKind.Identifier)
      .find((name) => names.some((element) => declares(element, name)));
    if (used)
      return codes.destructuredParameter(placeOf(used), {
        name: used.getText(),
        parameter: shortText(pattern.compilerNode),
      });
  }
  return undefined;
}

const declares = (element: BindingElement, name: Node): boolean =>
  name.getSymbol()?.getValueDeclaration() === element;

/** The type that TypeScript infers from a parameter's default; undefined for what native code can't hold. */
function typeOfDefault(node: ParameterDeclaration, context: TypeContext): HintType | undefined {
  const type = instantiate(node.getType().compilerType, context.types, context.checker);
  const hint = hintOfType(type, context, placeOf(node), context.checker.typeToString(type));
  return isHint(hint) && hint.type !== undefined ? { ...hint, undefined: true } : undefined;
}

/** The annotation that a parameter without one would most likely get. */
function annotationFor(node: ParameterDeclaration, context: TypeContext): string {
  const name = shortText(node.getNameNode().compilerNode);
  const initializer = node.getInitializer();
  const type = initializer
    ? context.checker.typeToString(
        context.checker.getBaseTypeOfLiteralType(initializer.getType().compilerType),
      )
    : 'number';
  const inferred = type === 'bigint' ? 'i64' : type;
  if (isJavaScript(node)) {
    return `@param {${inferred}} ${initializer ? `[${name}]` : name}`;
  }
  return `${name}: ${inferred}${initializer ? ` = ${initializer.getText()}` : ''}`;
}

function annotatedResult(annotation: ts.TypeNode, context: TypeContext): HintType | Diagnostic {
  // A function that never returns has no result.
  if (annotation.kind === ts.SyntaxKind.NeverKeyword) return only(undefined);
  const result = readType(annotation, context);
  return isHint(result) ? withoutBareUndefined(result, annotation) : result;
}

/** `undefined` alone is what a `void` function returns; `null` alone is nothing that native code has. */
function withoutBareUndefined(result: HintType, annotation: ts.TypeNode): HintType | Diagnostic {
  if (!isAbsent(result)) return result;
  return result.null
    ? codes.emptyType(placeOfCompilerNode(annotation), { type: annotation.getText() })
    : only(undefined);
}

/** What TypeScript infers; hints can't be inferred, so numbers are `f64` and bigints are refused. */
function inferredResult(
  fn: FunctionNode,
  name: string,
  context: TypeContext,
): HintType | Diagnostic {
  const place = placeOf(nameNodeOf(fn));
  const returned = fn.getReturnType().compilerType;
  const given = (isAsync(fn) && context.checker.getAwaitedType(returned)) || returned;
  const type = instantiate(given, context.types, context.checker);
  if (type.flags & ts.TypeFlags.Never) return only(undefined);
  const members = type.isUnion() ? type.types : [type];
  if (members.some((member) => member.flags & ts.TypeFlags.BigIntLike && !hintOfMarker(member))) {
    const rewrite = isJavaScript(fn) ? '@returns {i64}' : `function ${name}(…): i64`;
    return codes.unhintedResult(place, { name, rewrite });
  }
  const result = hintOfType(type, context, place, context.checker.typeToString(type));
  if (!isHint(result)) {
    const filled = resultOfUntyped(fn, context.checker);
    const hint = filled && hintOfType(filled, context, place, '');
    return hint && isHint(hint) ? hint : result;
  }
  if (!isAbsent(result)) return result;
  return result.null
    ? codes.emptyType(place, { type: context.checker.typeToString(type) })
    : only(undefined);
}

/** Refuses what TypeScript would (TS2366), where it was told not to look. */
function missingReturn(
  fn: FunctionNode,
  name: string,
  result: HintType,
  options: ts.CompilerOptions,
): Diagnostic | undefined {
  if (result.type === undefined || result.undefined) return undefined;
  if (isStrictlyChecked(fn.getSourceFile(), options)) return undefined;
  const { body } = fn.compilerNode;
  const isExpression = body !== undefined && !ts.isBlock(body);
  const canEnd = !isExpression && (fn.compilerNode.flags & ts.NodeFlags.HasImplicitReturn) !== 0;
  return canEnd ? codes.missingReturn(placeOf(nameNodeOf(fn)), { name }) : undefined;
}

const isJavaScript = (node: Node): boolean =>
  (node.compilerNode.flags & ts.NodeFlags.JavaScriptFile) !== 0;
