/**
 * Loads a package's binary and answers what native code asks of JavaScript. The compiler puts
 * this file and what it imports into the emitted glue, so nothing of tsnative is needed at run time.
 */
import { arrayClasses } from './array-classes.ts';
import { binaryName, everywhere } from './binary-name.ts';
import { followed } from './followed.ts';
import { chooseCpu } from './cpu.ts';
import { takeFastCalls, type FastCall, type OpenFast } from './fast-calls.ts';
import type { FunctionInfo, Manifest, ReceiverInfo } from './manifest.ts';
import { HandedFunctions } from './handed.ts';
import {
  aboutThrown,
  argumentsOf,
  errorOfSite,
  instanceOfClass,
  kindOfProperty,
  propertyOf,
  valuesOfSlots,
} from './messages.ts';
import { isInBounds, receptionError, titleOf, viewProblem } from './received.ts';
import {
  callMissing,
  openLibraries,
  unmetNeed,
  type LibraryHost,
  type LibraryState,
  type LinkLibrary,
} from './libraries.ts';
import { currentHandle, notePool } from './pool.ts';
import { nativeModules } from './registry.ts';
import { requests } from './requests.ts';
import { startStackAt } from './stacks.ts';
import { Constants } from './constants.ts';
import { wireFunctions, type WireScript } from './wired.ts';

/** What the loader needs of its surroundings. */
export interface Host extends LibraryHost {
  /** What an environment variable is. */
  setting(name: 'TSNATIVE' | 'TSNATIVE_CPU'): string | undefined;
  /** Tells the user of what isn't as it was built. */
  warn(message: string): void;
  /** Loads an addon; gives what it exports. */
  loadAddon(path: string): object;
  /** A file's bytes; undefined where it can't be read. */
  read(path: string): Uint8Array | undefined;
  /** Where a file of another package is, by `package/file`; undefined where the package isn't installed. */
  resolve(specifier: string): string | undefined;
  /** In hexadecimal. */
  sha256(bytes: Uint8Array): string;
  /** Opens what Node's own FFI calls faster; see `fast-calls.ts`. */
  readonly openFast?: OpenFast;
  /** Runs WebAssembly, where the build has some; see `runtime/wasm/open.ts`. */
  readonly openModule?: (bytes: Uint8Array, startsAgain: boolean) => object;
}

export type NativeFunction = (...args: never[]) => unknown;

/** What emitted JavaScript gets from the glue. */
export interface NativeModule {
  /** By id; empty where JavaScript has to do. */
  readonly functions: Readonly<Record<string, NativeFunction | undefined>>;
  /** By the class's id, what takes it; empty where JavaScript has to do. */
  readonly classes: Readonly<Record<string, ((made: { prototype: object }) => void) | undefined>>;
  /** Hands a module-level constant, or a function that native code ends with, over to native code. @throws TypeError, RangeError if it isn't what its type says */
  bind(id: string, value: unknown): void;
  /**
   * Notes a function that native code has too.
   * @param get gives the values of the variables around it that native code uses
   * @param set assigns those that native code assigns
   * @returns the function
   */
  known<F extends object>(
    id: string,
    fn: F,
    get: () => readonly unknown[],
    set?: (values: readonly unknown[]) => void,
  ): F;
  /** Throws for a call of a function of C from JavaScript, which has no body for that. */
  missing(name: string, library: string): never;
  /** How many objects, arrays and strings native memory has now. It takes time: for tests, and to find what is kept. */
  live(): number;
}

/** A loaded binary's exports. */
interface Addon {
  readonly $hash: string;
  /** The CPUs that it has code for, with commas, the lowest level first; empty where that isn't known. */
  readonly $cpus: string;
  /** The level of x86-64 that the CPU has, where the binary can choose by it. */
  readonly $level?: number;
  /** Gives `target` the functions by id, for the CPU of that index in `$cpus`. */
  $functions(cpu: number, target: object): void;
  $setup(answer: unknown, ...prototypes: object[]): void;
  $bind(index: number, value: unknown): void;
  $live(): number;
  /** Opens a library of C, where some are called that aren't part of the binary. */
  readonly $link?: LinkLibrary;
  /** As `Calls` has them, where JavaScript follows calls of a function. */
  $begun?(): number;
  $end?(number: number): void;
  /** As `PoolBinding` has them, where something runs on the pool. */
  $pool?(): number;
  $scope?(threads: number, outer: object | undefined): object | undefined;
}

