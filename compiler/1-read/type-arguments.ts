/**
 * Type parameters and what stands for them in one copy of a generic function, class or interface.
 *
 * TypeScript's checker substitutes them (its `instantiateType`), so that mapped, conditional and indexed
 * types come out as everywhere else. Hints are types of their own there (`hint-markers.ts`).
 */
import { ts } from '../ts-morph.ts';

/** Type parameters, and for each the type that stands for it, which has no type parameters in it. */
export interface TypeArguments {
  readonly parameters: readonly ts.Type[];
  readonly types: readonly ts.Type[];
}

export const noTypeArguments: TypeArguments = { parameters: [], types: [] };

/** Parts of the checker that TypeScript uses between its own files, and doesn't declare for others. */
interface CheckerInternals {
  fillMissingTypeArguments(
    types: readonly ts.Type[],
    parameters: readonly Partial<ts.TypeParameter>[],
    least: number,
    isJavaScript: boolean,
  ): ts.Type[];
  getTypeArgumentsForResolvedSignature(signature: ts.Signature): readonly ts.Type[] | undefined;
  getUnionType(types: readonly ts.Type[]): ts.Type;
  createArrayType(element: ts.Type): ts.Type;
}

export const internals = (checker: ts.TypeChecker): ts.TypeChecker & CheckerInternals =>
  checker as ts.TypeChecker & CheckerInternals;

/** The declared type parameters of a function, class, interface or alias, also JSDoc's. */
export const typeParametersOf = (
  declaration: ts.DeclarationWithTypeParameters,
): readonly ts.TypeParameterDeclaration[] => ts.getEffectiveTypeParameterDeclarations(declaration);

/** @param types for the declaration's type parameters, in their order */
export function typeArgumentsOf(
  declaration: ts.DeclarationWithTypeParameters,
  types: readonly ts.Type[],
  checker: ts.TypeChecker,
): TypeArguments {
  const parameters = typeParametersOf(declaration)
    .slice(0, types.length)
    .map((parameter) => checker.getTypeAtLocation(parameter));
  return { parameters, types };
}

/** Those of an inner scope beside those of the outer one. */
export const together = (outer: TypeArguments, inner: TypeArguments): TypeArguments =>
  inner.parameters.length === 0
    ? outer
    : {
        parameters: [...inner.parameters, ...outer.parameters],
        types: [...inner.types, ...outer.types],
      };

/** A type with type arguments in the place of its type parameters. */
export function instantiate(
  type: ts.Type,
  { parameters, types }: TypeArguments,
  checker: ts.TypeChecker,
): ts.Type {
  if (parameters.length === 0) return type;
  // The checker instantiates the default of a type parameter with the arguments of those before it.
  const last = { default: type } as unknown as ts.TypeParameter;
  const filled = internals(checker).fillMissingTypeArguments(
    types,
    [...(parameters as readonly ts.TypeParameter[]), last],
    parameters.length,
    false,
  );
  return filled[parameters.length] ?? type;
}

/** What TypeScript keeps of how it made a type from a generic one. */
interface Instantiated extends ts.Type {
  readonly objectFlags?: ts.ObjectFlags;
  readonly target?: ts.Type & {
    readonly typeParameters?: readonly ts.TypeParameter[];
    readonly thisType?: ts.TypeParameter;
  };
  readonly mapper?: {
    readonly source?: ts.Type;
    readonly target?: ts.Type;
    readonly sources?: readonly ts.Type[];
    readonly targets?: readonly ts.Type[];
  };
}

/** What stands for the type parameters in the declarations of an object type's properties. */
export function typeArgumentsIn(type: ts.Type, checker: ts.TypeChecker): TypeArguments {
  const { objectFlags = 0, target, mapper } = type as Instantiated;
  if (objectFlags & ts.ObjectFlags.Reference && target && target !== type) {
    const parameters = target.typeParameters ?? [];
    const types = checker.getTypeArguments(type as ts.TypeReference).slice(0, parameters.length);
    return target.thisType
      ? { parameters: [...parameters, target.thisType], types: [...types, type] }
      : { parameters, types };
  }
  if (!(objectFlags & ts.ObjectFlags.Instantiated) || !mapper) return noTypeArguments;
  const { source, target: single, sources, targets } = mapper;
  if (source && single && typeof single !== 'function')
    return { parameters: [source], types: [single] };
  return sources && targets && targets.every((one) => typeof one !== 'function')
    ? { parameters: sources, types: targets }
    : noTypeArguments;
}

/** The type arguments of a call or a `new` as TypeScript resolves it; undefined where what is called isn't generic. */
export function inferredTypeArguments(
  call: ts.CallLikeExpression,
  checker: ts.TypeChecker,
): readonly ts.Type[] | undefined {
  const signature = checker.getResolvedSignature(call);
  return signature && internals(checker).getTypeArgumentsForResolvedSignature(signature);
}
