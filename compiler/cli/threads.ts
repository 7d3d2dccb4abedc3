/** How many threads compute in a parallel loop of native code: told by the pool, and counted while one runs. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PoolInfo } from '../../runtime/pool.ts';

export interface ThreadsFound extends PoolInfo {
  /** How many computed at the same time; null where the system doesn't tell. */
  readonly counted: number | null;
}

const source = `
import { parallel, type i32 } from 'tsnative';
/** @native */
export function spin(parts: i32, rounds: number): number {
  return parallel.sum(parts, (i: i32) => {
    let x = 0.25 + i / parts / 2;
    for (let k = 0; k < rounds; k++) x = 3.7 * x * (1 - x);
    return x;
  });
}
`;

/** Counts the threads that got processor time, which Linux has for each: the first one, and those that the loop has made. */
const script = `
import { readdirSync, readFileSync } from 'node:fs';
import { info } from 'tsnative';
import { spin } from './out/main.js';
const times = () => new Map(readdirSync('/proc/self/task').map((id) => {
  const fields = readFileSync('/proc/self/task/' + id + '/stat', 'utf8').replace(/.*\\) /s, '').split(' ');
  return [id, Number(fields[11]) + Number(fields[12])];
}));
let counted = null;
try {
  const others = times();
  const end = Date.now() + 400;
  while (Date.now() < end) spin(1024, 2000);
  counted = 1 + [...times()].filter(([id, ticks]) => ticks > 0 && !others.has(id)).length;
} catch {}
console.log(JSON.stringify({ ...info().pool, counted }));
`;

/** Builds a loop and runs it in another process; undefined where that doesn't work, as `build` then tells. */
export async function findThreads(): Promise<ThreadsFound | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'tsnative-doctor-'));
  try {
    const config = {
      compilerOptions: {
        ...{ target: 'ES2022', module: 'NodeNext', rootDir: 'src', outDir: 'out' },
        ...{ types: [], skipLibCheck: true },
      },
      include: ['src'],
    };
    mkdirSync(join(folder, 'src'));
    mkdirSync(join(folder, 'node_modules'));
    const own = new URL(import.meta.url.endsWith('.ts') ? '../..' : '../../..', import.meta.url);
    symlinkSync(fileURLToPath(own), join(folder, 'node_modules/tsnative'), 'junction');
    writeFileSync(join(folder, 'package.json'), '{ "name": "doctor", "type": "module" }');
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
    writeFileSync(join(folder, 'src/main.ts'), source);
    writeFileSync(join(folder, 'run.mjs'), script);
    const { build } = await import('../build.ts');
    await build(
      {
        project: join(folder, 'tsconfig.json'),
        emit: [],
        toolchain: 'auto',
        level: 3,
        assertElided: false,
        checkOnly: false,
      },
      { progress: () => {} },
    );
    const env = { ...process.env, TSNATIVE: 'require' };
    const { status, stdout } = spawnSync(process.execPath, ['run.mjs'], {
      cwd: folder,
      env,
      encoding: 'utf8',
    });
    const found = status === 0 ? (JSON.parse(stdout) as Partial<ThreadsFound>) : {};
    const { threads, from, counted = null } = found;
    return threads && from ? { threads, from, counted } : undefined;
  } catch {
    return undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const words = {
  system: 'the most that the pool has',
  affinity: 'the processors that this process may run on',
  cgroup: 'the quota of its control group',
  variable: 'TSNATIVE_NUM_THREADS',
  tokens: 'the tokens that processes share',
  withThreads: 'withThreads',
} as const;

/** What `doctor` says of them. */
export const threadsText = ({ threads, from, counted }: ThreadsFound): string =>
  `at most ${threads} (${words[from]})${counted === null ? '' : `; ${counted} computed in a parallel loop`}`;
