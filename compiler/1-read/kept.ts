/** What a process keeps of a project's program between its builds, so that each reads and checks what has changed. */
import { ts } from '../ts-morph.ts';
import { sha256 } from '../5-link/cache.ts';
import type { ProjectFolder } from './model.ts';

interface KeptFile {
  readonly text: string;
  /** How it was parsed. */
  readonly format: string;
  readonly parsed: ts.SourceFile;
}

/** A program whose files' diagnostics are known but for those of files that an edit affects. */
export interface CheckedProgram {
  readonly program: ts.Program;
  readonly builder: ts.SemanticDiagnosticsBuilderProgram;
  /** Has TypeScript check the next file that needs it; false when there is none. */
  checkNext(): boolean;
  /** What keeps declarations from being written, as TypeScript says it of a whole program. */
  declarationDiagnostics(): readonly ts.Diagnostic[];
}

/** One project's; builds with it come one after the other. */
export class KeptProgram {
  private files = new Map<string, KeptFile>();
  private options = '';
  /** Trees of texts that the compiler has written, and of what these import. */
  private written = new Map<string, KeptFile>();
  private last: ts.SemanticDiagnosticsBuilderProgram | undefined;
  /** The last program with texts that the compiler has written, to reuse the structure of. */
  whole: ts.Program | undefined;
  private readonly facts: Map<string, unknown>[] = [];
  private readonly declarations = this.perFile<readonly ts.Diagnostic[]>();
  private sameFiles = false;
  /** What the last program was made of: absolute paths of the files read, and folders with files by a pattern. */
  inputs: readonly string[] = [];
  folders: readonly ProjectFolder[] = [];

  /** A map by paths of sources, out of which files go that an edit affects: their own text or types that they see. */
  perFile<T>(): Map<string, T> {
    const facts = new Map<string, T>();
    this.facts.push(facts);
    return facts;
  }

  /** The next program may import other files than the last one, as files have come or gone. */
  filesChanged(): void {
    this.sameFiles = false;
    this.whole = undefined;
  }

  /** To be called before a program of these options is made: those of another one make all that is kept useless. */
  begin(options: ts.CompilerOptions): void {
    // `configFile` is the tsconfig's syntax tree.
    const key = JSON.stringify({ ...options, configFile: undefined });
    if (key !== this.options) {
      this.files = new Map();
      this.written = new Map();
      this.whole = undefined;
      this.last = undefined;
      this.affect(undefined);
    }
    this.options = key;
  }

  /** The program to reuse the structure of, if its imports lead where they led. */
  get old(): ts.Program | undefined {
    return this.sameFiles ? this.last?.getProgram() : undefined;
  }

  /** A file's tree: that of the last program where its text is the same. */
  source(file: string, text: string, options: ParseOptions): ts.SourceFile {
    return sourceIn(this.files, file, text, options);
  }

  /** The same of a text that the compiler has written, or of what it imports. */
  writtenSource(file: string, text: string, options: ParseOptions): ts.SourceFile {
    return sourceIn(this.written, file, text, options);
  }

  /** The program with what is known of its files from the one before. */
  checked(program: ts.Program): CheckedProgram {
    const files = new Set(program.getSourceFiles().map(({ fileName }) => fileName));
    for (const file of this.files.keys()) if (!files.has(file)) this.files.delete(file);
    for (const file of program.getSourceFiles()) withVersion(file);
    const builder = ts.createSemanticDiagnosticsBuilderProgram(
      program,
      { createHash: sha256 },
      this.last,
      program.getConfigFileParsingDiagnostics(),
    );
    this.last = builder;
    this.sameFiles = true;
    return {
      program,
      builder,
      checkNext: () => {
        const next = builder.getSemanticDiagnosticsOfNextAffectedFile();
        if (next) this.affect('fileName' in next.affected ? next.affected.fileName : undefined);
        return next !== undefined;
      },
      declarationDiagnostics: () =>
        program.getSourceFiles().flatMap((file) => {
          if (file.isDeclarationFile) return [];
          const known = this.declarations.get(file.fileName);
          const told = known ?? program.getDeclarationDiagnostics(file);
          this.declarations.set(file.fileName, told);
          return told;
        }),
    };
  }

  /** @param file undefined for all of them */
  private affect(file: string | undefined): void {
    for (const facts of this.facts) {
      if (file === undefined) facts.clear();
      else facts.delete(file);
    }
  }
}

type ParseOptions = ts.ScriptTarget | ts.CreateSourceFileOptions;

function sourceIn(
  files: Map<string, KeptFile>,
  file: string,
  text: string,
  options: ParseOptions,
): ts.SourceFile {
  const format = JSON.stringify(options);
  const known = files.get(file);
  if (known?.text === text && known.format === format) return known.parsed;
  const parsed = ts.createSourceFile(file, text, options);
  withVersion(parsed);
  files.set(file, { text, format, parsed });
  return parsed;
}

/** TypeScript compares files by it; it isn't in its types. */
function withVersion(file: ts.SourceFile & { version?: string }): void {
  file.version ??= sha256(file.text);
}
