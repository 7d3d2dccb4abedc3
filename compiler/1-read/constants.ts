/** What names of module-level variables stand for in native code. */
import {
  Node,
  ts,
  type BindingElement,
  type PropertyDeclaration,
  type VariableDeclaration,
} from '../ts-morph.ts';
import { codes } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/types.ts';
import { fitsInteger, normalize } from '../ir/scalars.ts';
import { elementOf, listOf, storageOf } from '../ir/records.ts';
import {
  isHeap,
  isInteger,
  isList,
  isNumeric,
  isScalar,
  isView,
  type Constant,
  type HeapType,
  type ScalarType,
} from '../ir/types.ts';
import { annotationOf } from './annotations.ts';
import { hintOfType } from './checked-types.ts';
import { enumMember, isAccess, memberValue, type Access } from './constant-objects.ts';
import { fold, type Literal } from './fold.ts';
import { declarationOf, isConst, isTopLevel, unwrapped } from './function-nodes.ts';
import { hintFor, isHint, only, shortText, unionOf } from './hint-types.ts';
import { Ids, type IsTaken } from './ids.ts';
import type { HintType, NativeConstant } from './model.ts';
import { placeOf } from './places.ts';
import type { TypeContext } from './shapes.ts';
import { isStandardFile, isStandardGlobal } from './standard.ts';
import { internals } from './type-arguments.ts';
import { readType } from './types.ts';
import { filledByTopLevel, isPure, isUnchanging } from './unchanging.ts';
import type { WrittenVariables } from './written.ts';

/** A name of `const { name, other: name } = whole;`. */
function partOf(
  element: BindingElement,
): { readonly whole: VariableDeclaration; readonly name: string } | undefined {
  const pattern = element.getParent();
  const whole = pattern.getParent();
  const key = element.getPropertyNameNode() ?? element.getNameNode();
  const isPlain =
    Node.isObjectBindingPattern(pattern) &&
    Node.isVariableDeclaration(whole) &&
    Node.isIdentifier(key) &&
    !element.getInitializer() &&
    !element.getDotDotDotToken();
  return isPlain ? { whole, name: key.getText() } : undefined;
}

/** Whether a variable is declared in a case of a `switch`, which other cases may skip. */
const isOfCase = (declaration: VariableDeclaration): boolean => {
  const around = declaration.getVariableStatement()?.getParent();
  return Node.isCaseClause(around) || Node.isDefaultClause(around);
};

export class Constants {
  private readonly known = new Map<ts.Node, NativeConstant | Diagnostic>();
  private readonly ids: Ids;
  private readonly context: TypeContext;
  private readonly written: WrittenVariables;
  private readonly program: ts.Program;

  constructor(
    program: ts.Program,
    written: WrittenVariables,
    context: TypeContext,
    isTaken?: IsTaken,
  ) {
    this.ids = new Ids('constant', isTaken);
    this.program = program;
    this.context = context;
    this.written = written;
  }

  /** @see Reading.resolveConstant */
  resolve(name: Node): NativeConstant | Diagnostic | undefined {
    const member = isAccess(name) ? this.member(name) : undefined;
    if (member) return member;
    const declaration = declarationOf(name);
    if (!declaration) return undefined;
    const place = placeOf(name);
    const text = name.getText();
    if (Node.isEnumDeclaration(declaration)) {
      return codes.enumValue(place, { name: text });
    }
    if (Node.isEnumMember(declaration))
      return codes.computedEnumMember(place, { name: text, member: declaration.getName() });
    if (Node.isBindingElement(declaration)) {
      const variable = declaration.getFirstAncestor((node) => Node.isVariableDeclaration(node));
      return variable && isTopLevel(variable)
        ? codes.destructuredConstant(place, {
            name: text,
            rewrite: separately(declaration, variable),
          })
        : undefined;
    }
    if (Node.isPropertyDeclaration(declaration)) return this.staticField(declaration, name);
    if (!Node.isVariableDeclaration(declaration) || !isTopLevel(declaration)) return undefined;
    if (isStandardFile(declaration.getSourceFile())) return undefined;
    const problem = this.unreadable(declaration, name);
    if (problem) return problem;
    const known = this.known.get(declaration.compilerNode) ?? this.read(declaration);
    this.known.set(declaration.compilerNode, known);
    // The refusal is about the declaration; the place is where native code reads it.
    return 'code' in known ? { ...known, place, related: relatedTo(known) } : known;
  }

