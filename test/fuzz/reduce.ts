/** Steps that make a program smaller, for shrinking. */
import {
  entryOf,
  typescriptOf,
  type Argument,
  type Program,
  type ProgramFunction,
} from './program.ts';
import { simplerValues } from './objects.ts';
import { simplest, type Shapes } from './shapes.ts';
import { isBlock, isTree, made, print, sizeOf, type Part, type Tree } from './tree.ts';
import { fits, isHeap, isWide, type ValueKind } from './types.ts';

/** What comes in the place of trees. */
export type Replacements = ReadonlyMap<Tree, readonly Part[]>;

export type Reduction =
  /** Several of these can be made at once. */
  | { readonly kind: 'trees'; readonly gain: number; readonly replacements: Replacements }
  | { readonly kind: 'program'; readonly gain: number; readonly result: Program };

/** All single steps from a program, those that gain most first. */
export function reductionsOf(program: Program): Reduction[] {
  const { shapes } = program;
  const trees = [
    ...program.functions.flatMap((fn) => [
      ...treeReductions(fn.body, shapes),
      ...fn.params.flatMap(({ initial }) => (initial ? treeReductions(initial, shapes) : [])),
    ]),
    ...program.constants.flatMap(({ value }) => treeReductions(value, shapes)),
    ...program.declarations.flatMap(({ tree }) => treeReductions(tree, shapes)),
  ];
  return [...programReductions(program), ...trees].sort((a, b) => b.gain - a.gain);
}

export function applyReduction(program: Program, reduction: Reduction): Program {
  return reduction.kind === 'program'
    ? reduction.result
    : replaceTrees(program, reduction.replacements);
}

/** One step that makes all of these. */
export function combined(reductions: readonly Reduction[]): Reduction {
  const replacements = new Map(
    reductions.flatMap((reduction) =>
      reduction.kind === 'trees' ? [...reduction.replacements] : [],
    ),
  );
  return { kind: 'trees', gain: reductions.reduce((sum, { gain }) => sum + gain, 0), replacements };
}

function replaceTrees(program: Program, replacements: Replacements): Program {
  const inTree = (tree: Tree): Tree => {
    const [first] = rewrite(tree, replacements);
    return first !== undefined && isTree(first) ? first : tree;
  };
  return {
    ...program,
    declarations: program.declarations.map((declaration) => ({
      ...declaration,
      tree: inTree(declaration.tree),
    })),
    constants: program.constants.map((constant) => ({
      ...constant,
      value: inTree(constant.value),
    })),
    functions: program.functions.map((fn) => {
      const [body = fn.body] = rewrite(fn.body, replacements);
      const params = fn.params.map((param) => ({
        ...param,
        initial: param.initial && inTree(param.initial),
      }));
      return { ...fn, params, body: isBlock(body) ? body : fn.body };
    }),
  };
}

function rewrite(part: Part, replacements: Replacements): readonly Part[] {
  const inside = (parts: readonly Part[]): Part[] =>
    parts.flatMap((inner) => rewrite(inner, replacements));
  if (isBlock(part)) return [{ statements: inside(part.statements).filter(isTree) }];
  if (!isTree(part)) return [part];
  const other = replacements.get(part);
  return other ? inside(other) : [{ kind: part.kind, parts: inside(part.parts) }];
}

function treeReductions(root: Part, shapes: Shapes): Reduction[] {
  const found: Reduction[] = [];
  const visit = (part: Part): void => {
    if (isBlock(part)) {
      found.push(...removals(part.statements));
      part.statements.forEach(visit);
    } else if (isTree(part)) {
      found.push(
        ...(part.kind === 'statement'
          ? unwrappings(part)
          : replacementsOf(part, part.kind, shapes)),
      );
      const inner = part.parts.filter(isTree).filter(({ kind }) => kind === 'statement');
      found.push(...removals(inner));
      part.parts.forEach(visit);
    }
  };
  visit(root);
  return found;
}

/** Half of some statements, a quarter, and so on to single ones. */
function removals(statements: readonly Tree[]): Reduction[] {
  const found: Reduction[] = [];
  for (let size = statements.length; size >= 1; size = Math.floor(size / 2)) {
    for (let start = 0; start + size <= statements.length; start += size) {
      const gone = statements.slice(start, start + size);
      const replacements = new Map(gone.map((statement) => [statement, []]));
      found.push({
        kind: 'trees',
        gain: gone.reduce((sum, tree) => sum + sizeOf(tree), 0),
        replacements,
      });
    }
  }
  return found;
}

/** A statement's inner statements instead of it. */
function unwrappings(statement: Tree): Reduction[] {
  const blocks = statement.parts.filter(isBlock);
  return blocks.map(({ statements }) => ({
    kind: 'trees',
    gain: sizeOf(statement) - statements.reduce((sum, tree) => sum + sizeOf(tree), 0),
    replacements: new Map([[statement, statements]]),
  }));
}

