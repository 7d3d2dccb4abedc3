/** What a header declares, out of clang's syntax tree (`-ast-dump=json`). */
import { parseType, type CType } from './c-types.ts';

export interface CParameter {
  readonly name: string | undefined;
  readonly type: CType;
}

/** Where a declaration stands. */
export interface CPlace {
  readonly file: string;
  /** In bytes from the file's start. */
  readonly start: number;
  readonly end: number;
}

export interface CFunction {
  readonly kind: 'function';
  readonly name: string;
  readonly result: CType;
  readonly params: readonly CParameter[];
  readonly isVariadic: boolean;
  /** It is in the header itself, and no library has it. */
  readonly isInline: boolean;
  readonly place: CPlace;
}

export interface CRecord {
  readonly kind: 'struct' | 'union';
  /** Undefined where only a typedef names it. */
  readonly tag: string | undefined;
  /** What clang calls it. */
  readonly id: string;
  /** Undefined where it is only declared. */
  readonly members: readonly CMember[] | undefined;
  /** It has no name in C, and is called by those of the structure around it and of the member that it is. */
  readonly isInner?: boolean;
  readonly place: CPlace;
}

export interface CMember {
  readonly name: string | undefined;
  readonly type: CType;
  readonly isBitField: boolean;
}

export interface CEnum {
  readonly kind: 'enum';
  readonly tag: string | undefined;
  readonly id: string;
  readonly values: readonly { readonly name: string; readonly value: bigint }[];
  readonly place: CPlace;
}

export interface CTypedef {
  readonly kind: 'typedef';
  readonly name: string;
  readonly type: CType;
  /** The structure or enumeration that it names, where that has no tag. */
  readonly owned: string | undefined;
  readonly place: CPlace;
}

export type CDeclaration = CFunction | CRecord | CEnum | CTypedef;

/** A node of clang's tree, as far as it is used. */
interface Node {
  readonly id?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly loc?: Location;
  readonly range?: { readonly begin?: Location; readonly end?: Location };
  readonly type?: { readonly qualType?: string; readonly desugaredQualType?: string };
  readonly tagUsed?: string;
  readonly completeDefinition?: boolean;
  readonly isBitfield?: boolean;
  readonly isImplicit?: boolean;
  readonly storageClass?: string;
  readonly inline?: boolean;
  readonly variadic?: boolean;
  readonly value?: string;
  readonly inner?: readonly Node[];
  readonly ownedTagDecl?: Node;
  readonly decl?: Node;
}

interface Location {
  readonly file?: string;
  readonly offset?: number;
  readonly tokLen?: number;
  readonly spellingLoc?: Location;
  readonly expansionLoc?: Location;
}

/** All declarations of a translation unit in their order. */
export function declarationsOf(json: string): CDeclaration[] {
  const unit = JSON.parse(json) as Node;
  const found: CDeclaration[] = [];
  const files = new Files();
  for (const node of unit.inner ?? []) {
    const file = files.of(node);
    if (node.isImplicit) continue;
    const place = { file, ...extent(node) };
    const owner = node.kind === 'RecordDecl' ? (node.name ?? ownerOf(node, unit)) : undefined;
    found.push(...innerRecords(node, place, owner));
    const made = declaration(node, place, owner);
    if (made) found.push(made);
  }
  return found;
}

/** The typedef that names a structure without a tag. */
const ownerOf = ({ id }: Node, { inner = [] }: Node): string | undefined =>
  inner.find((one) => one.kind === 'TypedefDecl' && ownedBy(one) === id)?.name;

/** The structures that are declared inside of one, each before what it is in. */
function innerRecords(node: Node, place: CPlace, owner: string | undefined): CRecord[] {
  if (node.kind !== 'RecordDecl') return [];
  const { inner = [] } = node;
  return inner.flatMap((one, index): CRecord[] => {
    if (one.kind !== 'RecordDecl') return [];
    const field = inner[index + 1];
    const isNamed = one.name !== undefined;
    const tag = isNamed ? one.name : innerName(owner, field);
    if (tag === undefined) return [];
    const made = record({ ...one, name: tag }, place, tag);
    return [...innerRecords(one, place, tag), isNamed ? made : { ...made, isInner: true }];
  });
}

/** What a structure without a name is called that is the type of a member. */
const innerName = (owner: string | undefined, field: Node | undefined): string | undefined =>
  owner !== undefined && field?.name !== undefined && isOfUnnamed(field)
    ? `${owner}_${field.name}`
    : undefined;

