/**
 * The JavaScript beside the binary: one CommonJS file with the manifest of the build and the loader.
 * Emitted modules take their native functions from it. It needs nothing of tsnative at run time.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { binaryName, everywhere } from '../../runtime/binary-name.ts';
import type {
  ConstantInfo,
  FunctionInfo,
  LibraryInfo,
  LibraryNeed,
  Manifest,
  ReceiverInfo,
  SteadyInfo,
} from '../../runtime/manifest.ts';
import type { Site } from '../../runtime/messages.ts';
import {
  isView,
  viewClass,
  viewKind,
  type BoundaryType,
  type IrExport,
  type IrGlobal,
  type IrRecord,
  type IrType,
} from '../ir/types.ts';
import { errorRecords } from '../ir/records.ts';
import { wireScripts } from '../wire/javascript.ts';
import { classesOf, shapesOf } from '../wire/shapes.ts';
import type { MethodUse } from './boundary/facts.ts';

export interface GlueJob {
  /** The package's name. */
  readonly package: string;
  /** The one that `emitBoundary` got. */
  readonly hash: string;
  /** The SHA-256 of each binary, in hexadecimal, by platform. */
  readonly binaries: Readonly<Record<string, string>>;
  /** What `fastCallScripts` wrote, where some target has such functions. */
  readonly fastCalls?: string | undefined;
  readonly records: readonly IrRecord[];
  readonly exports: readonly IrExport[];
  readonly globals: readonly IrGlobal[];
  /** In the order of their indices. */
  readonly sites: readonly Site[];
  /** What `emitBoundary` used. */
  readonly methods: MethodUse;
  /** As `emitAddon` gives it. */
  readonly read?: readonly (readonly number[])[];
  /** The libraries of C, in the order of `librariesOf`. */
  readonly libraries?: readonly LibraryInfo[];
  /** What each export calls of those that are opened. */
  readonly needed?: readonly (readonly LibraryNeed[])[];
}

/** What an export needs of the libraries. */
const librariesInfo = (
  libraries: readonly LibraryNeed[] = [],
  needsNative = false,
): Pick<FunctionInfo, 'libraries' | 'needsNative'> =>
  libraries.length > 0 ? { libraries, ...(needsNative && { needsNative }) } : {};

