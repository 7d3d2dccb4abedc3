/** Types of C as declarations of TypeScript have them. */
import {
  isFlat,
  layoutOf,
  mostBytes,
  mostLeaves,
  type CPart,
  type CStruct,
} from '../ir/c-structs.ts';
import { viewClass, type ScalarType } from '../ir/types.ts';
import type { CDeclaration, CEnum, CRecord, CTypedef } from './ast.ts';
import type { CType } from './c-types.ts';
import { typeName } from './names.ts';

/** Longer arrays of what is no number have no tuple. */
const mostInTuple = 16;

/** Why something can't be bound, thrown by what finds out. */
export class Unbound extends Error {}

/** The hints of C's numbers where `long` has 64 bits, as it has everywhere but on Windows. */
const numbers: Readonly<Record<string, string>> = {
  char: 'i8',
  'signed char': 'i8',
  'unsigned char': 'u8',
  short: 'i16',
  'unsigned short': 'u16',
  int: 'i32',
  unsigned: 'u32',
  'unsigned int': 'u32',
  long: 'i64',
  'unsigned long': 'u64',
  'long long': 'i64',
  'unsigned long long': 'u64',
  float: 'f32',
  double: 'f64',
  'long double': 'long_double',
  _Bool: 'bool',
  bool: 'bool',
};

/** The classes of typed arrays by the hints of their elements. */
const arrays: Readonly<Record<string, string | undefined>> = viewClass;

/** Whether it is a name in C: clang has others for what has none. */
const isNamed = (name: string): boolean => /^[A-Za-z_]\w*$/.test(name);

const theTagged = ({ what, tag }: Extract<CType, { kind: 'tagged' }>): string =>
  isNamed(tag) ? `the ${what} \`${tag}\`` : `a ${what} without a name`;

/** What is declared, by the names that types use. */
export class Names {
  private readonly typedefs = new Map<string, CTypedef>();
  private readonly records = new Map<string, CRecord>();
  private readonly enums = new Map<string, CEnum>();
  /** The names of structures and enumerations without tags. */
  private readonly owners = new Map<string, string>();
  /** What of the tsnative package is used. */
  readonly imported = new Set<string>();
  private readonly isOwn: (file: string) => boolean;
  private readonly laidOut = new Map<CRecord, string | undefined>();
  /** The structures of other headers, and inner ones, that go by their value or are inside of others. */
  readonly needed = new Set<CRecord>();

  private readonly sizeOf: (type: string) => number | undefined;

  /**
   * @param isOwn whether a file's structures are bound
   * @param sizeOf C's `sizeof` of a type, where that is known
   */
  constructor(
    declarations: readonly CDeclaration[],
    isOwn: (file: string) => boolean,
    sizeOf: (type: string) => number | undefined = () => undefined,
  ) {
    this.isOwn = isOwn;
    this.sizeOf = sizeOf;
    const tagged = new Set<string>();
    for (const one of declarations)
      if (one.kind !== 'function' && one.kind !== 'typedef' && one.tag !== undefined)
        tagged.add(one.id);
    for (const one of declarations) {
      if (one.kind !== 'typedef') continue;
      this.typedefs.set(one.name, one);
      if (one.owned !== undefined && !tagged.has(one.owned)) this.owners.set(one.owned, one.name);
    }
    for (const one of declarations) {
      if (one.kind === 'enum') this.enums.set(this.nameOf(one), one);
      else if (one.kind === 'struct' || one.kind === 'union') {
        // It may be named before and behind its members.
        const known = this.records.get(this.nameOf(one));
        if (!known?.members) this.records.set(this.nameOf(one), one);
      }
    }
  }

  /** The tag, or the name of the typedef that names it. */
  nameOf({ tag, id }: CRecord | CEnum): string {
    return tag ?? this.owners.get(id) ?? id;
  }

  /** What C calls a structure. */
  typeOf(record: CRecord): string {
    return record.tag === undefined ? this.nameOf(record) : `${record.kind} ${record.tag}`;
  }

