/** The TypeScript of a header's declarations. */
import type { CDeclaration, CEnum, CFunction, CRecord } from './ast.ts';
import { commentOf } from './comments.ts';
import { integer, type Macro } from './constants.ts';
import { identifier, typeName } from './names.ts';
import { Names, Unbound } from './typescript.ts';

export interface Bindings {
  /** A module in TypeScript. */
  readonly text: string;
  /** How many functions, structures and enumerations there are in it. */
  readonly bound: number;
  /** What isn't in it, with the reason. */
  readonly unbound: readonly { readonly name: string; readonly reason: string }[];
  readonly constants: number;
}

export interface BindingSource {
  /** As a person writes it, such as `zlib.h`. */
  readonly header: string;
  /** All that the compiler has seen; those of the header's own files are bound. */
  readonly declarations: readonly CDeclaration[];
  readonly isOwn: (file: string) => boolean;
  readonly constants: readonly Macro[];
  /** The names of macros by what they stand for: a program writes `mpz_init`, the library has `__gmpz_init`. */
  readonly aliases: ReadonlyMap<string, string>;
  /** The library that a function is of. */
  readonly libraryOf: (name: string) => string;
  /** A structure's `sizeof`, by the name that C knows it by; undefined where that isn't known. */
  readonly sizeOf: (type: string) => number | undefined;
  /** A file's text, for its comments. */
  readonly textOf: (file: string) => string;
}

/** Writes a module; what can't be bound is told. */
export function writeBindings(source: BindingSource): Bindings {
  const names = new Names(source.declarations, source.isOwn, source.sizeOf);
  const own = source.declarations.filter(({ place }) => source.isOwn(place.file));
  const writer = new Writer(source, names);
  const seen = new Set<string>();
  for (const one of own) {
    // Names that begin so are the compiler's and the library's own (ISO C 7.1.3).
    const name = one.kind === 'function' || one.kind === 'typedef' ? one.name : names.nameOf(one);
    const isInner = name.startsWith('__') && !(one.kind === 'function' && source.aliases.has(name));
    if (isInner || seen.has(`${one.kind} ${name}`)) continue;
    const isForward = (one.kind === 'struct' || one.kind === 'union') && !one.members;
    if (one.kind !== 'typedef' && !isForward) {
      seen.add(`${one.kind} ${name}`);
      writer.declaration(one, name);
    }
  }
  // The set may grow while it is walked.
  for (const record of names.needed) writer.declaration(record, names.nameOf(record));
  return writer.bindings();
}

class Writer {
  private readonly source: BindingSource;
  private readonly names: Names;
  private readonly parts: string[] = [];
  private readonly unbound: { name: string; reason: string }[] = [];
  private readonly constantNames = new Set<string>();
  private bound = 0;

  constructor(source: BindingSource, names: Names) {
    this.source = source;
    this.names = names;
  }

  declaration(one: CFunction | CRecord | CEnum, name: string): void {
    try {
      if (one.kind === 'function') this.function(one);
      else if (one.kind === 'enum') this.enumeration(one, name);
      else this.struct(one, name);
      this.bound++;
    } catch (error) {
      if (!(error instanceof Unbound)) throw error;
      this.unbound.push({ name, reason: error.message });
    }
  }

