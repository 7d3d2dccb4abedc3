/** Which C libraries a build links with its addons, and which the loader opens. */
import type { LibraryInfo, LibraryNeed } from '../../runtime/manifest.ts';
import { librariesOf } from '../4-emit/externs/symbols.ts';
import { longDouble } from '../4-emit/externs/c-types.ts';
import { platformName } from '../5-link/targets.ts';
import { ToolchainError, type LinkedCode, type Target, type Toolchain } from '../5-link/types.ts';
import { codes } from '../diagnostics/codes.ts';
import type { IrModule } from '../ir/types.ts';
import { reachedFrom } from '../ir/walk.ts';
import { libraryInfo } from './candidates.ts';
import type { CLibraries, LinkedLibrary } from './config.ts';

export interface LibraryPlan {
  /** What the loader knows, in the order of `librariesOf`. */
  readonly infos: readonly LibraryInfo[];
  /** What each export calls of those that are opened. */
  readonly neededBy: readonly (readonly LibraryNeed[])[];
  readonly linkedNames: ReadonlySet<string>;
  linkedFor(target: Target): LinkedCode;
  /** The files of libraries that are opened, by their names. */
  filesFor(target: Target): (library: string) => readonly string[];
}

/** @throws ToolchainError for what can't be linked */
export function planLibraries(
  module: IrModule,
  { linked, shared }: CLibraries,
  { targets, toolchain }: { readonly targets: readonly Target[]; readonly toolchain: Toolchain },
): LibraryPlan {
  const names = librariesOf(module);
  const used = linked.filter(({ name }) => names.includes(name));
  const [first] = used;
  if (first && !toolchain.compilesC)
    throw new ToolchainError(
      codes.linkedUnsupported(undefined, { toolchain: toolchain.name, library: first.name }),
    );
  for (const target of targets) refuseLongDouble(module, target);
  const linkedNames = new Set(used.map(({ name }) => name));
  const functions = new Map(module.functions.map((fn) => [fn.name, fn]));
  const infos = names.map((name) =>
    linkedNames.has(name)
      ? { name, linked: true, files: {} }
      : libraryInfo(
          name,
          shared.find((one) => one.name === name),
        ),
  );
  return {
    linkedNames,
    infos,
    filesFor: (target) => (library) => {
      const files: Readonly<Record<string, readonly string[]>> =
        infos.find(({ name }) => name === library)?.files ?? {};
      const found = files[platformName(target)] ?? files[target.platform] ?? files[''] ?? [];
      // Node has C's own library with all its parts; another program may not have been linked with this one.
      const isOfC = found.includes('') && target.platform === 'linux';
      return isOfC ? [...found, `lib${library}.so.6`] : found;
    },
    neededBy: module.exports.map(({ callee }) => {
      const needs = new Map<string, Set<string>>();
      for (const { extern } of names.length > 0 ? reachedFrom(callee, functions) : [])
        if (extern && !linkedNames.has(extern.library))
          needs.set(extern.library, (needs.get(extern.library) ?? new Set()).add(extern.symbol));
      return [...needs].map(([name, symbols]) => ({
        library: names.indexOf(name),
        symbols: [...symbols],
      }));
    }),
    linkedFor: (target) => ({
      sources: used.flatMap(({ sources }) => sources),
      archives: used.flatMap((library) => archivesFor(library, target)),
    }),
  };
}

function archivesFor(
  { name, archives, sources }: LinkedLibrary,
  target: Target,
): readonly string[] {
  const platform = platformName(target);
  const found = archives[platform] ?? archives[target.platform] ?? archives[''];
  if (found || sources.length > 0) return found ?? [];
  const known = Object.keys(archives).join(', ');
  throw new ToolchainError(codes.noArchive(undefined, { library: name, target: platform, known }));
}

function refuseLongDouble({ functions }: IrModule, target: Target): void {
  if (longDouble(target.triple) !== undefined) return;
  const wrong = functions.find(({ extern }) =>
    [...(extern?.params ?? []), ...(extern?.result ? [extern.result] : [])].some(
      ({ way }) => way === 'long double',
    ),
  );
  if (wrong?.extern)
    throw new ToolchainError(
      codes.noLongDouble(undefined, {
        symbol: wrong.extern.symbol,
        target: platformName(target),
      }),
    );
}
