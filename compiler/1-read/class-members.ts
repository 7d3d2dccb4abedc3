/** What a class's declaration has: its fields, and what its members are. */
import { ts } from '../ts-morph.ts';
import type { MethodKind } from './model.ts';

export const isStatic = (member: ts.ClassElement | ts.ParameterDeclaration): boolean =>
  (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Static) !== 0;

/** The fields that instances get from a class itself, those that are parameters of its constructor first. */
export function fieldsOf(
  declaration: ts.ClassDeclaration,
): (ts.PropertyDeclaration | ts.ParameterDeclaration)[] {
  const constructor = declaration.members.find(ts.isConstructorDeclaration);
  const declared: (ts.PropertyDeclaration | ts.ParameterDeclaration)[] = [
    ...(constructor?.parameters.filter((parameter) =>
      ts.isParameterPropertyDeclaration(parameter, constructor),
    ) ?? []),
    ...declaration.members.filter(ts.isPropertyDeclaration).filter((field) => !isStatic(field)),
  ];
  const absent = ts.ModifierFlags.Ambient | ts.ModifierFlags.Abstract;
  return declared.filter((field) => !(ts.getCombinedModifierFlags(field) & absent));
}

/** What a member with a body is, other than a constructor. */
export function kindOf(member: ts.ClassElement): Exclude<MethodKind, 'constructor'> | undefined {
  if (ts.isMethodDeclaration(member)) return member.body ? 'method' : undefined;
  if (ts.isGetAccessorDeclaration(member)) return member.body ? 'get' : undefined;
  return ts.isSetAccessorDeclaration(member) && member.body ? 'set' : undefined;
}

/** Whether JavaScript sees a member of a tagged class: private and protected ones are native code's alone. */
export function isVisible(member: ts.ClassElement | ts.ParameterDeclaration | undefined): boolean {
  if (!member) return true;
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
  if (ts.getCombinedModifierFlags(member) & hidden) return false;
  return !member.name || !ts.isPrivateIdentifier(member.name);
}

/** The name of a class's member; `#x` with its sign. Undefined for one that is computed. */
export function memberName(member: ts.ClassElement | ts.ParameterDeclaration): string | undefined {
  const { name } = member;
  if (!name) return undefined;
  return ts.isIdentifier(name) ||
    ts.isPrivateIdentifier(name) ||
    ts.isStringLiteral(name) ||
    ts.isNumericLiteral(name)
    ? name.text
    : undefined;
}