  /** A type without the typedefs around it. */
  resolve(type: CType): CType {
    if (type.kind !== 'named') return type;
    const typedef = this.typedefs.get(type.name);
    if (!typedef) return type;
    const { owned } = typedef;
    if (owned !== undefined && this.owners.has(owned)) {
      const tag = this.owners.get(owned) ?? type.name;
      const what = this.enums.has(tag) ? 'enum' : (this.records.get(tag)?.kind ?? 'struct');
      return { kind: 'tagged', what, tag };
    }
    return this.resolve(typedef.type);
  }

  private use(name: string): string {
    this.imported.add(name);
    return name;
  }

  /** The hint of a number, a boolean or an enumeration; undefined for another type. */
  private scalar(type: CType): string | undefined {
    if (type.kind === 'tagged' && type.what === 'enum') return this.use(this.enumHint(type.tag));
    if (type.kind !== 'number') return undefined;
    const hint = numbers[type.name];
    if (hint === undefined) throw new Unbound(`\`${type.name}\` is no number that native code has`);
    return this.use(hint);
  }

  /** C holds an enumeration in an `int`, or in what has room for its values. */
  private enumHint(tag: string): string {
    const values = this.enums.get(tag)?.values.map(({ value }) => value) ?? [];
    const isNegative = values.some((value) => value < 0n);
    const bits = (width: number): boolean =>
      values.every((value) =>
        isNegative ? BigInt.asIntN(width, value) === value : BigInt.asUintN(width, value) === value,
      );
    if (values.every((value) => BigInt.asIntN(32, value) === value)) return 'i32';
    if (bits(32)) return 'u32';
    return isNegative ? 'i64' : 'u64';
  }

  private pointer(): string {
    return this.use('Pointer');
  }

  /** What a parameter is. */
  param(type: CType): string {
    const own = this.resolve(type);
    switch (own.kind) {
      case 'number':
        return this.scalar(own) ?? '';
      case 'pointer':
        return this.pointerParam(own);
      case 'array':
        return this.pointerParam({ kind: 'pointer', to: own.of, isConst: false });
      case 'function':
        return this.pointerParam({ kind: 'pointer', to: own, isConst: false });
      case 'tagged':
        if (own.what === 'enum') return this.scalar(own) ?? '';
        if (/va_list/.test(own.tag)) throw new Unbound('it takes a `va_list`');
        return this.byValue(own, 'takes');
      case 'named':
        if (/va_list/.test(own.name)) throw new Unbound('it takes a `va_list`');
        throw new Unbound(`nothing tells what \`${own.name}\` is`);
      case 'void':
      case 'unknown':
        throw new Unbound(`it takes \`${own.kind === 'unknown' ? own.text : 'void'}\``);
    }
  }

  /** A structure itself as an argument or a result. */
  private byValue(type: Extract<CType, { kind: 'tagged' }>, verb: 'takes' | 'gives'): string {
    const name = this.wholeName(type.tag);
    if (name !== undefined) return `${this.use('ByValue')}<${name}>`;
    const record = this.records.get(type.tag);
    const reason = (record && this.structProblem(record)) ?? 'no header declares it';
    const behind = type.what === 'union' ? '' : `, and of that ${reason}`;
    throw new Unbound(`it ${verb} ${theTagged(type)} by its value${behind}`);
  }

  private pointerParam({ to, isConst }: Extract<CType, { kind: 'pointer' }>): string {
    const target = this.resolve(to);
    switch (target.kind) {
      case 'void':
        return this.pointer();
      case 'number': {
        if (target.name === 'char') return isConst ? 'string | null' : 'Uint8Array | null';
        const array = arrays[numbers[target.name] ?? ''];
        return array === undefined ? this.pointer() : `${array} | null`;
      }
      case 'tagged': {
        if (target.what === 'enum')
          return `${arrays[this.enumHint(target.tag)] ?? 'Int32Array'} | null`;
        if (/va_list/.test(target.tag)) throw new Unbound('it takes a `va_list`');
        const struct = this.structName(target.tag);
        if (struct === undefined) return this.handleOrNull(to, target.tag);
        return isConst ? `Readonly<${struct}> | null` : `${struct} | null`;
      }
      case 'array': {
        const element = this.resolve(target.of);
        const array = element.kind === 'number' ? arrays[numbers[element.name] ?? ''] : undefined;
        return array === undefined ? this.pointer() : `${array} | null`;
      }
      case 'pointer': {
        const inner = this.resolve(target.to);
        if (isConst || target.isConst) return this.pointer();
        const isHandle = inner.kind === 'tagged' && inner.what !== 'enum';
        if (!isHandle && inner.kind !== 'void' && inner.kind !== 'number') return this.pointer();
        this.use('Out');
        return isHandle
          ? `Out<${this.handleOrNull(target.to, inner.tag)}> | null`
          : `Out<${this.pointer()}> | null`;
      }
      case 'function':
        return this.functionType(target) ?? this.pointer();
      case 'named':
      case 'unknown':
        return this.pointer();
    }
  }