  /** @see Reading.globalOf */
  globalOf(name: Node, seen: ReadonlySet<Node> = new Set()): string | undefined {
    if (isStandardGlobal(name)) return name.getText();
    if (Node.isPropertyAccessExpression(name) && isStandardGlobal(name.getExpression()))
      return name.getText();
    const found = declarationOf(name);
    // `const { sqrt } = Math;`
    const part = Node.isBindingElement(found) ? partOf(found) : undefined;
    const declaration = part ? part.whole : found;
    if (!declaration || !Node.isVariableDeclaration(declaration) || seen.has(declaration))
      return undefined;
    const isFixed = isTopLevel(declaration)
      ? !this.unreadable(declaration, name)
      : isConst(declaration) && !isOfCase(declaration);
    const initializer = declaration.getInitializer();
    if (!initializer || !isFixed) return undefined;
    const whole = this.globalOf(unwrapped(initializer), new Set([...seen, declaration]));
    if (!part || whole === undefined) return whole;
    return whole.includes('.') ? undefined : `${whole}.${part.name}`;
  }

  /** A member of an enum, or of a constant object whose literals are known when compiling. */
  private member(access: Access): NativeConstant | undefined {
    const known = enumMember(access, this.context.checker);
    if (known !== undefined) return ofLiteral(known);
    const initializer = memberValue(access, (variable) => !this.unreadable(variable, access));
    const value = initializer && this.folded(initializer);
    return value === undefined ? undefined : ofLiteral(value);
  }

  /** A static field of a class: one that is never assigned and has a value that is known when compiling. */
  private staticField(
    field: PropertyDeclaration,
    use: Node,
  ): NativeConstant | Diagnostic | undefined {
    if (!field.isStatic()) return undefined;
    const place = placeOf(use);
    const initializer = field.getInitializer();
    const value =
      initializer && field.isReadonly()
        ? fold(initializer, (name) => {
            const other = declarationOf(name);
            return other && Node.isVariableDeclaration(other) ? this.valueOf(other) : undefined;
          })
        : undefined;
    if (value === undefined) return codes.staticField(place, { name: use.getText() });
    if (typeof value === 'string') return { kind: 'text', text: value };
    const annotation = field.compilerNode.type;
    const hint = annotation && readType(annotation, this.context);
    return hint && !isHint(hint) ? hint : literal(field, hint, value);
  }

  /** Why a variable's value at load is not what native code could read. */
  private unreadable(declaration: VariableDeclaration, use: Node): Diagnostic | undefined {
    const place = placeOf(use);
    const name = use.getText();
    const file = declaration.getSourceFile();
    if (file.isDeclarationFile() && ts.isExternalModule(file.compilerNode)) {
      return codes.constantElsewhere(place, { name });
    }
    if (file.isDeclarationFile() || declaration.getVariableStatement()?.hasDeclareKeyword()) {
      return codes.declaredConstant(place, { name });
    }
    if (this.program.isSourceFileFromExternalLibrary(file.compilerNode)) {
      return codes.constantElsewhere(place, { name });
    }
    if (isConst(declaration)) return undefined;
    if (declaration.getInitializer() && !this.written.has(declaration)) return undefined;
    const type = this.context.checker.typeToString(declaration.getType().compilerType);
    const refusal = codes.changingVariable(place, { name, type, own: declaration.getName() });
    return {
      ...refusal,
      related: [{ place: placeOf(declaration.getNameNode()), message: 'It is declared here.' }],
    };
  }

  private read(declaration: VariableDeclaration): NativeConstant | Diagnostic {
    const annotation = annotationOf(declaration);
    const hint = annotation && readType(annotation, this.context);
    if (hint && !isHint(hint)) return hint;
    const value = this.valueOf(declaration);
    // Of a string TypeScript checks that its type holds it.
    if (typeof value === 'string') return { kind: 'text', text: value };
    if (value !== undefined) return literal(declaration, hint, value);
    const type = hint ?? this.listType(declaration) ?? this.inferredType(declaration);
    if (!isHint(type)) return type;
    const name = declaration.getName();
    if (type.type === undefined || type.undefined || type.null) {
      const value = declaration.getInitializer()?.compilerNode;
      const text = value ? shortText(value) : '…';
      return codes.optionalConstant(placeOf(declaration.getNameNode()), { name, value: text });
    }
    if (isHeap(type.type)) return this.object(declaration, type.type);
    const length = isView(type.type) ? this.lengthOf(declaration) : undefined;
    return {
      kind: 'global',
      id: this.ids.take(name),
      name,
      type: type.type,
      declaration,
      ...(length !== undefined && { length }),
    };
  }

