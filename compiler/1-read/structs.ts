/** Interfaces marked `@struct`: what C has of them. */
import { ts } from '../ts-morph.ts';
import { codes } from '../diagnostics/codes.ts';
import type { Diagnostic, Place } from '../diagnostics/types.ts';
import {
  isFlat,
  layoutOf,
  mostBytes,
  mostLeaves,
  type CPart,
  type CStruct,
} from '../ir/c-structs.ts';
import { storageOf } from '../ir/records.ts';
import {
  elementType,
  isRecord,
  isScalar,
  isView,
  viewClass,
  viewKind,
  type IrType,
  type RecordType,
} from '../ir/types.ts';
import { handleOf, packageName } from './package-names.ts';
import type { TypeContext } from './shapes.ts';

export interface ReadStruct {
  readonly struct: CStruct;
  /** The functions in it, in the order of its leaves. */
  readonly functions: readonly { readonly path: readonly string[]; readonly node: ts.TypeNode }[];
}

/**
 * The structure of C that objects of a record stand for.
 * @param declared the type that a declaration has: what shares its record may be laid out in another way
 * @param place of the declaration that C's function has
 */
export function readStruct(
  machine: RecordType,
  declared: ts.Type,
  context: TypeContext,
  place: Place,
): ReadStruct | Diagnostic {
  const reader = new StructReader(context, place);
  const struct = reader.read(machine, declared, []);
  if ('code' in struct) return struct;
  const { size, leaves } = layoutOf(struct);
  const type = context.checker.typeToString(declared);
  if (!isFlat(struct) && (leaves.length > mostLeaves || size > mostBytes))
    return codes.structLarge(place, {
      ...{ type, leaves: String(leaves.length), size: String(size) },
      ...{ mostLeaves: String(mostLeaves), mostBytes: String(mostBytes) },
    });
  return { struct, functions: reader.functions };
}

class StructReader {
  readonly functions: { path: readonly string[]; node: ts.TypeNode }[] = [];
  private readonly context: TypeContext;
  private readonly place: Place;
  /** The structures around the one that is read. */
  private readonly around = new Set<RecordType>();

  constructor(context: TypeContext, place: Place) {
    this.context = context;
    this.place = place;
  }

  /** @param path the members that lead to it */
  read(machine: RecordType, declared: ts.Type, path: readonly string[]): CStruct | Diagnostic {
    const { checker, shapes } = this.context;
    const type = checker.typeToString(declared);
    const declarations = (declared.aliasSymbol ?? declared.getSymbol())?.declarations ?? [];
    const marked = declarations.map(sizeOfTag).find((size) => size !== undefined);
    if (!marked) return codes.notStruct(this.place, { type });
    const record = shapes.get(machine);
    const refuse = (member: string, machine?: IrType): Diagnostic =>
      codes.structMember(this.place, { type, member, rewrite: memberRewrite(member, machine) });
    const members: { name: string; part: CPart }[] = [];
    this.around.add(machine);
    for (const member of record.members) {
      const property = declared.getProperty(member.name);
      if (!property || storageOf(member) !== 'plain') return refuse(member.name);
      const own = [...path, member.name];
      const part = this.part(member.type, property, own) ?? refuse(member.name, member.type);
      if ('code' in part) return part;
      members.push({ name: member.name, part });
    }
    this.around.delete(machine);
    if (members.length === 0) return codes.structEmpty(this.place, { type });
    const struct: CStruct = { kind: 'struct', members };
    const { size } = layoutOf(struct);
    if (marked.size === undefined || marked.size === size) return struct;
    const wanted = String(marked.size);
    return codes.structSize(this.place, { type, size: String(size), wanted });
  }

  /** What C has of a member; undefined where that is nothing. */
  private part(
    machine: IrType,
    property: ts.Symbol,
    path: readonly string[],
  ): CPart | Diagnostic | undefined {
    const { checker } = this.context;
    const declaration = property.valueDeclaration ?? property.declarations?.[0];
    const node = declaration && ts.isPropertySignature(declaration) ? declaration.type : undefined;
    return this.partOf(machine, checker.getTypeOfSymbol(property), node, path);
  }

  private partOf(
    machine: IrType,
    declared: ts.Type,
    node: ts.TypeNode | undefined,
    path: readonly string[],
  ): CPart | Diagnostic | undefined {
    const { checker, shapes } = this.context;
    const named = node && packageName(node, checker);
    switch (named?.name) {
      case 'Sized': {
        const count = countOf(named.node, checker);
        if (count === undefined) return undefined;
        if (machine === 'str') return { kind: 'text', count };
        if (!isView(machine) || machine === 'view.dataview') return undefined;
        return { kind: 'array', type: elementType(viewKind(machine)), count };
      }
      case 'Handle':
        return { kind: 'pointer', handle: handleOf(named.node) };
      case 'Pointer':
        return { kind: 'pointer' };
      case 'long_double':
        return undefined;
    }
    if (isScalar(machine)) return { kind: 'value', type: machine };
    if (!isRecord(machine)) return undefined;
    if (shapes.signatureOf(machine)) {
      if (!node) return undefined;
      this.functions.push({ path, node });
      return { kind: 'function' };
    }
    const { kind } = shapes.get(machine);
    if (kind === 'tuple') return this.tuple(machine, declared, node, path);
    // A structure can't be inside of itself.
    if (kind !== 'object' || this.around.has(machine)) return undefined;
    return this.read(machine, declared, path);
  }