  private handleOrNull(type: CType, tag: string): string {
    const handle = this.handle(type, tag);
    return handle === 'Pointer' ? handle : `${handle} | null`;
  }

  /** A handle, by the name that the header calls it by; an address of what has none. */
  private handle(type: CType, tag: string): string {
    const name = type.kind === 'named' ? type.name : tag;
    return isNamed(name) ? `${this.use('Handle')}<'${name}'>` : this.pointer();
  }

  /** `((x: f64) => f64) | null`; undefined for what C can't call. */
  private functionType(type: Extract<CType, { kind: 'function' }>): string | undefined {
    if (type.isVariadic) return undefined;
    try {
      const params = type.params.map((param, index) => `a${index}: ${this.called(param)}`);
      const result = this.resolve(type.result);
      const given = result.kind === 'void' ? 'void' : this.called(type.result);
      if (given === 'string') return undefined;
      return `((${params.join(', ')}) => ${given}) | null`;
    } catch (error) {
      if (error instanceof Unbound) return undefined;
      throw error;
    }
  }

  /** What C passes to a function, or gets from it. */
  private called(type: CType): string {
    const own = this.resolve(type);
    if (own.kind === 'pointer') {
      const target = this.resolve(own.to);
      return target.kind === 'tagged' && target.what !== 'enum'
        ? this.handle(own.to, target.tag)
        : this.pointer();
    }
    if (own.kind === 'array' || own.kind === 'function') return this.pointer();
    const scalar = this.scalar(own);
    if (scalar === undefined) throw new Unbound('C passes a structure');
    return scalar;
  }

  /** What a function gives. */
  result(type: CType): string {
    const own = this.resolve(type);
    switch (own.kind) {
      case 'void':
        return 'void';
      case 'number':
        return this.scalar(own) ?? '';
      case 'pointer': {
        const target = this.resolve(own.to);
        if (target.kind === 'number' && target.name === 'char' && own.isConst)
          return 'string | null';
        if (target.kind === 'tagged' && target.what !== 'enum')
          return this.handleOrNull(own.to, target.tag);
        return this.pointer();
      }
      case 'tagged':
        if (own.what === 'enum') return this.scalar(own) ?? '';
        return this.byValue(own, 'gives');
      default:
        throw new Unbound('nothing tells what it gives');
    }
  }

  /** The name of the interface for a structure that is pointed to; undefined where there can be none. */
  structName(tag: string): string | undefined {
    const record = this.records.get(tag);
    // Most structures of other headers are nobody's business but of their libraries.
    // Names that begin so are the library's own (ISO C 7.1.3).
    const isShown = record && this.isOwn(record.place.file) && !tag.startsWith('__');
    return isShown ? this.laidOutName(record, tag) : undefined;
  }

  /** The same of a structure that is there itself, whichever header declares it. */
  private wholeName(tag: string): string | undefined {
    const record = this.records.get(tag);
    const name = record && this.laidOutName(record, tag);
    const isShown = record && this.isOwn(record.place.file) && !tag.startsWith('__');
    if (record && name !== undefined && !isShown) this.needed.add(record);
    return name;
  }

  private laidOutName(record: CRecord, tag: string): string | undefined {
    if (!this.laidOut.has(record)) {
      this.laidOut.set(record, undefined);
      this.laidOut.set(
        record,
        this.structProblem(record) === undefined ? typeName(tag) : undefined,
      );
    }
    return this.laidOut.get(record);
  }

  /** Whether calls copy it. */
  isCopied(record: CRecord): boolean {
    return !isFlat(this.struct(record));
  }

