/**
 * LLVM 14: `llvm-bindings` reads, verifies and writes the module in this process, the `opt` and
 * `llc` of the same version optimise it and make the object.
 */
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { codes } from '../../diagnostics/codes.ts';
import { run } from '../process.ts';
import type { Ran, RunOptions, Tool } from '../process.ts';
import { runtimeSources, sourceOptions } from '../runtime-sources.ts';
import { withScratch } from '../scratch.ts';
import { ToolchainError } from '../types.ts';
import type { CompileJob, Target, ToolchainProbe } from '../types.ts';
import { findZig } from './bundled.ts';
import { archive, deliver, linkedFile, remarkFile, remarkPasses } from './clang.ts';
import { linkElf } from './elf.ts';
import { listedCpus, toolFailure, unknownCpu, wordsOf } from './failure.ts';
import { findPrograms } from './path.ts';
import type { Environment } from './path.ts';

/** What is used of llvm-bindings; its own declarations are there only where it is installed. */
interface Bindings {
  readonly config: { readonly LLVM_VERSION_MAJOR: number };
  readonly LLVMContext: new () => object;
  readonly SMDiagnostic: new () => object;
  parseIRFile(file: string, diagnostic: object, context: object): object;
  /** Whether the module is broken. */
  verifyModule(module: object): boolean;
  WriteBitcodeToFile(module: object, file: string): void;
}

interface Llvm14 {
  readonly bindings: Bindings;
  readonly opt: Tool;
  readonly llc: Tool;
  readonly linker: Tool;
  /** For the parts of the runtime that are in C. */
  readonly compiler: Tool;
  readonly archiver: Tool | undefined;
}

const version = 14;

/** The names under which the toolchain looks for its programs; the first of version 14 wins. */
export const llvm14Programs = {
  opt: ['opt-14', 'opt'],
  llc: ['llc-14', 'llc'],
  linker: ['ld.lld-14', 'ld.lld', 'ld'],
  archiver: ['llvm-ar-14', 'llvm-ar', 'ar'],
  compiler: ['clang-14', 'clang', 'gcc', 'cc'],
} as const;

/** The toolchain, or what it lacks. */
export async function probeLlvm14(env: Environment = process.env): Promise<ToolchainProbe> {
  const name = 'llvm14';
  const missing = (problem: string, mend: string): ToolchainProbe => ({
    name,
    toolchain: undefined,
    problem,
    mend,
  });
  if (process.platform !== 'linux')
    return missing('it links for Linux alone', 'take the bundled toolchain');
  const [opt, llc] = await Promise.all([
    findTool(llvm14Programs.opt, env),
    findTool(llvm14Programs.llc, env),
  ]);
  if (opt === undefined || llc === undefined) {
    const lacking = opt === undefined ? 'opt' : 'llc';
    return missing(
      `there is no ${lacking} of LLVM ${version} on the PATH`,
      'apt-get install llvm-14',
    );
  }
  const linker = await findBundledOr(llvm14Programs.linker, 'ld.lld', env);
  if (linker === undefined) return missing('there is no linker', 'apt-get install lld');
  const bindings = loadBindings();
  if (typeof bindings === 'string')
    return missing(
      bindings,
      'apt-get install llvm-14-dev cmake g++, then npm install llvm-bindings',
    );
  const compiler = await findBundledOr(llvm14Programs.compiler, 'clang', env);
  if (compiler === undefined) return missing('there is no C compiler', 'apt-get install gcc');
  const archiver = await findBundledOr(llvm14Programs.archiver, 'ar', env);
  const llvm = { bindings, opt: opt.tool, llc: llc.tool, linker, compiler, archiver };
  return {
    name,
    toolchain: {
      name,
      dialect: 'typed',
      version: `LLVM ${opt.version} (llvm-bindings, ${opt.tool.file}, ${linker.name})`,
      supports: ({ platform, arch }) => platform === process.platform && arch === process.arch,
      compile: (job, signal) => compile(llvm, job, signal),
    },
  };
}

/** Where `llvm-bindings` lies: with tsnative, or in the user's project. Undefined where it does not. */
export function findBindings(): string | undefined {
  for (const from of [import.meta.url, join(process.cwd(), 'package.json')]) {
    try {
      return createRequire(from).resolve('llvm-bindings');
    } catch {
      // Perhaps in the next place.
    }
  }
  return undefined;
}

/** The bindings, or why they can't be had. */
function loadBindings(): Bindings | string {
  const path = findBindings();
  if (path === undefined) return 'the package llvm-bindings is not installed';
  try {
    // Safe as far as its declarations are right.
    const bindings = createRequire(path)(path) as Bindings;
    const { LLVM_VERSION_MAJOR: major } = bindings.config;
    return major === version ? bindings : `llvm-bindings is built with LLVM ${major}`;
  } catch (error) {
    const [problem] = (error instanceof Error ? error.message : String(error)).split('\n');
    return `llvm-bindings does not load: ${problem}`;
  }
}

