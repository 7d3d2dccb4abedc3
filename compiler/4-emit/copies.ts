/**
 * Drop-in copies of modules that aren't the user's: their files as they are, with native functions in front of
 * the JavaScript ones. A file keeps its name and its place among the others, its declarations are copied along,
 * and a package.json says which module system the files are in.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ts } from '../ts-morph.ts';
import type { Hinted, NativeConstant, Reading } from '../1-read/model.ts';
import type { Receiver } from '../ir/receivers.ts';
import { fileTransformer, linkGlue, planFiles, type OutputFile } from './javascript.ts';
import { insertGuards } from './hinted-guards.ts';

/** What lowering tells of native code. */
interface Lowered {
  /** The module constants that native code reads. */
  readonly globals: readonly Extract<NativeConstant, { kind: 'global' }>[];
  /** How methods are called, by their ids. */
  readonly receivers: ReadonlyMap<string, Receiver>;
}

/**
 * @param reading.functions the native functions that JavaScript calls
 * @param options.outDir where the copies go
 * @param options.gluePath as for `emitJavaScript`
 */
export function emitCopies(
  {
    program,
    hinted,
    functions,
  }: Pick<Reading, 'program' | 'functions'> & { readonly hinted: Hinted },
  { globals, receivers }: Lowered,
  { outDir, gluePath }: { readonly outDir: string; readonly gluePath: string },
): OutputFile[] {
  hinted.release();
  const plans = planFiles(program, functions, globals, true);
  const out = outDir.replaceAll('\\', '/');
  const files: OutputFile[] = [];
  const sources = new Set(hinted.files);
  const write: ts.WriteFileCallback = (fileName, text, writeByteOrderMark, _, from) => {
    const [source] = from ?? [];
    if (!source || !sources.has(source.fileName)) return;
    const within = path.posix.relative(hinted.root, source.fileName);
    const name = path.posix.basename(fileName);
    const file = path.posix.join(out, path.posix.dirname(within), name);
    const plan = plans.get(source.fileName);
    const linked = plan
      ? linkGlue(insertGuards(text, plan, receivers), plan, file, gluePath)
      : text;
    files.push({ path: file, text: writeByteOrderMark ? `\uFEFF${linked}` : linked });
  };
  const result = program.emit(undefined, write, undefined, false, {
    before: [fileTransformer(program, plans)],
  });
  if (result.emitSkipped) throw new Error('TypeScript wrote no files');
  return [...files, ...declarations(hinted, out), ...manifest(hinted, out)].sort((a, b) =>
    a.path < b.path ? -1 : 1,
  );
}

/** The declaration files beside the modules. */
function declarations({ files, root }: Hinted, out: string): OutputFile[] {
  return files.flatMap((file) => {
    const declared = file.replace(/\.([cm]?)jsx?$/, '.d.$1ts');
    if (declared === file || !existsSync(declared)) return [];
    const copy = path.posix.join(out, path.posix.relative(root, declared));
    return [{ path: copy, text: readFileSync(declared, 'utf8') }];
  });
}

/** What decides how Node reads the files: the package.json that is nearest to them, but for what is about publishing. */
function manifest({ root }: Hinted, out: string): OutputFile[] {
  const kept: Record<string, unknown> = {};
  const nearest = nearestManifest(root);
  for (const name of ['name', 'version', 'type', 'imports', 'sideEffects', 'license'])
    if (nearest[name] !== undefined) kept[name] = nearest[name];
  const text = JSON.stringify({ ...kept, private: true }, undefined, 2);
  return [{ path: path.posix.join(out, 'package.json'), text: `${text}\n` }];
}

function nearestManifest(folder: string): Record<string, unknown> {
  const file = path.posix.join(folder, 'package.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  const parent = path.posix.dirname(folder);
  return parent === folder ? {} : nearestManifest(parent);
}