  bindings(): Bindings {
    const constants = this.source.constants.filter(({ name }) => !this.constantNames.has(name));
    const { unbound, bound } = this;
    const code = this.parts.join('\n').replace(/\/\*[\s\S]*?\*\//g, '');
    // What can't be bound may have asked for more.
    const imports = [...this.names.imported]
      .filter((name) => new RegExp(`\\b${name}\\b`).test(code))
      .sort();
    const lines = [
      `// The declarations of ${this.source.header}, made by \`tsnative bindgen\`.`,
      ...(imports.length > 0 ? [`import type { ${imports.join(', ')} } from 'tsnative';`] : []),
      '',
      ...constants.map(({ name, value }) => `export const ${identifier(name)} = ${value};`),
      '',
      ...this.parts,
      ...(unbound.length > 0
        ? ['', '// Not bound:', ...unbound.map(({ name, reason }) => `// ${name}: ${reason}`)]
        : []),
    ];
    return { text: `${lines.join('\n')}\n`, bound, unbound, constants: constants.length };
  }

  private function(fn: CFunction): void {
    if (fn.isInline) throw new Unbound('its code is in the header, and no library has it');
    this.refuseVariadic(fn);
    const taken = new Set<string>();
    const params = fn.params.map(({ name, type }, index) => {
      const own = parameterName(name, index, taken);
      return `${own}: ${this.names.param(type)}`;
    });
    const more = fn.isVariadic ? ['...values: []'] : [];
    const result = this.names.result(fn.result);
    const note = fn.isVariadic
      ? ['What it takes besides is for a declaration of your own: ...values: [i32, f64]']
      : [];
    const called = fn.name.startsWith('__') ? this.source.aliases.get(fn.name) : undefined;
    const name = identifier(called ?? fn.name);
    const tag = `@extern ${this.source.libraryOf(name)}: ${fn.name}`;
    this.parts.push(
      doc([...this.comment(fn), ...note], tag),
      `export declare function ${name}(${[...params, ...more].join(', ')}): ${result};`,
    );
  }

  /** Where C has dots, registers are others. */
  private refuseVariadic({ isVariadic, params, result }: CFunction): void {
    const isStruct = (type: CFunction['result']): boolean => {
      const own = this.names.resolve(type);
      return own.kind === 'tagged' && own.what !== 'enum';
    };
    if (isVariadic && [result, ...params.map(({ type }) => type)].some(isStruct))
      throw new Unbound('it takes or gives a structure by its value, and has dots behind');
  }

  private struct(record: CRecord, name: string): void {
    const problem = this.names.structProblem(record);
    if (problem !== undefined) throw new Unbound(problem);
    const size = record.isInner ? undefined : this.source.sizeOf(this.names.typeOf(record));
    const note = this.names.isCopied(record)
      ? [
          'C gets a copy of it for each call: where C keeps the address, a parameter has to be a Pointer.',
        ]
      : [];
    const members = (record.members ?? []).map(
      ({ name: member, type }) => `${member}: ${this.names.member(type).text};`,
    );
    this.parts.push(
      doc([...this.comment(record), ...note], `@struct${size === undefined ? '' : ` ${size}`}`),
      `export interface ${typeName(name)} {\n${members.map((member) => `  ${member}`).join('\n')}\n}`,
    );
  }

  private enumeration(one: CEnum, name: string): void {
    if (one.values.length === 0) throw new Unbound('the header only names it');
    const comment = [...this.comment(one)];
    const title = one.tag === undefined && name === one.id ? '' : `enum ${name}`;
    this.parts.push(doc([...(title ? [title] : []), ...comment], ''));
    for (const { name: constant, value } of one.values) {
      this.constantNames.add(constant);
      this.parts.push(`export const ${identifier(constant)} = ${integer(value)};`);
    }
  }

  private comment({ place }: CFunction | CRecord | CEnum): string[] {
    return commentOf(this.source.textOf(place.file), place.start, place.end);
  }
}

/** A comment whose last line is a tag. */
function doc(lines: readonly string[], tag: string): string {
  const all = [...lines, ...(lines.length > 0 && tag ? [''] : []), ...(tag ? [tag] : [])];
  if (all.length === 0) return '';
  if (all.length === 1) return `/** ${all[0]} */`;
  return ['/**', ...all.map((line) => ` * ${line}`.trimEnd()), ' */'].join('\n');
}

function parameterName(name: string | undefined, index: number, taken: Set<string>): string {
  const plain =
    name === undefined ? `a${index}` : identifier(name.replace(/^_+/, '') || `a${index}`);
  const own = taken.has(plain) ? `${plain}${index}` : plain;
  taken.add(own);
  return own;
}
