/**
 * The plugin for bundlers: modules with native functions are bundled as `tsnative build` compiles them, with the native
 * code beside the bundle, which is WebAssembly in bundles for browsers.
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import type { PluginBuild } from 'esbuild';
import { createUnplugin, type UnpluginInstance } from 'unplugin';
import { writeAtomically } from '../5-link/atomic.ts';
import { platformName } from '../5-link/targets.ts';
import { isInstalled } from '../project-folder.ts';
import { bundled } from './modules.ts';
import { withPlaceholder } from './delivery.ts';
import { BundledProject, type Compiled } from './builds.ts';
import type { Side } from './bridge.ts';

export interface PluginOptions {
  /** The tsconfig file; by default the one in the current folder. */
  readonly project?: string;
  /** Where the bundle runs; by default what the bundler is told, and with Rollup, which isn't, on a server. */
  readonly side?: Side;
  /** The platforms that bundles for servers have binaries for, as `--target` takes them; by default this one. */
  readonly targets?: readonly string[];
  /** As `--cpu` takes it. */
  readonly cpu?: string;
  /**
   * Bundles for browsers have the WebAssembly in them, a third larger, and not as a file beside them. Bundles that can't
   * wait for a file, as only ECMAScript modules can, need it so; esbuild's get it so by themselves.
   */
  readonly embed?: boolean;
}

/** What of Vite's environments is asked for here; other bundlers have none. */
interface Environment {
  readonly environment?: { readonly config: { readonly consumer: 'server' | 'client' } };
}