/**
 * Loads the binary that lies beside the glue or in the package of that platform that `tsnative package` made,
 * no other and only as the build wrote it, or says why it can't in the list that `info()` shows.
 * `TSNATIVE=off` keeps JavaScript in charge.
 * @param scripts what the compiler wrote for the functions with objects or instances, by the functions' ids
 * @param fastCalls the same for those that may be called faster
 * @throws Error when the binary doesn't load and `TSNATIVE=require`
 */
export function load(
  manifest: Manifest,
  host: Host,
  scripts: Readonly<Record<string, WireScript>> = {},
  fastCalls: Readonly<Record<string, FastCall>> = {},
): NativeModule {
  const { opened, libraryStates } = withLibraries(manifest, openFirst(manifest, host), host);
  // Names such as `toString` must not be found where there is no function.
  const functions: Record<string, NativeFunction | undefined> = Object.create(null);
  const classes: Record<string, (made: { prototype: object }) => void> = Object.create(null);
  if (!opened.addon) {
    const asked = host.setting('TSNATIVE');
    if (asked === 'require' || asked === 'wasm') throw unmet(manifest, asked, opened);
    register(manifest, opened, functions);
    const missing = (name: string, library: string): never =>
      callMissing(name, library, opened.reason ?? '');
    return { functions, classes, bind() {}, known: (_, fn) => fn, missing, live: () => 0 };
  }
  const { addon, cpu = '', cpus = [] } = opened;
  const ending = new Map<string, NativeFunction>();
  const errors = new Map<string, ErrorConstructor>();
  addon.$setup(
    answerer(manifest, ending, errors),
    ...viewClasses().map(({ prototype }) => prototype),
  );
  addon.$functions(cpus.indexOf(cpu), functions);
  if (host.openFast && !opened.wasm)
    takeFastCalls(functions, fastCalls, opened.file, host.openFast);
  dropUnmet(manifest, functions, libraryStates);
  register(manifest, opened, functions);
  const { $pool: limit, $scope: scope } = addon;
  if (limit && scope) notePool({ limit, scope });
  const instances = wireFunctions(manifest, scripts, functions);
  for (const { id, wire, name, signal, progress } of manifest.functions) {
    const call = functions[wire?.id ?? id];
    if ((signal || progress) && call)
      functions[wire?.id ?? id] = followed(
        call,
        name,
        { signal, progress },
        {
          begun: () => addon.$begun?.() ?? 0,
          end: (number) => addon.$end?.(number),
        },
      );
  }
  manifest.classes.forEach(({ id }, kind) => {
    classes[id] = ({ prototype }) => instances.define(kind, prototype);
  });
  for (const { id } of manifest.errors)
    classes[id] = (made) => void errors.set(id, made as ErrorConstructor);
  const constants = new Constants(manifest, viewClasses(), (index, value) =>
    addon.$bind(index, value),
  );
  const handed = new HandedFunctions(viewClasses());
  handed.prepare(manifest, functions, constants.prepare(functions));
  return {
    functions,
    classes,
    bind(id, value) {
      if (manifest.globals.some((one) => one.id === id)) constants.bind(id, value);
      else ending.set(id, value as NativeFunction);
    },
    known: (id, fn, get, set) => handed.note(id, fn, get, set),
    missing(name, library) {
      const index = manifest.libraries?.findIndex((one) => one.name === library) ?? -1;
      const symbols = [...(libraryStates[index]?.missing.keys() ?? [])];
      return callMissing(name, library, unmetNeed(libraryStates, [{ library: index, symbols }]));
    },
    live: () => addon.$live(),
  };
}

/** That something else runs than was asked for. */
function unmet(manifest: Manifest, asked: string, { reason, mend }: Opened): Error {
  const what = asked === 'wasm' ? 'WebAssembly' : 'native code';
  return new Error(
    `${manifest.package}: TSNATIVE=${asked} asks for ${what}, but ${reason}${mend ?? '. Build it with: npx tsnative build'}`,
  );
}

/**
 * Opens the libraries of C that a binary calls. Where one isn't there, the functions that need it run as JavaScript, or
 * throw if they need what native code alone can do.
 */
