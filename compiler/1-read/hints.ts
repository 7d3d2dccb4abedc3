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
  const { parent } = statement;
  return (
    ts.isModuleBlock(parent) &&
    ts.isStringLiteral(parent.parent.name) &&
    parent.parent.name.text === 'tsnative'
  );
}

const packageFiles = new Map<string, boolean>();

/** Whether a file is in the `runtime` folder of a package that is named tsnative. */
export function inPackage(file: string): boolean {
  const known = packageFiles.get(file);
  if (known !== undefined) return known;
  const folder = path.dirname(file);
  const root = packageRoot(folder);
  const found =
    root !== undefined && /^(dist[\\/])?runtime$/.test(path.relative(root, folder)) && isOurs(root);
  packageFiles.set(file, found);
  return found;
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
