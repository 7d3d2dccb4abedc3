/** Patterns of destructuring, of declarations and of assignments alike, as lists of parts. */
import { Node, SyntaxKind, type BindingElement } from '../ts-morph.ts';
import { propertyName } from './expressions/object-literals.ts';
import type { Lowering } from './lowering.ts';

/** What one part of a pattern takes. */
export interface Part {
  /** A property of that name, the element at that index, or what the others leave. */
  readonly takes:
    | { readonly kind: 'property'; readonly name: string }
    | { readonly kind: 'element'; readonly index: number }
    | { readonly kind: 'rest' };
  /** The name that is declared, what is assigned to, or a pattern. */
  readonly target: Node;
  /** The declaration of a name, in a declaration. */
  readonly declaration: BindingElement | undefined;
  /** The default, which stands for `undefined`. */
  readonly initializer: Node | undefined;
}

export const isPattern = (node: Node): boolean =>
  Node.isObjectBindingPattern(node) ||
  Node.isArrayBindingPattern(node) ||
  Node.isObjectLiteralExpression(node) ||
  Node.isArrayLiteralExpression(node);

/** Whether a pattern takes properties, not elements. */
export const takesProperties = (pattern: Node): boolean =>
  Node.isObjectBindingPattern(pattern) || Node.isObjectLiteralExpression(pattern);

/** The parts of a pattern in order. @throws Refusal for a property whose name is computed */
export function partsOf(l: Lowering, pattern: Node): Part[] {
  if (Node.isObjectBindingPattern(pattern))
    return pattern.getElements().map((element) => propertyBinding(l, element));
  if (Node.isArrayBindingPattern(pattern))
    return pattern.getElements().flatMap((element, index) => {
      if (!Node.isBindingElement(element)) return [];
      const isRest = element.getDotDotDotToken() !== undefined;
      return [binding(element, isRest ? { kind: 'rest' } : { kind: 'element', index })];
    });
  if (Node.isObjectLiteralExpression(pattern))
    return pattern.getProperties().map((property) => propertyAssignment(l, property));
  if (!Node.isArrayLiteralExpression(pattern)) return [];
  return pattern.getElements().flatMap((element, index): Part[] => {
    if (Node.isOmittedExpression(element)) return [];
    return Node.isSpreadElement(element)
      ? [{ takes: { kind: 'rest' }, ...assigned(element.getExpression()) }]
      : [{ takes: { kind: 'element', index }, ...assigned(element) }];
  });
}

const binding = (element: BindingElement, takes: Part['takes']): Part => ({
  takes,
  target: element.getNameNode(),
  declaration: element,
  initializer: element.getInitializer(),
});

function propertyBinding(l: Lowering, element: BindingElement): Part {
  if (element.getDotDotDotToken()) return binding(element, { kind: 'rest' });
  const name = element.getPropertyNameNode() ?? element.getNameNode();
  return binding(element, { kind: 'property', name: propertyName(l, name) });
}

function propertyAssignment(l: Lowering, property: Node): Part {
  if (Node.isSpreadAssignment(property))
    return { takes: { kind: 'rest' }, ...assigned(property.getExpression()) };
  if (Node.isShorthandPropertyAssignment(property)) {
    const name = property.getNameNode();
    return {
      takes: { kind: 'property', name: name.getText() },
      target: name,
      declaration: undefined,
      initializer: property.getObjectAssignmentInitializer(),
    };
  }
  if (!Node.isPropertyAssignment(property)) return l.refuse(undefined);
  return {
    takes: { kind: 'property', name: propertyName(l, property.getNameNode()) },
    ...assigned(property.getInitializerOrThrow()),
  };
}

/** A target of an assignment, with the default behind it. */
function assigned(node: Node): Pick<Part, 'target' | 'declaration' | 'initializer'> {
  const isDefault =
    Node.isBinaryExpression(node) && node.getOperatorToken().getKind() === SyntaxKind.EqualsToken;
  return isDefault
    ? { target: node.getLeft(), declaration: undefined, initializer: node.getRight() }
    : { target: node, declaration: undefined, initializer: undefined };
}

/** The declarations of names in a pattern or a declaration. */
export function declaredNames(declaration: Node): BindingElement[] {
  if (Node.isObjectBindingPattern(declaration) || Node.isArrayBindingPattern(declaration))
    return declaration
      .getElements()
      .flatMap((element) => (Node.isBindingElement(element) ? declaredNames(element) : []));
  if (Node.isBindingElement(declaration)) {
    const name = declaration.getNameNode();
    return Node.isIdentifier(name) ? [declaration] : declaredNames(name);
  }
  if (Node.isVariableDeclaration(declaration) || Node.isParameterDeclaration(declaration))
    return declaredNames(declaration.getNameNode());
  return [];
}

/** What an assignment to a pattern assigns to, names and members. */
export function assignedTargets(node: Node): Node[] {
  if (Node.isArrayLiteralExpression(node)) return node.getElements().flatMap(assignedTargets);
  if (Node.isObjectLiteralExpression(node)) return node.getProperties().flatMap(assignedTargets);
  if (Node.isSpreadElement(node) || Node.isSpreadAssignment(node))
    return assignedTargets(node.getExpression());
  if (Node.isShorthandPropertyAssignment(node)) return [node.getNameNode()];
  if (Node.isPropertyAssignment(node)) return assignedTargets(node.getInitializerOrThrow());
  if (Node.isParenthesizedExpression(node) || Node.isNonNullExpression(node))
    return assignedTargets(node.getExpression());
  const { target, initializer } = assigned(node);
  return initializer ? assignedTargets(target) : [node];
}