function withLibraries(
  manifest: Manifest,
  opened: Opened,
  host: Host,
): { readonly opened: Opened; readonly libraryStates: readonly LibraryState[] } {
  const { libraries = [], functions } = manifest;
  if (!opened.addon || libraries.length === 0) return { opened, libraryStates: [] };
  const libraryStates = openLibraries(libraries, opened.addon.$link, host);
  const needing = functions.flatMap((fn) => {
    const problem = unmetNeed(libraryStates, fn.libraries);
    return problem === undefined ? [] : [{ ...fn, problem }];
  });
  const reason = [...new Set(needing.map(({ problem }) => problem))].join('; ');
  if (needing.length === 0) return { opened, libraryStates };
  const asked = host.setting('TSNATIVE');
  if (asked === 'require' || asked === 'wasm')
    throw unmet(manifest, asked, { ...opened, reason, mend: '' });
  const named = needing.filter(({ restOf, internal }) => restOf === undefined && !internal);
  const what = [true, false].flatMap((throwing) => {
    const names = named.filter(({ needsNative = false }) => needsNative === throwing);
    if (names.length === 0) return [];
    return `${names.map(({ name }) => name).join(', ')} ${throwing ? 'throw' : 'run as JavaScript'}`;
  });
  host.warn(`${manifest.package}: ${reason}; ${what.join(', ')}`);
  return { opened, libraryStates };
}

/** Leaves out the functions that need of libraries what isn't there; those that JavaScript can't run throw. */
function dropUnmet(
  manifest: Manifest,
  functions: Record<string, NativeFunction | undefined>,
  libraryStates: readonly LibraryState[],
): void {
  for (const { id, name, libraries, needsNative } of manifest.functions) {
    const problem = unmetNeed(libraryStates, libraries);
    if (problem === undefined) continue;
    const refuse = (): never => {
      throw new Error(
        `${manifest.package}: ${name} works with instances of native classes, and needs a C library: ${problem}`,
      );
    };
    functions[id] = needsNative ? refuse : undefined;
  }
}

function placeOf(manifest: Manifest, platform: string, host: Host): string {
  const name = binaryName(manifest.binary, platform);
  const beside = host.join(host.directory, name);
  const isApart = platform !== everywhere && manifest.binaries[platform] !== undefined;
  if (host.exists(beside) || !isApart) return beside;
  return host.resolve(`${manifest.package}-${platform}/${name}`) ?? beside;
}

/** What runs, or why nothing does. */
interface Opened {
  /** The binary that runs; where none does, that of this platform, whether or not it is there. */
  readonly file: string;
  readonly addon?: Addon;
  readonly cpu?: string;
  readonly cpus?: readonly string[];
  readonly wasm?: boolean;
  /** Why the first choice doesn't run. */
  readonly reason?: string;
  /** Somebody should know of the reason: the build has what was looked for. */
  readonly isWrong?: boolean;
  /** What can be done about it. */
  readonly mend?: string;
}

/** The binary of this platform, else the WebAssembly, else nothing; warns of what is not as it was built. */
function openFirst(manifest: Manifest, host: Host): Opened {
  const asked = host.setting('TSNATIVE');
  const file = placeOf(manifest, host.platform, host);
  if (asked === 'off') return { file, reason: 'TSNATIVE=off is set' };
  const native =
    asked === 'wasm' ? { file, reason: 'TSNATIVE=wasm is set' } : openBinary(manifest, file, host);
  const rest = native.addon || asked === 'require' ? undefined : openWasm(manifest, host);
  const opened = rest?.addon || (asked === 'wasm' && rest) ? rest : native;
  const wrong = [native, rest].find((one) => one?.isWrong);
  if (wrong) {
    const instead = opened.wasm ? 'WebAssembly' : 'JavaScript';
    host.warn(`${manifest.package} runs as ${instead}: ${wrong.reason}`);
  }
  return opened.wasm ? { ...opened, reason: native.reason ?? '' } : opened;
}

