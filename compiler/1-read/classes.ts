/** The classes that native code knows: their records, members and methods. */
import {
  createWrappedNode,
  ts,
  type ClassDeclaration,
  type ConstructorDeclaration,
  type MethodDeclaration,
  type Node as MorphNode,
} from '../ts-morph.ts';
import { codes } from '../diagnostics/codes.ts';
import type { Diagnostic, Place } from '../diagnostics/types.ts';
import { recordName } from '../ir/records.ts';
import type { FunctionOptions, RecordMember, RecordType } from '../ir/types.ts';
import { hintOfType } from './checked-types.ts';
import { isHint } from './hint-types.ts';
import type { MethodKind, NativeClass, NativeFunction } from './model.ts';
import { placeOfCompilerNode } from './places.ts';
import type { TypeContext } from './shapes.ts';
import { readType } from './types.ts';

/** Reads the function of a method, an accessor or a constructor. */
export type ReadMethod = (
  node: NativeFunction['node'],
  owner: NativeClass,
  kind: MethodKind,
) => NativeFunction | readonly Diagnostic[];

export class Classes {
  private readonly program: ts.Program;
  private readonly context: TypeContext;
  private readonly readMethod: ReadMethod;
  private readonly byRecord = new Map<string, NativeClass>();
  private readonly byDeclaration = new Map<ts.Node, NativeClass | Diagnostic>();
  private readonly byInterface = new Map<ts.Type, RecordType | Diagnostic | undefined>();
  private readonly tags = new Map<ts.Node, FunctionOptions>();
  private all: readonly ts.ClassDeclaration[] | undefined;

  constructor(program: ts.Program, context: TypeContext, readMethod: ReadMethod) {
    this.program = program;
    this.context = context;
    this.readMethod = readMethod;
  }

  /** Notes that `@native` marks a class. All tags are known before any class is read. */
  tag(declaration: ts.ClassDeclaration, options: FunctionOptions): void {
    this.tags.set(declaration, options);
  }

  /** The class of a type of instances. @param place where a refusal points, @param text how it calls the type */
  read(type: ts.Type, place: Place, text: string): RecordType | Diagnostic {
    const declaration = type.getSymbol()?.declarations?.find(ts.isClassDeclaration);
    if (!declaration) return codes.classExpression(place, { type: text });
    const made = this.ofDeclaration(declaration);
    return isClass(made) ? made.record : { ...made, place };
  }

  /** The class whose instances a record is of. */
  get(record: RecordType): NativeClass | undefined {
    return this.byRecord.get(recordName(record));
  }

  ofDeclaration(declaration: ts.ClassDeclaration): NativeClass | Diagnostic {
    const known = this.byDeclaration.get(declaration);
    if (known) return known;
    const made = this.make(declaration);
    this.byDeclaration.set(declaration, made);
    return made;
  }

  /** The classes of the program that extend one, directly or not. */
  subclassesOf(base: NativeClass): readonly (NativeClass | Diagnostic)[] {
    return this.declarations()
      .filter((declaration) => this.extends(declaration, base.declaration.compilerNode))
      .map((declaration) => this.ofDeclaration(declaration));
  }

  /** A method or accessor of a class or of one that it extends. */
  member(
    owner: NativeClass,
    name: string,
    kind: Exclude<MethodKind, 'constructor'>,
  ): NativeFunction | readonly Diagnostic[] | undefined {
    const found = owner.declaration.compilerNode.members.find(
      (member) => kindOf(member) === kind && memberName(member) === name && !isStatic(member),
    );
    if (found) return this.readMethod(this.wrap<MethodDeclaration>(found), owner, kind);
    return owner.base && this.member(owner.base, name, kind);
  }

  /** The function that sets a new instance up. A class without a constructor has one all the same. */
  constructorOf(owner: NativeClass): NativeFunction | readonly Diagnostic[] {
    const declared = constructorNode(owner.declaration.compilerNode);
    const node = declared ? this.wrap<ConstructorDeclaration>(declared) : owner.declaration;
    return this.readMethod(node, owner, 'constructor');
  }

