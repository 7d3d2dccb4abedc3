/**
 * Constructors (ECMA-262 10.2.1.3, 15.7): what a class extends sets the instance up first, then come the
 * initializers of fields, then the rest of the body.
 */
import { Node, SyntaxKind, ts, type CallExpression, type NewExpression } from '../../ts-morph.ts';
import type { HintType, NativeClass, NativeFunction } from '../../1-read/model.ts';
import { definesFields } from '../../1-read/classes.ts';
import { memberName } from '../../1-read/class-members.ts';
import { placeOf } from '../../1-read/places.ts';
import { codes } from '../../diagnostics/codes.ts';
import type { RecordMember, Value } from '../../ir/types.ts';
import { siteOf } from '../call-sites.ts';
import { call, lowerArguments, type Argument } from '../expressions/calls.ts';
import { lower } from '../expressions/index.ts';
import { lowerName } from '../expressions/names.ts';
import { writeMember } from '../expressions/objects.ts';
import { refuseConstruct } from '../constructs.ts';
import type { Lowering } from '../lowering.ts';
import { valueOperand, type Operand } from '../operands.ts';
import { asCallee, castTo } from './dispatch.ts';
import { errorOf, setMessage } from './errors.ts';
import { refuseEarlyUse } from './initialization.ts';

/**
 * `new C(…)` of a native class; undefined for anything else.
 * @param expected the type of what the instance is for, where that is known
 */
export function lowerNewInstance(
  l: Lowering,
  node: NewExpression,
  expected: HintType | undefined,
): Operand | undefined {
  const callee = node.getExpression();
  const declaration = classDeclarationOf(l, callee);
  if (!declaration) return undefined;
  const owner = l.module.reading.classes.made(declaration, siteOf(l, node, expected));
  if ('code' in owner) return l.refuse({ ...owner, place: placeOf(callee) });
  const set = constructorOf(l, owner, node);
  const args = lowerArguments(l, node.getArguments(), set.params);
  l.at(node);
  const made = l.b.op('rec.new', [], owner.record);
  call(l, set, [castTo(l, made, set)], args, node);
  return valueOperand(owner.error ? errorOf(l, made, owner.error) : made);
}

/** The class of the user's that an expression names. */
export function classDeclarationOf(l: Lowering, node: Node): ts.ClassDeclaration | undefined {
  const checker = l.module.reading.program.getTypeChecker();
  const symbol = checker.getSymbolAtLocation(node.compilerNode);
  const target =
    symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const declaration = target?.declarations?.find(ts.isClassDeclaration);
  return declaration?.getSourceFile().isDeclarationFile ? undefined : declaration;
}

function constructorOf(l: Lowering, owner: NativeClass, node: Node): NativeFunction {
  const found = l.module.reading.classes.constructorOf(owner);
  if (!('id' in found)) return l.refuse(asCallee(found, node));
  l.module.require(found, l.native);
  return found;
}

/** The start of a constructor's body: in a class that extends nothing the fields come first. */
export function beginConstructor(l: Lowering): void {
  const { node, method } = l.native;
  const { owner } = method ?? {};
  if (!owner || method?.kind !== 'constructor') return;
  refuseEarlyUse(l, owner);
  if (!owner.base && !owner.error) return initializeFields(l, owner);
  if (!Node.isClassDeclaration(node)) return;
  if (!owner.base) {
    const [, tag, value] = l.b.fn.params;
    if (!tag || !value) throw new Error(`${owner.name} takes a message`);
    setMessage(l, self(l), { kind: 'optional', tag: tag.value, value: value.value }, node);
    return initializeFields(l, owner);
  }
  // A constructor that isn't written passes all that it is given on.
  const base = constructorOf(l, owner.base, node);
  const given = l.b.fn.params.slice(1).map(({ value }) => value);
  l.b.call(base.id, [castTo(l, self(l), base), ...given], []);
  initializeFields(l, owner);
}