function openBinary(manifest: Manifest, file: string, host: Host): Opened {
  const { platform } = host;
  const wrong = (reason: string, mend?: string): Opened => ({
    file,
    reason,
    isWrong: true,
    ...(mend !== undefined && { mend }),
  });
  if (manifest.binaries[platform] === undefined) {
    const built = Object.keys(manifest.binaries).join(', ');
    const reason = `it was built for ${built}, and there is no binary for ${platform}`;
    return { file, reason };
  }
  const bytes = readBinary(manifest, file, platform, host);
  if (typeof bytes === 'string') return wrong(bytes);
  let exports: Partial<Addon>;
  try {
    exports = host.loadAddon(file);
  } catch (error) {
    return wrong(`its binary does not load: ${error instanceof Error ? error.message : error}`);
  }
  // Some systems give what they have loaded before from a file of that name.
  if (exports.$hash !== manifest.hash)
    return wrong(`a binary of another build is loaded from its place (${file})`);
  const addon = exports as Addon;
  const cpus = addon.$cpus.split(',');
  const wanted = host.setting('TSNATIVE_CPU');
  const chosen = chooseCpu(cpus, addon.$level, wanted);
  if ('cpu' in chosen) return { file, addon, cpus, ...chosen };
  return wrong(chosen.reason, wanted ? '. Without TSNATIVE_CPU the CPU decides' : undefined);
}

/** Whether nothing that JavaScript has refers to what is in native memory, as instances do. */
export const startsAgain = ({ classes }: Manifest): boolean => classes.length === 0;

/** The WebAssembly of the build. */
function openWasm(manifest: Manifest, host: Host): Opened {
  const file = placeOf(manifest, everywhere, host);
  if (manifest.binaries[everywhere] === undefined || !host.openModule)
    return { file, reason: 'it was built without WebAssembly' };
  const wrong = (reason: string): Opened => ({ file, reason, isWrong: true });
  const bytes = readBinary(manifest, file, everywhere, host);
  if (typeof bytes === 'string') return wrong(bytes);
  try {
    // Safe: this is the module of this build.
    const addon = host.openModule(bytes, startsAgain(manifest)) as Addon;
    if (addon.$hash !== manifest.hash)
      return wrong(`its WebAssembly is of another build (${file})`);
    const [cpu = ''] = addon.$cpus.split(',');
    return { file, addon, cpu, cpus: [cpu], wasm: true };
  } catch (error) {
    return wrong(
      `its WebAssembly does not load: ${error instanceof Error ? error.message : error}`,
    );
  }
}

/** The bytes of a binary, or what is wrong with its file. */
function readBinary(
  manifest: Manifest,
  file: string,
  platform: string,
  host: Host,
): Uint8Array | string {
  const bytes = host.read(file);
  // As after an installation for another platform, or one that left out optional packages.
  if (!bytes) return `its binary for ${platform} is not there (${file})`;
  return host.sha256(bytes) === manifest.binaries[platform]
    ? bytes
    : `its binary was changed after it was built, or is of another build (${file})`;
}

/** Adds the package to the process's list, in place of an earlier copy of it. @param made what the binary has, by id */
function register(
  manifest: Manifest,
  opened: Opened,
  made: Readonly<Record<string, unknown>>,
): void {
  const { file, addon, cpu, cpus, wasm, reason } = opened;
  const native = addon !== undefined && wasm !== true;
  const modules = nativeModules();
  const earlier = modules.findIndex((module) => module.file === file);
  modules.splice(earlier < 0 ? modules.length : earlier, 1, {
    package: manifest.package,
    file,
    native,
    ...(wasm && { wasm }),
    ...(native && cpu !== undefined && cpus && { cpu, cpus }),
    ...(!native && { reason: reason ?? '' }),
    functions: manifest.functions
      .filter(({ restOf, internal }) => restOf === undefined && !internal)
      .map(({ id, name, file: source, line }) => ({
        name,
        file: source,
        line,
        native: native && made[id] !== undefined,
        // It has no async functions.
        ...(wasm && made[id] !== undefined && { wasm }),
      })),
  });
}

/** The classes of views in the order of native code's `viewKinds`. */
const viewClasses = () => [...Object.values(arrayClasses), Buffer, DataView] as const;

/**
 * Makes the function that native code calls with its requests (see `requests`).
 * @param ending functions of JavaScript that throw, by their ids
 * @param errors the package's classes of errors, by their ids
 */