  /**
   * What JavaScript calls of a tagged class: its constructor, methods and accessors, the inherited ones left out,
   * or why they can't be called.
   */
  visibleFunctions(owner: NativeClass): (NativeFunction | readonly Diagnostic[])[] {
    const { declaration } = owner;
    const isMade =
      !declaration.isAbstract() && isVisible(constructorNode(declaration.compilerNode));
    const found = isMade ? [this.constructorOf(owner)] : [];
    for (const member of declaration.compilerNode.members) {
      const kind = kindOf(member);
      if (!kind || isStatic(member) || !isVisible(member)) continue;
      if (memberName(member) === undefined)
        found.push([codes.computedMember(placeOfCompilerNode(member), {})]);
      else found.push(this.readMethod(this.wrap<MethodDeclaration>(member), owner, kind));
    }
    return found;
  }

  /** The static methods of a class that JavaScript sees. */
  staticMethods({ declaration }: NativeClass): MethodDeclaration[] {
    return declaration.compilerNode.members
      .filter((member) => kindOf(member) === 'method' && isStatic(member) && isVisible(member))
      .map((member) => this.wrap<MethodDeclaration>(member));
  }

  /** The instances of the classes that say they implement an interface; undefined where there are none. */
  implementing(type: ts.Type, sourceName: string): RecordType | Diagnostic | undefined {
    if (this.byInterface.has(type)) return this.byInterface.get(type);
    // A class may have members of the interface that it implements.
    this.byInterface.set(type, undefined);
    const found = this.findImplementing(type, sourceName);
    this.byInterface.set(type, found);
    return found;
  }

  private findImplementing(type: ts.Type, sourceName: string): RecordType | Diagnostic | undefined {
    const symbol = type.getSymbol();
    if (!symbol || !(symbol.flags & ts.SymbolFlags.Interface)) return undefined;
    const { checker, shapes } = this.context;
    const records: RecordType[] = [];
    for (const declaration of this.declarations()) {
      const implemented = declaration.heritageClauses
        ?.filter(({ token }) => token === ts.SyntaxKind.ImplementsKeyword)
        .flatMap(({ types }) => types.map((node) => checker.getTypeFromTypeNode(node)));
      if (!implemented?.some((one) => one === type || baseTypes(one).includes(type))) continue;
      const made = this.ofDeclaration(declaration);
      if (!isClass(made)) return made;
      records.push(made.record);
    }
    return records.length > 0 ? shapes.unionOf(records, sourceName) : undefined;
  }

  private declarations(): readonly ts.ClassDeclaration[] {
    this.all ??= this.program
      .getSourceFiles()
      .filter((file) => !file.isDeclarationFile)
      .flatMap((file) => file.statements.filter(ts.isClassDeclaration));
    return this.all;
  }

  private make(declaration: ts.ClassDeclaration): NativeClass | Diagnostic {
    const { checker, shapes } = this.context;
    const place = placeOfCompilerNode(declaration.name ?? declaration);
    const name = declaration.name?.text ?? 'default';
    if (declaration.typeParameters) return codes.genericClass(place, { name });
    if (!ts.isSourceFile(declaration.parent)) return codes.nestedClass(place, { name });
    const extended = extendedBy(declaration);
    let base: NativeClass | undefined;
    if (extended) {
      const parent = this.declarationOf(extended);
      if (!parent) return codes.foreignBase(place, { name, base: extended.getText() });
      const read = this.ofDeclaration(parent);
      if (!isClass(read)) return read;
      base = read;
    }
    const symbol = declaration.name && checker.getSymbolAtLocation(declaration.name);
    const type = symbol
      ? checker.getDeclaredTypeOfSymbol(symbol)
      : checker.getTypeAtLocation(declaration);
    const tag = this.tags.get(declaration);
    const problem = problemOfTag(declaration, tag, base, place);
    if (problem) return problem;
    const record = shapes.classOf(name, base?.record, tag !== undefined);
    const made: NativeClass = {
      record,
      name,
      declaration: this.wrap<ClassDeclaration>(declaration),
      base,
      tag,
    };
    // Known before its members are read, which may be of its own type.
    this.byDeclaration.set(declaration, made);
    this.byRecord.set(recordName(record), made);
    const members = this.fields(declaration, type, place);
    if (!Array.isArray(members)) return members as Diagnostic;
    const inherited = base ? shapes.get(base.record).members : [];
    const twice = (members as RecordMember[]).find((member) =>
      inherited.some((other) => other.name === member.name),
    );
    if (twice) return codes.fieldAgain(place, { name, field: twice.name, base: base?.name ?? '' });
    shapes.setMembers(record, [...inherited, ...(members as RecordMember[])]);
    return made;
  }

