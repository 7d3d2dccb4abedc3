/**
 * A native class as JavaScript has it:
 *
 *     let Particle = $native_Particle === void 0 ? class Particle {
 *       … as it was …
 *     } : class Particle {
 *       static { $native_Particle(this); }
 *       constructor(x, y) {
 *         if (new.target !== Particle) throw new TypeError("…");
 *         return $native_new_Particle(x, y);
 *       }
 *       step(dt) { return $native_Particle_step(this, dt); }
 *       … static members as they were …
 *     };
 *
 * What the constructor returns is a wrapper that the loader has made (`runtime/instances.ts`), with the class's
 * prototype and accessors for the fields.
 */
import { ts } from '../ts-morph.ts';
import { isStatic } from '../1-read/class-members.ts';

const { factory } = ts;

export interface ClassBinding {
  /** The variable that holds what takes the class where it is native, else `undefined`. */
  readonly take: string;
  /** The variables that hold the native functions, by their nodes; a class stands for a constructor that isn't written. */
  readonly functions: ReadonlyMap<ts.Node, FunctionBinding>;
}

export interface FunctionBinding {
  readonly name: string;
  /** The names of its parameters, also of those that are patterns. */
  readonly params: readonly string[];
}

/** The statements that stand for the declaration of a native class. */
export function classStatements(node: ts.ClassDeclaration, binding: ClassBinding): ts.Statement[] {
  const { name } = node;
  if (!name) throw new Error('a native class has a name');
  const has = (kind: ts.SyntaxKind): boolean =>
    node.modifiers?.some((modifier) => modifier.kind === kind) === true;
  const choice = factory.createConditionalExpression(
    factory.createStrictEquality(identifier(binding.take), factory.createVoidZero()),
    undefined,
    ts.setOriginalNode(expression(node, node.members), node),
    undefined,
    expression(node, shellMembers(node, name.text, binding)),
  );
  const list = factory.createVariableDeclarationList(
    [factory.createVariableDeclaration(name.text, undefined, undefined, choice)],
    ts.NodeFlags.Let,
  );
  const statement = ts.setTextRange(factory.createVariableStatement(undefined, list), node);
  if (!has(ts.SyntaxKind.ExportKeyword)) return [statement];
  const isDefault = has(ts.SyntaxKind.DefaultKeyword);
  const specifier = isDefault
    ? factory.createExportSpecifier(false, name.text, 'default')
    : factory.createExportSpecifier(false, undefined, name.text);
  return [
    statement,
    factory.createExportDeclaration(undefined, false, factory.createNamedExports([specifier])),
  ];
}

const identifier = (name: string): ts.Identifier => factory.createIdentifier(name);

const expression = (
  node: ts.ClassDeclaration,
  members: readonly ts.ClassElement[],
): ts.ClassExpression =>
  factory.createClassExpression(
    undefined,
    node.name && identifier(node.name.text),
    node.typeParameters,
    node.heritageClauses,
    members,
  );

function shellMembers(
  node: ts.ClassDeclaration,
  name: string,
  binding: ClassBinding,
): ts.ClassElement[] {
  const shells = node.members.flatMap((member) => shellOf(member, binding));
  return [
    factory.createClassStaticBlockDeclaration(
      factory.createBlock([
        factory.createExpressionStatement(call(binding.take, [factory.createThis()])),
      ]),
    ),
    constructorShell(node, name, binding),
    ...privateNames(node, shells),
    ...shells,
  ];
}

const call = (name: string, args: readonly ts.Expression[]): ts.CallExpression =>
  factory.createCallExpression(identifier(name), undefined, args);

