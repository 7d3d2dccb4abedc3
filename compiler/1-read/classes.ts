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
import {
  errorMembers,
  messageMembers,
  ownErrorClass,
  problemOfErrorClass,
} from './error-classes.ts';
import { hintsOfTypes, mostCopies, nameWith } from './copies.ts';
import { typeArgumentsOfCall } from './generic-calls.ts';
import { isHint } from './hint-types.ts';
import { hintedType } from './hinted-types.ts';
import { inArrays } from './hints.ts';
import { fieldsOf, isStatic, isVisible, kindOf, memberName } from './class-members.ts';
import { halfAccessor } from './half-accessors.ts';
import type { CallSite, MethodKind, NativeClass, NativeFunction } from './model.ts';
import { placeOf, placeOfCompilerNode } from './places.ts';
import { withTypes, type TypeContext } from './shapes.ts';
import {
  instantiate,
  together,
  typeArgumentsIn,
  typeArgumentsOf,
  typeParametersOf,
  type TypeArguments,
} from './type-arguments.ts';
import { readType } from './types.ts';

/** Reads the function of a method, an accessor or a constructor. @param site the call of a generic one */
export type ReadMethod = (
  node: NativeFunction['node'],
  owner: NativeClass,
  kind: MethodKind,
  site?: CallSite,
) => NativeFunction | readonly Diagnostic[];

