/**
 * Debug locations: which line of TypeScript an instruction comes from, as LLVM's metadata. With them
 * gdb and perf show TypeScript lines, and LLVM's remarks and assembly can be told by line.
 * See "Source Level Debugging with LLVM", https://llvm.org/docs/SourceLevelDebugging.html.
 *
 * Functions without a span, the runtime's library, get no locations: where LLVM inlines one, its
 * instructions take the line of the call.
 */
import type { Span } from '../ir/types.ts';
import type { LlvmFunction, LlvmModule } from './writer.ts';

export interface DebugOptions {
  /** The folder that the files of spans are relative to, as debuggers look for them. */
  readonly directory: string;
}

/** Of code that seldom runs; other code has 0. */
export const rareDiscriminator = 1;

export class DebugInfo {
  private readonly llvm: LlvmModule;
  private readonly directory: string;
  private unit: string | undefined;
  /** The files of functions, by their subprograms. */
  private readonly files = new Map<string, string>();

  constructor(llvm: LlvmModule, { directory }: DebugOptions) {
    this.llvm = llvm;
    this.directory = directory;
  }

  /** Makes a function one of the source, at whose first line it begins. `name` is what debuggers call it. */
  begin(f: LlvmFunction, name: string, span: Span | undefined): void {
    if (!span) return;
    const file = this.file(span.file);
    const fields = [
      `name: ${quoted(name)}`,
      `linkageName: ${quoted(f.name)}`,
      `scope: ${file}`,
      `file: ${file}`,
      `line: ${span.line}`,
      `type: ${this.llvm.node(`!DISubroutineType(types: ${this.llvm.node('!{null}')})`)}`,
      `scopeLine: ${span.line}`,
      'spFlags: DISPFlagLocalToUnit | DISPFlagDefinition | DISPFlagOptimized',
      `unit: ${this.unitOf(file)}`,
    ];
    f.subprogram = this.llvm.node(`distinct !DISubprogram(${fields.join(', ')})`);
    this.files.set(f.subprogram, span.file);
    this.move(f, span);
  }

  /**
   * What is written to a function from now on comes from there. What is `rare`, a copy that seldom runs, is
   * told from the other code of its line by a DWARF discriminator.
   */
  move(f: LlvmFunction, { file, line, column }: Span, rare = false): void {
    if (f.subprogram === undefined) return;
    const discriminator = rare ? rareDiscriminator : 0;
    const own = `scope: ${f.subprogram}, file: ${this.file(file)}, discriminator: ${discriminator}`;
    // What was put in the place of a call may be of another file.
    const isOwn = !rare && this.files.get(f.subprogram) === file;
    const scope = isOwn ? f.subprogram : this.llvm.node(`!DILexicalBlockFile(${own})`);
    const location = `!DILocation(line: ${line}, column: ${column}, scope: ${scope})`;
    f.place = `, !dbg ${this.llvm.node(location)}`;
  }

  private file(name: string): string {
    return this.llvm.node(
      `!DIFile(filename: ${quoted(name)}, directory: ${quoted(this.directory)})`,
    );
  }

  /** The compile unit; there is one, named after the first file. */
  private unitOf(file: string): string {
    if (this.unit !== undefined) return this.unit;
    const { llvm } = this;
    const fields = [
      // DWARF has no number for TypeScript; debuggers show the lines alike.
      'language: DW_LANG_C99',
      `file: ${file}`,
      'producer: "tsnative"',
      'isOptimized: true',
      'runtimeVersion: 0',
      'emissionKind: LineTablesOnly',
    ];
    this.unit = llvm.node(`distinct !DICompileUnit(${fields.join(', ')})`);
    llvm.named('llvm.dbg.cu', this.unit);
    llvm.named('llvm.module.flags', llvm.node('!{i32 2, !"Debug Info Version", i32 3}'));
    llvm.named('llvm.module.flags', llvm.node('!{i32 7, !"Dwarf Version", i32 4}'));
    return this.unit;
  }
}

/** A string as LLVM assembly writes it: UTF-8, with quotes, backslashes and control characters in hexadecimal. */
const quoted = (text: string): string =>
  `"${text.replace(/["\\\x00-\x1f]/g, (char) => `\\${char.charCodeAt(0).toString(16).padStart(2, '0')}`)}"`;
