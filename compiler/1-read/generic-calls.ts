/** Which types stand for the type parameters of a generic function or class where it is called. */
import { Node, ts } from '../ts-morph.ts';
import { codes } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/types.ts';
import { hintedType } from './hinted-types.ts';
import { nativeTypes } from './native-inference.ts';
import type { CallSite } from './model.ts';
import { placeOf } from './places.ts';
import { withTypes, type TypeContext } from './shapes.ts';
import {
  inferredTypeArguments,
  instantiate,
  together,
  typeArgumentsOf,
  typeParametersOf,
} from './type-arguments.ts';

/** What is generic: a function or method, or a class, whose constructor takes the arguments. */
export interface Generic {
  readonly declaration: ts.DeclarationWithTypeParameters;
  /** The parameters that arguments go to. */
  readonly parameters: readonly ts.ParameterDeclaration[];
  /** The type of what a call gives, which may name the type parameters. */
  readonly result: ts.Type | undefined;
}

/**
 * The types that are written, or those that TypeScript infers. Hints don't spread: an `i32` that is passed
 * for a `T` makes it `number`. What `i32[]` and the like have inside is kept, since such an array is another
 * one than `number[]` natively.
 */
export function typeArgumentsOfCall(
  generic: Generic,
  site: CallSite,
  context: TypeContext,
): readonly ts.Type[] | Diagnostic {
  const { checker } = context;
  const { declaration } = generic;
  const { call, types } = site;
  const here = withTypes(context, types);
  const parameters = typeParametersOf(declaration);
  const written = call.compilerNode.typeArguments?.map((node) => hintedType(node, here));
  if (written) {
    for (const { default: node } of parameters.slice(written.length)) {
      if (!node) break;
      const known = typeArgumentsOf(declaration, written, checker);
      written.push(hintedType(node, withTypes(context, together(types, known))));
    }
  }
  const given = call.getArguments().map((argument) => site.argumentType(argument));
  const inferred = (inferredTypeArguments(call.compilerNode, checker) ?? []).map((type) =>
    instantiate(type, types, checker),
  );
  const found =
    written ?? nativeTypes({ generic, inferred, given, expected: site.expected }, context);
  const place = placeOf(call.getExpression());
  const unknown = parameters.some((_, index) => {
    const type = found[index];
    return !type || (type.flags & (ts.TypeFlags.Unknown | ts.TypeFlags.Never)) !== 0;
  });
  if (!unknown) return found;
  const example = parameters.map(() => 'number').join(', ');
  const name = call.getExpression().getText();
  const rewrite = `${Node.isNewExpression(call) ? 'new ' : ''}${name}<${example}>(…)`;
  return codes.unknownTypeArguments(place, { name, rewrite });
}

/**
 * The types of a function's type parameters where there is one choice alone, whoever calls it: those whose
 * constraint is a number, a string or a boolean.
 */
export function determinedTypes(
  declaration: ts.DeclarationWithTypeParameters,
  { checker }: TypeContext,
): readonly ts.Type[] | undefined {
  const types = typeParametersOf(declaration).map((parameter) => {
    const constraint = checker.getBaseConstraintOfType(checker.getTypeAtLocation(parameter));
    return constraint && checker.getBaseTypeOfLiteralType(constraint);
  });
  const primitive = ts.TypeFlags.Number | ts.TypeFlags.String | ts.TypeFlags.BooleanLike;
  const known = types.filter(
    (type) => type !== undefined && (type.flags & (primitive | ts.TypeFlags.EnumLike)) !== 0,
  );
  return known.length === types.length ? (known as readonly ts.Type[]) : undefined;
}
