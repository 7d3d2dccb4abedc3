/**
 * Functions that JavaScript makes and native code has too, in a syntax tree: the loader is told of each one that is
 * made, with what gets and sets the variables around it.
 */
import { ts } from '../ts-morph.ts';
import type { InnerPlan } from './javascript-file.ts';

const { factory } = ts;

/**
 * What stands in the place of a node: where it declares or is a function that native code has too, it tells so.
 * @param visited the node with its parts as they are to be
 * @param plans by the functions' nodes
 * @param glue the variable of the glue
 */
export function withKnown(
  node: ts.Node,
  visited: ts.Node,
  plans: ReadonlyMap<ts.Node, InnerPlan>,
  glue: string,
): ts.Node {
  if (ts.isVariableDeclarationList(node) && ts.isVariableDeclarationList(visited)) {
    // The variable names the function, so it stays as it is.
    const declarations = node.declarations.flatMap((declaration, index) => {
      const own = visited.declarations[index];
      const plan = plans.get(functionOf(declaration) ?? declaration);
      if (!own) return [];
      if (!plan || !ts.isIdentifier(declaration.name)) return [own];
      const name = factory.createIdentifier(declaration.name.text);
      const told = factory.createVariableDeclaration(
        `$known_${declaration.name.text}`,
        undefined,
        undefined,
        tell(glue, plan, name),
      );
      return [own, told];
    });
    return factory.updateVariableDeclarationList(visited, declarations);
  }
  if (ts.isBlock(node) && ts.isBlock(visited)) {
    const told = node.statements.flatMap((statement) => {
      const plan = plans.get(statement);
      if (!plan || !ts.isFunctionDeclaration(statement) || !statement.name) return [];
      const name = factory.createIdentifier(statement.name.text);
      return [factory.createExpressionStatement(tell(glue, plan, name))];
    });
    if (told.length === 0) return visited;
    const prologue = visited.statements.findIndex(
      (one) => !ts.isExpressionStatement(one) || !ts.isStringLiteral(one.expression),
    );
    const start = prologue < 0 ? visited.statements.length : prologue;
    const statements = [...visited.statements];
    statements.splice(start, 0, ...told);
    return factory.updateBlock(visited, statements);
  }
  const plan = plans.get(node);
  const isExpression = ts.isFunctionExpression(node) || ts.isArrowFunction(node);
  if (!plan || !isExpression || isDeclared(node)) return visited;
  return tell(glue, plan, visited as ts.Expression);
}

/** The function that a variable is declared with. */
function functionOf({ initializer }: ts.VariableDeclaration): ts.Node | undefined {
  let inner: ts.Node | undefined = initializer;
  while (inner && ts.isParenthesizedExpression(inner)) inner = inner.expression;
  return inner;
}

function isDeclared(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isParenthesizedExpression(parent)) return isDeclared(parent);
  return ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name);
}

/** `$native.known("id", fn, () => [a, b], ([$a]) => { a = $a; })` */
function tell(glue: string, { candidate }: InnerPlan, fn: ts.Expression): ts.Expression {
  const { id, numbers, views } = candidate;
  const names = [...numbers, ...views].map(({ name }) => factory.createIdentifier(name));
  const arrow = (parameters: ts.ParameterDeclaration[], body: ts.ConciseBody): ts.Expression =>
    factory.createArrowFunction(undefined, undefined, parameters, undefined, undefined, body);
  const get = arrow([], factory.createArrayLiteralExpression(names));
  const written = numbers.filter(({ isWritten }) => isWritten);
  const set =
    written.length === 0
      ? []
      : [
          arrow(
            [factory.createParameterDeclaration(undefined, undefined, '$values')],
            factory.createBlock(
              written.map(({ name }, index) =>
                factory.createExpressionStatement(
                  factory.createAssignment(
                    factory.createIdentifier(name),
                    factory.createElementAccessExpression(
                      factory.createIdentifier('$values'),
                      index,
                    ),
                  ),
                ),
              ),
            ),
          ),
        ];
  const known = factory.createPropertyAccessExpression(factory.createIdentifier(glue), 'known');
  return factory.createCallExpression(known, undefined, [
    factory.createStringLiteral(id),
    fn,
    get,
    ...set,
  ]);
}
