/**
 * Writes LLVM assembly as text, in one of two dialects: `opaque` has the type
 * `ptr`; `typed` (LLVM 14) has `i8*` for every pointer and casts around each
 * access. Whoever uses the writer never sees the difference.
 *
 * Operands are strings in LLVM's syntax: `%t3`, `@name`, `0x7FF8000000000000`, `42`.
 */
import type { LlvmDialect } from '../5-link/types.ts';

/** An LLVM type that is the same in both dialects, or `ptr`. */
export type LlvmType = string;

export interface Declaration {
  readonly result: LlvmType;
  readonly params: readonly LlvmType[];
  /** Function attributes, such as `nounwind` or `#0`. */
  readonly attributes?: string;
  /** Such as `extern_weak`. */
  readonly linkage?: string;
}

/** See the fields of `LlvmModule`. */
interface ModuleOptions {
  /** The CPU whose timings LLVM assumes, when not those of the one it compiles for. */
  readonly tune?: string | undefined;
  readonly separateBlocks?: boolean | undefined;
  readonly standsAlone?: boolean | undefined;
  readonly servesC?: boolean | undefined;
}

export class LlvmModule {
  readonly dialect: LlvmDialect;
  readonly tune: string | undefined;
  /** Each block of the heap is one of its own from C's `malloc`, so that tools see which are used after they were freed. */
  readonly separateBlocks: boolean;
  /** It is for libraries, which run without JavaScript: nothing of Node is called. */
  readonly standsAlone: boolean;
  /** C calls some of its functions, too: where there is no JavaScript, a context has no environment. */
  readonly servesC: boolean;
  readonly triple: string;
  /** What it becomes is WebAssembly. */
  readonly isWebAssembly: boolean;
  readonly isElf: boolean;
  readonly isMachO: boolean;
  readonly functions: LlvmFunction[] = [];
  private readonly names = new Set<string>();
  private readonly header: string[] = [];
  private readonly globals = new Map<string, string>();
  private readonly namedNodes = new Map<string, string[]>();
  private readonly declarations = new Map<string, Declaration>();
  private strings = new Map<string, string>();

  constructor(dialect: LlvmDialect, triple: string, options: ModuleOptions = {}) {
    const { tune, separateBlocks = false, standsAlone = false, servesC = false } = options;
    this.dialect = dialect;
    this.tune = tune;
    this.separateBlocks = separateBlocks;
    this.standsAlone = standsAlone;
    this.servesC = servesC || standsAlone;
    this.triple = triple;
    this.isWebAssembly = triple.startsWith('wasm32');
    this.isElf = /linux|freebsd/.test(triple);
    this.isMachO = /apple|darwin|macos/.test(triple);
    this.header.push(`target triple = "${triple}"`);
  }

  /** A type's spelling in this dialect; `ptr` may be anywhere in it. */
  spell(type: LlvmType): string {
    return this.dialect === 'opaque' ? type : type.replace(/\bptr\b/g, 'i8*');
  }

  /** Adds a metadata node and returns its name, such as `!3`; equal texts share one. */
  node(text: string): string {
    const index = this.nodeIndices.get(text) ?? this.nodes.push(text) - 1;
    this.nodeIndices.set(text, index);
    return `!${index}`;
  }
  private readonly nodes: string[] = [];
  private readonly nodeIndices = new Map<string, number>();

  /** Adds a node to named metadata such as `llvm.module.flags`. */
  named(name: string, node: string): void {
    this.namedNodes.set(name, [...(this.namedNodes.get(name) ?? []), node]);
  }

  /** Adds a metadata node that refers to itself, and so is like no other; returns its name. */
  distinctNode(text: (self: string) => string): string {
    const self = `!${this.nodes.length}`;
    this.nodes.push(text(self));
    return self;
  }

  /** Whether some functions have forms for vectors; see `keepVectorForms`. */
  get hasVectorForms(): boolean {
    return this.globals.has('llvm.compiler.used');
  }

  /** Adds a global variable definition; `text` stands after the `=`, and spells `ptr` for pointers. */
  global(name: string, text: string): void {
    this.globals.set(name, this.spell(text));
  }

