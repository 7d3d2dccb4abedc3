/** A project that a bundler bundles: compiled into a cache when that is asked for the first time, and after edits. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { cacheFolder } from '../../runtime/folders.ts';
import { sha256 } from '../5-link/cache.ts';
import { ToolchainError } from '../5-link/types.ts';
import { writeAtomically } from '../5-link/atomic.ts';
import { build } from '../build.ts';
import type { BuildOptions, BuildResult } from '../build-types.ts';
import { rendered } from '../cli/print.ts';
import { hasErrors } from '../diagnostics/list.ts';
import { KeptProject } from '../kept.ts';
import { browserGlueName } from '../4-emit/glue.ts';
import { binaryName, everywhere } from '../../runtime/binary-name.ts';
import { bridgeFor, type Side } from './bridge.ts';
import { delivered, type Delivery } from './delivery.ts';

export interface Compiled {
  /** The JavaScript of sources with native code, by their absolute paths. */
  readonly scripts: ReadonlyMap<string, string>;
  /** All sources that it depends on. */
  readonly inputs: readonly string[];
  /** The native code's files: the glue and the binaries. */
  readonly native: readonly string[];
  /** The path of the WebAssembly among them, where there is some. */
  readonly wasm?: string;
  /** Warnings, as they are printed. */
  readonly warnings: string;
  /** Absolute path of the module that stands for the glue, for importers of either format. */
  bridge(format: 'mjs' | 'cjs'): string;
}

/** What decides how a project is compiled for a bundler. */
export interface BundleOptions extends Pick<BuildOptions, 'targets' | 'cpu'> {
  /** Absolute path of the tsconfig file. */
  readonly project: string;
  readonly side: Side;
  /** A server for developers runs the code where it was compiled; a bundle is taken elsewhere. */
  readonly isServed: boolean;
  /** How bundles for browsers come to the WebAssembly. */
  readonly delivery: Delivery;
}

export class BundledProject {
  private readonly options: BundleOptions;
  private readonly outDir: string;
  private kept: KeptProject | undefined;
  private current: Promise<Compiled> | undefined;

  constructor(options: BundleOptions) {
    this.options = options;
    const { project, side, isServed, delivery } = options;
    const name = sha256(JSON.stringify([project, side, isServed, delivery])).slice(0, 16);
    this.outDir = join(cacheFolder(project), 'bundles', name);
  }

  /** @throws Error with what `tsnative build` prints, for a project with errors */
  compiled(): Promise<Compiled> {
    this.current ??= this.compile();
    return this.current;
  }

  /** A file has changed, come or gone; the project is compiled again when it is next asked for. */
  changed(cameOrWent: boolean): void {
    if (cameOrWent) this.kept?.program.filesChanged();
    this.current = undefined;
  }

  private async compile(): Promise<Compiled> {
    const { project, isServed, targets, cpu } = this.options;
    this.kept ??= isServed ? new KeptProject() : undefined;
    const result = await build(
      {
        project,
        outDir: this.outDir,
        runs: true,
        checkOnly: false,
        emit: [],
        toolchain: 'auto',
        level: 3,
        ...(targets && { targets }),
        ...(cpu !== undefined && { cpu }),
      },
      { progress() {} },
      undefined,
      this.kept,
    ).catch((error: unknown): Pick<BuildResult, 'diagnostics' | 'outputs'> => {
      if (!(error instanceof ToolchainError)) throw error;
      return { diagnostics: [error.diagnostic], outputs: [] };
    });
    const { diagnostics, outputs } = result;
    const cwd = process.cwd();
    const told = diagnostics.length > 0 ? await rendered(diagnostics, { colour: false, cwd }) : '';
    if (hasErrors(diagnostics)) throw new Error(`tsnative: the project has errors\n\n${told}`);
    const paths = outputs.map(({ path }) => path);
    const glue = paths.find((path) => isNative(path) && path.endsWith('.cjs'));
    const native = paths.filter(isNative);
    const bridges = glue === undefined ? [] : await this.writeBridges(glue, native);
    const wasm = native.find((path) => path.endsWith('.wasm'));
    const scripts = outputs.flatMap(({ path, source }) =>
      source !== undefined && /\.[cm]?js$/.test(path) ? [[resolve(source), path] as const] : [],
    );
    return {
      scripts: new Map(scripts),
      inputs: this.kept?.program.inputs ?? scripts.map(([source]) => source),
      native,
      warnings: told,
      ...(wasm !== undefined && { wasm }),
      bridge: (format) => bridges.find((path) => path.endsWith(format)) ?? '',
    };
  }

  /**
   * Writes the modules that stand for the glue. Where the code runs in this very process, each build has them and its
   * binaries under names of its own: Node would give what it has loaded before.
   */
  private async writeBridges(glue: string, native: readonly string[]): Promise<string[]> {
    const { side, isServed, delivery } = this.options;
    const folder = dirname(glue);
    const name = basename(glue, '.cjs');
    const browserGlue = browserGlueName(name);
    const browser = existsSync(join(folder, browserGlue));
    let own = folder;
    if (isServed) {
      const files = await Promise.all(
        native.map(async (path) => ({ name: basename(path), data: await readFile(path) })),
      );
      const hash = createHash('sha256');
      for (const { data } of files) hash.update(data);
      own = join(this.outDir, 'served', hash.digest('hex').slice(0, 16));
      await writeAtomically(files.map((file) => ({ path: join(own, file.name), data: file.data })));
    }
    const browserModule = browser ? `${name}.${delivery}.js` : undefined;
    const job = { side, name, browserModule, ...(isServed && { folder: own }) };
    const files = (['mjs', 'cjs'] as const).map((format) => ({
      path: join(own, `${name}.bridge.${format}`),
      data: bridgeFor({ ...job, format }),
    }));
    await writeAtomically(files);
    if (browser && side === 'browser') {
      const file = binaryName(name, everywhere);
      const bytes = await readFile(join(folder, file));
      const text = await readFile(join(folder, browserGlue), 'utf8');
      const data = delivered(text, delivery, file, bytes);
      await writeAtomically([{ path: join(own, `${name}.${delivery}.js`), data }]);
    }
    return files.map(({ path }) => path);
  }
}

const isNative = (path: string): boolean => basename(dirname(path)) === 'native';
