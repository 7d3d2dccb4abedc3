/** `tsnative bindgen`: declarations for the functions of a C library, out of its header. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { displayPath } from '../diagnostics/list.ts';
import { command } from './command.ts';
import { Exit } from './context.ts';
import { replaceFile } from './files.ts';
import { plural } from './format.ts';
import { jsonOption, last } from './options.ts';
import { printJson } from './print.ts';
import { UsageError } from './usage.ts';

/** What `bindgen --json` prints. */
export interface BindgenJson {
  readonly command: 'bindgen';
  /** Of tsnative. */
  readonly version: string;
  readonly ok: true;
  /** Absolute. */
  readonly header: string;
  /** The file that was written; null where it is `text` instead. */
  readonly out: string | null;
  readonly text: string | null;
  /** How many functions, structures and enumerations there are now. */
  readonly bound: number;
  readonly unbound: readonly { readonly name: string; readonly reason: string }[];
  readonly constants: number;
}

const list = { type: 'string', array: true, requiresArg: true, default: [] as string[] } as const;

export const bindgenCommand = command({
  name: 'bindgen',
  describe: 'Write declarations for the functions, structures and constants of a C header',
  positionals: {
    header: { type: 'string', describe: 'The header, such as /usr/include/zlib.h' },
  },
  options: {
    out: {
      alias: 'o',
      type: 'string',
      requiresArg: true,
      describe: 'The file to write; without it they go to the standard output',
      coerce: last<string>,
    },
    library: {
      alias: 'l',
      ...list,
      describe: 'The library of the functions; START=LIBRARY for those whose names begin so',
    },
    include: { alias: 'I', ...list, describe: 'Folders of headers that it includes' },
    define: { alias: 'D', ...list, describe: 'Macros that it needs: NAME or NAME=VALUE' },
    ...jsonOption,
  },
  examples: [
    ['tsnative bindgen /usr/include/zlib.h -o src/zlib.native.ts', 'Bind zlib'],
    ['tsnative bindgen vendor/simplex.h -l simplex', 'A header of your own, to read'],
    ['tsnative bindgen fftw3.h -l fftwf_=fftw3f -l fftw3', 'Functions of two libraries'],
  ],
  async run({ header, out, library, include, define, json }, context) {
    if (header === undefined)
      throw new UsageError('error: which header?\n  see `tsnative bindgen --help`');
    const path = resolve(context.cwd, header);
    if (!existsSync(path)) throw new UsageError(`error: there is no header ${header}`);
    const { bindgen } = await import('../bindgen/index.ts');
    const folders = include.map((folder) => resolve(context.cwd, folder));
    const { text, bound, unbound, constants } = await bindgen({
      ...{ header: path, include: folders, define, library },
    });
    const file = out === undefined ? undefined : resolve(context.cwd, out);
    if (file !== undefined) await replaceFile(file, text);
    if (json) {
      const result: BindgenJson = {
        ...{ command: 'bindgen', version: context.version, ok: true, header: path },
        ...{ out: file ?? null, text: file === undefined ? text : null },
        ...{ bound, unbound, constants },
      };
      printJson(result, context);
      return Exit.ok;
    }
    if (file === undefined) context.stdout.write(text);
    const all = bound + unbound.length;
    const where = file === undefined ? '' : `: ${displayPath(file, context.cwd)}`;
    context.stderr.write(
      `${bound} of ${plural(all, 'declaration')} bound, and ${plural(constants, 'constant')}${where}\n`,
    );
    for (const { name, reason } of unbound)
      context.stderr.write(`  not bound: ${name}: ${reason}\n`);
    return Exit.ok;
  },
});
