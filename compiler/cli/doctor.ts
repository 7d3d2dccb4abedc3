/** `tsnative doctor`: what this machine has of what tsnative needs, and how to mend it. */
import { arch, platform } from 'node:os';
import picocolors from 'picocolors';
import type { ToolchainName, ToolchainProbe } from '../5-link/types.ts';
import { command } from './command.ts';
import { Exit } from './context.ts';
import type { CliContext } from './context.ts';
import { detectCpu } from './cpu.ts';
import { columns } from './format.ts';
import { jsonOption } from './options.ts';
import { printJson } from './print.ts';
import { threadsText, type ThreadsFound } from './threads.ts';

/** The oldest Node whose Node-API and syntax the compiled code uses; as package.json's `engines`. */
const oldestNode = 20;

/** What `doctor --json` prints. */
export interface DoctorJson {
  readonly command: 'doctor';
  /** Of tsnative. */
  readonly version: string;
  /** This machine can build. */
  readonly ok: boolean;
  readonly node: { readonly version: string; readonly ok: boolean };
  /** As in the addon's file name, such as `linux-x64`. */
  readonly platform: string;
  readonly cpu: { readonly model: string; readonly level: string | null };
  /** What a parallel loop that was built and run has of threads; null where that didn't work. */
  readonly threads: ThreadsFound | null;
  /** In the order in which `--toolchain auto` tries them. */
  readonly toolchains: readonly {
    readonly name: ToolchainName;
    readonly ok: boolean;
    /** `--toolchain auto` takes this one. */
    readonly used: boolean;
    readonly version: string | null;
    readonly problem: string | null;
    readonly mend: string | null;
  }[];
}

interface Finding {
  readonly name: string;
  readonly ok: boolean;
  /** What was found, or what is wrong. */
  readonly text: string;
  /** What the user can do where it isn't ok. */
  readonly mend?: string;
}

export const doctorCommand = command({
  name: 'doctor',
  describe: 'Show the Node, CPU, threads and LLVM toolchains found, and which would be used',
  options: { ...jsonOption },
  examples: [
    ['tsnative doctor', 'See whether this machine has what it needs'],
    ['tsnative doctor --json', 'The same for a bug report'],
  ],
  async run({ json }, context) {
    const probes = await context.probeToolchains();
    // `--toolchain auto` takes the first that works, in the order of the probes.
    const used = probes.find(({ toolchain }) => toolchain !== undefined);
    const node = nodeFinding();
    const cpu = detectCpu();
    const ok = node.ok && used !== undefined;
    const threads = used && (await context.findThreads());
    if (json) {
      const report: DoctorJson = {
        command: 'doctor',
        version: context.version,
        ok,
        node: { version: process.versions.node, ok: node.ok },
        platform: `${platform()}-${arch()}`,
        cpu: { model: cpu.model, level: cpu.level ?? null },
        threads: threads ?? null,
        toolchains: probes.map((probe) => toolchainJson(probe, probe === used)),
      };
      printJson(report, context);
    } else {
      const machine: Finding[] = [
        { name: 'tsnative', ok: true, text: context.version },
        node,
        { name: 'platform', ok: true, text: `${platform()}-${arch()}` },
        { name: 'cpu', ok: true, text: `${cpu.model}, ${cpu.level ?? 'level not known'}` },
        ...(threads ? [{ name: 'threads', ok: true, text: threadsText(threads) }] : []),
      ];
      const toolchains = probes.map((probe) => toolchainFinding(probe, used === undefined));
      context.stdout.write(render(machine, toolchains, used, context));
    }
    return ok ? Exit.ok : Exit.problems;
  },
});

function nodeFinding(): Finding {
  const { node } = process.versions;
  const ok = Number.parseInt(node, 10) >= oldestNode;
  if (ok) return { name: 'node', ok, text: node };
  const text = `${node}: tsnative needs ${oldestNode} or later`;
  return { name: 'node', ok, text, mend: 'install a later one from https://nodejs.org' };
}

function toolchainFinding(probe: ToolchainProbe, mendIsNeeded: boolean): Finding {
  const { name, toolchain, problem = 'not found', mend } = probe;
  if (toolchain !== undefined) return { name, ok: true, text: toolchain.version };
  const optional = mendIsNeeded || mend === undefined ? mend : `to have it too: ${mend}`;
  return { name, ok: false, text: problem, ...(optional !== undefined && { mend: optional }) };
}

function toolchainJson(probe: ToolchainProbe, used: boolean): DoctorJson['toolchains'][number] {
  const { name, toolchain, problem = null, mend = null } = probe;
  return {
    name,
    ok: toolchain !== undefined,
    used,
    version: toolchain?.version ?? null,
    problem,
    mend,
  };
}

function render(
  machine: readonly Finding[],
  toolchains: readonly Finding[],
  used: ToolchainProbe | undefined,
  { stdout }: CliContext,
): string {
  const pc = picocolors.createColors(stdout.colour);
  const section = (findings: readonly Finding[]): string[] =>
    columns(findings.map(({ name, text }) => [name, text])).flatMap((line, index) => {
      const { ok = true, mend } = findings[index] ?? {};
      const mark = ok ? pc.green('✓') : pc.red('✗');
      return [`${mark} ${line}`, ...(mend === undefined ? [] : [pc.dim(`    ${mend}`)])];
    });
  const verdict = used
    ? `tsnative build would use ${pc.bold(used.name)}.`
    : pc.red('There is no toolchain, so tsnative build can not compile.');
  return `${[...section(machine), '', ...section(toolchains), '', verdict].join('\n')}\n`;
}
