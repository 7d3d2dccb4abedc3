/** A getter and a setter are one property (ECMA-262 15.4.5): a class that overrides one of them loses the other. */
import { ts } from '../ts-morph.ts';
import { codes } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/types.ts';
import { isStatic, kindOf, memberName } from './class-members.ts';
import type { MethodKind, NativeClass } from './model.ts';
import { placeOfCompilerNode } from './places.ts';

/** Refuses a class that has one half of an accessor, and inherits the other. */
export function halfAccessor({ name, declaration, base }: NativeClass): Diagnostic | undefined {
  const { members } = declaration.compilerNode;
  for (const member of members) {
    const [half, property] = [kindOf(member), memberName(member)];
    if ((half !== 'get' && half !== 'set') || property === undefined || isStatic(member)) continue;
    const other = half === 'get' ? 'set' : 'get';
    if (find(members, other, property)) continue;
    for (let above = base; above; above = above.base) {
      const inherited = find(above.declaration.compilerNode.members, other, property);
      if (!inherited) continue;
      const [text, otherText] = half === 'get' ? ['getter', 'setter'] : ['setter', 'getter'];
      return codes.halfAccessor(placeOfCompilerNode(member), {
        ...{ name, half: text, property, base: above.name, other: otherText },
        rewrite: passedOn(inherited, property),
      });
    }
  }
  return undefined;
}

const find = (
  members: ts.NodeArray<ts.ClassElement>,
  half: MethodKind,
  property: string,
): ts.ClassElement | undefined =>
  members.find((one) => kindOf(one) === half && memberName(one) === property && !isStatic(one));

/** The half that does what an inherited one does. */
function passedOn(inherited: ts.ClassElement, property: string): string {
  if (!ts.isSetAccessorDeclaration(inherited))
    return `override get ${property}() { return super.${property}; }`;
  const parameter = inherited.parameters[0]?.getText() ?? 'value';
  const value = inherited.parameters[0]?.name.getText() ?? 'value';
  return `override set ${property}(${parameter}) { super.${property} = ${value}; }`;
}
