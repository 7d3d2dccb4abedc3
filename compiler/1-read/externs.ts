/** Declared functions of C libraries: what C gets of each parameter, and gives back. */
import { Node, ts, type FunctionDeclaration, type ParameterDeclaration } from '../ts-morph.ts';
import { codes } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/types.ts';
import { hasAddresses, isFlat, type CStruct } from '../ir/c-structs.ts';
import type { ExternWay } from '../ir/externs.ts';
import { isList, isRecord, isScalar, isView } from '../ir/types.ts';
import { externTag, type ExternTag } from './extern-tags.ts';
import { isHint, only, shortText } from './hint-types.ts';
import type { HintType, NativeParameter } from './model.ts';
import { handleOf, packageName } from './package-names.ts';
import { placeOf, placeOfCompilerNode } from './places.ts';
import type { TypeContext } from './shapes.ts';
import { readStruct, type ReadStruct } from './structs.ts';
import { readType } from './types.ts';

/** What a parameter is to C, or what `out` has in it. */
export interface ExternKind {
  readonly way: ExternWay;
  /** Of a handle, what it is one of. */
  readonly handle?: string;
  /** Of a structure that is copied, what C has of it. */
  readonly struct?: CStruct;
  /** C gets the structure itself, and no pointer to it. */
  readonly byValue?: boolean;
  /** C only looks at the structure. */
  readonly readonly?: boolean;
  /** C gets the structure in place, which has addresses. */
  readonly addresses?: boolean;
  /** Of a structure the functions in it, by the members that lead to them. */
  readonly functions?: readonly (Pick<ExternKind, 'calls'> & {
    readonly path: readonly string[];
  })[];
  /** Of a function what it takes and gives, in which undefined is what C can't have. */
  readonly calls?: {
    readonly params: readonly (ExternKind | undefined)[];
    readonly result: ExternKind | undefined;
  };
}

export interface ExternInfo extends Omit<ExternTag, 'frees' | 'keeps'> {
  /** In the order of C's parameters. */
  readonly params: readonly (ExternKind & { readonly frees?: boolean; readonly keeps?: boolean })[];
  readonly result: ExternKind | undefined;
  /** So many of them stand before C's `...`. */
  readonly fixed?: number;
}

export interface ExternSignature {
  readonly params: readonly NativeParameter[];
  readonly result: HintType;
  readonly extern: ExternInfo;
}

/** The signature of a function with an `@extern` tag; undefined for another function. */
export function readExtern(
  fn: FunctionDeclaration,
  context: TypeContext,
): ExternSignature | Diagnostic[] | undefined {
  const tag = externTag(fn.compilerNode);
  if (!tag) return undefined;
  if ('code' in tag) return [tag];
  const diagnostics: Diagnostic[] = [];
  const params: NativeParameter[] = [];
  const kinds: ExternInfo['params'][number][] = [];
  let fixed: number | undefined;
  const add = (name: string, node: Node, type: ts.TypeNode, mayBeMissing: boolean): void => {
    const read = readKind(type, context, name);
    if ('code' in read) return void diagnostics.push(read);
    const { hint, kind } = read;
    params.push({
      name,
      hint: { ...hint, undefined: hint.undefined || mayBeMissing },
      node,
      initializer: undefined,
    });
    kinds.push({
      ...kind,
      ...(tag.frees.includes(name) && { frees: true }),
      ...(tag.keeps.includes(name) && { keeps: true }),
    });
  };
  for (const parameter of fn.getParameters()) {
    const { type } = parameter.compilerNode;
    const name = parameter.getName();
    if (!type || !Node.isIdentifier(parameter.getNameNode())) {
      diagnostics.push(
        codes.untypedParameter(placeOf(parameter), { name, rewrite: `${name}: f64` }),
      );
      continue;
    }
    const variadic = variadicTypes(parameter);
    if (!variadic) add(name, parameter, type, parameter.hasQuestionToken());
    else {
      fixed = params.length;
      variadic.forEach((one, index) => add(`${name}[${index}]`, parameter, one, false));
    }
  }
  const result = readResult(fn, context);
  if ('code' in result) diagnostics.push(result);
  const isVariadic = fixed !== undefined;
  for (const [index, { byValue: isStruct }] of kinds.entries())
    if (isVariadic && isStruct) diagnostics.push(...refuseVariadic(params[index]));
  if (isVariadic && !('code' in result) && result.kind?.byValue)
    diagnostics.push(...refuseVariadic({ name: `the result of ${fn.getName()}`, node: fn }));
  if (diagnostics.length > 0 || 'code' in result) return diagnostics;
  const { frees: _, keeps: __, ...rest } = tag;
  const extern = { ...rest, params: kinds, result: result.kind };
  return {
    params,
    result: result.hint,
    extern: { ...extern, ...(fixed !== undefined && { fixed }) },
  };
}

