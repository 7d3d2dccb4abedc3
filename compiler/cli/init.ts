/** `tsnative init`: sets up a project; what is there already stays as it is. */
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import picocolors from 'picocolors';
import { codes } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/types.ts';
import { command } from './command.ts';
import { Exit } from './context.ts';
import type { CliContext } from './context.ts';
import { columns } from './format.ts';
import { gitignore, mainExample, nativeExample, tsconfig } from './init-files.ts';
import { amendPackage } from './init-package.ts';
import { createFile, replaceFile } from './files.ts';
import { last } from './options.ts';
import { printDiagnostics } from './print.ts';

/** One file of the project: what becomes of it and why. */
interface Step {
  readonly path: string;
  readonly action: 'create' | 'change' | 'keep';
  readonly text: string;
  readonly note: string;
}

export const initCommand = command({
  name: 'init',
  describe: 'Set up a project: dependency, script, tsconfig and an example that runs',
  positionals: {
    folder: { type: 'string', default: '.', describe: 'Where; created when missing' },
  },
  options: {
    yes: {
      alias: 'y',
      type: 'boolean',
      default: false,
      describe: "Don't ask before writing",
      coerce: last<boolean>,
    },
  },
  examples: [
    ['tsnative init', 'Set up the project in this folder'],
    ['tsnative init fast-app', 'Make a new folder for it'],
  ],
  async run({ folder, yes }, context) {
    const root = resolve(context.cwd, folder);
    const steps = await plan(root, folder, context.version);
    if ('code' in steps) {
      await printDiagnostics([steps], context);
      return Exit.problems;
    }
    const changes = steps.filter(({ action }) => action !== 'keep');
    const question = `Write ${changes.map(({ path }) => path).join(', ')}?`;
    if (changes.length > 0 && !yes && context.confirm && !(await context.confirm(question))) {
      context.stdout.write('nothing was written\n');
      return Exit.ok;
    }
    mkdirSync(root, { recursive: true });
    for (const { path, action, text } of changes) {
      if (action === 'create') await createFile(join(root, path), text);
      else await replaceFile(join(root, path), text);
    }
    context.stdout.write(`${report(steps, context)}\n\n${nextSteps(root, folder)}\n`);
    return Exit.ok;
  },
});

/** What is to be done, or why nothing can be; reads and does not write. */
async function plan(
  root: string,
  shown: string,
  version: string,
): Promise<readonly Step[] | Diagnostic> {
  if (existsSync(root) && !statSync(root).isDirectory())
    return codes.notAFolder(undefined, { path: shown });
  const packagePath = join(root, 'package.json');
  const before = existsSync(packagePath) ? await readFile(packagePath, 'utf8') : undefined;
  const amended = amendPackage(before, basename(root), version);
  if ('problem' in amended)
    return codes.badPackageJson(undefined, {
      path: join(shown, 'package.json'),
      problem: amended.problem,
    });
  const hasConfig = existsSync(join(root, 'tsconfig.json'));
  const steps: Step[] = [
    {
      path: 'package.json',
      action: before === undefined ? 'create' : amended.text === before ? 'keep' : 'change',
      ...amended,
    },
    fileStep(root, 'tsconfig.json', tsconfig(amended.text.includes('"@types/node"'))),
    fileStep(root, '.gitignore', gitignore),
  ];
  // A project with sources of its own, or with another layout, needs no example in their midst.
  if (!hasConfig && !hasEntries(join(root, 'src'))) {
    steps.push(
      fileStep(root, 'src/primes.ts', nativeExample, 'a native function'),
      fileStep(root, 'src/main.ts', mainExample, 'a program that calls it'),
    );
  }
  return steps;
}

function fileStep(root: string, path: string, text: string, note = ''): Step {
  return existsSync(join(root, path))
    ? { path, action: 'keep', text, note: 'already there' }
    : { path, action: 'create', text, note };
}

function hasEntries(folder: string): boolean {
  return existsSync(folder) && readdirSync(folder).length > 0;
}

function report(steps: readonly Step[], { stdout }: CliContext): string {
  const pc = picocolors.createColors(stdout.colour);
  const done = { create: 'created', change: 'changed', keep: 'kept' };
  return columns(steps.map(({ path, action, note }) => [done[action], path, note]))
    .map((line, index) => (steps[index]?.action === 'keep' ? pc.dim(line) : line))
    .join('\n');
}

function nextSteps(root: string, folder: string): string {
  const installed = existsSync(join(root, 'node_modules', 'tsnative'));
  const example =
    existsSync(join(root, 'src', 'main.ts')) && existsSync(join(root, 'src', 'primes.ts'));
  const lines = [
    ...(folder === '.' ? [] : [`cd ${/\s/.test(folder) ? `"${folder}"` : folder}`]),
    ...(installed ? [] : ['npm install']),
    'npx tsnative build',
    ...(example ? ['node dist/main.js'] : []),
  ];
  const advice = example ? '' : '\n\nMark a function with /** @native */ to compile it.';
  return `Next:\n${lines.map((line) => `  ${line}`).join('\n')}${advice}`;
}
