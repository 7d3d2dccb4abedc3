/**
 * Drop-in copies of modules that aren't the user's: their files as they are, with native functions in front of
 * the JavaScript ones. A file keeps its name and its place among the others, its declarations are copied along,
 * and a package.json says which module system the files are in.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ts } from '../ts-morph.ts';
import type { Hinted, Reading } from '../1-read/model.ts';
import type { FilePlan } from './javascript-file.ts';
import { fileTransformer, linkGlue, planFiles, type OutputFile } from './javascript.ts';
import { insertGuards, type Guarded } from './hinted-guards.ts';
import type { HandedOver } from './javascript-file.ts';

/** What lowering tells of native code. */
interface Lowered extends Guarded {
  /** What JavaScript hands over to native code. */
  readonly globals: readonly HandedOver[];
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
  lowered: Lowered,
  { outDir, gluePath }: { readonly outDir: string; readonly gluePath: string },
): OutputFile[] {
  hinted.release();
  const { globals, receivers } = lowered;
  const plans = planFiles(program, { functions, globals, receivers, isHinted: true });
  const out = outDir.replaceAll('\\', '/');
  const files: OutputFile[] = [];
  const add = (source: ts.SourceFile, copy: string, name: string, text: string): void => {
    const file = path.posix.join(out, path.posix.dirname(copy), name);
    const plan = plans.get(source.fileName);
    const linked = plan ? linkGlue(insertGuards(text, plan, lowered), plan, file, gluePath) : text;
    files.push({ path: file, text: linked });
  };
  for (const [fileName, copy] of hinted.files) {
    const source = program.getSourceFile(fileName);
    if (!source) continue;
    if (/\.[cm]?tsx?$/.test(fileName)) {
      const write: ts.WriteFileCallback = (written, text) =>
        add(source, copy, path.posix.basename(written.replaceAll('\\', '/')), text);
      const transformers = { before: [fileTransformer(program, plans)] };
      const result = program.emit(source, write, undefined, false, transformers);
      if (result.emitSkipped) throw new Error('TypeScript wrote no files');
    } else add(source, copy, path.posix.basename(copy), printed(source, program, plans));
  }
  return [...files, ...declarations(hinted, out), ...manifests(hinted, out)].sort((a, b) =>
    a.path < b.path ? -1 : 1,
  );
}

const printer = ts.createPrinter({ newLine: ts.NewLineKind.LineFeed });

/** A JavaScript file with native functions, otherwise as it is: TypeScript checks the types of all that it emits. */
function printed(
  source: ts.SourceFile,
  program: ts.Program,
  plans: ReadonlyMap<string, FilePlan>,
): string {
  if (!plans.has(source.fileName)) return source.text;
  const { transformed } = ts.transform(source, [fileTransformer(program, plans)]);
  const [made] = transformed;
  return made ? printer.printFile(made) : source.text;
}

/** The packages that a project has hints for, in a node_modules folder beside what is emitted, where Node finds them first. */
export function packageCopies(
  program: ts.Program,
  hinted: Hinted,
  plans: ReadonlyMap<string, FilePlan>,
  { outDir, gluePath }: { readonly outDir: string; readonly gluePath: string },
): OutputFile[] {
  const out = outDir.replaceAll('\\', '/');
  const sources = [...hinted.files].flatMap(([file, copy]): OutputFile[] => {
    const source = program.getSourceFile(file);
    if (!source) return [];
    const plan = plans.get(file);
    const target = path.posix.join(out, copy);
    const text = printed(source, program, plans);
    return [{ path: target, text: plan ? linkGlue(text, plan, target, gluePath) : text }];
  });
  return [...sources, ...packageFiles(hinted, out)];
}

/** The manifests of packages that are copied whole or in part. */
function packageFiles({ files }: Hinted, out: string): OutputFile[] {
  const made = new Map<string, string>();
  for (const [file, copy] of files) {
    // A folder inside a package may have a manifest of its own, which says what its modules are in.
    let folder = path.posix.dirname(file);
    let to = path.posix.dirname(copy);
    while (to !== 'node_modules' && to !== '.') {
      const manifest = path.posix.join(folder, 'package.json');
      if (existsSync(manifest))
        made.set(path.posix.join(out, to, 'package.json'), readFileSync(manifest, 'utf8'));
      [folder, to] = [path.posix.dirname(folder), path.posix.dirname(to)];
    }
  }
  return [...made].map(([file, text]) => ({ path: file, text }));
}

/** The declaration files beside the modules. */
function declarations({ files }: Hinted, out: string): OutputFile[] {
  return [...files].flatMap(([file, copy]) => {
    const declared = file.replace(/\.([cm]?)jsx?$/, '.d.$1ts');
    if (declared === file || !existsSync(declared)) return [];
    const folder = path.posix.join(out, path.posix.dirname(copy));
    const to = path.posix.join(folder, path.posix.basename(declared));
    return [{ path: to, text: readFileSync(declared, 'utf8') }];
  });
}

/**
 * What decides how Node reads the files: the package.json that is nearest to the modules, but for what is about
 * publishing, and those of the packages inside the copy.
 */
function manifests({ files, root }: Hinted, out: string): OutputFile[] {
  const nearest = nearestManifest(root);
  const parsed = JSON.parse(nearest?.text ?? '{}') as Record<string, unknown>;
  const kept = ['name', 'version', 'type', 'imports', 'sideEffects', 'license'].flatMap((name) =>
    parsed[name] === undefined ? [] : [[name, parsed[name]] as const],
  );
  const own = JSON.stringify({ ...Object.fromEntries(kept), private: true }, undefined, 2);
  const made = new Map([[path.posix.join(out, 'package.json'), `${own}\n`]]);
  for (const [file, copy] of files) {
    if (!copy.startsWith('node_modules/')) continue;
    const found = nearestManifest(path.posix.dirname(file));
    if (!found) continue;
    const up = path.posix.relative(path.posix.dirname(file), found.path);
    made.set(path.posix.join(out, path.posix.dirname(copy), up), found.text);
  }
  return [...made].map(([to, text]) => ({ path: to, text }));
}

function nearestManifest(folder: string): OutputFile | undefined {
  const file = path.posix.join(folder, 'package.json');
  if (existsSync(file)) return { path: file, text: readFileSync(file, 'utf8') };
  const parent = path.posix.dirname(folder);
  return parent === folder ? undefined : nearestManifest(parent);
}
