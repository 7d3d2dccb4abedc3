/** `tsnative package`: builds for all platforms and lays the binaries out for npm. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { everywhere } from '../../runtime/binary-name.ts';
import { writeAtomically, type OutputFile } from '../5-link/atomic.ts';
import type { BuiltAddon } from '../build-types.ts';
import { codes } from '../diagnostics/codes.ts';
import { displayPath, hasErrors } from '../diagnostics/list.ts';
import type { Diagnostic } from '../diagnostics/types.ts';
import { levelOf, machineOptions } from './build.ts';
import { command } from './command.ts';
import { Exit } from './context.ts';
import { bytes, columns } from './format.ts';
import { choice, projectOption, projectPath } from './options.ts';
import {
  mainManifest,
  parseManifest,
  platformManifest,
  platformPackageName,
  type Manifest,
} from './package-layout.ts';
import { printDiagnostics } from './print.ts';
import { compileProject } from './project.ts';
import { targetOption, targetsOf } from './target.ts';

const layouts = ['together', 'apart'] as const;

export const packageCommand = command({
  name: 'package',
  describe: 'Build for all platforms and make what npm publish needs',
  options: {
    ...projectOption,
    layout: {
      type: 'string',
      requiresArg: true,
      default: 'together',
      describe:
        'together: all binaries in the package; apart: an optional package for each platform, in npm/, and WebAssembly in the package',
      ...choice('--layout', layouts),
    },
    ...targetOption('all'),
    ...machineOptions,
  },
  examples: [
    ['tsnative package', 'One package that serves all platforms'],
    ['tsnative package --layout apart', 'Users download the binary of their platform alone'],
  ],
  async run(args, context) {
    const project = projectPath(args.project, context);
    const root = packageFolder(dirname(project));
    const path = join(root, 'package.json');
    const fail = async (problem: Diagnostic): Promise<number> => {
      await printDiagnostics([problem], context);
      return Exit.problems;
    };
    const shownPath = displayPath(path, context.cwd);
    const before = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
    const main = before === undefined ? 'is not there' : parseManifest(before);
    if (before === undefined || typeof main === 'string')
      return fail(codes.noPackage(undefined, { path: shownPath, problem: String(main) }));

    const result = await compileProject(
      {
        project,
        emit: [],
        toolchain: args.toolchain,
        level: levelOf(args.O),
        targets: targetsOf(args.target),
        ...(args.cpu !== undefined && { cpu: args.cpu }),
        checkOnly: false,
      },
      context,
    );
    await printDiagnostics(result.diagnostics, context);
    if (hasErrors(result.diagnostics)) return Exit.problems;
    const [first] = result.addons;
    if (!first) return fail(codes.nothingToPackage(undefined, {}));

    const apart = args.layout === 'apart';
    const folder = relative(root, dirname(first.path)).split(sep).join('/');
    // WebAssembly is for all platforms, and so stays in the package itself.
    const own = apart ? result.addons.filter(({ platform }) => platform !== everywhere) : [];
    const platforms = own.map(({ platform }) => platform);
    const text = mainManifest(before, main, platforms, apart ? `${folder}/*.node` : undefined);
    const packages = own.flatMap((addon) => filesOf(root, main, addon));
    await writeAtomically([...packages, { path, data: text }]);

    const rows = result.addons.map((addon) => [
      own.includes(addon)
        ? platformPackageName(main.name, addon.platform)
        : displayPath(addon.path, context.cwd),
      bytes(addon.bytes),
    ]);
    const total = result.addons.reduce((sum, addon) => sum + addon.bytes, 0);
    const publish = apart
      ? [
          ...platforms.map((platform) => `npm publish ./npm/${platform} --dry-run`),
          'npm publish --dry-run',
        ]
      : ['npm publish --dry-run'];
    const notes = remarks(main, folder, text !== before, shownPath);
    context.stdout.write(
      [
        ...columns([...rows, ['together', bytes(total)]]),
        ...notes,
        '',
        'Next:',
        ...publish.map((line) => `  ${line}`),
        '',
      ].join('\n'),
    );
    return Exit.ok;
  },
});

/** The nearest folder with a package.json, from one upwards; that one itself where there is none. */
function packageFolder(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (folder === dirname(folder)) return from;
  }
}

function filesOf(root: string, main: Manifest, addon: BuiltAddon): OutputFile[] {
  const folder = join(root, 'npm', addon.platform);
  return [
    { path: join(folder, 'package.json'), data: platformManifest(main, addon) },
    { path: join(folder, basename(addon.path)), data: readFileSync(addon.path), mode: 0o755 },
  ];
}

/** What the user should know before publishing. */
function remarks(main: Manifest, folder: string, changed: boolean, path: string): string[] {
  const { files } = main;
  const top = folder.split('/')[0] ?? folder;
  const covers = (entry: unknown): boolean =>
    typeof entry === 'string' && [top, folder].includes(entry.replace(/^\.?\/|\/?\**$/g, ''));
  return [
    ...(changed ? ['', `changed ${path}`] : []),
    ...(Array.isArray(files) && !files.some(covers)
      ? ['', `"files" in ${path} doesn't name ${top}, so it would be published without ${folder}`]
      : []),
  ];
}
