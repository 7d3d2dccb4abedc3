/** The hints: type aliases such as `i32` that the tsnative package exports. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ts } from '../ts-morph.ts';
import type { ScalarType } from '../ir/types.ts';

const hints: ReadonlySet<string> = new Set<ScalarType>([
  ...(['i8', 'u8', 'i16', 'u16', 'i32', 'u32', 'i64', 'u64', 'f32', 'f64', 'bool'] as const),
]);

/** What declarations of C's functions are written with. */
const externHints: Readonly<Record<string, ScalarType | undefined>> = {
  Handle: 'u64',
  Pointer: 'u64',
  long_double: 'f64',
};

/** The machine type that a type alias of the tsnative package stands for; undefined for any other alias. */
export function hintOfAlias(alias: ts.TypeAliasDeclaration): ScalarType | undefined {
  const name = alias.name.text;
  const hint = hints.has(name) ? (name as ScalarType) : externHints[name];
  return hint !== undefined && isOfPackage(alias) ? hint : undefined;
}

/** Whether a declaration is one of the tsnative package. */
export const isOfPackage = (declaration: ts.Node): boolean =>
  inAmbientModule(declaration) || inPackage(declaration.getSourceFile().fileName);

/** `declare module 'tsnative' { type i32 = number }`, for projects without the package. */
function inAmbientModule(declaration: ts.Node): boolean {
  const statement = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
  // A module of CommonJS is declared by its whole file, which has no parent.
  const parent = statement.parent as ts.Node | undefined;
  return (
    parent !== undefined &&
    ts.isModuleBlock(parent) &&
    ts.isStringLiteral(parent.parent.name) &&
    parent.parent.name.text === 'tsnative'
  );
}

/** Whether a file is in the `runtime` folder of a package that is named tsnative. */
export const inPackage = (file: string): boolean => partOf(file) === 'runtime';

/** Whether a file is of the package's arrays of any dimension, whose sources become native with the programs that use them. */
export const inArrays = (file: string): boolean => partOf(file) === 'runtime/nd';

const packageFolders = new Map<string, string | undefined>();

/** The folder of the package named tsnative that a file is in; undefined for a file of something else. */
function partOf(file: string): string | undefined {
  const folder = path.dirname(file);
  if (packageFolders.has(folder)) return packageFolders.get(folder);
  const root = packageRoot(folder);
  const inside = root !== undefined && isOurs(root) ? path.relative(root, folder) : undefined;
  const part = inside?.replaceAll(path.sep, '/').replace(/^dist\//, '');
  packageFolders.set(folder, part);
  return part;
}

function packageRoot(folder: string): string | undefined {
  if (existsSync(path.join(folder, 'package.json'))) return folder;
  const parent = path.dirname(folder);
  return parent === folder ? undefined : packageRoot(parent);
}

function isOurs(root: string): boolean {
  try {
    const manifest: unknown = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
    return (manifest as { name?: unknown } | null)?.name === 'tsnative';
  } catch {
    return false;
  }
}