  /**
   * How many elements the typed array of a constant has: `new Float64Array(n)`, `new Float64Array([1, 2])`,
   * `Float64Array.of(1, 2)`, `Float64Array.from([1, 2])`. One whose buffer was detached never gets into native code.
   */
  private lengthOf(declaration: VariableDeclaration): number | undefined {
    const initializer = declaration.getInitializer();
    const made = initializer && unwrapped(initializer);
    const isNew = Node.isNewExpression(made);
    if (!isNew && !Node.isCallExpression(made)) return undefined;
    const callee = made.getExpression();
    const [method, array] = Node.isPropertyAccessExpression(callee)
      ? [callee.getName(), callee.getExpression()]
      : [undefined, callee];
    const isStandard = /^(Big)?(Int|Uint|Float)\d+(Clamped)?Array$/.test(array.getText());
    if (!isStandard || !isStandardGlobal(array) || isNew !== (method === undefined))
      return undefined;
    const given = made.getArguments();
    const countOf = (nodes: readonly Node[]): number | undefined =>
      nodes.some((node) => Node.isSpreadElement(node)) ? undefined : nodes.length;
    if (method === 'of') return countOf(given);
    const [first, second] = given;
    if (!first || second || (method !== undefined && method !== 'from')) return undefined;
    if (Node.isArrayLiteralExpression(first)) return countOf(first.getElements());
    const count = method === undefined ? this.folded(first) : undefined;
    return typeof count === 'number' && Number.isInteger(count) && count >= 0 ? count : undefined;
  }

  /** An object of a constant that nobody changes; a refusal of others. */
  private object(declaration: VariableDeclaration, type: HeapType): NativeConstant | Diagnostic {
    const place = placeOf(declaration.getNameNode());
    const name = declaration.getName();
    const initializer = declaration.getInitializer();
    const { checker } = this.context;
    const isKnown = (part: Node): boolean => {
      if (this.folded(part) !== undefined) return true;
      if (!Node.isIdentifier(part) || declarationOf(part) === declaration) return false;
      const other = this.resolve(part);
      return other !== undefined && !('code' in other);
    };
    if (!initializer || type === 'str' || !isPure(initializer, isKnown))
      return this.filled(declaration, type) ?? codes.heapConstant(place, { name });
    if (!isUnchanging(declaration, checker)) {
      const filled = this.filled(declaration, type);
      if (filled) return filled;
      const rewrite = `const ${name} = ${shortText(initializer.compilerNode)} as const;`;
      return codes.changingObject(place, { name, rewrite });
    }
    return { kind: 'object', id: this.ids.take(name), name, type, declaration, initializer };
  }

  /** An array of numbers that nobody changes once top-level code has filled it. */
  private filled(declaration: VariableDeclaration, type: HeapType): NativeConstant | undefined {
    const element = isList(type) ? elementOf(type) : undefined;
    if (!element || storageOf(element) !== 'plain' || !isNumeric(element.type)) return undefined;
    const filledBy = filledByTopLevel(declaration, this.context.checker);
    const name = declaration.getName();
    return (
      filledBy && {
        kind: 'global',
        id: this.ids.take(name),
        name,
        type: `view.${element.type}`,
        declaration,
        filledBy,
      }
    );
  }

  /** The type of an array literal whose elements are of one type: `as const` makes a tuple of it. */
  private listType(declaration: VariableDeclaration): HintType | undefined {
    const { checker } = this.context;
    const type = declaration.getType().compilerType;
    const initializer = declaration.getInitializer();
    if (annotationOf(declaration) || !initializer || !checker.isTupleType(type)) return undefined;
    if (!Node.isArrayLiteralExpression(unwrapped(initializer))) return undefined;
    const place = placeOf(declaration.getNameNode());
    const hints: HintType[] = [];
    const elements = checker.getTypeArguments(type as ts.TypeReference);
    const union = (): ts.Type => internals(checker).getUnionType(elements);
    for (const element of elements) {
      const hint = hintOfType(element, this.context, place, checker.typeToString(element));
      if (!isHint(hint)) return undefined;
      hints.push(hint);
    }
    const element = unionOf(hints, this.context, declaration.getName(), union);
    if (element?.type === undefined || storageOf({ ...element, type: element.type }) === 'tagged')
      return undefined;
    return only(listOf({ ...element, type: element.type }));
  }

