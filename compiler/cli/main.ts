#!/usr/bin/env node
/** The `tsnative` command: joins the command line to this process. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CliContext } from './context.ts';
import { Exit } from './context.ts';
import { interruption } from './signals.ts';
import { outputTo } from './terminal.ts';

const argv = process.argv.slice(2);
const version = ownVersion();
if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-v')) {
  // Editors and scripts ask for it; loading the rest would take longer than answering.
  process.stdout.write(`${version}\n`);
} else {
  const { run } = await import('./run.ts');
  process.exitCode = await run(argv, processContext());
}

/** The version in the package.json above this file, in the source tree as in the installed package. */
function ownVersion(): string {
  for (let folder = fileURLToPath(new URL('.', import.meta.url)); ; folder = dirname(folder)) {
    try {
      const text = readFileSync(join(folder, 'package.json'), 'utf8');
      // Safe: npm requires both fields of a package that can be installed.
      return (JSON.parse(text) as { version: string }).version;
    } catch (error) {
      if (folder === dirname(folder)) throw error;
    }
  }
}

function processContext(): CliContext {
  const { env, stdin, stdout, stderr } = process;
  // A reader that has seen enough, as in `| head`, ends the program without a word.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(Exit.ok);
    throw error;
  });
  const output = outputTo(stdout, env);
  const { signal, takeSignals } = interruption();
  return {
    cwd: process.cwd(),
    env,
    version,
    stdout: output,
    stderr: outputTo(stderr, env),
    confirm: stdin.isTTY && output.isTerminal ? confirm : undefined,
    loadBuild: async () => (await import('../build.ts')).build,
    loadExplain: async () => (await import('../explain.ts')).explain,
    probeToolchains: async () => (await import('../5-link/select.ts')).probeToolchains(),
    findThreads: async () => (await import('./threads.ts')).findThreads(),
    loadRun: async () => (await import('../run/index.ts')).runProcesses,
    takeSignals,
    signal,
  };
}

async function confirm(question: string): Promise<boolean> {
  const { createInterface } = await import('node:readline/promises');
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  prompt.on('SIGINT', () => process.exit(Exit.interrupted));
  try {
    const answer = await prompt.question(`${question} [Y/n] `);
    return !/^\s*n/i.test(answer);
  } finally {
    prompt.close();
  }
}
