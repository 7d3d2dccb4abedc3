/** Finds what `@native` marks in a file, and refuses the tag where it can't mark anything. */
import {
  Node,
  ts,
  type ClassDeclaration,
  type MethodDeclaration,
  type SourceFile,
  type Statement,
  type VariableStatement,
} from '../ts-morph.ts';
import { codes } from '../diagnostics/codes.ts';
import type { Diagnostic, Place } from '../diagnostics/types.ts';
import type { FunctionOptions } from '../ir/types.ts';
import { exportedFunctions } from './exports.ts';
import { functionOf } from './function-nodes.ts';
import { arrayFunctionOf } from './kernels/find.ts';
import type { FunctionNode } from './model.ts';
import { placeOfRange } from './places.ts';
import { findTag, parseOptions, type TagText } from './tag-options.ts';

export interface TaggedFunction {
  readonly node: FunctionNode;
  readonly options: FunctionOptions;
}

export interface TaggedClass {
  readonly node: ClassDeclaration;
  /** Of all its methods. */
  readonly options: FunctionOptions;
}

/** A method of a class that is JavaScript's. */
export interface TaggedMethod {
  readonly node: MethodDeclaration;
  readonly owner: ClassDeclaration;
  readonly options: FunctionOptions;
}

export interface FileTags {
  /** In source order. */
  readonly tagged: readonly TaggedFunction[];
  /** In source order. */
  readonly classes: readonly TaggedClass[];
  /** In source order. */
  readonly methods: readonly TaggedMethod[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The functions and classes of a file that `@native` marks.
 *
 * A tag belongs to the statement right below its comment. It stands for the whole file when it
 * is in the file's first comment and either another JSDoc comment follows, or the first
 * statement is nothing that could be native itself, such as an import.
 */
export function findTags(file: SourceFile, checker?: ts.TypeChecker): FileTags {
  return new TagFinder(file, checker).find();
}

/** A tag and its options behind other text of a line: JSDoc takes it for a part of the sentence. */
const tagAtEndOfLine =
  /[^`\s*]\s+(@native)(?:[ \t]+(?:fastmath|bounds|overflow)[^\n]*?)?[ \t]*(?:\*\/|\r?\n)/d;

interface Comment {
  readonly start: number;
  readonly text: string;
  readonly isDoc: boolean;
}

class TagFinder {
  private readonly tagged = new Map<FunctionNode, FunctionOptions>();
  private readonly classes: TaggedClass[] = [];
  private readonly methods: TaggedMethod[] = [];
  private readonly diagnostics: Diagnostic[] = [];
  /** Starts of the comments looked at. */
  private readonly seen = new Set<number>();
  private readonly file: SourceFile;
  private readonly checker: ts.TypeChecker | undefined;
  private readonly text: string;

  constructor(file: SourceFile, checker: ts.TypeChecker | undefined) {
    this.checker = checker;
    this.file = file;
    this.text = file.getFullText();
  }

  find(): FileTags {
    const statements = this.file.getStatements();
    statements.forEach((statement, index) => this.visitStatement(statement, index === 0));
    const tagged = [...this.tagged].map(([node, options]) => ({ node, options }));
    tagged.sort((a, b) => a.node.getStart() - b.node.getStart());
    const { classes, methods, diagnostics } = this;
    return { tagged, classes, methods, diagnostics };
  }

  private visitStatement(statement: Statement, isFirst: boolean): void {
    const comments = commentsBefore(statement.compilerNode, this.text);
    for (const { start } of comments) this.seen.add(start);
    const own = comments.findLast((comment) => comment.isDoc);
    const canBeOwn = candidatesOf(statement).length > 0 || Node.isClassDeclaration(statement);
    comments.forEach((comment, index) => {
      const tag = comment.isDoc ? findTag(comment.text) : undefined;
      if (!tag) {
        if (/^\/[/*]\s*@native(?![\w-])/.test(comment.text)) {
          this.diagnostics.push(codes.tagNotInDoc(this.placeIn(comment, 0, comment.text.length)));
        }
        const inText = comment.isDoc ? tagAtEndOfLine.exec(comment.text) : null;
        const [start, end] = inText?.indices?.[1] ?? [];
        if (start !== undefined && end !== undefined) {
          this.diagnostics.push(codes.tagInText(this.placeIn(comment, start, end - start)));
        }
      } else if (isFirst && index === 0 && !(comment === own && canBeOwn)) {
        this.tagFile(comment, tag);
      } else if (comment === own) this.tagStatement(statement, comment, tag);
      else this.misplaced(comment, tag, 'a comment that another one follows');
    });
    const isWhole = this.classes.at(-1)?.node === statement;
    if (Node.isClassDeclaration(statement) && !isWhole) this.visitMethods(statement);
    this.visitInside(statement.compilerNode);
  }

  /** The methods that are native in a class that isn't. */
  private visitMethods(owner: ClassDeclaration): void {
    // Without a name, nothing can tell the class's methods from those of one that extends it.
    if (owner.getName() === undefined) return;
    for (const node of owner.getMethods()) {
      const signatures = [node, ...node.getOverloads()];
      for (const { compilerNode } of signatures) {
        const comment = commentsBefore(compilerNode, this.text).findLast(({ isDoc }) => isDoc);
        const tag = comment && findTag(comment.text);
        if (!comment || !tag || node.isAbstract()) continue;
        this.seen.add(comment.start);
        this.methods.push({ node, owner, options: this.optionsOf(comment, tag) });
        break;
      }
    }
  }

  private tagStatement(statement: Statement, comment: Comment, tag: TagText): void {
    if (Node.isClassDeclaration(statement)) {
      this.classes.push({ node: statement, options: this.optionsOf(comment, tag) });
      return;
    }
    if (Node.isVariableStatement(statement) && this.makesArrayFunction(statement)) return;
    const candidates = candidatesOf(statement);
    const functions = candidates.flatMap((candidate) => functionOf(candidate)?.node ?? []);
    if (functions.length === 0 || functions.length < candidates.length) {
      this.misplaced(comment, tag, describe(statement.compilerNode));
      return;
    }
    const options = this.optionsOf(comment, tag);
    for (const node of functions) this.tagged.set(node, options);
  }

  /** Functions of arrays get loops, which are marked themselves (`kernels/`). */
  private makesArrayFunction(statement: VariableStatement): boolean {
    const checker = this.checker;
    return (
      checker !== undefined &&
      statement
        .getDeclarations()
        .every(({ compilerNode }) => arrayFunctionOf(compilerNode, checker) !== undefined)
    );
  }

  private tagFile(comment: Comment, tag: TagText): void {
    const options = this.optionsOf(comment, tag);
    const functions = exportedFunctions(this.file);
    if (functions.length === 0) {
      this.diagnostics.push(codes.nothingTagged(this.placeIn(comment, tag.start, 7)));
    }
    // A function's own tag, found later, has the last word.
    for (const node of functions) this.tagged.set(node, options);
  }

  /** Refuses the other tags below the level of statements: on accessors, nested functions, members of interfaces. */
  private visitInside(node: ts.Node): void {
    ts.forEachChild(node, (child) => {
      for (const comment of commentsBefore(child, this.text)) {
        // A node and its first child have the same comments.
        const tag = this.seen.has(comment.start) ? undefined : findTag(comment.text);
        if (tag && comment.isDoc) this.misplaced(comment, tag, describe(child));
        this.seen.add(comment.start);
      }
      this.visitInside(child);
    });
  }

  private optionsOf(comment: Comment, tag: TagText): FunctionOptions {
    const parsed = parseOptions(tag.options, (start, length) =>
      this.placeIn(comment, tag.optionsStart + start, length),
    );
    this.diagnostics.push(...parsed.diagnostics);
    return parsed.options;
  }

  private misplaced(comment: Comment, tag: TagText, what: string): void {
    const rewrite = rewriteOf(what);
    this.diagnostics.push(
      codes.misplacedTag(this.placeIn(comment, tag.start, 7), { what, rewrite }),
    );
  }

  private placeIn(comment: Comment, start: number, length: number): Place {
    const from = comment.start + start;
    return placeOfRange(this.file.compilerNode, from, from + length);
  }
}

/** The comments between the token before a node and the node, also those on the line of that token. */
function commentsBefore(node: ts.Node, text: string): Comment[] {
  if (!text.slice(node.pos, node.end).includes('@native')) return [];
  const ranges = new Map<number, ts.CommentRange>();
  for (const find of [ts.getTrailingCommentRanges, ts.getLeadingCommentRanges]) {
    for (const range of find(text, node.pos) ?? []) ranges.set(range.pos, range);
  }
  return [...ranges.values()].map(({ pos, end }) => {
    const comment = text.slice(pos, end);
    return { start: pos, text: comment, isDoc: /^\/\*\*(?!\/)/.test(comment) };
  });
}

/** The declarations of a statement that a tag above it can mean, whether or not they hold functions. */
function candidatesOf(statement: Statement): Node[] {
  // A tag above the first of several signatures stands for the function that has them.
  if (Node.isFunctionDeclaration(statement)) return [statement.getImplementation() ?? statement];
  if (Node.isExportAssignment(statement)) return functionOf(statement) ? [statement] : [];
  if (Node.isExpressionStatement(statement)) {
    const expression = statement.getExpression();
    return functionOf(expression) ? [expression] : [];
  }
  if (!Node.isVariableStatement(statement)) return [];
  const declarations = statement.getDeclarations();
  return declarations.some((declaration) => functionOf(declaration)) ? declarations : [];
}

function rewriteOf(what: string): string {
  if (what === methodOfNative)
    return 'No tag here: that of the class makes all its methods native.';
  if (what === methodOfNameless) return 'A name for the class: export default class Name { … }';
  if (/constructor|accessor/.test(what)) return 'A method: /** @native */ name(…) { … }';
  return what.includes('top level')
    ? 'Move it to the top level of the file: /** @native */ export function name(…) { … }'
    : '/** @native */ right above a function: export function name(…) { … }';
}

const methodOfNative = 'a method of a class that it marks as a whole';
const methodOfNameless = 'a method of a class without a name';

function describeMethod({ parent, body }: ts.MethodDeclaration): string {
  if (!ts.isClassDeclaration(parent) || !ts.isSourceFile(parent.parent))
    return 'a method that is not of a class at the top level of the file';
  if (!parent.name) return methodOfNameless;
  return body ? methodOfNative : 'a method without a body';
}

/** What a node is to a person, with its article. */
function describe(node: ts.Node): string {
  if (ts.isMethodDeclaration(node)) return describeMethod(node);
  if (ts.isConstructorDeclaration(node)) return 'a constructor';
  if (ts.isAccessor(node)) return 'an accessor';
  if (ts.isClassLike(node)) return 'a class inside a function or namespace';
  if (ts.isFunctionLike(node)) return 'a function that is not at the top level of the file';
  if (ts.isVariableStatement(node)) {
    return ts.isSourceFile(node.parent)
      ? 'a variable that holds no function'
      : 'a variable that is not at the top level of the file';
  }
  if (ts.isPropertyDeclaration(node)) return 'a class field';
  if (ts.isPropertyAssignment(node)) return 'a property of an object';
  if (ts.isInterfaceDeclaration(node)) return 'an interface';
  if (ts.isTypeAliasDeclaration(node)) return 'a type';
  if (ts.isEnumDeclaration(node)) return 'an enum';
  if (ts.isModuleDeclaration(node)) return 'a namespace or module';
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return 'an import or export';
  return 'this';
}
