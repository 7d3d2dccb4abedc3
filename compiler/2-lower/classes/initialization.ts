/**
 * Fields that are set by the constructor are `undefined` before, which native code has no room for. So as
 * long as a field may not be set yet, the instance must not be used as a whole.
 */
import { Node, SyntaxKind } from '../../ts-morph.ts';
import type { NativeClass } from '../../1-read/model.ts';
import { memberName } from '../../1-read/class-members.ts';
import { placeOf } from '../../1-read/places.ts';
import { codes } from '../../diagnostics/codes.ts';
import { isOwn } from '../functions/written.ts';
import type { Lowering } from '../lowering.ts';

/** Refuses a constructor that lets somebody see the instance before all fields are set. */
export function refuseEarlyUse(l: Lowering, owner: NativeClass): void {
  const { members } = l.module.reading.records.get(owner.record);
  const isRequired = (name: string | undefined): boolean =>
    members.some((member) => member.name === name && !member.undefined);
  const fields = owner.declaration
    .getInstanceProperties()
    .filter((field) => Node.isPropertyDeclaration(field));
  const late = fields.filter(
    (field) =>
      !field.hasDeclareKeyword() &&
      !field.isAbstract() &&
      !field.getInitializer() &&
      isRequired(memberName(field.compilerNode)),
  );
  const names = new Set(late.map((field) => field.getName()));
  const { node } = l.native;
  const statements = Node.isConstructorDeclaration(node) ? node.getStatements() : [];
  const last = Math.max(-1, ...[...names].map((name) => lastBefore(statements, name)));
  const trusted = checksInitialization(l);
  const unset = late.find((field) => {
    const isSure = trusted && !field.hasExclamationToken();
    const own = new Set([field.getName()]);
    return !statements.some((one) =>
      isSure
        ? assignsAny(one, own)
        : Node.isExpressionStatement(one) && assigns(one.getExpression(), own),
    );
  });
  if (unset) {
    l.refuse(
      codes.fieldUnset(placeOf(unset), {
        field: unset.getName(),
        name: owner.name,
        rewrite: `${unset.getName()} = …;`,
      }),
    );
  }
  const initializers = fields.flatMap((field) => field.getInitializer() ?? []);
  const early = [...statements.slice(0, last + 1), ...(names.size > 0 ? initializers : [])];
  // What extends this class has fields that aren't set as long as this constructor runs.
  const below = l.module.reading.classes
    .subclassesOf(owner)
    .some((sub) => 'record' in sub && sub.declaration.getInstanceProperties().length > 0);
  for (const part of below ? [...statements, ...initializers] : early) {
    const use = escape(
      part,
      members.map(({ name }) => name),
    );
    if (!use) continue;
    const [own] = early.includes(part) ? names : [];
    const field = own ?? 'a field of a class that extends it';
    l.refuse(
      codes.earlyUse(placeOf(use), {
        name: owner.name,
        field,
        rewrite: 'Give each field a value where it is declared, or call it after `new`.',
      }),
    );
  }
}

/** Whether TypeScript makes sure that constructors set all fields. */
function checksInitialization(l: Lowering): boolean {
  const { strictPropertyInitialization, strictNullChecks, strict } =
    l.module.reading.program.getCompilerOptions();
  return (strictPropertyInitialization ?? strict ?? false) && (strictNullChecks ?? strict ?? false);
}

/** The index of the statement behind which a field is set for certain; -1 where none sets it. */
function lastBefore(statements: readonly Node[], name: string): number {
  const own = new Set([name]);
  const certain = statements.findIndex(
    (one) => Node.isExpressionStatement(one) && assigns(one.getExpression(), own),
  );
  return certain >= 0 ? certain : statements.findLastIndex((one) => assignsAny(one, own));
}

/** Whether an expression is an assignment to `this.name` of one of these names. */
const assigns = (node: Node, names: ReadonlySet<string>): boolean =>
  Node.isBinaryExpression(node) &&
  node.getOperatorToken().getKind() === SyntaxKind.EqualsToken &&
  Node.isPropertyAccessExpression(node.getLeft()) &&
  assignsAny(node, names);

/** Whether a statement assigns to `this.name` of one of these names. */
function assignsAny(statement: Node, names: ReadonlySet<string>): boolean {
  return statement.getDescendantsOfKind(SyntaxKind.PropertyAccessExpression).some((access) => {
    const parent = access.getParent();
    return (
      access.getExpression().getKind() === SyntaxKind.ThisKeyword &&
      names.has(access.getName()) &&
      Node.isBinaryExpression(parent) &&
      parent.getLeft() === access
    );
  });
}

/** A use of `this` other than to read or set one of its fields. */
function escape(part: Node, fields: readonly string[]): Node | undefined {
  const uses = [part, ...part.getDescendants()].filter(
    (node) =>
      node.getKind() === SyntaxKind.ThisKeyword || node.getKind() === SyntaxKind.SuperKeyword,
  );
  return uses.find((use) => {
    const parent = use.getParent();
    // Nobody knows when a function runs that uses it.
    if (use !== part && !isOwn(use, part)) return true;
    if (use.getKind() === SyntaxKind.SuperKeyword) return !Node.isCallExpression(parent);
    if (!Node.isPropertyAccessExpression(parent) || parent.getExpression() !== use) return true;
    return !fields.includes(parent.getName());
  });
}
