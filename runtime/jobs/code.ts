/** A hash of what a module's functions do: of its text, and of all that it imports. */
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { init, parse } from 'es-module-lexer';
import { upwards } from '../folders.ts';

/** Packages that are installed count by their names and versions; Node's own modules by Node's version. */
export async function hashOfCode(url: string): Promise<string> {
  await init;
  const files = new Set([url]);
  const packages = new Set<string>();
  const hash = createHash('sha256');
  // The set grows while it is walked.
  for (const file of files) {
    const text = await readFile(fileURLToPath(file), 'utf8');
    hash.update(`${text.length} ${text}`);
    for (const specifier of importsOf(file, text)) {
      if (/^\.{0,2}\//.test(specifier)) files.add(resolved(file, specifier));
      else if (specifier.startsWith('file:')) files.add(specifier);
      else packages.add(versionOf(file, specifier));
    }
  }
  return hash.update([...packages].sort().join()).digest('hex');
}

/** What a module imports, statically and by literals. */
function importsOf(file: string, text: string): string[] {
  try {
    const [imports] = parse(text);
    const named = imports.flatMap(({ specifier }) => specifier ?? []);
    if (named.length > 0) return named;
  } catch {
    // No ECMAScript module.
  }
  const path = fileURLToPath(file);
  const loaded = createRequire(path).cache[path];
  return (loaded?.children ?? []).map(({ filename }) => pathToFileURL(filename).href);
}

function resolved(from: string, specifier: string): string {
  const direct = new URL(specifier, from);
  if (existsSync(direct)) return direct.href;
  try {
    return pathToFileURL(createRequire(from).resolve(specifier)).href;
  } catch {
    // TypeScript's sources name what they become.
    const source = new URL(specifier.replace(/\.([cm]?)js$/, '.$1ts'), from);
    return existsSync(source) ? source.href : direct.href;
  }
}

function versionOf(from: string, specifier: string): string {
  const [scope = '', name = ''] = specifier.split('/');
  const wanted = scope.startsWith('@') ? `${scope}/${name}` : scope;
  for (const folder of upwards(fileURLToPath(from))) {
    const manifest = join(folder, 'node_modules', wanted, 'package.json');
    if (existsSync(manifest)) {
      const { version } = createRequire(from)(manifest) as { version?: string };
      return `${wanted}@${version ?? ''}`;
    }
  }
  return wanted;
}