/** Structures themselves go to functions with a fixed number of parameters alone. */
function refuseVariadic(
  param: { readonly name: string; readonly node: Node } | undefined,
): Diagnostic[] {
  if (!param) return [];
  const { name, node } = param;
  const rewrite = 'a pointer to the structure, or its members, where C has dots behind';
  return [codes.externType(placeOf(node), { name, type: 'ByValue', rewrite })];
}

/** `...values: [f64, i32]`: what C's `...` gets; undefined for another parameter. */
function variadicTypes(parameter: ParameterDeclaration): readonly ts.TypeNode[] | undefined {
  const { type } = parameter.compilerNode;
  if (!parameter.isRestParameter() || !type || !ts.isTupleTypeNode(type)) return undefined;
  return type.elements.map((element) => (ts.isNamedTupleMember(element) ? element.type : element));
}

interface ReadKind {
  readonly hint: HintType;
  readonly kind: ExternKind;
}

function readResult(
  fn: FunctionDeclaration,
  context: TypeContext,
): { readonly hint: HintType; readonly kind: ExternKind | undefined } | Diagnostic {
  const { type } = fn.compilerNode;
  const name = fn.getName() ?? '';
  if (!type || type.kind === ts.SyntaxKind.VoidKeyword)
    return { hint: only(undefined), kind: undefined };
  const read = readKind(type, context, `the result of ${name}`);
  if ('code' in read) return read;
  const { way, byValue } = read.kind;
  if (way === 'value' || way === 'pointer' || way === 'text' || way === 'long double') return read;
  if (byValue && read.kind.functions)
    return refuseType(
      type,
      `the result of ${name}`,
      'a structure without functions, with a Pointer for each',
    );
  if (byValue) return read;
  const rewrite =
    way === 'struct'
      ? `ByValue<${shortText(type)}> where C gives the structure itself, and a Handle or a Pointer where it gives a pointer to one`
      : 'a number, a string, a Handle, a Pointer or ByValue of a structure';
  return refuseType(type, `the result of ${name}`, rewrite);
}

const refuseType = (type: ts.TypeNode, name: string, rewrite: string): Diagnostic =>
  codes.externType(placeOfCompilerNode(type), { name, type: shortText(type), rewrite });

/** What a type is to native code, and what C gets of it. */
function readKind(type: ts.TypeNode, context: TypeContext, name: string): ReadKind | Diagnostic {
  const hint = readType(type, context);
  if (!isHint(hint)) return hint;
  const value = argumentOf(type, 'ByValue', context.checker);
  const kind = value
    ? byValue(type, value, hint, context, name)
    : kindOf(type, hint, context, name);
  if ('code' in kind) return kind;
  const mayBeAbsent = hint.undefined || hint.null;
  // Numbers have no value that C would take for none.
  if (mayBeAbsent && (kind.way === 'value' || kind.way === 'long double'))
    return refuseType(type, name, 'the type without null and undefined');
  const signature =
    kind.way === 'callback' ? context.shapes.signatureOf(hint.type ?? 'f64') : undefined;
  if (!signature) return { hint, kind };
  // What C calls is only what is passed here, not all functions of that type.
  const { fileName } = type.getSourceFile();
  const own = context.shapes.functionOf(signature, shortText(type), `${fileName} ${type.pos}`);
  return { hint: { ...hint, type: own }, kind };
}

function kindOf(
  type: ts.TypeNode,
  hint: HintType,
  context: TypeContext,
  name: string,
): ExternKind | Diagnostic {
  const { checker, shapes } = context;
  const named = packageName(type, checker);
  if (named?.name === 'Handle') return { way: 'pointer', handle: handleOf(named.node) };
  if (named?.name === 'Pointer') return { way: 'pointer' };
  if (named?.name === 'long_double') return { way: 'long double' };
  if (named?.name === 'Out') return outOf(named.node, context, name);
  const machine = hint.type;
  if (machine === 'str') return { way: 'text' };
  if (machine !== undefined && isScalar(machine)) return { way: 'value' };
  if (machine !== undefined && isView(machine)) return { way: 'data' };
  if (machine !== undefined && isRecord(machine)) {
    if (shapes.signatureOf(machine)) return { way: 'callback', ...callsOf(type, context) };
    if (shapes.get(machine).kind === 'object') {
      const isReadonly = argumentOf(type, 'Readonly', checker) !== undefined;
      const read = readStruct(
        machine,
        declaredType(type, checker),
        context,
        placeOfCompilerNode(type),
      );
      if ('code' in read) return read;
      if (!isFlat(read.struct)) return copied(read, context, isReadonly);
      return shapes.keepLayout(machine)
        ? {
            ...{ way: 'struct', addresses: hasAddresses(read.struct) },
            ...(isReadonly && { readonly: true }),
          }
        : codes.structShared(placeOfCompilerNode(type), { type: shortText(type) });
    }
  }
  const isArray = machine !== undefined && isList(machine);
  return refuseType(type, name, isArray ? 'a typed array, such as Float64Array' : 'a Pointer');
}

