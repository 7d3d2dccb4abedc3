/** How much of a package's time in V8 is in functions that are native in its copy, by V8's own CPU profile. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuiltFunction } from '../../compiler/build-types.ts';
import { runNode } from './run-node.ts';

/** The folder of the package that a file is in; empty for a file of no package. */
const packageOf = (file: string): string =>
  /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? '';

interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly url: string; readonly lineNumber: number };
    readonly children?: readonly number[];
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

export interface Shares {
  /** Microseconds in functions of the package's files. */
  readonly hot: number;
  /** Of these, what runs in native functions or is called by them. */
  readonly native: number;
}

/** @param args what Node runs with the package's own modules */
export function nativeShare(args: readonly string[], functions: readonly BuiltFunction[]): Shares {
  const folder = mkdtempSync(join(tmpdir(), 'tsnative-profile-'));
  try {
    runNode(['--cpu-prof', '--cpu-prof-interval', '200', `--cpu-prof-dir=${folder}`, ...args]);
    const [file = ''] = readdirSync(folder);
    return sharesOf(JSON.parse(readFileSync(join(folder, file), 'utf8')) as Profile, functions);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function sharesOf(
  { nodes, samples, timeDeltas }: Profile,
  functions: readonly BuiltFunction[],
): Shares {
  // Where a project imports the package, its own functions are those that JavaScript calls.
  const own = functions.filter((fn) => fn.tagged && packageOf(fn.file) === '');
  const called = own.length > 0 ? own : functions.filter((fn) => fn.tagged);
  const tagged = new Set(called.map(({ file, line }) => `${file}:${line}`));
  const packages = new Set(functions.map(({ file }) => packageOf(file)).filter(Boolean));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const self = new Map<number, number>();
  samples.forEach((id, index) => self.set(id, (self.get(id) ?? 0) + (timeDeltas[index] ?? 0)));
  let [hot, native] = [0, 0];
  const visit = (
    id: number,
    outer: { readonly inPackage: boolean; readonly isNative: boolean },
  ): void => {
    const node = byId.get(id);
    if (!node) return;
    const { url, lineNumber } = node.callFrame;
    const file = url.startsWith('file:') ? fileURLToPath(url) : '';
    const inPackage =
      (file !== '' && packages.has(packageOf(file))) || (url === '' && outer.inPackage);
    const isNative = outer.isNative || tagged.has(`${file}:${lineNumber + 1}`);
    const time = self.get(id) ?? 0;
    if (inPackage) hot += time;
    if (inPackage && isNative) native += time;
    for (const child of node.children ?? []) visit(child, { inPackage, isNative });
  };
  const [root] = nodes;
  if (root) visit(root.id, { inPackage: false, isNative: false });
  return { hot, native };
}
