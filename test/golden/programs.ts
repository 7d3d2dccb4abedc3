/**
 * The wrong programs of `errors/`: a file each, or a folder where one takes several files. Below a
 * line `// rewritten:` stands what the rewrites of its diagnostics make of it.
 */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, parse } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface WrongProgram {
  readonly name: string;
  /** Relative paths with their texts, without the rewritten part. */
  readonly files: Readonly<Record<string, string>>;
  /** The rewritten program, by the path of its only file. */
  readonly rewritten: Readonly<Record<string, string>>;
  /** It has a tsconfig of its own, because its options are what is wrong with it. */
  readonly hasConfig: boolean;
  /** The path of the file with its diagnostics. */
  readonly golden: string;
}

export const errorsFolder = fileURLToPath(new URL('./errors', import.meta.url));

export function wrongPrograms(): WrongProgram[] {
  return readdirSync(errorsFolder)
    .filter((entry) => !entry.endsWith('.txt'))
    .sort()
    .map((entry) => {
      const path = join(errorsFolder, entry);
      return statSync(path).isDirectory() ? inFolder(entry, path) : inFile(entry, path);
    });
}

function inFile(file: string, path: string): WrongProgram {
  const [wrong = '', rewritten] = readFileSync(path, 'utf8').split(/^\/\/ rewritten:\n/m);
  const { name, ext } = parse(file);
  return {
    name,
    files: { [file]: wrong },
    rewritten: rewritten === undefined ? {} : { [`${name}${ext}`]: rewritten },
    hasConfig: false,
    golden: join(errorsFolder, `${name}.txt`),
  };
}

function inFolder(name: string, path: string): WrongProgram {
  const entries = readdirSync(path);
  const files = entries.map(
    (entry) => [`${name}/${entry}`, readFileSync(join(path, entry), 'utf8')] as const,
  );
  return {
    name,
    files: Object.fromEntries(files),
    rewritten: {},
    hasConfig: entries.includes('tsconfig.json'),
    golden: join(errorsFolder, `${name}.txt`),
  };
}
