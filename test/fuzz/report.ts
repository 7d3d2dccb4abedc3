/** What is told of a program that fails. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import { showArguments } from './arguments.ts';
import type { Failure } from './judge.ts';
import { entryOf, typescriptOf, type Program } from './program.ts';

const folder = fileURLToPath(new URL('./failures/', import.meta.url));

/** The program, its arguments and what each way of running gave, as TypeScript with comments. */
export async function describe(
  program: Program,
  failure: Failure,
  command: string,
): Promise<string> {
  const source = await format(typescriptOf(program), {
    parser: 'typescript',
    singleQuote: true,
    printWidth: 100,
  });
  const calls =
    failure.call === undefined || program.sets.length === 1
      ? program.sets
      : program.sets.slice(failure.call, failure.call + 1);
  const shown = calls
    .slice(0, 1)
    .map((set) => `${entryOf(program).name}(\n  ${showArguments(set)}\n)`);
  const details = Object.entries(failure.details).map(
    ([way, outcome]) =>
      `${way}: ${typeof outcome === 'string' ? outcome : JSON.stringify(outcome, null, 1)}`,
  );
  const comment = [failure.what, ...shown, ...details, `whole: ${command}`].join('\n');
  return `${source}\n${comment.replace(/^/gm, '// ')}\n`;
}

/** Writes it to `failures/` and returns the path. */
export function save(name: string, text: string): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.ts`);
  writeFileSync(path, text);
  return path;
}