  /** A private constant of these UTF-8 bytes and a zero; returns a pointer operand to it. Equal texts share one. */
  string(text: string): string {
    let name = this.strings.get(text);
    const bytes = Buffer.from(text + '\0', 'utf8');
    const type = `[${bytes.length} x i8]`;
    if (name === undefined) {
      name = `.str.${this.strings.size}`;
      this.strings.set(text, name);
      const body = [...bytes]
        .map((byte) =>
          byte >= 32 && byte < 127 && byte !== 34 && byte !== 92
            ? String.fromCharCode(byte)
            : `\\${byte.toString(16).padStart(2, '0').toUpperCase()}`,
        )
        .join('');
      this.globals.set(name, `private unnamed_addr constant ${type} c"${body}"`);
    }
    return this.address(name, type);
  }

  /** A pointer operand to a global variable of that LLVM type. */
  address(name: string, type: LlvmType): string {
    return this.dialect === 'opaque'
      ? `@${name}`
      : `bitcast (${this.spell(type)}* @${name} to i8*)`;
  }

  /** A pointer operand to a function defined or declared here. */
  functionAddress(name: string, signature: Declaration): string {
    if (this.dialect === 'opaque') return `@${name}`;
    // What a parameter's declaration says beside its type, as `zeroext`, is no part of the function's.
    const params = signature.params
      .map((type) => this.spell(type).replace(/ (zero|sign)ext$/, ''))
      .join(', ');
    return `bitcast (${this.spell(signature.result)} (${params})* @${name} to i8*)`;
  }

  /** Declares an external function once. */
  declare(name: string, declaration: Declaration): void {
    if (!this.declarations.has(name)) this.declarations.set(name, declaration);
  }

  /** The names of the external functions. */
  declaredNames(): string[] {
    return [...this.declarations.keys()].filter((name) => !this.defines(name));
  }

  declarationOf(name: string): Declaration | undefined {
    return this.declarations.get(name);
  }

  /**
   * Starts a function definition. `params` have names without `%` and may have attributes.
   * `prefix` stands before the type: linkage, calling convention; `suffix` after the
   * parameters: attributes.
   */
  define(
    name: string,
    result: LlvmType,
    params: readonly { name: string; type: LlvmType; attributes?: string }[],
    prefix = '',
    suffix = 'nounwind',
  ): LlvmFunction {
    const fn = new LlvmFunction(this, name, result, params, prefix, suffix);
    this.functions.push(fn);
    this.names.add(name);
    return fn;
  }

  /** Whether a function of that name has been started. */
  defines(name: string): boolean {
    return this.names.has(name);
  }

  text(): string {
    const { header, globals, declared, functions, named, nodes } = this.pieces();
    return textOf([
      ...header,
      ...[...globals].map(([name, text]) => `@${name} = ${text}`),
      ...declared.values(),
      ...functions.map((fn) => fn.text()),
      ...named.values(),
      ...nodes.map((text, index) => `!${index} = ${text}`),
    ]);
  }

  /** The target, and what is declared and not defined. */
  head(): string {
    const { header, declared } = this.pieces();
    return textOf([...header, ...declared.values()]);
  }

  /** What the text is made of. */
  pieces(): Pieces {
    const declared = [...this.declarations]
      .filter(([name]) => !this.defines(name))
      .map(([name, d]) => {
        const params = d.params.map((type) => this.spell(type)).join(', ');
        const linkage = d.linkage === undefined ? '' : `${d.linkage} `;
        const text = `declare ${linkage}${this.spell(d.result)} @${name}(${params}) ${d.attributes ?? ''}`;
        return [name, text] as const;
      });
    const named = [...this.namedNodes].map(([name, nodes]) => {
      return [name, `!${name} = !{${nodes.join(', ')}}`] as const;
    });
    const { header, globals, functions, nodes } = this;
    return {
      header,
      globals,
      declared: new Map(declared),
      functions,
      named: new Map(named),
      nodes,
    };
  }
}