export const plugin: UnpluginInstance<PluginOptions | undefined> = createUnplugin(
  (options: PluginOptions | undefined = {}, { framework }) => {
    const tsconfig = resolve(options.project ?? 'tsconfig.json');
    let side: Side = options.side ?? 'server';
    let isServed = false;
    let isVite = false;
    let embeds = options.embed === true;
    const projects = new Map<Side, BundledProject>();
    const projectFor = (where: Side): BundledProject => {
      const known = projects.get(where);
      if (known) return known;
      const { targets = [platformName(process)], cpu } = options;
      const made = new BundledProject({
        project: tsconfig,
        side: where,
        isServed,
        delivery: embeds ? 'embedded' : framework === 'esbuild' ? 'import' : 'url',
        targets: where === 'browser' ? ['wasm32'] : targets,
        ...(cpu !== undefined && where === 'server' && { cpu }),
      });
      projects.set(where, made);
      return made;
    };
    const sideOf = (context: unknown): Side => {
      const { environment } = context as Environment;
      if (options.side || !environment) return side;
      return environment.config.consumer === 'server' ? 'server' : 'browser';
    };
    const take = (isServer: boolean): void => {
      if (options.side === undefined) side = isServer ? 'server' : 'browser';
    };
    /** The files of native code that have gone into the bundle. */
    const emitted = new Set<Compiled>();
    return {
      name: 'tsnative',
      enforce: 'pre',
      buildStart() {
        emitted.clear();
        // It tells of no changes, only of the next build.
        if (framework === 'esbuild') for (const project of projects.values()) project.changed(true);
      },
      watchChange(_, { event }) {
        for (const project of projects.values()) project.changed(event !== 'update');
      },
      // What is emitted names other modules as they are called when they are emitted.
      resolveId: {
        filter: { id: /^\.\.?\/.*\.[cm]?js$/ },
        handler(id, importer) {
          // esbuild does so itself.
          if (importer === undefined || framework === 'esbuild') return null;
          const path = resolve(dirname(importer.replace(/\?.*$/s, '')), id);
          if (existsSync(path)) return null;
          const endings = id.endsWith('.js') ? ['ts', 'tsx'] : [id.at(-3) + 'ts'];
          const stem = path.replace(/\.[cm]?js$/, '');
          return (
            endings.map((ending) => `${stem}.${ending}`).find((file) => existsSync(file)) ?? null
          );
        },
      },
      load: {
        filter: { id: { include: /\.[cm]?[jt]sx?(\?|$)/, exclude: /[\\/]node_modules[\\/]/ } },
        async handler(id) {
          const [path = '', query] = id.split('?');
          if (query === 'javascript') return null;
          const source = resolve(path);
          const where = sideOf(this);
          const compiled = await projectFor(where).compiled();
          const script = compiled.scripts.get(source);
          if (script === undefined) return null;
          const made = bundled(script, source, compiled);
          if (!made) return null;
          for (const input of compiled.inputs) if (!isInstalled(input)) this.addWatchFile(input);
          if (!emitted.has(compiled)) {
            emitted.add(compiled);
            if (compiled.warnings) this.warn(compiled.warnings);
            if (!isVite && where === 'server')
              for (const file of filesOf(compiled)) this.emitFile(file);
          }
          return made;
        },
      },
      vite: {
        configResolved({ command }) {
          isServed = command === 'serve';
          isVite = true;
        },
        // What is emitted Vite leaves out of bundles for servers.
        async writeBundle({ dir }) {
          if (dir === undefined || sideOf(this) === 'browser') return;
          const files = [...emitted].flatMap(filesOf);
          await writeAtomically(
            files.map(({ fileName, source }) => ({ path: join(dir, fileName), data: source })),
          );
        },
        // Code of other sources may be part of what has changed.
        hotUpdate({ file, modules }) {
          const known = projects.get(sideOf(this));
          if (!known) return;
          return known.compiled().then(
            ({ inputs, scripts }) => {
              if (!inputs.some((input) => resolve(input) === resolve(file))) return;
              const { moduleGraph } = this.environment;
              const others = [...scripts.keys()].flatMap((source) => [
                ...(moduleGraph.getModulesByFile(source.split(sep).join('/')) ?? []),
              ]);
              return [...new Set([...modules, ...others])];
            },
            () => undefined,
          );
        },
      },
      rollup: {
        // The glue, which names the file as other bundlers find it.
        async transform(code, id) {
          if (embeds || sideOf(this) !== 'browser' || !id.endsWith('.url.js')) return null;
          const { wasm } = (await projects.get('browser')?.compiled()) ?? {};
          if (wasm === undefined || dirname(resolve(id)) !== dirname(wasm)) return null;
          const name = basename(wasm);
          const file = this.emitFile({ type: 'asset', name, source: readFileSync(wasm) });
          return {
            code: withPlaceholder(code, name, `import.meta.ROLLUP_FILE_URL_${file}`),
            map: { mappings: '' },
          };
        },
        renderStart({ format }) {
          if (format === 'es' || format === 'system') return;
          if (emitted.size === 0 || embeds || sideOf(this) !== 'browser') return;
          this.error(
            `tsnative: a bundle of the format '${format}' can't wait for the file with the WebAssembly; take format: 'es', or embed: true, which puts it into the bundle`,
          );
        },
      },
      esbuild: {
        config({ platform }) {
          take(platform === 'node');
        },
        async setup(build) {
          embeds ||= !(await canWait(build));
          build.onLoad({ filter: /\.wasm$/ }, async ({ path }) => {
            const { wasm } = (await projects.get('browser')?.compiled()) ?? {};
            if (wasm === undefined || resolve(path) !== wasm) return undefined;
            return { contents: readFileSync(wasm), loader: 'file', watchFiles: [wasm] };
          });
        },
      },
      // Only then are the options complete.
      webpack: ({ hooks, options: bundler }) =>
        hooks.initialize.tap('tsnative', () => take(bundler.externalsPresets.node === true)),
      rspack: ({ hooks, options: bundler }) =>
        hooks.initialize.tap('tsnative', () => take(bundler.externalsPresets.node === true)),
    };
  },
);

/** Whether a bundle of esbuild's may wait for something where it begins: browsers that it is for may be too old for that. */
async function canWait({ esbuild, initialOptions }: PluginBuild): Promise<boolean> {
  const { format, target, supported } = initialOptions;
  if (format !== 'esm') return false;
  const options = { ...(target !== undefined && { target }), ...(supported && { supported }) };
  return esbuild.transform('await 0;export {};', { format, ...options, logLevel: 'silent' }).then(
    () => true,
    () => false,
  );
}

/** What a bundle for servers has beside it, in a folder of its own. */
const filesOf = ({ native }: Compiled) =>
  native.map((path) => ({
    type: 'asset' as const,
    fileName: `${basename(dirname(path))}/${basename(path)}`,
    source: readFileSync(path),
  }));
