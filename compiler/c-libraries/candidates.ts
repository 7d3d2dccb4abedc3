/** Where the loader looks for shared libraries. */
import type { LibraryInfo } from '../../runtime/manifest.ts';
import type { SharedLibrary } from './config.ts';
import { isOwn, knownLibrary } from './known.ts';

const systems = ['linux', 'darwin', 'win32', 'freebsd'] as const;

/**
 * What the loader must know of a library.
 * @param own what the project's package.json says of it
 */
export function libraryInfo(name: string, own: SharedLibrary | undefined): LibraryInfo {
  const known = knownLibrary(name);
  const files = Object.fromEntries(systems.map((system) => [system, filesOf(name, system)]));
  const given = own && own.files;
  const packages = own?.package ?? known?.debian;
  return {
    name,
    files: given ? { ...files, ...given } : files,
    ...(packages !== undefined && { package: packages }),
    ...(own?.package === undefined && known?.brew !== undefined && { brew: known.brew }),
  };
}

/** An empty name stands for the program itself. */
function filesOf(name: string, system: (typeof systems)[number]): string[] {
  if (/[/\\]|\.(so|dylib|dll)\b/.test(name)) return [name];
  const known = knownLibrary(name);
  if (isOwn(name)) return system === 'win32' ? ['ucrtbase.dll'] : [''];
  const stem = name === 'png' ? 'png16' : name;
  switch (system) {
    case 'win32':
      return [...new Set([known?.win32 ?? `${stem}.dll`, `${stem}.dll`, `lib${stem}.dll`])];
    case 'darwin':
      return [
        ...new Set([known?.darwin ?? `lib${stem}.dylib`, `lib${stem}.dylib`]),
        `/opt/homebrew/lib/lib${stem}.dylib`,
        `/usr/local/lib/lib${stem}.dylib`,
      ];
    case 'freebsd':
      return [`lib${stem}.so`];
    case 'linux':
      return [...new Set([known?.linux ?? `lib${stem}.so`, `lib${stem}.so`])];
  }
}