/** A module's text in pieces; functions, globals and declarations have names without `@`. */
export interface Pieces {
  readonly header: readonly string[];
  /** What stands behind the `=`. */
  readonly globals: ReadonlyMap<string, string>;
  readonly declared: ReadonlyMap<string, string>;
  readonly functions: readonly LlvmFunction[];
  readonly named: ReadonlyMap<string, string>;
  /** What stands behind the `=`, by number. */
  readonly nodes: readonly string[];
}

export const textOf = (lines: readonly string[]): string => `${lines.join('\n')}\n`;

/** One function being written: instructions go to the current block, which starts as `entry`. */
export class LlvmFunction {
  /** The source that it was made of, where that is one of the project's. */
  origin: string | undefined;
  /** It has what is another in each build. */
  isOfBuild = false;
  /** The node that describes the function to debuggers. */
  subprogram: string | undefined;
  /** The end of each instruction: the place in the source that it comes from, or nothing. */
  place = '';
  readonly module: LlvmModule;
  readonly name: string;
  readonly result: LlvmType;
  readonly params: readonly { name: string; type: LlvmType; attributes?: string }[];
  private readonly prefix: string;
  private readonly suffix: string;
  private readonly allocas: string[] = [];
  private readonly lines: string[] = [];
  private next = 0;
  private closed = false;

  constructor(
    module: LlvmModule,
    name: string,
    result: LlvmType,
    params: LlvmFunction['params'],
    prefix: string,
    suffix: string,
  ) {
    this.module = module;
    this.name = name;
    this.result = result;
    this.params = params;
    this.prefix = prefix;
    this.suffix = suffix;
  }

  /** A name for a temporary or a label that nothing else in the function has. */
  fresh(name = 't'): string {
    return `${name}.${this.next++}`;
  }

  /** Whether the current block already ends with a terminator; then what is written is dropped. */
  get terminated(): boolean {
    return this.closed;
  }

  /** Starts the block of that label (without `%`), falling into it from an open block. */
  block(label: string): void {
    if (!this.closed) this.lines.push(`  br label %${label}${this.place}`);
    this.lines.push(`${label}:`);
    this.closed = false;
  }

  /** Writes an instruction without result. */
  line(text: string): void {
    if (!this.closed) this.lines.push(`  ${text}${this.place}`);
  }

  /** Writes an instruction with a result and returns it, such as `%t.4`. */
  emit(text: string, name = 't'): string {
    const result = `%${this.fresh(name)}`;
    this.line(`${result} = ${text}`);
    return result;
  }

  /** A stack slot for the whole call, whatever block it is asked for in. */
  alloca(type: LlvmType, name = 'slot', count = 1): string {
    const raw = `%${this.fresh(name)}`;
    const size = count === 1 ? '' : `, i64 ${count}`;
    const spelled = this.element(type);
    this.allocas.push(`  ${raw} = alloca ${spelled}${size}, align 16`);
    if (this.module.dialect === 'opaque') return raw;
    const cast = `%${this.fresh(name)}`;
    this.allocas.push(`  ${cast} = bitcast ${spelled}* ${raw} to i8*`);
    return cast;
  }

  load(type: LlvmType, pointer: string, suffix = ''): string {
    const spelled = this.module.spell(type);
    return this.emit(`load ${spelled}, ${this.typedPointer(type, pointer)}${suffix}`);
  }

  store(type: LlvmType, value: string, pointer: string, suffix = ''): void {
    const target = this.typedPointer(type, pointer);
    this.line(`store ${this.module.spell(type)} ${value}, ${target}${suffix}`);
  }

  /** What takes the room of a value in an array: 8 bytes for a pointer, also where half of them hold one (wasm32). */
  private element(type: LlvmType): string {
    return type === 'ptr' && this.module.dialect === 'opaque' ? 'i64' : this.module.spell(type);
  }

  /** `pointer + index` in units of `type`; `index` is an i64 operand. */
  gep(type: LlvmType, pointer: string, index: string): string {
    const spelled = this.element(type);
    const element = this.emit(
      `getelementptr inbounds ${spelled}, ${this.typedPointer(type, pointer)}, i64 ${index}`,
    );
    return this.module.dialect === 'opaque'
      ? element
      : this.emit(`bitcast ${spelled}* ${element} to i8*`);
  }

