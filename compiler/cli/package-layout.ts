/**
 * What `tsnative package` writes: one npm package for each platform, and the fields by which the main package
 * asks for them. npm installs the one whose `os` and `cpu` are the machine's ("package.json" in npm's manual).
 */
import { basename } from 'node:path';
import type { BuiltAddon } from '../build-types.ts';

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly [field: string]: unknown;
}

/** What the packages have in common with the main one. */
const shared = ['license', 'author', 'repository', 'homepage', 'bugs'];

/** The name of the package with the binary for a platform, which the loader knows too. */
export const platformPackageName = (name: string, platform: string): string =>
  `${name}-${platform}`;

/** A package.json as an object, or what is wrong with it. */
export function parseManifest(text: string): Manifest | string {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return `is not valid JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
  // Safe: what is no object has no such fields either.
  const { name, version, ...rest } = (value ?? {}) as Record<string, unknown>;
  if (typeof name !== 'string' || name === '') return 'has no name';
  if (typeof version !== 'string' || version === '') return 'has no version';
  return { name, version, ...rest };
}

/** The package.json of the package with one binary. */
export function platformManifest(main: Manifest, { platform, path }: BuiltAddon): string {
  const [os, cpu] = platform.split('-');
  const common = Object.fromEntries(
    shared.flatMap((field) => (main[field] === undefined ? [] : [[field, main[field]]])),
  );
  const manifest = {
    name: platformPackageName(main.name, platform),
    version: main.version,
    description: `Native code of ${main.name} for ${platform}`,
    ...common,
    main: basename(path),
    files: [basename(path)],
    // One file serves glibc and musl, so that there is no `libc` here.
    os: [os],
    cpu: [cpu],
    // Yarn's Plug'n'Play would keep it in an archive, from which nothing can be loaded.
    preferUnplugged: true,
  };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

/**
 * The main package's text with the others as optional dependencies of its own version.
 * @param binaries a pattern of the binaries in it, relative to it, which it is then published without; undefined
 *   where they stay in it
 */
export function mainManifest(
  before: string,
  main: Manifest,
  platforms: readonly string[],
  binaries: string | undefined,
): string {
  // Safe: a text that has been parsed by `parseManifest`.
  const parsed = JSON.parse(before.replace(/^\uFEFF/, '')) as Record<string, unknown>;
  const own = new RegExp(`^${escaped(main.name)}-(linux|darwin|win32|freebsd)-\\w+$`);
  const others = Object.entries((parsed['optionalDependencies'] ?? {}) as object).filter(
    ([name]) => !own.test(name),
  );
  const wanted = platforms.map((name) => [platformPackageName(main.name, name), main.version]);
  const optionalDependencies = Object.fromEntries(
    binaries === undefined ? others : [...others, ...wanted],
  );
  const isEmpty = Object.keys(optionalDependencies).length === 0;
  const { optionalDependencies: _, ...rest } = parsed;
  const after = {
    ...(isEmpty ? rest : { ...parsed, optionalDependencies }),
    ...(Array.isArray(parsed['files']) && { files: filesWith(parsed['files'], binaries) }),
  };
  const indent = /^[\t ]+/m.exec(before)?.[0] ?? '  ';
  return JSON.stringify(after) === JSON.stringify(parsed)
    ? before
    : `${JSON.stringify(after, undefined, indent)}\n`;
}

function filesWith(files: readonly unknown[], binaries: string | undefined): unknown[] {
  const others = files.filter((file) => typeof file !== 'string' || !/^!.*\.node$/.test(file));
  return binaries === undefined ? others : [...others, `!${binaries}`];
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