export class Classes {
  private readonly program: ts.Program;
  private readonly context: TypeContext;
  private readonly readMethod: ReadMethod;
  private readonly byRecord = new Map<string, NativeClass>();
  /** By declaration, and for a generic class by its type arguments. */
  private readonly byDeclaration = new Map<ts.Node, Map<string, NativeClass | Diagnostic>>();
  private readonly byInterface = new Map<ts.Type, RecordType | Diagnostic | undefined>();
  private readonly tags = new Map<ts.Node, FunctionOptions>();
  private all: readonly ts.ClassDeclaration[] | undefined;
  /** The generic classes whose copies were asked for in `watch`, with how many there were. */
  private watched: Map<ts.ClassDeclaration, number> | undefined;

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
    const named = type.getSymbol()?.declarations?.find(ts.isClassDeclaration);
    if (!named) return codes.classExpression(place, { type: text });
    const declaration = this.context.hints?.classOf(named) ?? named;
    const { parameters, types } = typeArgumentsIn(type, this.context.checker);
    const own = parameters.length > 0 ? types.slice(0, typeParametersOf(declaration).length) : [];
    const { shapes } = this.context;
    const made = shapes.apart(() => this.ofDeclaration(declaration, own, place));
    return isClass(made) ? made.record : { ...made, place };
  }

  /** The classes that were read so far. */
  get known(): readonly NativeClass[] {
    return [...this.byRecord.values()];
  }

  /** The classes of errors that were read so far. */
  get errors(): readonly NativeClass[] {
    return [...this.byRecord.values()].filter(({ error }) => error !== undefined);
  }

  /** The class whose instances a record is of. */
  get(record: RecordType): NativeClass | undefined {
    return this.byRecord.get(recordName(record));
  }

  /**
   * @param types what stands for its type parameters
   * @param place where the type arguments are, if not at the declaration
   */
  ofDeclaration(
    declaration: ts.ClassDeclaration,
    types: readonly ts.Type[] = [],
    place = placeOfCompilerNode(declaration.name ?? declaration),
  ): NativeClass | Diagnostic {
    const { checker } = this.context;
    const name = declaration.name?.text ?? 'default';
    if (types.length < typeParametersOf(declaration).length)
      return codes.unknownTypeArguments(place, { name, rewrite: `${name}<number>` });
    const hints = hintsOfTypes(types, this.context, place);
    if ('code' in hints) return hints;
    const instances = this.instancesOf(declaration);
    const key = JSON.stringify(hints);
    const known = instances.get(key);
    if (known) return known;
    const sourceName = nameWith(name, hints, this.context.shapes);
    if (instances.size >= mostCopies) return codes.endlessCopies(place, { name });
    const made = this.make(
      declaration,
      sourceName,
      typeArgumentsOf(declaration, types, checker),
      (made) => instances.set(key, made),
    );
    instances.set(key, made);
    return made;
  }

  /** The class that a `new` makes an instance of. */
  made(declaration: ts.ClassDeclaration, site: CallSite): NativeClass | Diagnostic {
    if (typeParametersOf(declaration).length === 0) return this.ofDeclaration(declaration);
    const { checker } = this.context;
    const constructor = constructorIn(declaration);
    const generic = {
      declaration,
      parameters: constructor?.parameters ?? [],
      result: checker.getTypeAtLocation(declaration),
    };
    const types = typeArgumentsOfCall(generic, site, this.context);
    return 'code' in types
      ? types
      : this.ofDeclaration(declaration, types, placeOf(site.call.getExpression()));
  }

  private instancesOf(declaration: ts.ClassDeclaration): Map<string, NativeClass | Diagnostic> {
    const known =
      this.byDeclaration.get(declaration) ?? new Map<string, NativeClass | Diagnostic>();
    this.byDeclaration.set(declaration, known);
    return known;
  }

  /** The copies of a class that there are so far; a class without type parameters is its one copy. */
  copiesOf(declaration: ts.ClassDeclaration): readonly (NativeClass | Diagnostic)[] {
    if (typeParametersOf(declaration).length === 0) return [this.ofDeclaration(declaration)];
    const copies = [...this.instancesOf(declaration).values()];
    this.watched?.set(declaration, copies.length);
    return copies;
  }

  /** Runs something, and tells from then on whether there are copies of generic classes that it should have known. */
  watch<T>(run: () => T): { readonly result: T; readonly isStale: () => boolean } {
    const watched = new Map<ts.ClassDeclaration, number>();
    const outer = this.watched;
    this.watched = watched;
    try {
      const isStale = (): boolean =>
        [...watched].some(([declaration, count]) => this.instancesOf(declaration).size > count);
      return { result: run(), isStale };
    } finally {
      this.watched = outer;
    }
  }

  /**
   * The classes of the program that extend one, directly or not. Of generic classes those copies that there
   * are so far.
   */
  subclassesOf(base: NativeClass): readonly (NativeClass | Diagnostic)[] {
    return this.declarations()
      .filter((declaration) => this.extends(declaration, base.declaration.compilerNode))
      .flatMap((declaration) => this.copiesOf(declaration))
      .filter((made) => !isClass(made) || isBelow(made, base));
  }

  /** A method or accessor of a class or of one that it extends. */
  member(
    owner: NativeClass,
    name: string,
    kind: Exclude<MethodKind, 'constructor'>,
    site?: CallSite,
  ): NativeFunction | readonly Diagnostic[] | undefined {
    const found = owner.declaration.compilerNode.members.find(
      (member) => kindOf(member) === kind && memberName(member) === name && !isStatic(member),
    );
    if (found) return this.readMethod(this.wrap<MethodDeclaration>(found), owner, kind, site);
    return owner.base && this.member(owner.base, name, kind, site);
  }

  /** The function that sets a new instance up. A class without a constructor has one all the same. */
  constructorOf(owner: NativeClass): NativeFunction | readonly Diagnostic[] {
    const declared = constructorIn(owner.declaration.compilerNode);
    const node = declared ? this.wrap<ConstructorDeclaration>(declared) : owner.declaration;
    return this.readMethod(node, owner, 'constructor');
  }

  /**
   * What JavaScript calls of a tagged class: its constructor, methods and accessors, the inherited ones left out,
   * or why they can't be called.
   */
  visibleFunctions(owner: NativeClass): (NativeFunction | readonly Diagnostic[])[] {
    const { declaration } = owner;
    const isMade = !declaration.isAbstract() && isVisible(constructorIn(declaration.compilerNode));
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
      const isNamed = implemented?.some((one) =>
        [one, ...baseTypes(one)].some((other) => other.getSymbol() === symbol),
      );
      if (!implemented || !isNamed) continue;
      this.makeCopyFor(declaration, implemented, type);
      for (const made of this.copiesOf(declaration)) {
        if (!isClass(made)) return made;
        const own = implemented.map((one) => instantiate(one, made.types, checker));
        if (own.some((one) => one === type || baseTypes(one).includes(type)))
          records.push(made.record);
      }
    }
    return records.length > 0 ? shapes.unionOf(records, sourceName) : undefined;
  }

  /** Makes the copy of a generic class that implements `Container<number>`, where it says `Container<T>`. */
  private makeCopyFor(
    declaration: ts.ClassDeclaration,
    implemented: readonly ts.Type[],
    type: ts.Type,
  ): void {
    const { checker } = this.context;
    const parameters = typeParametersOf(declaration).map((one) => checker.getTypeAtLocation(one));
    const wanted = typeArgumentsIn(type, checker);
    const said = implemented.find((one) => one.getSymbol() === type.getSymbol());
    if (parameters.length === 0 || !said) return;
    const given = typeArgumentsIn(said, checker);
    const types = parameters.flatMap(
      (parameter) => wanted.types[given.types.indexOf(parameter)] ?? [],
    );
    const fits = parameters.every((parameter, index) => {
      const constraint = checker.getBaseConstraintOfType(parameter);
      const type = types[index];
      return type !== undefined && (!constraint || checker.isTypeAssignableTo(type, constraint));
    });
    if (fits) this.ofDeclaration(declaration, types);
  }

  private declarations(): readonly ts.ClassDeclaration[] {
    this.all ??= this.program
      .getSourceFiles()
      .filter((file) => !file.isDeclarationFile)
      .flatMap((file) => file.statements.filter(ts.isClassDeclaration));
    return this.all;
  }

  /** @param know is called before the members are read, which may be of the class's own type */
  private make(
    declaration: ts.ClassDeclaration,
    sourceName: string,
    own: TypeArguments,
    know: (made: NativeClass) => void,
  ): NativeClass | Diagnostic {
    const { checker, shapes } = this.context;
    const place = placeOfCompilerNode(declaration.name ?? declaration);
    const name = declaration.name?.text ?? 'default';
    if (!ts.isSourceFile(declaration.parent)) return codes.nestedClass(place, { name });
    const symbol = declaration.name && checker.getSymbolAtLocation(declaration.name);
    const declared = symbol
      ? checker.getDeclaredTypeOfSymbol(symbol)
      : checker.getTypeAtLocation(declaration);
    const type = instantiate(declared, own, checker);
    const { thisType } = declared as ts.InterfaceTypeWithDeclaredMembers;
    const types = thisType ? together(own, { parameters: [thisType], types: [type] }) : own;
    const extended = extendedBy(declaration)?.expression;
    const isRoot = extended && !this.context.hints && ownErrorClass(extended, checker);
    const base = isRoot
      ? undefined
      : this.baseOf(declaration, name, withTypes(this.context, types));
    if (base && !isClass(base)) return base;
    const error = isRoot || base?.error;
    const tag = this.tags.get(declaration);
    const problem = error
      ? problemOfErrorClass(declaration, tag !== undefined)
      : problemOfTag(declaration, tag, base, place);
    if (problem) return problem;
    const record = shapes.classOf(sourceName, type, base?.record, tag !== undefined, error);
    if (name === 'NdArray' && inArrays(declaration.getSourceFile().fileName))
      shapes.markArray(record);
    const made: NativeClass = {
      record,
      name: sourceName,
      declaration: this.wrap<ClassDeclaration>(declaration),
      base,
      tag,
      ...(error && { error }),
      types,
    };
    know(made);
    this.byRecord.set(recordName(record), made);
    const fields = this.fields(declaration, type, place, withTypes(this.context, types));
    if (!Array.isArray(fields)) return fields as Diagnostic;
    const inherited = base ? shapes.get(base.record).members : error ? messageMembers : [];
    const defined = definesFields(this.program.getCompilerOptions());
    const members = error
      ? errorMembers({ declaration, fields: fields as RecordMember[], inherited, defined })
      : fields;
    if (!Array.isArray(members)) return members as Diagnostic;
    const twice = (members as RecordMember[]).find((member) =>
      inherited.some((other) => other.name === member.name),
    );
    if (twice) return codes.fieldAgain(place, { name, field: twice.name, base: base?.name ?? '' });
    shapes.setMembers(record, [...inherited, ...(members as RecordMember[])]);
    return halfAccessor(made) ?? made;
  }

  /** The class that one extends; undefined where it extends nothing. */
  private baseOf(
    declaration: ts.ClassDeclaration,
    name: string,
    context: TypeContext,
  ): NativeClass | Diagnostic | undefined {
    const extended = extendedBy(declaration);
    if (!extended) return undefined;
    const parent = this.declarationOf(extended.expression);
    // TypeScript has refused a class that extends itself; this only ends the search for its fields.
    if (!parent || parent === declaration || this.extends(parent, declaration)) {
      const place = placeOfCompilerNode(declaration.name ?? declaration);
      return codes.foreignBase(place, { name, base: extended.expression.getText() });
    }
    const types = extended.typeArguments?.map((node) => hintedType(node, context));
    return this.ofDeclaration(parent, types, placeOfCompilerNode(extended));
  }

  /** The fields that a class declares, in the order in which its instances get them. */
  private fields(
    declaration: ts.ClassDeclaration,
    type: ts.Type,
    place: Place,
    context: TypeContext,
  ): readonly RecordMember[] | Diagnostic {
    const { checker, hints } = context;
    const members: RecordMember[] = [];
    for (const field of hints?.fieldsOf(declaration) ?? fieldsOf(declaration)) {
      const flags = ts.getCombinedModifierFlags(field);
      const name = memberName(field);
      if (name === undefined) return codes.computedMember(placeOfCompilerNode(field), {});
      const at = placeOfCompilerNode(field);
      const fieldType = checker.getTypeAtLocation(field);
      const hint = field.type
        ? readType(field.type, context)
        : hintOfType(fieldType, context, at, checker.typeToString(fieldType));
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
    const seen = new Set<ts.Node>();
    let at: ts.ClassDeclaration | undefined = declaration;
    // A class that extends itself, which TypeScript refuses, ends it too.
    while (at && !seen.has(at)) {
      seen.add(at);
      const extended: ts.Expression | undefined = extendedBy(at)?.expression;
      at = extended && this.declarationOf(extended);
      if (at === base) return true;
    }
    return false;
  }

  private wrap<T extends MorphNode>(node: ts.Node): T {
    return createWrappedNode(node, {
      compilerOptions: this.program.getCompilerOptions(),
      typeChecker: this.context.checker,
    }) as MorphNode as T;
  }
}

/** Whether fields are JavaScript's own, which are there before the constructor's body assigns anything. */
export const definesFields = ({ useDefineForClassFields, target }: ts.CompilerOptions): boolean =>
  useDefineForClassFields ?? (target ?? ts.ScriptTarget.ES2022) >= ts.ScriptTarget.ES2022;

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

const constructorIn = (declaration: ts.ClassDeclaration): ts.ConstructorDeclaration | undefined =>
  declaration.members.find(
    (member): member is ts.ConstructorDeclaration =>
      ts.isConstructorDeclaration(member) && member.body !== undefined,
  );

const isBelow = (made: NativeClass, base: NativeClass): boolean =>
  made.base === base || (made.base !== undefined && isBelow(made.base, base));

const extendedBy = (declaration: ts.ClassDeclaration): ts.ExpressionWithTypeArguments | undefined =>
  declaration.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)
    ?.types[0];