  /** `pointer + bytes`. */
  offset(pointer: string, bytes: number): string {
    return bytes === 0 ? pointer : this.gep('i8', pointer, String(bytes));
  }

  /** Calls a defined or declared function. `args` are `[type, operand]`; returns '' for void. */
  call(
    result: LlvmType,
    callee: string,
    args: readonly (readonly [LlvmType, string])[],
    suffix = '',
    prefix = '',
  ): string {
    const spelled = args
      .map(([type, operand]) => `${this.module.spell(type)} ${operand}`)
      .join(', ');
    const text = `${prefix}call ${this.module.spell(result)} @${callee}(${spelled})${suffix}`;
    if (result === 'void') {
      this.line(text);
      return '';
    }
    return this.emit(text);
  }

  br(label: string, suffix = ''): void {
    this.terminate(`br label %${label}${suffix}`);
  }

  condBr(condition: string, yes: string, no: string, suffix = ''): void {
    this.terminate(`br i1 ${condition}, label %${yes}, label %${no}${suffix}`);
  }

  /** Jumps to the label of the case that an integer operand is, or to `otherwise`. */
  switchOn(
    type: LlvmType,
    value: string,
    otherwise: string,
    cases: readonly (readonly [value: number, label: string])[],
  ): void {
    const targets = cases.map(([n, label]) => `${type} ${n}, label %${label}`).join(' ');
    this.terminate(`switch ${type} ${value}, label %${otherwise} [ ${targets} ]`);
  }

  ret(type: LlvmType = 'void', value = ''): void {
    this.terminate(type === 'void' ? 'ret void' : `ret ${this.module.spell(type)} ${value}`);
  }

  unreachable(): void {
    this.terminate('unreachable');
  }

  /** The typed pointer operand `type* p` of the dialect, with its type. */
  typedPointer(type: LlvmType, pointer: string): string {
    if (this.module.dialect === 'opaque') return `ptr ${pointer}`;
    const spelled = this.module.spell(type);
    if (spelled === 'i8') return `i8* ${pointer}`;
    return `${spelled}* ${this.emit(`bitcast i8* ${pointer} to ${spelled}*`)}`;
  }

  /** Its first line without `define`, the linkage and what belongs to a definition. */
  get declaration(): string {
    const types = this.params.map(({ type }) => this.module.spell(type)).join(', ');
    return `${this.module.spell(this.result)} @${this.name}(${types}) nounwind`;
  }

  get isInternal(): boolean {
    return this.prefix === 'internal';
  }

  get isInlined(): boolean {
    return this.suffix.includes('alwaysinline');
  }

  /** How many lines it has so far. */
  get size(): number {
    return this.lines.length;
  }

  /** @param linkage instead of its own */
  text(linkage = this.prefix): string {
    const params = this.params
      .map(
        (p) => `${this.module.spell(p.type)}${p.attributes ? ' ' + p.attributes : ''} %${p.name}`,
      )
      .join(', ');
    const prefix = linkage ? `${linkage} ` : '';
    const { tune } = this.module;
    const suffix = tune === undefined ? this.suffix : `${this.suffix} "tune-cpu"="${tune}"`;
    const described = this.subprogram === undefined ? '' : ` !dbg ${this.subprogram}`;
    const body = this.closed ? this.lines : [...this.lines, '  unreachable'];
    return `define ${prefix}${this.module.spell(this.result)} @${this.name}(${params}) ${suffix}${described} {\nentry:\n${[...this.allocas, ...body].join('\n')}\n}`;
  }

  private terminate(text: string): void {
    if (!this.closed) this.lines.push(`  ${text}${this.place}`);
    this.closed = true;
  }
}

/** A double as LLVM writes it exactly: hexadecimal bits. */
export function doubleLiteral(value: number): string {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  return '0x' + bits.getBigUint64(0).toString(16).toUpperCase().padStart(16, '0');
}
