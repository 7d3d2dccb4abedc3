/** Destructuring, which is refused: what to write instead, with the names that the pattern has. */
import { Node, SyntaxKind, type VariableDeclaration } from '../ts-morph.ts';
import { isGlobal } from './expressions/globals.ts';
import type { Lowering } from './lowering.ts';
import { sourceOf } from './refusals.ts';

const refused = {
  what: 'destructuring',
  why: 'Objects and plain arrays, which patterns take apart, are not compiled yet.',
};

/** Refuses `const [x, y] = array` and `const { length } = array`. */
export function refuseDeclaredPattern(l: Lowering, declaration: VariableDeclaration): never {
  const pattern = declaration.getNameNode();
  const initializer = declaration.getInitializer();
  const source = initializer ? sourceOf(initializer) : 'x';
  if (initializer && isGlobal(initializer, source)) {
    return l.unsupported(pattern, { ...refused, rewrite: `Write \`${source}.\` before each use.` });
  }
  const keyword = declaration.getVariableStatement()?.getDeclarationKind() ?? 'const';
  const parts = partsOf(pattern).map(({ name, key }) => `${name} = ${source}${key}`);
  const rewrite = initializer && parts.length > 0 ? `${keyword} ${parts.join(', ')};` : loopRewrite;
  return l.unsupported(pattern, { ...refused, rewrite });
}

const loopRewrite = 'A variable for each part, with one declaration each.';

/** The names that a pattern declares and where their values come from, as far as it is one level deep. */
function partsOf(pattern: Node): { name: string; key: string }[] {
  if (Node.isObjectBindingPattern(pattern)) {
    return pattern.getElements().map((element) => ({
      name: element.getName(),
      key: `.${element.getPropertyNameNode()?.getText() ?? element.getName()}`,
    }));
  }
  if (!Node.isArrayBindingPattern(pattern)) return [];
  return pattern
    .getElements()
    .flatMap((element, index) =>
      Node.isBindingElement(element) ? [{ name: element.getName(), key: `[${index}]` }] : [],
    );
}

/** Refuses `[a, b] = [b, a]` and its kin. */
export function refuseAssignedPattern(l: Lowering, pattern: Node): never {
  const assignment = pattern.getParentIfKind(SyntaxKind.BinaryExpression);
  const value = assignment?.getRight();
  const rewrite = (value && separately(pattern, value)) ?? 'Assign each part by itself.';
  return l.unsupported(pattern, { ...refused, rewrite });
}

/** The assignments of an array pattern one by one: all values first, as destructuring does. */
function separately(pattern: Node, value: Node): string | undefined {
  if (!Node.isArrayLiteralExpression(pattern)) return undefined;
  const targets = pattern.getElements().map(sourceOf);
  const values = Node.isArrayLiteralExpression(value)
    ? value.getElements().map(sourceOf)
    : targets.map((_, index) => `${sourceOf(value)}[${index}]`);
  if (values.length !== targets.length) return undefined;
  const held = values.map((text, index) => `value${index} = ${text}`);
  const assigned = targets.map((text, index) => `${text} = value${index};`);
  return `const ${held.join(', ')}; ${assigned.join(' ')}`;
}
