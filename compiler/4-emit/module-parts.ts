/** A module as several, which LLVM compiles at the same time and the linker puts together. */
import { contentSuffix } from '../ir/content-names.ts';
import type { KeptEmission, Named } from './kept-emission.ts';
import { divide, neededBy, type Item } from './parts.ts';
import { textOf, type LlvmFunction, type LlvmModule, type Pieces } from './writer.ts';

/**
 * From so many lines on, a module is divided into two parts, four and eight: processors come in even numbers, and
 * each part takes a tenth of a second to begin.
 */
const divisions = [10_000, 40_000, 160_000];
/** Functions up to so many lines are in each part that calls them, so that LLVM can inline them there. */
const smallLines = 80;

/** The texts of modules that together are this one; only one where it isn't long. The same module always gives the same. */
export function moduleParts(llvm: LlvmModule): string[] {
  const whole = (): string[] => [llvm.text()];
  // LLVM finds vector forms of functions only beside the loops that call them.
  if (llvm.dialect === 'typed' || llvm.hasVectorForms) return whole();
  const pieces = llvm.pieces();
  const lines = pieces.functions.reduce((sum, { size }) => sum + size, 0);
  const wanted = divisions.filter((least) => lines >= least).length;
  return wanted === 0 ? whole() : new Division(pieces, 2 ** wanted).made();
}

/** Functions of more lines are parts of their own, of those that an edit changes few of. */
const longLines = 300;
/** What is made of no source is in so many parts, beside long functions. */
const libraryParts = 8;

/**
 * The texts of modules that together are this one: one for each long function, and for what else is made of each source;
 * some of what is made of none, such as the library; what all share; and little that changes with each build. So an edit
 * changes few of them.
 */
export function sourceParts(llvm: LlvmModule, kept: KeptEmission): string[] {
  if (llvm.dialect === 'typed' || llvm.hasVectorForms) return [llvm.text()];
  const pieces = llvm.pieces();
  const originOf = ({ isInternal, isOfBuild, origin, name, size }: LlvmFunction): string => {
    if (isOfBuild) return 'build';
    if (!isInternal && origin === undefined) return 'exported';
    if (size > longLines) return `: ${name}`;
    return `:${origin ?? libraryPart(name)}`;
  };
  const origins = [...new Set(pieces.functions.map(originOf))];
  const place = (items: readonly Item[]): ReadonlyMap<string, number> => {
    const single = new Set(items.flatMap(({ name, copied }) => (copied ? [] : [name])));
    return new Map(
      pieces.functions.flatMap((fn) =>
        single.has(fn.name) ? [[fn.name, origins.indexOf(originOf(fn))] as const] : [],
      ),
    );
  };
  const find = (text: string): Named => kept.namedIn(text, namedIn);
  return new Division(pieces, origins.length, place, find).made();
}

/** It stays in its part when what is in it changes, and so the end of its name. */
function libraryPart(name: string): number {
  let hash = 0;
  for (const char of name.replace(contentSuffix, ''))
    hash = (Math.imul(hash, 31) + (char.codePointAt(0) ?? 0)) >>> 0;
  return hash % libraryParts;
}

class Division {
  private readonly pieces: Pieces;
  private readonly items: ReadonlyMap<string, Item>;
  /** The symbols that each function and global names. */
  private readonly symbols = new Map<string, ReadonlySet<string>>();
  /** Each function's, with the numbers of the nodes in it. */
  private readonly texts = new Map<
    string,
    { readonly text: string; readonly nodes: ReadonlySet<number> }
  >();
  private readonly placed: ReadonlyMap<string, number>;
  private readonly count: number;

  /**
   * @param place says which part each function is in that isn't copied
   * @param find what a function's text names
   */
  constructor(
    pieces: Pieces,
    count: number,
    place: (items: readonly Item[]) => ReadonlyMap<string, number> = (items) =>
      divide(items, count),
    find: (text: string) => Named = namedIn,
  ) {
    this.pieces = pieces;
    this.count = count;
    const names = new Set(pieces.functions.map(({ name }) => name));
    for (const [name, text] of pieces.globals) this.symbols.set(name, symbolsIn(text));
    // Functions that a global names are used where that is.
    const named = (name: string): string[] =>
      pieces.globals.has(name) ? [...(this.symbols.get(name) ?? [])].flatMap(named) : [name];
    const items = pieces.functions.map((fn): Item => {
      const text = fn.text();
      const { symbols, nodes } = find(text);
      this.texts.set(fn.name, { text, nodes });
      this.symbols.set(fn.name, symbols);
      return {
        name: fn.name,
        size: fn.size,
        copied: fn.isInternal && !fn.isOfBuild && (fn.isInlined || fn.size <= smallLines),
        uses: [...symbols].flatMap(named).filter((name) => names.has(name)),
      };
    });
    this.items = new Map(items.map((item) => [item.name, item]));
    this.placed = place(items);
  }

