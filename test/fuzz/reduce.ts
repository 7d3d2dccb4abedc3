/** Steps that make a program smaller, for shrinking. */
import {
  entryOf,
  typescriptOf,
  type Argument,
  type Program,
  type ProgramFunction,
} from './program.ts';
import { isBlock, isTree, made, print, sizeOf, type Part, type Tree } from './tree.ts';
import { fits, isWide, type ValueKind } from './types.ts';

/** What comes in the place of trees. */
export type Replacements = ReadonlyMap<Tree, readonly Part[]>;

export type Reduction =
  /** Several of these can be made at once. */
  | { readonly kind: 'trees'; readonly gain: number; readonly replacements: Replacements }
  | { readonly kind: 'program'; readonly gain: number; readonly result: Program };

/** All single steps from a program, those that gain most first. */
export function reductionsOf(program: Program): Reduction[] {
  const trees = [
    ...program.functions.flatMap((fn) => [
      ...treeReductions(fn.body),
      ...fn.params.flatMap(({ initial }) => (initial ? treeReductions(initial) : [])),
    ]),
    ...program.constants.flatMap(({ value }) => treeReductions(value)),
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

function treeReductions(root: Part): Reduction[] {
  const found: Reduction[] = [];
  const visit = (part: Part): void => {
    if (isBlock(part)) {
      found.push(...removals(part.statements));
      part.statements.forEach(visit);
    } else if (isTree(part)) {
      found.push(
        ...(part.kind === 'statement' ? unwrappings(part) : replacementsOf(part, part.kind)),
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
function replacementsOf(tree: Tree, kind: ValueKind): Reduction[] {
  const size = sizeOf(tree);
  const parts = descendants(tree, 3).filter(
    (part) => part.kind !== 'statement' && fits(part.kind, kind),
  );
  const text = print(tree, 'ts');
  const constants = constantsOf(kind).filter((constant) => constant.length < text.length);
  const others = [...parts, ...constants.map((constant) => made(kind)`${constant}`)];
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

function constantsOf(kind: ValueKind): readonly string[] {
  if (kind === 'boolean') return ['true', 'false'];
  if (isWide(kind)) return ['0n', '1n'];
  if (kind === 'single') return ['Math.fround(0)', 'Math.fround(1)'];
  return kind === 'number' || kind === 'integer' || kind === 'plain' ? ['0', '1'] : [];
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
  const { functions, constants } = program;
  const entry = entryOf(program);
  return [
    ...functions
      .filter((fn) => fn !== entry && !isUsed(fn.name))
      .map((fn) =>
        to(sizeOf(fn.body) + 5, { functions: functions.filter((other) => other !== fn) }),
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
  { sets }: Program,
  to: (gain: number, result: Partial<Program>) => Reduction,
): Reduction[] {
  const [set] = sets;
  if (!set || sets.length > 1) return [];
  const found: Reduction[] = [];
  const withArgument = (place: number, arg: Argument): void => {
    const args = set.args.map((other, index) => (index === place ? arg : other));
    found.push(to(0.4, { sets: [{ ...set, args }] }));
  };
  set.args.forEach((arg, place) => {
    if ('value' in arg) {
      if (typeof arg.value === 'number' && arg.value !== 0) {
        for (const value of [0, 1]) if (arg.value !== value) withArgument(place, { value });
      }
      if (typeof arg.value === 'bigint' && arg.value !== 0n) withArgument(place, { value: 0n });
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

/** How large a program is, arguments included. */
export function programSize({ functions, constants, sets }: Program): number {
  const trees = functions.reduce((sum, fn) => sum + sizeOf(fn.body) + 5, 0);
  const params = functions.reduce((sum, fn) => sum + 3 * fn.params.length, 0);
  return trees + params + 5 * constants.length + sets.length;
}