  /** The fields that a class declares, in the order in which its instances get them. */
  private fields(
    declaration: ts.ClassDeclaration,
    type: ts.Type,
    place: Place,
  ): readonly RecordMember[] | Diagnostic {
    const { checker } = this.context;
    const members: RecordMember[] = [];
    for (const field of fieldsOf(declaration)) {
      const flags = ts.getCombinedModifierFlags(field);
      const name = memberName(field);
      if (name === undefined) return codes.computedMember(placeOfCompilerNode(field), {});
      const at = placeOfCompilerNode(field);
      const fieldType = checker.getTypeAtLocation(field);
      const hint = field.type
        ? readType(field.type, this.context)
        : hintOfType(fieldType, this.context, at, checker.typeToString(fieldType));
      if (!isHint(hint)) return hint;
      if (hint.type === undefined) return codes.emptyType(at, { type: field.getText() });
      const optional = field.questionToken !== undefined && ts.isPropertyDeclaration(field);
      const isReadonly = (flags & ts.ModifierFlags.Readonly) !== 0;
      members.push({
        name,
        ...hint,
        type: hint.type,
        ...(optional && { undefined: true }),
        ...(isReadonly && { readonly: true }),
      });
    }
    const index = declaration.members.find(ts.isIndexSignatureDeclaration);
    return index ? codes.objectType(place, { type: checker.typeToString(type) }) : members;
  }

  /** The class that an expression behind `extends` names. */
  private declarationOf(expression: ts.Expression): ts.ClassDeclaration | undefined {
    const { checker } = this.context;
    const symbol = checker.getSymbolAtLocation(expression);
    const target =
      symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    return target?.declarations?.find(ts.isClassDeclaration);
  }

  private extends(declaration: ts.ClassDeclaration, base: ts.Node): boolean {
    const extended = extendedBy(declaration);
    const parent = extended && this.declarationOf(extended);
    return parent !== undefined && (parent === base || this.extends(parent, base));
  }

  private wrap<T extends MorphNode>(node: ts.Node): T {
    return createWrappedNode(node, {
      compilerOptions: this.program.getCompilerOptions(),
      typeChecker: this.context.checker,
    }) as MorphNode as T;
  }
}

/** Why a class can't be one that JavaScript has too, or can't be none. */
function problemOfTag(
  declaration: ts.ClassDeclaration,
  tag: FunctionOptions | undefined,
  base: NativeClass | undefined,
  place: Place,
): Diagnostic | undefined {
  const name = declaration.name?.text;
  if (base && (base.tag === undefined) !== (tag === undefined)) {
    const [marked, other] = tag ? [name, base.name] : [base.name, name];
    return codes.untaggedRelative(place, {
      name: name ?? 'default',
      base: base.name,
      marked: marked ?? '',
      other: other ?? '',
    });
  }
  if (!tag) return undefined;
  if (name === undefined) return codes.namelessClass(place);
  const decorated = [declaration, ...declaration.members].find(
    (node) => ts.canHaveDecorators(node) && (ts.getDecorators(node)?.length ?? 0) > 0,
  );
  return decorated && codes.decoratedClass(placeOfCompilerNode(decorated), { name });
}

/** The interfaces that one extends, directly or not. */
function baseTypes(type: ts.Type): ts.Type[] {
  const bases = type.getBaseTypes() ?? [];
  return [...bases, ...bases.flatMap(baseTypes)];
}

const isClass = (made: NativeClass | Diagnostic): made is NativeClass => 'record' in made;

const extendedBy = (declaration: ts.ClassDeclaration): ts.Expression | undefined =>
  declaration.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)?.types[0]
    ?.expression;

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

/** The constructor that a class declares. */
const constructorNode = (declaration: ts.ClassDeclaration): ts.ConstructorDeclaration | undefined =>
  declaration.members.find(
    (member): member is ts.ConstructorDeclaration =>
      ts.isConstructorDeclaration(member) && member.body !== undefined,
  );

/** What a member with a body is, other than a constructor. */
function kindOf(member: ts.ClassElement): Exclude<MethodKind, 'constructor'> | undefined {
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