  private inferredType(declaration: VariableDeclaration): HintType | Diagnostic {
    const type = declaration.getType().compilerType;
    if (type.flags & ts.TypeFlags.BigIntLike) return unhinted(declaration);
    const { checker } = this.context;
    const text = checker.typeToString(checker.getBaseTypeOfLiteralType(type));
    return hintOfType(type, this.context, placeOf(declaration.getNameNode()), text);
  }

  /** The value of a constant that is known when compiling. */
  private valueOf(declaration: VariableDeclaration, seen = new Set<Node>()): Literal | undefined {
    const initializer = declaration.getInitializer();
    if (!initializer || seen.has(declaration)) return undefined;
    seen.add(declaration);
    return this.folded(initializer, seen);
  }

  private folded(initializer: Node, seen = new Set<Node>()): Literal | undefined {
    return fold(initializer, (name) => {
      const member = isAccess(name) ? this.member(name) : undefined;
      if (member) return member.kind === 'text' ? member.text : valueOfLiteral(member);
      const other = declarationOf(name);
      const isKnown =
        other &&
        Node.isVariableDeclaration(other) &&
        isTopLevel(other) &&
        !this.unreadable(other, name);
      return isKnown ? this.valueOf(other, seen) : undefined;
    });
  }
}

function literal(
  declaration: VariableDeclaration | PropertyDeclaration,
  hint: HintType | undefined,
  value: Constant,
): NativeConstant | Diagnostic {
  const place = placeOf(declaration.getNameNode());
  const name = declaration.getName();
  const type = hint?.type ?? typeOfLiteral(value);
  if (type === undefined) return unhinted(declaration);
  if (!isScalar(type) || !fits(type, value)) {
    const text = shortText(declaration.getInitializerOrThrow().compilerNode);
    const rewrite =
      type === 'f32'
        ? `const ${name}: f32 = Math.fround(${text});`
        : `const ${name}: ${hintFor(value) ?? type} = ${text};`;
    return codes.constantRange(place, { name, type, value: String(value), rewrite });
  }
  return { kind: 'literal', type, value: normalize(type, value) };
}

/** The constant that a name of a pattern stands for, by itself. */
function separately(element: BindingElement, variable: Node): string {
  const initializer = Node.isVariableDeclaration(variable) ? variable.getInitializer() : undefined;
  const source = initializer ? shortText(initializer.compilerNode) : '…';
  const name = element.getName();
  const pattern = element.getParent();
  const key = Node.isObjectBindingPattern(pattern)
    ? `.${element.getPropertyNameNode()?.getText() ?? name}`
    : `[${pattern.getElements().indexOf(element)}]`;
  return `const ${name} = ${source}${key};`;
}

/** A bigint that may have any size. */
function unhinted(declaration: VariableDeclaration | PropertyDeclaration): Diagnostic {
  const name = declaration.getName();
  const value = declaration.getInitializer()?.compilerNode;
  const rewrite = `const ${name}: i64 = ${value ? shortText(value) : '…'};`;
  return codes.unhintedConstant(placeOf(declaration.getNameNode()), { name, rewrite });
}

/** A constant without a hint: a bigint is known, and so is which of the two types holds it. */
function ofLiteral(value: Literal): NativeConstant | undefined {
  if (typeof value === 'string') return { kind: 'text', text: value };
  if (typeof value !== 'bigint')
    return { kind: 'literal', type: typeof value === 'number' ? 'f64' : 'bool', value };
  const type = (['i64', 'u64'] as const).find((one) => fitsInteger(one, value));
  return type && { kind: 'literal', type, value };
}

const valueOfLiteral = (constant: NativeConstant): Literal | undefined =>
  constant.kind === 'literal' ? constant.value : undefined;

function typeOfLiteral(value: Constant): ScalarType | undefined {
  if (typeof value === 'boolean') return 'bool';
  return typeof value === 'number' ? 'f64' : undefined;
}

function fits(type: ScalarType, value: Constant): boolean {
  if (isInteger(type)) return typeof value !== 'boolean' && fitsInteger(type, value);
  return type !== 'f32' || Object.is(Math.fround(Number(value)), Number(value));
}

function relatedTo(diagnostic: Diagnostic): Diagnostic['related'] {
  return diagnostic.place
    ? [{ place: diagnostic.place, message: 'It is declared here.' }]
    : diagnostic.related;
}
