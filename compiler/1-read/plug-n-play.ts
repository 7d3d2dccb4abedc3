/**
 * Packages where Yarn's Plug'n'Play has them, for TypeScript, which looks for them in folders `node_modules` alone: such
 * a folder seems to be in each package, with what that package depends on. Yarn tells where each is (its
 * "PnP API"), and has already made Node's own file functions read the archives that they are in.
 */
import nodeModule from 'node:module';
import { ts } from '../ts-morph.ts';

interface Locator {
  readonly name: string | null;
  readonly reference: string | null;
}

/** As much of Yarn's interface as is used here. */
interface PnpApi {
  findPackageLocator(location: string): Locator | null;
  getPackageInformation(locator: Locator): {
    /** Ends with a slash. */
    readonly packageLocation: string;
    /** By the name in imports; null for a peer that isn't there. */
    readonly packageDependencies: ReadonlyMap<string, unknown>;
  } | null;
  resolveToUnqualified(request: string, issuer: string): string | null;
  resolveRequest(request: 'pnpapi', issuer: null): string | null;
}

/** What Yarn adds to `node:module` in processes that it starts. */
const { findPnpApi } = nodeModule as unknown as { findPnpApi?: (path: string) => PnpApi | null };

let isSeen = false;

/** Has TypeScript see such packages from now on, where Yarn has started this process. */
export function seePlugAndPlay(): void {
  if (!findPnpApi || isSeen) return;
  isSeen = true;
  const { fileExists, directoryExists, readFile, getDirectories, realpath } = ts.sys;
  Object.assign(ts.sys, {
    fileExists: (path: string) => fileExists(path) || fileExists(ownPath(path)),
    directoryExists: (path: string) =>
      directoryExists(path) || namesIn(path) !== undefined || directoryExists(ownPath(path)),
    readFile: (path: string, encoding?: string) =>
      readFile(fileExists(path) ? path : ownPath(path), encoding),
    getDirectories: (path: string) =>
      namesIn(path) ?? getDirectories(directoryExists(path) ? path : ownPath(path)),
    // What Yarn has under several names for several peers keeps its name, which tells these.
    realpath: (path: string) => packagePath(path) ?? realpath?.(path) ?? path,
  });
}

/** The file in which Yarn has written where the packages of a project are; it changes with them. */
export const plugAndPlayFile = (folder: string): string | undefined =>
  findPnpApi?.(`${folder}/`)?.resolveRequest('pnpapi', null) ?? undefined;

/** The package whose folder this is, not only one in which it is. */
function packageAt(
  folder: string,
): { readonly api: PnpApi; readonly dependencies: ReadonlyMap<string, unknown> } | undefined {
  const location = `${folder}/`;
  const api = findPnpApi?.(location);
  const locator = api?.findPackageLocator(location);
  const found = locator && api?.getPackageInformation(locator);
  if (!api || !found || found.packageLocation.replaceAll('\\', '/') !== location) return undefined;
  return { api, dependencies: found.packageDependencies };
}

/** A file's own path, where Yarn has it elsewhere than TypeScript has found it. */
export const ownPath = (path: string): string => (findPnpApi && packagePath(path)) ?? path;

/** Where a path leads that goes through the `node_modules` of a package. */
function packagePath(path: string): string | undefined {
  const [, folder, rest = ''] = /^(.*)\/node_modules\/(.*)$/.exec(path) ?? [];
  const [, name, inside = ''] = /^((?:@[^/]+\/)?[^/@][^/]*)(.*)$/.exec(rest) ?? [];
  const owner = folder === undefined || name === undefined ? undefined : packageAt(folder);
  if (!owner || name === undefined || (owner.dependencies.get(name) ?? null) === null)
    return undefined;
  const found = owner.api.resolveToUnqualified(name, `${folder}/`);
  return found === null ? undefined : found.replaceAll('\\', '/').replace(/\/$/, '') + inside;
}

/** What seems to be in the `node_modules` of a package, or in its folder of a scope such as `@types`. */
function namesIn(path: string): string[] | undefined {
  const [, folder, scope] = /^(.*)\/node_modules(?:\/(@[^/]+))?\/?$/.exec(path) ?? [];
  const owner = folder === undefined ? undefined : packageAt(folder);
  if (!owner) return undefined;
  const names = [...owner.dependencies.keys()].map((name) => name.split('/'));
  const seen = scope === undefined ? names.map(([first]) => first) : inScope(names, scope);
  return seen.length === 0 && scope !== undefined
    ? undefined
    : [...new Set(seen)].filter((name) => name !== undefined);
}

const inScope = (names: readonly string[][], scope: string): (string | undefined)[] =>
  names.flatMap(([first, second]) => (first === scope ? [second] : []));