function answerer(
  manifest: Manifest,
  ending: ReadonlyMap<string, NativeFunction>,
  errors: ReadonlyMap<string, ErrorConstructor>,
): (request: number, ...args: never[]) => unknown {
  const subject = (index: number, parameter: number): [string, ReceiverInfo] => {
    const fn: FunctionInfo | undefined = manifest.functions[index];
    const constant = manifest.globals[~parameter];
    const own = fn?.params[parameter];
    if (constant) return [`${fn ? `${fn.name}: ` : ''}constant '${constant.name}'`, constant];
    if (fn && own) return [titleOf(fn, own.name), own];
    throw new Error(`${manifest.package}: its binary and its manifest are of different builds`);
  };
  /** Errors that have their stack. */
  const begun = new WeakSet<Error>();
  /** As in JavaScript, the stack is that of an error which has no fields yet. */
  const begin = (error: Error): void => {
    startStackAt(error, answer);
    begun.add(error);
  };
  const errorAt = (index: number, values: readonly (bigint | string)[]): Error => {
    const site = manifest.sites[index];
    if (!site) throw new Error(`${manifest.package}: an error from no known place`);
    return site.kind === 'made'
      ? errorOfSite(site, values, ({ errorClass, instance = '' }, properties) => {
          const made = errors.get(instance);
          if (made) return instanceOfClass(errorClass, made, properties, begin);
          const name = manifest.errors.find(({ id }) => id === instance)?.name;
          return new ReferenceError(`Cannot access '${name}' before initialization`);
        })
      : errorOfSite(site, valuesOfSlots(site, values as bigint[]));
  };
  const answers = {
    [requests.refuse](index: number, parameter: number, value: unknown): never {
      throw receptionError(...subject(index, parameter), value);
    },
    [requests.inspect](index: number, parameter: number, view: ArrayBufferView): true {
      const problem = viewProblem(...subject(index, parameter), view);
      if (problem) throw problem;
      return true;
    },
    [requests.unbound](index: number, parameter: number): never {
      const [, { name }] = subject(index, parameter);
      throw new ReferenceError(`Cannot access '${name}' before initialization`);
    },
    [requests.throw](index: number, ...values: (bigint | string)[]): never {
      const site = manifest.sites[index];
      if (site?.kind === 'call') {
        const args = argumentsOf(site, valuesOfSlots(site, values as bigint[]));
        ending.get(site.callee)?.(...(args as never[]));
      }
      throw errorAt(index, values);
    },
    [requests.message]: (index: number, ...values: bigint[]) => errorAt(index, values).message,
    [requests.mistaken](
      index: number,
      parameter: number,
      type: string,
      absent: number,
      value: unknown,
    ): never {
      const fn = manifest.functions[index];
      const name = fn?.params[parameter]?.name ?? '';
      const expected = {
        name,
        type,
        ...((absent & 1) !== 0 && { undefined: true }),
        ...((absent & 2) !== 0 && { null: true }),
      };
      throw receptionError(`${fn?.name ?? ''}: result of '${name}'`, expected, value);
    },
    [requests.thrown]: (what: number, value: unknown) => aboutThrown(what, value),
    [requests.instance](index: number, value: unknown): boolean {
      const made = errors.get(manifest.errors[index]?.id ?? '');
      return made !== undefined && value instanceof made;
    },
    [requests.property](name: string, what: number, value: unknown): unknown {
      const property = propertyOf(value, name);
      return what === 0 ? kindOfProperty(property) : property;
    },
    [requests.view](kind: number, buffer: ArrayBuffer, offset: bigint, length: bigint) {
      const Class = viewClasses()[kind] ?? Uint8Array;
      return Class === Buffer
        ? Buffer.from(buffer, Number(offset), Number(length))
        : Reflect.construct(Class, [buffer, Number(offset), Number(length)]);
    },
    [requests.allocate]: (bytes: bigint): ArrayBuffer => new ArrayBuffer(Number(bytes)),
    [requests.reach](kind: number, view: ArrayBufferView): true {
      if (!isInBounds(view, viewClasses()[kind] === DataView))
        throw new TypeError('its buffer is gone');
      return true;
    },
    [requests.scope]: currentHandle,
  };
  /** Typed arrays of the call that runs are neither seen nor changed by these. */
  const quiet: ReadonlySet<unknown> = new Set([
    requests.inspect,
    requests.view,
    requests.allocate,
    requests.scope,
    requests.reach,
  ]);
  function answer(request: number, ...args: never[]): unknown {
    try {
      const respond = answers[request as keyof typeof answers] as (...args: never[]) => unknown;
      return respond(...args);
    } catch (error) {
      // The stack starts at the function that was called, not in here.
      if (error instanceof Error && !begun.has(error)) startStackAt(error, answer);
      throw error;
    }
  }
  return Object.assign(answer, { quiet });
}