async function findTool(
  names: readonly string[],
  env: Environment,
): Promise<{ readonly tool: Tool; readonly version: string } | undefined> {
  for (const file of await findPrograms(names, env)) {
    const tool = { name: basename(file), file };
    const ran = await run(tool, ['--version']).catch(() => undefined);
    const found = /LLVM version (14\.[\d.]+)/.exec(ran?.stdout ?? '')?.[1];
    if (found !== undefined) return { tool, version: found };
  }
  return undefined;
}

/** A program of the PATH; the bundled one does as well where the machine has none. */
async function findBundledOr(
  names: readonly string[],
  command: string,
  env: Environment,
): Promise<Tool | undefined> {
  const [file] = await findPrograms(names, env);
  if (file !== undefined) return { name: basename(file), file };
  try {
    return { name: `zig ${command}`, file: findZig().file, first: [command] };
  } catch {
    return undefined;
  }
}

async function compile(llvm: Llvm14, job: CompileJob, signal?: AbortSignal): Promise<void> {
  await withScratch(async (cwd) => {
    const options = { cwd, signal, started: job.started };
    const { opt, llc } = llvm;
    const { target, level } = job;
    await writeFile(join(cwd, 'module.ll'), job.llvm);
    await verify(opt, options);
    assemble(llvm.bindings, join(cwd, 'module.ll'), join(cwd, 'module.bc'));
    const general = [`-O${level}`, `-mtriple=${target.triple}`, ...cpuOptions(target)];
    const step = async (tool: Tool, args: readonly string[]): Promise<void> => {
      const ran = await run(tool, [...general, ...args], options);
      // It says so, and then goes on for another CPU or crashes.
      if (refusesCpu(ran)) throw unknownCpu('llvm14', target, await llcCpus(llc, target, options));
      if (ran.code !== 0) throw toolFailure(tool, ran, cwd);
    };
    const remarks =
      job.remarks === undefined
        ? []
        : [`-pass-remarks-output=${remarkFile}`, `-pass-remarks-filter=${remarkPasses}`];
    await step(opt, ['module.bc', '-o', 'optimized.bc', ...remarks]);
    // What JavaScript rounds twice must be rounded twice.
    const flags = ['-relocation-model=pic', '-fp-contract=off', 'optimized.bc'];
    await step(llc, ['-filetype=obj', ...flags, '-o', 'module.o']);
    if (job.assembly !== undefined) await step(llc, ['-filetype=asm', ...flags, '-o', 'module.s']);
    const sources = runtimeSources(job);
    for (const { name, text } of sources) {
      await writeFile(join(cwd, `${name}.c`), text);
      const args = [...sourceOptions(job, { name }), '-c', `${name}.c`, '-o', `${name}.o`];
      const ran = await run(llvm.compiler, args, options);
      if (ran.code !== 0) throw toolFailure(llvm.compiler, ran, cwd);
    }
    const objects = ['module.o', ...sources.map(({ name }) => `${name}.o`)];
    if (job.library?.isStatic) await archive(llvm.archiver, objects, job.library.file, options);
    else await linkElf(llvm.linker, objects, linkedFile(job), job, options);
    await deliver(cwd, job);
  });
}

/**
 * `parseIRFile` answers bad assembly with a module that crashes whoever touches it, and has no words
 * for what is wrong. So `opt` reads it first.
 */
async function verify(opt: Tool, options: RunOptions): Promise<void> {
  const ran = await run(opt, ['-passes=verify', '-disable-output', 'module.ll'], options);
  if (ran.code === 0) return;
  if (ran.killedBy !== null) throw toolFailure(opt, ran, options.cwd);
  const words = wordsOf(opt, ran, options.cwd);
  throw new ToolchainError(codes.badAssembly(undefined, { words }));
}

/** From assembly to bitcode. */
function assemble(bindings: Bindings, source: string, output: string): void {
  const context = new bindings.LLVMContext();
  const module = bindings.parseIRFile(source, new bindings.SMDiagnostic(), context);
  if (bindings.verifyModule(module)) {
    const words = 'llvm-bindings finds the module broken, though opt does not';
    throw new ToolchainError(codes.badAssembly(undefined, { words }));
  }
  bindings.WriteBitcodeToFile(module, output);
}

/** opt and llc know ARM's architectures as features of a generic CPU. */
function cpuOptions({ arch, cpu }: Target): string[] {
  const version = arch === 'arm64' ? /^armv(\d+(?:\.\d+)?)-a$/.exec(cpu)?.[1] : undefined;
  return version === undefined ? [`-mcpu=${cpu}`] : ['-mcpu=generic', `-mattr=+v${version}a`];
}

const refusesCpu = ({ stderr }: Ran): boolean =>
  /is not a recognized (processor|feature) for this target/.test(stderr);

async function llcCpus(llc: Tool, { triple }: Target, options: RunOptions): Promise<string[]> {
  const { stdout, stderr } = await run(
    llc,
    ['-mcpu=help', `-mtriple=${triple}`, 'optimized.bc', '-o', 'none'],
    options,
  );
  return listedCpus(`${stdout}\n${stderr}`);
}