  /** `[f32, f32, f32]`: an array of C, whose elements are all of one type. */
  private tuple(
    machine: RecordType,
    declared: ts.Type,
    node: ts.TypeNode | undefined,
    path: readonly string[],
  ): CPart | Diagnostic | undefined {
    const { checker, shapes } = this.context;
    const nodes = tupleNodes(node, checker);
    const types = checker.getTypeArguments(declared as ts.TypeReference);
    const members: { name: string; part: CPart }[] = [];
    for (const [index, member] of shapes.get(machine).members.entries()) {
      const type = types[index];
      if (!type || storageOf(member) !== 'plain') return undefined;
      const part = this.partOf(member.type, type, nodes?.[index], [...path, member.name]);
      if (!part || 'code' in part) return part;
      members.push({ name: member.name, part });
    }
    const [first, ...others] = members.map(({ part }) => JSON.stringify(part));
    return first !== undefined && others.every((one) => one === first)
      ? { kind: 'struct', members }
      : undefined;
  }
}

function memberRewrite(member: string, machine: IrType | undefined): string {
  if (machine === 'str')
    return `${member}: Sized<string, 32> for char[32], ${member}: Pointer for char *`;
  if (machine === undefined || !isView(machine)) return `${member}: Pointer`;
  const array = viewClass[viewKind(machine)];
  return `${member}: Sized<${array}, 3> for an array of three in it, ${member}: Pointer for a pointer`;
}

/** The elements' nodes of a tuple; undefined where no node tells them. */
function tupleNodes(
  node: ts.TypeNode | undefined,
  checker: ts.TypeChecker,
): readonly ts.TypeNode[] | undefined {
  if (!node) return undefined;
  if (ts.isParenthesizedTypeNode(node)) return tupleNodes(node.type, checker);
  if (ts.isTypeOperatorNode(node)) return tupleNodes(node.type, checker);
  if (ts.isTupleTypeNode(node))
    return node.elements.map((one) => (ts.isNamedTupleMember(one) ? one.type : one));
  if (!ts.isTypeReferenceNode(node)) return undefined;
  const symbol = checker.getSymbolAtLocation(node.typeName);
  const target =
    symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const alias = target?.declarations?.find(ts.isTypeAliasDeclaration);
  return alias && !alias.typeParameters ? tupleNodes(alias.type, checker) : undefined;
}

/** `32` of `Sized<string, 32>`. */
function countOf(node: ts.TypeNode, checker: ts.TypeChecker): number | undefined {
  const args =
    ts.isTypeReferenceNode(node) || ts.isImportTypeNode(node) ? node.typeArguments : undefined;
  const count = args?.[1] && checker.getTypeFromTypeNode(args[1]);
  return count?.isNumberLiteral() && Number.isInteger(count.value) && count.value > 0
    ? count.value
    : undefined;
}

/** Whether a type is marked as a structure of C, or `Readonly` of one. */
export function isStruct(type: ts.Type): boolean {
  const [inner] = type.aliasSymbol?.name === 'Readonly' ? (type.aliasTypeArguments ?? []) : [];
  if (inner) return isStruct(inner);
  const declarations = (type.aliasSymbol ?? type.getSymbol())?.declarations ?? [];
  return declarations.some((one) => sizeOfTag(one) !== undefined);
}

/** The `@struct` of a declaration, with the size that it tells; undefined where it has none. */
function sizeOfTag(declaration: ts.Declaration): { size: number | undefined } | undefined {
  const owner = ts.isTypeLiteralNode(declaration) ? declaration.parent : declaration;
  if (!ts.isInterfaceDeclaration(owner) && !ts.isTypeAliasDeclaration(owner)) return undefined;
  const { text } = owner.getSourceFile();
  const comment = (ts.getLeadingCommentRanges(text, owner.pos) ?? []).findLast(({ pos }) =>
    text.startsWith('/**', pos),
  );
  if (!comment) return undefined;
  const tag = /@struct(?![\w-])[ \t]*(\d+)?/.exec(text.slice(comment.pos, comment.end));
  return tag ? { size: tag[1] === undefined ? undefined : Number(tag[1]) } : undefined;
}