  /** The parts. */
  made(): string[] {
    const needed = Array.from({ length: this.count }, (_, part) => {
      const own = [...this.placed].filter(([, index]) => index === part).map(([name]) => name);
      return neededBy(own, this.items);
    });
    const shared = new Set<string>();
    needed.forEach((names, part) => {
      for (const name of names) if (!this.isIn(name, part)) shared.add(name);
    });
    const symbols = needed.map((names, part) => this.symbolsOf(part, names));
    return needed.map((names, part) => this.text(part, names, shared, symbols));
  }

  /** What the functions and globals of a part name. */
  private symbolsOf(part: number, names: ReadonlySet<string>): ReadonlySet<string> {
    const own = [...names].filter((name) => this.isIn(name, part));
    const symbols = new Set(own.flatMap((name) => [...(this.symbols.get(name) ?? [])]));
    // The set grows while it is walked: globals name others.
    for (const name of symbols)
      if (this.pieces.globals.has(name))
        for (const used of this.symbols.get(name) ?? []) symbols.add(used);
    return symbols;
  }

  /** Whether a part has a function itself if it needs it. */
  private isIn(name: string, part: number): boolean {
    return this.items.get(name)?.copied === true || this.placed.get(name) === part;
  }

  private text(
    part: number,
    names: ReadonlySet<string>,
    shared: ReadonlySet<string>,
    parts: readonly ReadonlySet<string>[],
  ): string {
    const { header, globals, declared, functions, named, nodes } = this.pieces;
    const needed = functions.filter(({ name }) => names.has(name));
    const own = needed.filter(({ name }) => this.isIn(name, part));
    const symbols = parts[part] ?? new Set<string>();
    const texts = own.map(({ name, isInternal }) => {
      const text = this.texts.get(name)?.text ?? '';
      return shared.has(name) && isInternal
        ? text.replace(/^define internal/, 'define hidden')
        : text;
    });
    const numbers = nodesIn([...named.values()].join('\n'));
    for (const { name } of own)
      for (const number of this.texts.get(name)?.nodes ?? []) numbers.add(number);
    // The set grows while it is walked.
    for (const number of numbers)
      for (const used of nodesIn(nodes[number] ?? '')) numbers.add(used);
    // Numbers of its own, so that a part is the same whatever is in others.
    const renumbered = new Map([...numbers].map((number, index) => [`!${number}`, `!${index}`]));
    for (const name of symbols)
      if (isText(name)) renumbered.set(`@${name}`, `@.text.${renumbered.size}`);
    const withOwnNumbers = (line: string): string =>
      line.replace(numbered, (name) => renumbered.get(name) ?? name);
    return textOf([
      ...header,
      ...[...globals].flatMap(([name, text]) =>
        symbols.has(name)
          ? [withOwnNumbers(`@${name} = ${globalIn(part, name, text, parts)}`)]
          : [],
      ),
      ...[...declared].flatMap(([name, text]) => (symbols.has(name) ? [text] : [])),
      ...needed
        .filter((fn) => !own.includes(fn))
        .map((fn) => `declare ${fn.isInternal ? 'hidden ' : ''}${fn.declaration}`),
      ...[
        ...texts,
        ...named.values(),
        ...[...numbers].map((number) => `!${number} = ${nodes[number] ?? ''}`),
      ].map(withOwnNumbers),
    ]);
  }
}

/** A variable is one for all parts that name it, and stands in the first of them. Constants are in each. */
function globalIn(
  part: number,
  name: string,
  text: string,
  parts: readonly ReadonlySet<string>[],
): string {
  const [, type, initial, rest] =
    /^internal global (\[[^\]]*\]|\S+) (null|zeroinitializer)(.*)$/.exec(text) ?? [];
  if (type === undefined || parts.filter((symbols) => symbols.has(name)).length < 2) return text;
  return parts.findIndex((symbols) => symbols.has(name)) === part
    ? `hidden global ${type} ${initial}${rest}`
    : `external hidden global ${type}${rest}`;
}

/** Metadata nodes, and constants of texts, by the names that the writer gives them: the next number to each; and what is quoted. */
const numbered = /"[^"]*"|!\d+|@(?:\.str|ts\.text)\.\d+/g;

const isText = (name: string): boolean => /^(?:\.str|ts\.text)\.\d+$/.test(name);

const symbolsIn = (text: string): Set<string> =>
  new Set([...text.matchAll(/@([\w.$]+)/g)].map(([, name = '']) => name));

const namedIn = (text: string): Named => ({ symbols: symbolsIn(text), nodes: nodesIn(text) });

const nodesIn = (text: string): Set<number> =>
  new Set([...text.matchAll(/!(\d+)/g)].map(([, number]) => Number(number)));
