/** Makes TypeScript's program, and ts-morph's nodes for its files. */
import { createWrappedNode, Project, ts, type SourceFile } from 'ts-morph';

export type ReadFile = (file: string) => string | undefined;

/** Where ts-morph pretends to keep the libraries that it carries in its own code. */
const libraryFolder = '/node_modules/typescript/lib';

/**
 * A program whose files are read through `readFile`. It isn't made by ts-morph's `Project`, which
 * doesn't tell CommonJS files from ECMAScript modules (TypeScript's `impliedNodeFormat`).
 */
export function createProgram(
  options: Omit<ts.CreateProgramOptions, 'host'>,
  readFile: ReadFile,
): ts.Program {
  const host = ts.createCompilerHost(options.options, true);
  const readSource = host.getSourceFile;
  host.readFile = readFile;
  host.getDefaultLibLocation = () => libraryFolder;
  host.getDefaultLibFileName = (compilerOptions) =>
    `${libraryFolder}/${ts.getDefaultLibFileName(compilerOptions)}`;
  host.getSourceFile = (file, ...rest) =>
    file.startsWith(libraryFolder) ? libraryFile(file) : readSource(file, ...rest);
  const { fileExists } = host;
  host.fileExists = (file) =>
    file.startsWith(libraryFolder) ? libraryFile(file) !== undefined : fileExists(file);
  return ts.createProgram({ ...options, host });
}

let libraries: Project | undefined;

/** A file of TypeScript's libraries. They never change, so the builds of a process share them. */
function libraryFile(file: string): ts.SourceFile | undefined {
  libraries ??= new Project({ skipFileDependencyResolution: true });
  return libraries.addSourceFileAtPathIfExists(file)?.compilerNode;
}

/** The ts-morph nodes of a program's files, one for each file. */
export class Wrapper {
  private readonly files = new Map<ts.SourceFile, SourceFile>();
  private readonly program: ts.Program;

  constructor(program: ts.Program) {
    this.program = program;
  }

  wrap(file: ts.SourceFile): SourceFile {
    const known = this.files.get(file);
    if (known) return known;
    const compilerOptions = this.program.getCompilerOptions();
    const typeChecker = this.program.getTypeChecker();
    const wrapped = createWrappedNode(file, { compilerOptions, typeChecker });
    this.files.set(file, wrapped);
    return wrapped;
  }
}
