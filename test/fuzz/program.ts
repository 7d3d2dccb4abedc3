/** Generated programs with the arguments that they are called with. */
import type { Shapes } from './shapes.ts';
import { print, type Block, type Dialect, type Part, type Tree } from './tree.ts';
import { intTypes, type ArrayType, type Type, type ViewType } from './types.ts';

export interface Parameter {
  readonly name: string;
  readonly type: Type;
  /** How its type is written after the name, such as `?: number` or `: i32 | null`. */
  readonly annotation: string;
  readonly initial: Tree | undefined;
  /** What may be passed instead of a value. */
  readonly absent: 'undefined' | 'null' | undefined;
  /** How many elements most of the arguments have at least. */
  readonly sure: number;
  /** A number is an integer from 0 to below this in every call. */
  readonly limit?: number;
}

export interface ProgramFunction {
  readonly name: string;
  /** The options after the tag; undefined for an untagged function. */
  readonly tag: string | undefined;
  readonly arrow: boolean;
  readonly params: readonly Parameter[];
  /** As it is written, such as `number | undefined`. */
  readonly result: string;
  readonly body: Block;
}

/** A module-level constant. */
export interface Constant {
  readonly name: string;
  /** As in `const NAME: u64 = 5n;`; undefined for none. */
  readonly annotation: string | undefined;
  readonly value: Tree;
  /** The class of a constant array; undefined for other constants. */
  readonly array: ArrayType | undefined;
}

/** An interface, type, enum or class at the top of a program. */
export interface Declaration {
  readonly name: string;
  readonly tree: Tree;
}

/**
 * One argument: a value, or a view of one of the call's buffers. Objects that are one in the values of a call
 * are one in its arguments.
 */
export type Argument =
  | { readonly value: unknown }
  | {
      readonly view: ViewType;
      readonly buffer: number;
      readonly offset: number;
      readonly length: number;
    };

/** The arguments of one call. */
export interface ArgumentSet {
  readonly buffers: readonly Uint8Array[];
  readonly args: readonly Argument[];
}

export interface Program {
  /** Unique in its run; its file's name has it. */
  readonly index: number;
  /** Its heap types. */
  readonly shapes: Shapes;
  readonly declarations: readonly Declaration[];
  readonly constants: readonly Constant[];
  /** The last one is the entry, which is called from outside. */
  readonly functions: readonly ProgramFunction[];
  /** Its results are approximations, which V8 doesn't share. */
  readonly approximate: boolean;
  /** Whether it has parallel loops, so that it runs with several numbers of threads. */
  readonly parallel: boolean;
  readonly sets: readonly ArgumentSet[];
}

export function entryOf({ functions }: Pick<Program, 'functions'>): ProgramFunction {
  const entry = functions.at(-1);
  if (!entry) throw new Error('a program has functions');
  return entry;
}

/** The path of a program's file in the project that it is compiled in. */
export const fileOf = ({ index }: Program): string => `src/program${index}.ts`;

const hints = ['f64', 'f32', ...intTypes, 'i64', 'u64'];

/** The program's module in TypeScript. */
export function typescriptOf(program: Program): string {
  const code = [
    ...program.declarations.map(({ tree }) => print(tree, 'ts')),
    ...program.constants.map((constant) => `export ${constantText(constant, 'ts')}`),
    ...program.functions.map((fn) => functionText(fn, 'ts')),
  ].join('\n\n');
  const used = hints.filter((hint) => new RegExp(`\\b${hint}\\b`).test(code));
  const imports = used.length > 0 ? `import type { ${used.join(', ')} } from 'tsnative';\n\n` : '';
  const loops = /\bparallel\./.test(code) ? "import { parallel } from 'tsnative';\n" : '';
  return `${loops}${imports}${code}\n`;
}

/** A script in JavaScript whose value is an object with the entry and the constants. */
export function javascriptOf(program: Program): string {
  const names = [entryOf(program).name, ...program.constants.map(({ name }) => name)];
  const code = [
    ...program.declarations.map(({ tree }) => print(tree, 'js')),
    ...program.constants.map((constant) => constantText(constant, 'js')),
    ...program.functions.map((fn) => functionText(fn, 'js')),
  ].join('\n');
  return `(() => { 'use strict';\n${code}\nreturn { ${names.join(', ')} };\n})()`;
}

function constantText({ name, annotation, value }: Constant, dialect: Dialect): string {
  const type = annotation !== undefined && dialect === 'ts' ? `: ${annotation}` : '';
  return `const ${name}${type} = ${print(value, dialect)};`;
}

function functionText(fn: ProgramFunction, dialect: Dialect): string {
  const typed = dialect === 'ts';
  const params = fn.params.map(({ name, annotation, initial }) => {
    const value = initial ? ` = ${print(initial, dialect)}` : '';
    return `${name}${typed ? annotation : ''}${value}`;
  });
  const result = typed ? `: ${fn.result}` : '';
  const body = print(fn.body satisfies Part, dialect);
  const tagged = fn.tag !== undefined && typed;
  const start = tagged ? `/** @native${fn.tag === '' ? '' : ` ${fn.tag}`} */\nexport ` : '';
  return fn.arrow
    ? `${start}const ${fn.name} = (${params.join(', ')})${result} => ${body};`
    : `${start}function ${fn.name}(${params.join(', ')})${result} ${body}`;
}
