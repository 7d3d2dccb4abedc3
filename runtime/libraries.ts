/**
 * The shared libraries of C that native code calls: opened when a package is loaded. What native code can't have is
 * told, and the functions that need it run as JavaScript.
 */
import type { LibraryInfo, LibraryNeed } from './manifest.ts';

/** What the opening of libraries needs of its surroundings. */
export interface LibraryHost {
  /** Such as `linux-x64`. */
  readonly platform: string;
  /** Where the binaries are. */
  readonly directory: string;
  join(directory: string, name: string): string;
  exists(path: string): boolean;
  /** The names of a folder's files; none where it can't be read. */
  list?(directory: string): readonly string[];
}

/** Opens a file for a library; gives null, why it can't, or behind colons the names of functions that it doesn't have. */
export type LinkLibrary = (library: number, file: string) => string | null;

/** What is wrong with a library. */
export interface LibraryState {
  /** Why it isn't there. */
  readonly problem?: string;
  /** Why functions of it aren't, by their names. */
  readonly missing: ReadonlyMap<string, string>;
}

/** Opens libraries. */
export const openLibraries = (
  libraries: readonly LibraryInfo[],
  link: LinkLibrary | undefined,
  host: LibraryHost,
): LibraryState[] => libraries.map((library, index) => open(library, index, link, host));

/** Why native code can't have what it needs of libraries; undefined where it can. */
export function unmetNeed(
  states: readonly LibraryState[],
  needs: readonly LibraryNeed[] = [],
): string | undefined {
  for (const { library, symbols } of needs) {
    const state = states[library];
    if (state?.problem !== undefined) return state.problem;
    for (const symbol of symbols) {
      const missing = state?.missing.get(symbol);
      if (missing !== undefined) return missing;
    }
  }
  return undefined;
}

const nothingMissing: ReadonlyMap<string, string> = new Map();

function open(
  library: LibraryInfo,
  index: number,
  link: LinkLibrary | undefined,
  host: LibraryHost,
): LibraryState {
  const missing = nothingMissing;
  if (library.linked) return { missing };
  const { name } = library;
  if (!link)
    return { missing, problem: `the library ${name} of C can't be opened on this platform` };
  const problems: string[] = [];
  for (const file of candidates(library, host)) {
    const problem = link(index, file);
    if (problem === null) return { missing };
    if (problem.startsWith(':')) {
      const what = file === '' ? 'this system' : `the library ${name} (${file})`;
      const names = problem.slice(1).split(':');
      return {
        missing: new Map(
          names.map((symbol) => [
            symbol,
            `${what} has no function ${symbol}: its @extern should have another name, or the library another version`,
          ]),
        ),
      };
    }
    problems.push(problem);
  }
  const [first = 'nobody says how its file is called on this system'] = problems;
  const problem = `the library ${name} is not there: ${first}${mend(library, host)}`;
  return { missing, problem };
}

/** The files to try, the most likely first. */
function candidates({ name, files }: LibraryInfo, host: LibraryHost): string[] {
  const [system = ''] = host.platform.split('-');
  const named = files[host.platform] ?? files[system] ?? files[''] ?? [];
  const own = named.map((file) => {
    const path = host.join(host.directory, file);
    return /[/\\]/.test(file) && host.exists(path) ? path : file;
  });
  return [...own, ...(system === 'linux' ? versions(name, host) : [])];
}

const debianFolders: Readonly<Record<string, string>> = {
  'linux-x64': 'x86_64-linux-gnu',
  'linux-arm64': 'aarch64-linux-gnu',
};

/** The files of a library that have a version in their names: without its package for developers there is no other. */
function versions(name: string, { platform, list, join }: LibraryHost): string[] {
  const multiarch = debianFolders[platform];
  const folders = [
    '/usr/local/lib',
    ...(multiarch === undefined ? [] : [`/usr/lib/${multiarch}`, `/lib/${multiarch}`]),
    ...['/usr/lib64', '/usr/lib', '/lib64', '/lib'],
  ];
  const start = `lib${name}.so.`;
  return folders.flatMap((folder) =>
    (list?.(folder) ?? [])
      .filter((file) => file.startsWith(start))
      .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
      .map((file) => join(folder, file)),
  );
}

function mend({ package: bringing, brew }: LibraryInfo, { platform }: LibraryHost): string {
  if (platform.startsWith('darwin') && brew !== undefined)
    return `. It comes with: brew install ${brew}`;
  if (bringing === undefined) return '';
  return platform.startsWith('linux')
    ? `. On Debian and Ubuntu it comes with: apt install ${bringing}`
    : `. It comes with ${bringing}`;
}

/**
 * A function of C has no body for JavaScript, which calls it.
 * @param problem why native code doesn't run; undefined where it does
 * @throws Error always
 */
export function callMissing(name: string, library: string, problem: string | undefined): never {
  const reason =
    problem === undefined
      ? 'call it in a function with /** @native */, or mark it with @native itself'
      : problem;
  throw new Error(
    `${name} is a function of the C library ${library}, which native code alone calls: ${reason}. A body in place of \`declare\` is what JavaScript runs: export function ${name}(…) { … }`,
  );
}
