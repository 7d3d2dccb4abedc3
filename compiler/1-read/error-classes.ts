/**
 * Classes of errors: those that extend JavaScript's own. Native code has their instances as errors, and JavaScript
 * gets one with the same properties in the same order when native code throws it. So which properties an instance
 * has, and in which order, must be the same for all instances of a class.
 */
import { ts } from '../ts-morph.ts';
import { codes } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/types.ts';
import { errorClasses } from '../../runtime/messages.ts';
import { isInteger, type ErrorClass, type RecordMember } from '../ir/types.ts';
import { placeOfCompilerNode } from './places.ts';

/** JavaScript's own class of errors that an expression behind `extends` names. */
export function ownErrorClass(
  expression: ts.Expression,
  checker: ts.TypeChecker,
): ErrorClass | undefined {
  const symbol = checker.getSymbolAtLocation(expression);
  const isOwn = symbol?.declarations?.every((one) => one.getSourceFile().isDeclarationFile);
  return isOwn ? errorClasses.find((name) => name === symbol?.name) : undefined;
}

/** What instances of any class of errors have: the message, and whether it is a property of their own. */
export const messageMember = 'message';
export const messageFlag = 'message.own';

const plain = { undefined: false, null: false, readonly: true } as const;

export const messageMembers: readonly RecordMember[] = [
  { ...plain, name: messageMember, type: 'str' },
  { ...plain, name: messageFlag, type: 'bool' },
];

interface Declared {
  readonly declaration: ts.ClassDeclaration;
  /** As they are declared. */
  readonly fields: readonly RecordMember[];
  /** What the class that it extends has. */
  readonly inherited: readonly RecordMember[];
  /** Whether fields are there before the constructor's body assigns anything (`useDefineForClassFields`). */
  readonly defined: boolean;
}

/** The members that a class of errors adds, in the order in which JavaScript makes the properties. */
export function errorMembers(declared: Declared): readonly RecordMember[] | Diagnostic {
  const { declaration, fields, inherited, defined } = declared;
  const problem = problemOf(declaration, fields);
  if (problem) return problem;
  const isNew = ({ name }: RecordMember): boolean =>
    name !== 'name' || !inherited.some((other) => other.name === 'name');
  const own = fields
    .map(({ literals: _, ...member }): RecordMember => ({ ...member, readonly: true }))
    .filter(isNew);
  const assigned = assignedNames(declaration);
  const name: RecordMember = { ...plain, name: 'name', type: 'str' };
  const setsName = assigned.includes('name') && !own.some((member) => member.name === 'name');
  const all = setsName && isNew(name) ? [...own, name] : own;
  if (defined) return all;
  const isFirst = (member: RecordMember): boolean => hasValue(declaration, member.name);
  const late = all.filter((member) => !isFirst(member));
  const unset = late.find((member) => !assigned.includes(member.name));
  if (unset)
    return refuse(declaration, `${unset.name} may be no property of an instance`, {
      rewrite: `this.${unset.name} = …; as a statement of the constructor, or a value where it is declared.`,
    });
  late.sort((a, b) => assigned.indexOf(a.name) - assigned.indexOf(b.name));
  return [...all.filter(isFirst), ...late];
}

/** Why an instance can't be what it is in JavaScript. */
function problemOf(
  declaration: ts.ClassDeclaration,
  fields: readonly RecordMember[],
): Diagnostic | undefined {
  const odd = fields.find(({ type }) => !isCarried(type));
  if (odd)
    return refuse(declaration, `${odd.name} is no number, boolean or string`, {
      rewrite: 'A field that is a number, a boolean or a string.',
    });
  for (const member of declaration.members) {
    const name = member.name && ts.isIdentifier(member.name) ? member.name.text : '';
    const isStatic = (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Static) !== 0;
    if (member.name && ts.isPrivateIdentifier(member.name))
      return refuse(member, `only its own code sees ${member.name.text}`, {
        rewrite: `private ${member.name.text.slice(1)}`,
      });
    if (ts.canHaveModifiers(member) && ts.getModifiers(member)?.some(isAccessor))
      return refuse(member, `${name} is an accessor`, { rewrite: `A field ${name}.` });
    const isText = name === 'message' || (name === 'name' && !ts.isPropertyDeclaration(member));
    if (isText && !isStatic)
      return refuse(member, `it declares ${name} in a way of its own`, {
        rewrite:
          name === 'message' ? 'super(message);' : `this.name = '${declaration.name?.text}';`,
      });
  }
  const constructor = constructorOf(declaration);
  const early = constructor && find(constructor, ts.isReturnStatement);
  if (early)
    return refuse(early, 'its constructor returns before its end', {
      rewrite: 'if (…) { … } around what follows.',
    });
  const top = constructor?.body?.statements.map(assignment) ?? [];
  const isEarly = (node: ts.Node): boolean =>
    isOwnText(node) && !top.some((target) => target === node);
  const access = find(declaration, isEarly);
  if (!access || !ts.isPropertyAccessExpression(access)) return undefined;
  const isMessage = access.name.text === 'message';
  return refuse(access, `it uses this.${access.name.text} before that is sure to be there`, {
    rewrite: isMessage
      ? 'super(message);'
      : `this.name = '${declaration.name?.text}'; as a statement of the constructor.`,
  });
}

