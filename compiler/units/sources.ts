/**
 * On which sources of a program those with native code depend: what they import, directly or not, and sources with
 * classes that extend what is among these. What is there for all sources, such as declarations, is told apart.
 */
import { ts } from '../ts-morph.ts';
import type { CheckedProgram } from '../1-read/kept.ts';
import { isLibraryFile } from '../1-read/program.ts';

export class Sources {
  /** The paths of the project's own sources, those that `@native` marks something in and the others. */
  readonly tagged: readonly string[];
  readonly plain: readonly ts.SourceFile[];
  /** What any source may depend on. */
  readonly shared: readonly ts.SourceFile[];
  private readonly program: ts.Program;
  private readonly checked: CheckedProgram;
  private readonly extending: readonly ts.SourceFile[];
  private readonly known = new Map<string, ReadonlySet<string>>();

  /**
   * @param program the one that is read
   * @param checked the one that TypeScript checks, of the same sources, some of which may have another text
   */
  constructor(program: ts.Program, checked: CheckedProgram) {
    this.program = program;
    this.checked = checked;
    const files = program.getSourceFiles();
    const isOwn = (file: ts.SourceFile): boolean =>
      !file.isDeclarationFile && !program.isSourceFileFromExternalLibrary(file);
    const own = files.filter(isOwn).sort((a, b) => (a.fileName < b.fileName ? -1 : 1));
    this.plain = own.filter(({ text }) => !text.includes('@native'));
    this.tagged = own.filter(({ text }) => text.includes('@native')).map((file) => file.fileName);
    this.shared = files.filter(
      (file) => !isLibraryFile(file.fileName) && (!isOwn(file) || isForAll(file)),
    );
    this.extending = own.filter(hasHeritage);
  }

  /** What some sources depend on, themselves included. */
  of(names: readonly string[]): readonly ts.SourceFile[] {
    const reached = new Set(names.flatMap((name) => [...this.importedBy(name)]));
    for (let isNew = true; isNew;) {
      isNew = false;
      for (const { fileName } of this.extending) {
        const theirs = this.importedBy(fileName);
        if (reached.has(fileName) || ![...theirs].some((name) => reached.has(name))) continue;
        isNew = true;
        for (const name of theirs) reached.add(name);
      }
    }
    return [...reached].flatMap((name) => this.program.getSourceFile(name) ?? []);
  }

  /** A source with those that it imports, directly or not; declarations left out. */
  private importedBy(name: string): ReadonlySet<string> {
    const known = this.known.get(name);
    if (known) return known;
    const { program, builder } = this.checked;
    const file = program.getSourceFile(name);
    const names = (file ? builder.getAllDependencies(file) : []).filter(
      (one) => program.getSourceFile(one)?.isDeclarationFile === false,
    );
    const made = new Set([name, ...names]);
    this.known.set(name, made);
    return made;
  }
}

const heritage = new WeakMap<ts.SourceFile, boolean>();

/** Whether a file has a class at its top that extends or implements something. */
function hasHeritage(file: ts.SourceFile): boolean {
  const known =
    heritage.get(file) ??
    file.statements.some((one) => ts.isClassDeclaration(one) && one.heritageClauses !== undefined);
  heritage.set(file, known);
  return known;
}

/** Whether a file declares something for files that don't import it: a script, or one that augments modules. */
const isForAll = (file: ts.SourceFile): boolean =>
  !ts.isExternalModule(file) ||
  file.statements.some(
    (one) =>
      ts.isModuleDeclaration(one) &&
      (ts.isStringLiteral(one.name) || (one.flags & ts.NodeFlags.GlobalAugmentation) !== 0),
  );
