/** `tsnative bindgen`: declarations of TypeScript for the functions, structures and constants of a C header. */
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { declarationsOf, type CDeclaration } from './ast.ts';
import { askClang, readable, type HeaderOptions } from './clang.ts';
import { candidatesOf, constantsOf, macrosOf } from './constants.ts';
import { libraryFor } from './libraries.ts';
import { Names, Unbound } from './typescript.ts';
import { writeBindings, type Bindings } from './write.ts';

export interface BindgenOptions extends HeaderOptions {
  /** The library of its functions, or by what their names begin with: `fftwf_=fftw3f`. */
  readonly library: readonly string[];
}

/** @throws ToolchainError for a header that clang refuses */
export async function bindgen(given: BindgenOptions): Promise<Bindings> {
  const { header, library } = given;
  const options = await readable(given);
  const tree = await askClang(options, ['-fsyntax-only', '-Xclang', '-ast-dump=json']);
  const declarations = declarationsOf(tree);
  const own = ownFiles(header, options.include, declarations);
  const isOwn = (file: string): boolean => own.has(canonical(file));
  const preprocessed = await askClang(options, ['-E', '-dD']);
  const macros = macrosOf(preprocessed, isOwn);
  const names = new Names(declarations, isOwn);
  const structs = declarations.flatMap((one) => {
    if ((one.kind !== 'struct' && one.kind !== 'union') || !isOwn(one.place.file)) return [];
    if (one.isInner || names.structProblem(one) !== undefined) return [];
    return [names.typeOf(one)];
  });
  const sizes = await sizesOf(options, [
    ...new Set([...structs, ...neededOf(declarations, isOwn)]),
  ]);
  const texts = new Map<string, string>();
  return writeBindings({
    header: basename(header),
    declarations,
    isOwn,
    constants: await constantsOf(options, candidatesOf(macros)),
    aliases: new Map([...macros].map(([name, body]) => [body, name])),
    libraryOf: libraryFor(basename(header), library),
    sizeOf: (type) => sizes.get(type),
    textOf(file) {
      // Clang counts bytes; comments need no other letters.
      const text = texts.get(file) ?? (existsSync(file) ? readFileSync(file, 'latin1') : '');
      texts.set(file, text);
      return text;
    },
  });
}

/** The structures of other headers that the functions of a header, or its structures, have themselves. */
function neededOf(
  declarations: readonly CDeclaration[],
  isOwn: (file: string) => boolean,
): string[] {
  // What is only asked for here isn't imported.
  const names = new Names(declarations, isOwn);
  for (const one of declarations) {
    if (!isOwn(one.place.file)) continue;
    if (one.kind === 'struct') names.structProblem(one);
    if (one.kind !== 'function') continue;
    for (const type of [one.result, ...one.params.map((param) => param.type)])
      try {
        names.member(type);
      } catch (error) {
        if (!(error instanceof Unbound)) throw error;
      }
  }
  return [...names.needed].flatMap((one) => (one.isInner ? [] : [names.typeOf(one)]));
}

const canonical = (file: string): string => {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
};

/**
 * A header with those that are parts of it: what it includes in quotes, and what a C library keeps in `bits/`. Other
 * headers stand for libraries of their own; but one that declares nothing itself stands for what it includes out of its
 * own folder.
 */
function ownFiles(
  header: string,
  folders: readonly string[],
  declarations: readonly CDeclaration[],
): Set<string> {
  const own = new Set([canonical(header)]);
  // The set grows while it is walked.
  for (const file of own) {
    const text = includesOf(file);
    for (const [, name = ''] of text.matchAll(
      /^[ \t]*#[ \t]*include[ \t]*(?:"([^"\n]+)"|<bits\/)/gm,
    ))
      for (const folder of [dirname(file), dirname(header), ...folders]) {
        const path = join(folder, name);
        if (name !== '' && existsSync(path)) own.add(canonical(path));
      }
    for (const [, name = ''] of text.matchAll(/^[ \t]*#[ \t]*include[ \t]*<(bits\/[^>\n]+)>/gm))
      for (const folder of ['/usr/include', ...multiarch]) {
        const path = join(folder, name);
        if (existsSync(path)) own.add(canonical(path));
      }
  }
  if (!declarations.some(({ place }) => own.has(canonical(place.file))))
    for (const [, name = ''] of includesOf(header).matchAll(
      /^[ \t]*#[ \t]*include[ \t]*<([^>\n]+)>/gm,
    ))
      own.add(canonical(join(dirname(header), basename(name))));
  return own;
}

const includesOf = (file: string): string => (existsSync(file) ? readFileSync(file, 'latin1') : '');

const multiarch = ['/usr/include/x86_64-linux-gnu', '/usr/include/aarch64-linux-gnu'];

/** C's `sizeof` of types, as the compiler has it. */
async function sizesOf(
  options: HeaderOptions,
  types: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (types.length === 0) return new Map();
  const lines = types.map((type, index) => `unsigned long tsn_size_${index} = sizeof(${type});`);
  const source = [`#include "${options.header}"`, ...lines, ''].join('\n');
  const llvm = await askClang(options, ['-S', '-emit-llvm', '-O0', '-o', '-'], source);
  return new Map(
    types.flatMap((type, index) => {
      const found = new RegExp(`@tsn_size_${index} = .*global i\\d+ (\\d+)`).exec(llvm)?.[1];
      return found === undefined ? [] : [[type, Number(found)] as const];
    }),
  );
}