  /** Why there is no interface for a structure. */
  structProblem(record: CRecord): string | undefined {
    if (!isNamed(this.nameOf(record))) return 'it has no name';
    if (record.kind === 'union') return 'it is a union';
    if (!record.members) return 'the header only names it';
    try {
      const layout = layoutOf(this.struct(record));
      const size = this.sizeOf(this.typeOf(record));
      if (size !== undefined && size !== layout.size)
        return `C has ${size} bytes for it, where its members take ${layout.size}: it is packed or aligned in a way of its own`;
      if (layout.size > mostBytes)
        return `its ${layout.size} bytes are more than the ${mostBytes} that a call copies`;
      if (layout.leaves.length > mostLeaves)
        return `its ${layout.leaves.length} members, with all that is in it, are more than the ${mostLeaves} that a call copies`;
    } catch (error) {
      if (error instanceof Unbound) return error.message;
      throw error;
    }
    return record.members.length === 0 ? 'it has no members' : undefined;
  }

  /** What C has of a structure. @throws Unbound for what native code has not */
  private struct(record: CRecord): CStruct {
    const members = (record.members ?? []).map(({ name, type, isBitField }) => {
      const what = `its member \`${name ?? ''}\``;
      if (isBitField) throw new Unbound(`${what} is a bit-field`);
      if (name === undefined) throw new Unbound('it has members without names');
      try {
        return { name, part: this.member(type).part };
      } catch (error) {
        if (error instanceof Unbound) throw new Unbound(`${what} ${error.message}`);
        throw error;
      }
    });
    return { kind: 'struct', members };
  }

  /** A member of a structure: its type, and what C has there. */
  member(type: CType): { readonly text: string; readonly part: CPart } {
    const own = this.resolve(type);
    if (own.kind === 'pointer') return { text: this.pointer(), part: { kind: 'pointer' } };
    if (own.kind === 'array') return this.arrayMember(own);
    if (own.kind === 'tagged' && own.what !== 'enum') return this.structMember(own);
    const scalar =
      own.kind === 'number' && own.name === 'long double' ? undefined : this.scalar(own);
    if (scalar === undefined) throw new Unbound('is none of C’s numbers');
    return { text: scalar, part: { kind: 'value', type: scalar as ScalarType } };
  }

  private structMember(type: Extract<CType, { kind: 'tagged' }>): ReturnType<Names['member']> {
    const name = this.wholeName(type.tag);
    const record = this.records.get(type.tag);
    if (name !== undefined && record) return { text: name, part: this.struct(record) };
    const why = record && this.structProblem(record);
    const reason = why === undefined || type.what === 'union' ? '' : `, and of that ${why}`;
    throw new Unbound(`is ${theTagged(type)} itself${reason}`);
  }

  /** Numbers are a typed array, or a text; of others there is a tuple. */
  private arrayMember(type: Extract<CType, { kind: 'array' }>): ReturnType<Names['member']> {
    const { size: count } = type;
    if (count === undefined || count === 0) throw new Unbound('is an array without a length');
    const element = this.resolve(type.of);
    const sized = (kept: string, length: number): string =>
      `${this.use('Sized')}<${kept}, ${length}>`;
    if (element.kind === 'number' && element.name === 'char')
      return { text: sized('string', count), part: { kind: 'text', count } };
    const inner = this.member(element);
    const { part } = inner;
    const number = part.kind === 'pointer' ? 'u64' : part.kind === 'value' ? part.type : undefined;
    if (number !== undefined && number !== 'bool')
      return {
        text: sized(arrays[number] ?? '', count),
        part: { kind: 'array', type: number, count },
      };
    if (part.kind === 'array') {
      // What stands in rows is one array.
      const length = part.count * count;
      return {
        text: sized(arrays[part.type] ?? '', length),
        part: { ...part, count: length },
      };
    }
    if (count > mostInTuple) throw new Unbound(`is an array of ${count} ${wordFor(part)}`);
    const members = Array.from({ length: count }, (_, index) => ({ name: String(index), part }));
    const text = `[${Array(count).fill(inner.text).join(', ')}]`;
    return { text, part: { kind: 'struct', members } };
  }
}

const wordFor = ({ kind }: CPart): string =>
  kind === 'struct' ? 'structures' : kind === 'text' ? 'texts' : 'booleans';