/** A structure that C gets a copy of. */
function copied(
  { struct, functions }: ReadStruct,
  context: TypeContext,
  isReadonly: boolean,
): ExternKind {
  const called = functions.map(({ path, node }) => ({ path, ...callsOf(node, context) }));
  return {
    ...{ way: 'struct', struct },
    ...(called.length > 0 && { functions: called }),
    ...(isReadonly && { readonly: true }),
  };
}

/** `ByValue<T>`. @param inner T */
function byValue(
  type: ts.TypeNode,
  inner: ts.TypeNode,
  { type: machine, undefined: mayBeMissing, null: mayBeNull }: HintType,
  context: TypeContext,
  name: string,
): ExternKind | Diagnostic {
  const { checker, shapes } = context;
  const isObject =
    machine !== undefined &&
    isRecord(machine) &&
    !shapes.signatureOf(machine) &&
    shapes.get(machine).kind === 'object';
  if (!isObject) return refuseType(type, name, `an interface with @struct in ByValue`);
  if (mayBeMissing || mayBeNull)
    return refuseType(type, name, 'the type without null and undefined');
  const place = placeOfCompilerNode(type);
  const read = readStruct(machine, declaredType(inner, checker), context, place);
  if ('code' in read) return read;
  return { ...copied(read, context, true), byValue: true };
}

/** The type that a node stands for, without `null`, `undefined` and `Readonly`. */
function declaredType(node: ts.TypeNode, checker: ts.TypeChecker): ts.Type {
  const inner = argumentOf(node, 'Readonly', checker);
  return inner
    ? declaredType(inner, checker)
    : checker.getNonNullableType(checker.getTypeFromTypeNode(node));
}

/** `T` of `ByValue<T>` or `Readonly<T>`, beside `null` and `undefined`. */
function argumentOf(
  node: ts.TypeNode,
  wanted: 'ByValue' | 'Readonly',
  checker: ts.TypeChecker,
): ts.TypeNode | undefined {
  if (ts.isParenthesizedTypeNode(node)) return argumentOf(node.type, wanted, checker);
  if (ts.isUnionTypeNode(node))
    return node.types.map((one) => argumentOf(one, wanted, checker)).find((one) => one);
  if (!ts.isTypeReferenceNode(node)) return undefined;
  if (wanted === 'Readonly')
    return node.typeName.getText() === wanted ? node.typeArguments?.[0] : undefined;
  const named = packageName(node, checker);
  if (named?.name !== wanted || !ts.isTypeReferenceNode(named.node)) return undefined;
  return named.node.typeArguments?.[0];
}

/** What C passes to a function of an annotated type, and gets. */
function callsOf(type: ts.TypeNode, context: TypeContext): Pick<ExternKind, 'calls'> {
  const node = functionNode(type, context.checker);
  if (!node) return {};
  const kind = (part: ts.TypeNode | undefined): ExternKind | undefined => {
    const read = part && readKind(part, context, '');
    return read && !('code' in read) ? read.kind : undefined;
  };
  const params = node.parameters.map((param) => kind(param.type));
  const isVoid = node.type.kind === ts.SyntaxKind.VoidKeyword;
  return { calls: { params, result: isVoid ? undefined : kind(node.type) } };
}

/** The function type that a type node is or names. */
function functionNode(type: ts.TypeNode, checker: ts.TypeChecker): ts.FunctionTypeNode | undefined {
  if (ts.isFunctionTypeNode(type)) return type;
  if (ts.isParenthesizedTypeNode(type)) return functionNode(type.type, checker);
  if (!ts.isTypeReferenceNode(type)) return undefined;
  const symbol = checker.getSymbolAtLocation(type.typeName);
  const target =
    symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const alias = target?.declarations?.find(ts.isTypeAliasDeclaration);
  return alias && !alias.typeParameters ? functionNode(alias.type, checker) : undefined;
}

/** `Out<T>`: the way of its value. */
function outOf(node: ts.TypeNode, context: TypeContext, name: string): ExternKind | Diagnostic {
  const inner = ts.isTypeReferenceNode(node) ? node.typeArguments?.[0] : undefined;
  if (!inner) return refuseType(node, name, 'Out<i32>');
  const read = readKind(inner, context, name);
  if ('code' in read) return read;
  const { way, handle } = read.kind;
  if (way === 'value') return { way: 'out' };
  if (way === 'pointer') return { way: 'out pointer', ...(handle !== undefined && { handle }) };
  return refuseType(inner, name, 'a number, a Handle or a Pointer in Out');
}