const isAccessor = ({ kind }: ts.Modifier): boolean => kind === ts.SyntaxKind.AccessorKeyword;

const isCarried = (type: RecordMember['type']): boolean =>
  type === 'str' ||
  type === 'bool' ||
  type === 'f64' ||
  type === 'f32' ||
  (isInteger(type) && type !== 'i64' && type !== 'u64');

/** `this.name` inside a constructor or an initializer, or an assignment to `this.message`. */
function isOwnText(node: ts.Node): boolean {
  if (!ts.isPropertyAccessExpression(node)) return false;
  if (node.expression.kind !== ts.SyntaxKind.ThisKeyword) return false;
  const { parent } = node;
  const isTarget =
    ts.isBinaryExpression(parent) &&
    parent.left === node &&
    parent.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
    parent.operatorToken.kind <= ts.SyntaxKind.LastAssignment;
  const owner = ts.findAncestor(node, (outer) => ts.isClassElement(outer));
  const isLater = owner !== undefined && ts.isMethodDeclaration(owner);
  return node.name.text === 'message'
    ? isTarget
    : node.name.text === 'name' && (isTarget || !isLater);
}

/** The target of a statement `this.x = …;`. */
function assignment(statement: ts.Statement): ts.PropertyAccessExpression | undefined {
  if (!ts.isExpressionStatement(statement)) return undefined;
  const { expression } = statement;
  if (!ts.isBinaryExpression(expression)) return undefined;
  const { left, operatorToken } = expression;
  const isPlain = operatorToken.kind === ts.SyntaxKind.EqualsToken;
  return isPlain &&
    ts.isPropertyAccessExpression(left) &&
    left.expression.kind === ts.SyntaxKind.ThisKeyword &&
    left.name.text !== 'message'
    ? left
    : undefined;
}

/** What the constructor's own statements assign to, in their order. */
const assignedNames = (declaration: ts.ClassDeclaration): string[] =>
  (constructorOf(declaration)?.body?.statements ?? []).flatMap(
    (statement) => assignment(statement)?.name.text ?? [],
  );

/** Whether a field has its value before the constructor's body goes on. */
function hasValue(declaration: ts.ClassDeclaration, name: string): boolean {
  const isNamed = (node: ts.NamedDeclaration): boolean =>
    node.name !== undefined && ts.isIdentifier(node.name) && node.name.text === name;
  const constructor = constructorOf(declaration);
  return (
    constructor?.parameters.some(
      (parameter) =>
        isNamed(parameter) && ts.isParameterPropertyDeclaration(parameter, constructor),
    ) === true ||
    declaration.members.some(
      (member) =>
        ts.isPropertyDeclaration(member) && isNamed(member) && member.initializer !== undefined,
    )
  );
}

const constructorOf = (declaration: ts.ClassDeclaration): ts.ConstructorDeclaration | undefined =>
  declaration.members.find(
    (member): member is ts.ConstructorDeclaration =>
      ts.isConstructorDeclaration(member) && member.body !== undefined,
  );

/** The first node below another one, outside of functions in it for `return`. */
function find(outer: ts.Node, isWanted: (node: ts.Node) => boolean): ts.Node | undefined {
  return ts.forEachChild(outer, (node) => {
    if (isWanted(node)) return node;
    return ts.isFunctionLike(node) && isWanted === ts.isReturnStatement
      ? undefined
      : find(node, isWanted);
  });
}

function refuse(node: ts.Node, what: string, { rewrite }: { rewrite: string }): Diagnostic {
  const declaration = ts.findAncestor(node, ts.isClassDeclaration);
  const name = declaration?.name?.text ?? 'default';
  const at = node === declaration ? (declaration.name ?? node) : node;
  return codes.errorClass(placeOfCompilerNode(at), { name, what, rewrite });
}

/** Why a class can't be one of errors at all. */
export function problemOfErrorClass(
  declaration: ts.ClassDeclaration,
  tagged: boolean,
): Diagnostic | undefined {
  if (!declaration.name)
    return refuse(declaration, 'it has no name', { rewrite: 'A name behind class.' });
  if (declaration.typeParameters)
    return refuse(declaration, 'it has type parameters', { rewrite: 'Fields of one type each.' });
  if (tagged)
    return refuse(declaration, 'it is marked @native', {
      rewrite: 'Leave @native out: functions that are native throw and catch it all the same.',
    });
  const decorated = [declaration, ...declaration.members].find(
    (node) => ts.canHaveDecorators(node) && (ts.getDecorators(node)?.length ?? 0) > 0,
  );
  return decorated && refuse(decorated, 'decorators may change it', { rewrite: 'Leave them out.' });
}