/** An expression's parts, or constants, instead of it. */
function replacementsOf(tree: Tree, kind: ValueKind, shapes: Shapes): Reduction[] {
  const size = sizeOf(tree);
  const parts = descendants(tree, 3).filter(
    (part) => part.kind !== 'statement' && fits(part.kind, kind),
  );
  const text = print(tree, 'ts');
  const constants = constantsOf(kind, shapes).filter(
    (constant) => print(constant, 'ts').length < text.length,
  );
  const others = [...parts, ...constants];
  return others.map((other) => ({
    kind: 'trees',
    gain: size - sizeOf(other) + (text.length - print(other, 'ts').length) / 100,
    replacements: new Map([[tree, [other]]]),
  }));
}

function descendants(tree: Tree, depth: number): Tree[] {
  const children = tree.parts.filter(isTree);
  return depth === 0 ? [] : children.flatMap((child) => [child, ...descendants(child, depth - 1)]);
}

function constantsOf(kind: ValueKind, shapes: Shapes): readonly Tree[] {
  const texts = (...all: string[]): Tree[] => all.map((text) => made(kind)`${text}`);
  if (kind === 'boolean') return texts('true', 'false');
  if (isWide(kind)) return texts('0n', '1n');
  if (kind === 'single') return texts('Math.fround(0)', 'Math.fround(1)');
  if (kind === 'number' || kind === 'integer' || kind === 'plain') return texts('0', '1');
  if (kind === 'string') return texts("''", "'a'");
  return isHeap(kind) && shapes.has(kind) ? [simplest(shapes, kind)] : [];
}

function programReductions(program: Program): Reduction[] {
  const to = (gain: number, result: Partial<Program>): Reduction => ({
    kind: 'program',
    gain,
    result: { ...program, ...result },
  });
  const text = typescriptOf(program);
  const isUsed = (name: string): boolean =>
    [...text.matchAll(new RegExp(`\\b${name}\\b`, 'g'))].length > 1;
  const { functions, constants, declarations } = program;
  const entry = entryOf(program);
  return [
    ...functions
      .filter((fn) => fn !== entry && !isUsed(fn.name))
      .map((fn) =>
        to(sizeOf(fn.body) + 5, { functions: functions.filter((other) => other !== fn) }),
      ),
    ...declarations
      .filter(({ name }) => !isUsed(name))
      .map((declaration) =>
        to(5, { declarations: declarations.filter((other) => other !== declaration) }),
      ),
    ...constants
      .filter(({ name }) => !isUsed(name))
      .map((constant) => to(5, { constants: constants.filter((other) => other !== constant) })),
    ...functions
      .filter((fn) => fn.tag !== undefined && (fn.tag !== '' || fn !== entry))
      .map((fn) =>
        to(0.5, {
          functions: replaced(functions, fn, { ...fn, tag: fn === entry ? '' : undefined }),
        }),
      ),
    ...entry.params.flatMap((param, index) => {
      const body = print(entry.body, 'ts');
      if (new RegExp(`\\b${param.name}\\b`).test(body)) return [];
      const params = entry.params.filter((other) => other !== param);
      const sets = program.sets.map((set) => ({
        ...set,
        args: set.args.filter((_, place) => place !== index),
      }));
      return [to(3, { functions: replaced(functions, entry, { ...entry, params }), sets })];
    }),
    ...argumentReductions(program, to),
  ];
}

const replaced = (
  functions: readonly ProgramFunction[],
  old: ProgramFunction,
  other: ProgramFunction,
): ProgramFunction[] => functions.map((fn) => (fn === old ? other : fn));

/** Simpler arguments of the one call that is left. */
function argumentReductions(
  { sets, shapes, ...program }: Program,
  to: (gain: number, result: Partial<Program>) => Reduction,
): Reduction[] {
  const [set] = sets;
  if (!set || sets.length > 1) return [];
  const { params } = entryOf(program);
  const found: Reduction[] = [];
  const withArgument = (place: number, arg: Argument): void => {
    const args = set.args.map((other, index) => (index === place ? arg : other));
    found.push(to(0.4, { sets: [{ ...set, args }] }));
  };
  set.args.forEach((arg, place) => {
    if ('value' in arg) {
      const type = params[place]?.type;
      if (type === undefined) return;
      for (const value of simplerValues(shapes, type, arg.value)) withArgument(place, { value });
    } else if (arg.length > 0) {
      for (const length of new Set([0, 1, Math.floor(arg.length / 2)])) {
        if (length < arg.length) withArgument(place, { ...arg, length });
      }
    }
  });
  set.buffers.forEach((bytes, place) => {
    if (bytes.every((byte) => byte === 0)) return;
    const buffers = set.buffers.map((other, index) =>
      index === place ? new Uint8Array(bytes.length) : other,
    );
    found.push(to(0.3, { sets: [{ ...set, buffers }] }));
  });
  return found;
}