/** `super(…)`. */
export function lowerSuperCall(l: Lowering, node: CallExpression): Operand {
  const owner = l.native.method?.owner;
  if (l.lifted || l.running.size > 0) return refuseConstruct(l, node.getExpression());
  if (owner?.error && !owner.base) {
    const [message, ...more] = node.getArguments();
    if (more.length > 0) return refuseConstruct(l, node);
    const absent: Operand = { kind: 'absent', absent: 'undefined' };
    const operand = message ? lower(l, message) : absent;
    l.at(node);
    setMessage(l, self(l), operand, message ?? node);
    initializeFields(l, owner);
    return absent;
  }
  if (!owner?.base) return l.refuse(undefined);
  const base = constructorOf(l, owner.base, node);
  const args = lowerArguments(l, node.getArguments(), base.params);
  l.at(node);
  call(l, base, [castTo(l, self(l), base)], args, node);
  initializeFields(l, owner);
  return { kind: 'absent', absent: 'undefined' };
}

/** `this`, which is there in every method. */
export const self = (l: Lowering): Value => l.thisValue();

function initializeFields(l: Lowering, owner: NativeClass): void {
  const { members } = l.module.reading.records.get(owner.record);
  const set = (
    name: string | undefined,
    node: Node,
    value: (member: RecordMember) => Operand,
  ): void => {
    const member = members.find((candidate) => candidate.name === name);
    if (!member) return;
    l.guarded(() => {
      const operand = value(member);
      l.at(node);
      writeMember(l, self(l), member, operand, node);
    });
  };
  const fields = (): void => {
    for (const field of owner.declaration.getInstanceProperties()) {
      if (!Node.isPropertyDeclaration(field) || field.hasDeclareKeyword() || field.isAbstract())
        continue;
      const initializer = field.getInitializer();
      const name = memberName(field.compilerNode);
      if (initializer) set(name, field, (member) => lower(l, initializer, member));
      else {
        // Other fields are set by the constructor before anybody can read them.
        const absent: Operand = { kind: 'absent', absent: 'undefined' };
        if (members.some((member) => member.name === name && member.undefined))
          set(name, field, () => absent);
      }
    }
  };
  const parameters = (): void => {
    const { node } = l.native;
    if (!Node.isConstructorDeclaration(node)) return;
    for (const parameter of node.getParameters()) {
      const nameNode = parameter.getNameNode();
      if (parameter.isParameterProperty() && Node.isIdentifier(nameNode))
        set(parameter.getName(), parameter, () => lowerName(l, nameNode));
    }
  };
  if (definesFields(l.module.reading.program.getCompilerOptions())) {
    fields();
    parameters();
  } else {
    parameters();
    fields();
  }
}

/** `super.name(…)`: the version of the class that is extended, whatever the instance is. */
export function lowerSuperMethod(l: Lowering, name: string, node: CallExpression): Operand {
  const base = l.root.native.method?.owner.base;
  const found = base && l.module.reading.classes.member(base, name, 'method', siteOf(l, node));
  if (!found)
    return l.refuse(
      codes.unknownCallee(placeOf(node), { callee: `super.${name}`, rewrite: `this.${name}(…)` }),
    );
  if (!('id' in found)) return l.refuse(asCallee(found, node));
  l.module.require(found, l.native);
  const args = lowerArguments(l, node.getArguments(), found.params);
  l.at(node);
  return call(l, found, [castTo(l, self(l), found)], args, node);
}

/**
 * `super.name` or `super.name = …`, an accessor of the class that is extended, whatever the instance is.
 * @param args what a setter gets
 */
export function lowerSuperAccessor(
  l: Lowering,
  name: string,
  kind: 'get' | 'set',
  args: readonly Argument[],
  node: Node,
): Operand {
  const base = l.root.native.method?.owner.base;
  const found = base && l.module.reading.classes.member(base, name, kind);
  if (!found)
    return l.refuse(
      codes.unknownCallee(placeOf(node), { callee: `super.${name}`, rewrite: `this.${name}` }),
    );
  if (!('id' in found)) return l.refuse(asCallee(found, node));
  l.module.require(found, l.native);
  l.at(node);
  return call(l, found, [castTo(l, self(l), found)], args, node);
}

export const isSuper = (node: Node): boolean => node.getKind() === SyntaxKind.SuperKeyword;