/** A member as the shell has it; nothing for a field, which wrappers have, and for what JavaScript doesn't see. */
function shellOf(member: ts.ClassElement, { functions }: ClassBinding): ts.ClassElement[] {
  const binding = functions.get(member);
  const given = (): ts.Expression[] => [
    ...(isStatic(member) ? [] : [factory.createThis()]),
    ...(binding?.params ?? []).map(identifier),
  ];
  const modifiers = isStatic(member)
    ? [factory.createModifier(ts.SyntaxKind.StaticKeyword)]
    : undefined;
  if (binding && ts.isMethodDeclaration(member))
    return [
      factory.createMethodDeclaration(
        modifiers,
        undefined,
        member.name,
        undefined,
        undefined,
        parameters(member, binding),
        undefined,
        body(factory.createReturnStatement(call(binding.name, given()))),
      ),
    ];
  if (binding && ts.isGetAccessorDeclaration(member))
    return [
      factory.createGetAccessorDeclaration(
        modifiers,
        member.name,
        [],
        undefined,
        body(factory.createReturnStatement(call(binding.name, given()))),
      ),
    ];
  if (binding && ts.isSetAccessorDeclaration(member))
    return [
      factory.createSetAccessorDeclaration(
        modifiers,
        member.name,
        parameters(member, binding),
        body(factory.createExpressionStatement(call(binding.name, given()))),
      ),
    ];
  return isStatic(member) || ts.isClassStaticBlockDeclaration(member) ? [member] : [];
}

const body = (...statements: ts.Statement[]): ts.Block => factory.createBlock(statements, true);

/** Parameters with their default values, which JavaScript fills in. */
const parameters = (
  fn: ts.SignatureDeclaration,
  { params }: FunctionBinding,
): ts.ParameterDeclaration[] =>
  fn.parameters.map((parameter, index) =>
    factory.createParameterDeclaration(
      undefined,
      undefined,
      params[index] ?? '',
      undefined,
      undefined,
      parameter.initializer,
    ),
  );

function constructorShell(
  node: ts.ClassDeclaration,
  name: string,
  { functions }: ClassBinding,
): ts.ClassElement {
  const declared = node.members.find(
    (member): member is ts.ConstructorDeclaration =>
      ts.isConstructorDeclaration(member) && member.body !== undefined,
  );
  const binding = functions.get(declared ?? node);
  if (!binding) {
    const isAbstract = (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Abstract) !== 0;
    const why = isAbstract ? 'is abstract' : 'has a constructor that is not public';
    return factory.createConstructorDeclaration(undefined, [], body(fail(`${name} ${why}`)));
  }
  const isOther = factory.createStrictInequality(
    factory.createMetaProperty(ts.SyntaxKind.NewKeyword, identifier('target')),
    identifier(name),
  );
  const problem = `${name} is a native class, which only classes that are marked @native can extend`;
  // A constructor that isn't written passes on all that it gets.
  const given = declared
    ? call(binding.name, binding.params.map(identifier))
    : call(binding.name, [factory.createSpreadElement(identifier('arguments'))]);
  return factory.createConstructorDeclaration(
    undefined,
    declared ? parameters(declared, binding) : [],
    body(factory.createIfStatement(isOther, fail(problem)), factory.createReturnStatement(given)),
  );
}

const fail = (message: string): ts.Statement =>
  factory.createThrowStatement(
    factory.createNewExpression(identifier('TypeError'), undefined, [
      factory.createStringLiteral(message),
    ]),
  );

/** Declarations of private names that static members use, which the file couldn't be parsed without. */
function privateNames(
  node: ts.ClassDeclaration,
  kept: readonly ts.ClassElement[],
): ts.ClassElement[] {
  const used = new Set<string>();
  const visit = (inner: ts.Node): void => {
    if (ts.isPrivateIdentifier(inner)) used.add(inner.text);
    ts.forEachChild(inner, visit);
  };
  kept.forEach(visit);
  const names = node.members.flatMap(({ name }, index) => {
    const member = node.members[index];
    return name && ts.isPrivateIdentifier(name) && member && !isStatic(member) ? [name.text] : [];
  });
  return [...new Set(names)]
    .filter((name) => used.has(name))
    .map((name) =>
      factory.createPropertyDeclaration(
        undefined,
        factory.createPrivateIdentifier(name),
        undefined,
        undefined,
        undefined,
      ),
    );
}
