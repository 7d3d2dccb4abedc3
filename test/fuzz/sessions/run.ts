/** Builds the modules of many sessions as one project, and runs their scripts with and without machine code. */
import { fork } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { OptimizationLevel, ToolchainName } from '../../../compiler/5-link/types.ts';
import { addressEnvironment, checkers } from '../../memory/checkers.ts';
import { baseConfig, buildProject, makeProject, repository } from '../../support/project.ts';
import { difference, nameOf, type Session, type Told } from './session.ts';

export interface SessionOptions {
  readonly level: OptimizationLevel;
  readonly toolchain: ToolchainName;
  /** The CPU that code is made for, as `--cpu` has it. */
  readonly cpu: string;
  /** The platform that the native half is built for; this one's where there is none. */
  readonly target?: string | undefined;
  /** Under AddressSanitizer, at level 0 or 3, with each block of the heap from `malloc`. */
  readonly isWatched?: boolean;
  /** Gets what a session told natively. */
  readonly told?: (session: Session, told: Told) => void;
}

export interface SessionFailure {
  readonly session: Session;
  readonly what: string;
}

const config = {
  ...baseConfig,
  compilerOptions: {
    ...baseConfig.compilerOptions,
    lib: ['ES2024'],
    allowUnreachableCode: true,
    allowUnusedLabels: true,
  },
};

const longestMilliseconds = 20_000;

/** Builds and runs sessions, and tells of those that differ or are refused. */
export async function judgeSessions(
  sessions: readonly Session[],
  { level, toolchain, cpu, target, isWatched = false, told }: SessionOptions,
): Promise<SessionFailure[]> {
  const failures: SessionFailure[] = [];
  const sources = Object.assign({}, ...sessions.map(({ sources }) => sources ?? {})) as Record<
    string,
    string
  >;
  const project = makeProject(
    {
      ...Object.fromEntries(
        sessions.map((session) => [`src/${nameOf(session)}.ts`, session.module]),
      ),
      ...sources,
    },
    config,
  );
  project.write(
    'package.json',
    JSON.stringify({
      name: 'sessions',
      type: 'module',
      ...(Object.keys(sources).length > 0 && { tsnative: { sources: Object.keys(sources) } }),
    }),
  );
  try {
    let left = sessions;
    for (;;) {
      const { diagnostics } = await buildProject(project, {
        level,
        toolchain,
        ...(target === undefined ? { cpu } : { targets: [target] }),
        ...(isWatched && { emit: ['ll'], cpu: 'v2', separateBlocks: true }),
      });
      if (diagnostics.length === 0) break;
      const refused = left.filter((session) => {
        const own = diagnostics.filter(({ place }) =>
          place?.file.endsWith(`/${nameOf(session)}.ts`),
        );
        if (own.length === 0) return false;
        const lines = own.map(({ code, place, message }) => `${place?.line} ${code} ${message}`);
        failures.push({ session, what: `refused: ${lines.join('\n  ')}` });
        rmSync(join(project.folder, `src/${nameOf(session)}.ts`));
        return true;
      });
      if (refused.length === 0) throw new Error(diagnostics[0]?.message ?? 'refused');
      left = left.filter((session) => !refused.includes(session));
      if (left.length === 0) return failures;
    }
    const out = join(project.folder, 'out');
    if (isWatched) checkers.address.prepare(out, level === 0 ? 0 : 3);
    const plain = await runAll(out, left, 'off');
    const mode = target?.startsWith('wasm') === true ? 'wasm' : 'require';
    const native = await runAll(out, left, mode, isWatched ? addressEnvironment : {});
    for (const session of left) {
      const own = native.get(session.index) ?? 'told nothing';
      told?.(session, own);
      const what = difference(plain.get(session.index) ?? 'told nothing', own);
      if (what !== undefined) failures.push({ session, what });
    }
    return failures;
  } finally {
    project.remove();
  }
}

/** Runs all; where the process dies, the session that it died in is told, and those behind it run in another. */
async function runAll(
  folder: string,
  sessions: readonly Session[],
  mode: 'off' | 'require' | 'wasm',
  environment: Readonly<Record<string, string>> = {},
): Promise<Map<number, Told>> {
  const results = new Map<number, Told>();
  let left = sessions;
  while (left.length > 0) {
    const end = await runSome(folder, left, { ...environment, TSNATIVE: mode }, results);
    const [suspect, ...others] = left.filter(({ index }) => !results.has(index));
    if (!suspect) break;
    results.set(suspect.index, end ?? 'ended early');
    left = others;
  }
  return results;
}

function runSome(
  folder: string,
  sessions: readonly Session[],
  environment: Readonly<Record<string, string>>,
  results: Map<number, Told>,
): Promise<string | undefined> {
  const list = join(folder, 'sessions.json');
  writeFileSync(list, JSON.stringify(sessions));
  const worker = fileURLToPath(new URL('./worker.ts', import.meta.url));
  const child = fork(worker, [folder, list], {
    cwd: repository,
    execArgv: ['--import', 'tsx', '--expose-gc'],
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  });
  let said = '';
  child.stderr?.on('data', (data: Buffer) => (said += data.toString()));
  return new Promise((resolve, reject) => {
    let hung = false;
    const stop = (): void => {
      hung = true;
      child.kill('SIGKILL');
    };
    let timer = setTimeout(stop, longestMilliseconds);
    child.on('message', ({ index, told }: { index: number; told: Told }) => {
      results.set(index, told);
      clearTimeout(timer);
      timer = setTimeout(stop, longestMilliseconds);
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (hung) resolve(`gave no answer in ${longestMilliseconds / 1000} s`);
      else if (signal) resolve(`was ended by ${signal}`);
      else resolve(code === 0 ? undefined : `ended with code ${code}: ${said.slice(0, 3000)}`);
    });
  });
}