const isOfUnnamed = ({ kind, type }: Node): boolean =>
  kind === 'FieldDecl' && /\((unnamed|anonymous)/.test(type?.qualType ?? '');

/** Clang names a file only where it is another one than before. */
class Files {
  private current = '';

  /** The file of a node; looks at all that is in it, for what comes next. */
  of(node: Node): string {
    let own: string | undefined;
    for (const [key, value] of Object.entries(node)) {
      this.visit(value);
      // Of what a macro makes the place of its use comes last, and says where a declaration is.
      if (key === 'loc') own = this.current;
    }
    return own ?? this.current;
  }

  private visit(value: unknown): void {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'file' && typeof inner === 'string') this.current = inner;
      else if (key !== 'includedFrom') this.visit(inner);
    }
  }
}

const offsetOf = (location: Location | undefined): number | undefined =>
  location?.expansionLoc?.offset ?? location?.offset;

function extent({ range }: Node): { start: number; end: number } {
  const start = offsetOf(range?.begin) ?? 0;
  const end = offsetOf(range?.end) ?? start;
  return { start, end };
}

const typeOf = (node: Node): CType => parseType(node.type?.qualType ?? '');

function record(node: Node, place: CPlace, owner: string | undefined): CRecord {
  const { name, id = '', inner = [] } = node;
  return {
    kind: node.tagUsed === 'union' ? 'union' : 'struct',
    tag: name,
    id,
    members: node.completeDefinition ? membersOf(inner, owner) : undefined,
    place,
  };
}

/** @param owner what calls a structure, and what is inside of it */
function declaration(
  node: Node,
  place: CPlace,
  owner: string | undefined,
): CDeclaration | undefined {
  const { kind, name, id = '', inner = [] } = node;
  switch (kind) {
    case 'FunctionDecl': {
      const type = typeOf(node);
      if (type.kind !== 'function' || name === undefined) return undefined;
      const params = inner.filter((one) => one.kind === 'ParmVarDecl');
      return {
        kind: 'function',
        name,
        result: type.result,
        params: params.map((param) => ({ name: param.name, type: typeOf(param) })),
        isVariadic: node.variadic === true || type.isVariadic,
        isInline:
          node.storageClass === 'static' || inner.some((one) => one.kind === 'CompoundStmt'),
        place,
      };
    }
    case 'RecordDecl':
      return record(node, place, owner);
    case 'EnumDecl':
      return { kind: 'enum', tag: name, id, values: valuesOf(inner), place };
    case 'TypedefDecl':
      if (name === undefined) return undefined;
      return { kind: 'typedef', name, type: typeOf(node), owned: ownedBy(node), place };
    default:
      return undefined;
  }
}

function membersOf(inner: readonly Node[], owner: string | undefined): CMember[] {
  return inner
    .filter(({ kind }) => kind === 'FieldDecl' || kind === 'IndirectFieldDecl')
    .map((field) => {
      const own = innerName(owner, field);
      const type = own === undefined ? typeOf(field) : ofInner(typeOf(field), own);
      return { name: field.name, type, isBitField: field.isBitfield === true };
    });
}

/** A type in which a name stands for a structure without one. */
function ofInner(type: CType, tag: string): CType {
  if (type.kind === 'tagged') return { ...type, tag };
  if (type.kind === 'array') return { ...type, of: ofInner(type.of, tag) };
  return type.kind === 'pointer' ? { ...type, to: ofInner(type.to, tag) } : type;
}

function valuesOf(inner: readonly Node[]): { name: string; value: bigint }[] {
  let next = 0n;
  return inner
    .filter(({ kind }) => kind === 'EnumConstantDecl')
    .map(({ name = '', inner: [expression] = [] }) => {
      const value = expression && constantIn(expression);
      const own = value ?? next;
      next = own + 1n;
      return { name, value: own };
    });
}

/** The value that clang has computed of an expression. */
function constantIn(node: Node): bigint | undefined {
  if (node.value !== undefined && /^-?\d+$/.test(node.value)) return BigInt(node.value);
  const [first] = node.inner ?? [];
  return first && constantIn(first);
}

/** The id of the declaration of the structure or enumeration that a typedef names. */
function ownedBy(node: Node): string | undefined {
  const visit = (one: Node): string | undefined => {
    if (one.ownedTagDecl?.id !== undefined) return one.ownedTagDecl.id;
    const isTag = one.kind === 'RecordType' || one.kind === 'EnumType';
    if (isTag && one.decl?.id !== undefined && !one.decl.name) return one.decl.id;
    for (const inner of one.inner ?? []) {
      // What a pointer points to isn't named by it.
      if (one.kind === 'PointerType') return undefined;
      const found = visit(inner);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return visit(node);
}