export interface GlueFile {
  /** Relative to the output folder, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** A package's name as a file's: `@scope/name` becomes `scope-name`. */
export const fileStem = (packageName: string): string =>
  packageName.replace(/^@/, '').replace(/[^A-Za-z0-9._-]/g, '-');

/** The path of the glue in the output folder. */
export const gluePath = (packageName: string): string => `native/${fileStem(packageName)}.cjs`;

/** The path of the binary for a platform in the output folder. */
export const binaryPath = (packageName: string, platform: string): string =>
  `native/${binaryName(fileStem(packageName), platform)}`;

/** What the file of the glue for browsers is called. */
export const browserGlueName = (stem: string): string => `${stem}.browser.js`;

/** Writes the glue of a build. */
export async function emitGlue(job: GlueJob): Promise<GlueFile[]> {
  const manifest: Manifest = {
    package: job.package,
    binary: fileStem(job.package),
    hash: job.hash,
    binaries: job.binaries,
    functions: job.exports.map((exported, index) => ({
      ...functionInfo(exported, job.methods),
      ...librariesInfo(job.needed?.[index], exported.usesInstances),
      ...(exported.steady && { steady: steadyInfo(job, exported, job.read?.[index] ?? []) }),
    })),
    globals: job.globals.map(constantInfo),
    shapes: shapesOf(job),
    classes: classesOf(job),
    errors: errorRecords(job.records).map(({ name, sourceName }) => ({
      id: name,
      name: sourceName,
    })),
    ...(job.libraries && job.libraries.length > 0 && { libraries: job.libraries }),
    sites: job.sites,
  };
  const hasWasm = job.binaries[everywhere] !== undefined;
  const parts = {
    manifest: JSON.stringify(manifest, undefined, 2),
    scripts: wireScripts(job.exports, job.methods),
    loader: await loaderText(loaderFiles),
  };
  const wasm = hasWasm ? await wasmText(wasmFiles, 'openModule') : '';
  return [
    { path: gluePath(job.package), text: nodeGlue(parts, wasm, job.fastCalls) },
    ...(hasWasm
      ? [
          {
            path: `native/${browserGlueName(fileStem(job.package))}`,
            text: await browserGlue(job.package, parts),
          },
        ]
      : []),
  ];
}

interface GlueParts {
  readonly manifest: string;
  readonly scripts: string;
  readonly loader: string;
}

const nodeGlue = (
  { manifest, scripts, loader }: GlueParts,
  wasm: string,
  fastCalls = '{}',
): string => `'use strict';
// Made by tsnative. Finds the binary for this platform beside this file; without one, the JavaScript runs.
const manifest = ${manifest};

${loader}
${wasm}
const scripts = ${scripts};

const fastCalls = ${fastCalls};

function orUndefined(get) {
  try {
    return get();
  } catch {
    return undefined;
  }
}

// The first version whose FFI compiles calls.
const [ffiMajor, ffiMinor] = [26, 4];

/** Node's FFI, where there is one that is fast. It warns that it may change, of which users of a package can't know. */
function openFast(path, symbols) {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (process.versions.bun || process.versions.deno || process.env.TSNATIVE_FFI === 'off') return undefined;
  if (major < ffiMajor || (major === ffiMajor && minor < ffiMinor)) return undefined;
  return orUndefined(() => {
    const { emitWarning } = process;
    process.emitWarning = () => {};
    try {
      const definitions = Object.entries(symbols).map(([symbol, count]) => [
        symbol,
        { arguments: Array(count).fill('f64'), return: 'f64' },
      ]);
      return require('node:ffi').dlopen(path, Object.fromEntries(definitions)).functions;
    } finally {
      process.emitWarning = emitWarning;
    }
  });
}

module.exports = load(manifest, {
  platform: \`\${process.platform}-\${process.arch}\`,
  setting: (name) => process.env[name],
  warn: (message) => process.emitWarning(message, 'TsnativeWarning'),
  loadAddon(path) {
    const addon = { exports: {} };
    process.dlopen(addon, path);
    return addon.exports;
  },
  directory: __dirname,
  join: require('node:path').join,
  exists: require('node:fs').existsSync,
  list: (path) => orUndefined(() => require('node:fs').readdirSync(path)) ?? [],
  read: (path) => orUndefined(() => require('node:fs').readFileSync(path)),
  resolve: (specifier) => orUndefined(() => require.resolve(specifier)),
  sha256: (bytes) => require('node:crypto').createHash('sha256').update(bytes).digest('hex'),
  openFast,${wasm ? '\n  openModule,' : ''}
}, scripts, fastCalls);
`;

/**
 * How the glue for browsers gets the WebAssembly, in lines of their own that bundlers' plugins put others in the place of.
 * @param from where that is, from the place of the glue on: an expression
 */
export const fetching = (file: string, from = `'./${file}'`): string =>
  `const url = new URL(${from}, import.meta.url);
const fetched = await fetchModule(url, hash, startsAgain(manifest));
`;

/** The same for browsers: an ECMAScript module, which bundlers take in place of the other. */
async function browserGlue(
  packageName: string,
  { manifest, scripts, loader }: GlueParts,
): Promise<string> {
  const file = binaryName(fileStem(packageName), everywhere);
  return `// Made by tsnative. Runs the WebAssembly beside this file; without it, the JavaScript runs.
const manifest = ${manifest};
${await wasmText([...wasmFiles, 'wasm/browser'], '{ Buffer: globalThis.Buffer ?? BufferOfBrowser, fetchModule, embeddedModule }', '{ Buffer, fetchModule, embeddedModule }')}
${loader}

const scripts = ${scripts};

const hash = manifest.binaries[everywhere];
${fetching(file)}
export default load(manifest, {
  platform: 'browser',
  setting: () => undefined,
  warn: (message) => console.warn(message),
  directory: '.',
  join: () => url.href,
  exists: () => false,
  read: () => fetched.bytes,
  resolve: () => undefined,
  sha256: () => fetched.hash,
  openModule: () => fetched.open(),
}, scripts);
`;
}

export function functionInfo(exported: IrExport, methods: MethodUse): FunctionInfo {
  return {
    id: exported.callee,
    name: exported.name,
    file: exported.span?.file ?? '',
    line: exported.span?.line ?? 0,
    ...(exported.wire && {
      wire: {
        id: exported.wire.callee,
        params: exported.wire.params.map((param) => receiverInfo(param.name, param.type, param)),
        ...(exported.wire.views && {
          exact: [...(methods.get(exported.callee) ?? [])].map((kind) => `view.${kind}`),
        }),
      },
    }),
    ...(exported.restOf !== undefined && { restOf: exported.restOf }),
    ...(exported.internal && { internal: true }),
    ...(exported.handed && { handed: exported.handed }),
    ...(exported.field === 'set' && { setsField: true }),
    ...(exported.signal && { signal: exported.signal }),
    ...(exported.progress && { progress: exported.progress }),
    params: exported.params.map((param) => {
      const exact =
        isView(param.type) && methods.get(exported.callee)?.has(viewKind(param.type)) === true;
      return { ...receiverInfo(param.name, param.type, param), ...(exact && { exact }) };
    }),
  };
}

/** The constants that JavaScript asks about before it calls an export. */
const steadyInfo = (
  { globals, methods }: GlueJob,
  { callee }: IrExport,
  indices: readonly number[],
): SteadyInfo[] =>
  indices.flatMap((index) => {
    const { type = 'f64', frame } = globals[index] ?? {};
    if (frame !== undefined) return [];
    const exact = isView(type) && methods.get(callee)?.has(viewKind(type)) === true;
    return [{ index, ...(exact && { exact }) }];
  });

const constantInfo = ({ name, sourceName, type, frame, isArray }: IrGlobal): ConstantInfo => ({
  id: name,
  ...receiverInfo(sourceName, type),
  ...(frame !== undefined && { frame }),
  ...(isArray && { array: true }),
});

const receiverInfo = (
  name: string,
  type: IrType,
  absent?: Pick<BoundaryType, 'undefined' | 'null'>,
): ReceiverInfo => ({
  name,
  type,
  ...(isView(type) && { class: viewClass[viewKind(type)] }),
  ...(absent?.undefined && { undefined: true }),
  ...(absent?.null && { null: true }),
});

/** The files of the loader; each needs only those before it. */
const loaderFiles = [
  'array-classes',
  'binary-name',
  'requests',
  'pool',
  'registry',
  'messages',
  'received',
  'arrays',
  'wire',
  'instances',
  'refusal',
  'stacks',
  'wired',
  'constants',
  'handed',
  'followed',
  'fast-calls',
  'cpu',
  'libraries',
  'load',
];

/** Those of a build with WebAssembly. */
const wasmFiles = [
  'array-classes',
  'wasm/views',
  'wasm/strings',
  'wasm/copies',
  'wasm/instance',
  'wasm/node-api',
  'wasm/open',
];

/** What files export, whose other names are their own. */
const wasmText = async (
  files: readonly string[],
  exported: string,
  pattern = exported,
): Promise<string> => `
const ${pattern} = (() => {
${await loaderText(files)}
return ${exported};
})();
`;

const known = new Map<string, Promise<string>>();

/** Files as one script: without types, imports and exports. */
async function loaderText(files: readonly string[]): Promise<string> {
  return (await Promise.all(files.map(scriptOf))).join('\n');
}

function scriptOf(name: string): Promise<string> {
  const script = known.get(name) ?? readScript(name);
  known.set(name, script);
  return script;
}

async function readScript(name: string): Promise<string> {
  // Beside this file there is what this file is itself: TypeScript, or what tsc made of it.
  // (Its URL may have a query, as tsx adds one.)
  const extension = new URL(import.meta.url).pathname.endsWith('.ts') ? '.ts' : '.js';
  const url = new URL(`../../runtime/${name}${extension}`, import.meta.url);
  const source = readFileSync(fileURLToPath(url), 'utf8');
  const script = extension === '.ts' ? await withoutTypes(source) : source;
  return script
    .replace(/^import .*;$/gm, '')
    .replace(/^export \{.*\};$/gm, '')
    .replace(/^export (?=const |(?:async )?function |class )/gm, '')
    .replace(/^\/\/# sourceMappingURL=.*$/gm, '');
}

async function withoutTypes(source: string): Promise<string> {
  const { ts } = await import('../ts-morph.ts');
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: {
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ES2022,
      verbatimModuleSyntax: true,
    },
  });
  return outputText;
}
