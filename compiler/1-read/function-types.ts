/** Function types as TypeScript's checker knows them. */
import { ts } from '../ts-morph.ts';
import { codes } from '../diagnostics/codes.ts';
import type { Diagnostic, Place } from '../diagnostics/types.ts';
import { hintOfType } from './checked-types.ts';
import { isRestParameter, isThisParameter } from './function-nodes.ts';
import { isHint, only } from './hint-types.ts';
import type { HintType } from './model.ts';
import type { TypeContext } from './shapes.ts';

/** The signature of a type whose values are functions and nothing more; undefined for another. */
export function functionSignature(
  type: ts.Type,
  checker: ts.TypeChecker,
): ts.Signature | undefined {
  if (!(type.flags & ts.TypeFlags.Object)) return undefined;
  const [signature, ...more] = checker.getSignaturesOfType(type, ts.SignatureKind.Call);
  const isMore =
    more.length > 0 ||
    checker.getSignaturesOfType(type, ts.SignatureKind.Construct).length > 0 ||
    checker.getPropertiesOfType(type).length > 0 ||
    checker.getIndexInfosOfType(type).length > 0;
  return isMore ? undefined : signature;
}

/** @returns a refusal for what native code has no one signature for */
export function functionType(
  signature: ts.Signature,
  context: TypeContext,
  place: Place,
  text: string,
): HintType | Diagnostic {
  const { checker, shapes } = context;
  const declaration = signature.getDeclaration() as ts.SignatureDeclaration | undefined;
  const declared = declaration?.parameters ?? [];
  const isOpen =
    (signature.typeParameters?.length ?? 0) > 0 ||
    declared.some(
      (parameter) =>
        ts.isParameter(parameter) && (isRestParameter(parameter) || isThisParameter(parameter)),
    );
  if (isOpen) return codes.functionType(place, { type: text });
  const params: HintType[] = [];
  for (const [index, parameter] of signature.parameters.entries()) {
    const type = checker.getTypeOfSymbol(parameter);
    const hint = hintOfType(type, context, place, checker.typeToString(type));
    if (!isHint(hint)) return hint;
    const node = declared[index];
    const optional =
      node !== undefined &&
      ts.isParameter(node) &&
      (node.questionToken !== undefined || node.initializer !== undefined);
    params.push({ ...hint, undefined: hint.undefined || optional });
  }
  const result = resultOf(signature, context, place);
  return isHint(result) ? only(shapes.functionOf({ params, result }, text)) : result;
}

function resultOf(
  signature: ts.Signature,
  context: TypeContext,
  place: Place,
): HintType | Diagnostic {
  const type = signature.getReturnType();
  if (type.flags & ts.TypeFlags.Never) return only(undefined);
  const hint = hintOfType(type, context, place, context.checker.typeToString(type));
  return isHint(hint) && hint.type === undefined ? only(undefined) : hint;
}
