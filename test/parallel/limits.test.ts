/** How many threads the pool has: the least of affinity mask, quotas of control groups and TSNATIVE_NUM_THREADS. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { buildProject, makeProject, repository } from '../support/project.ts';

const here = new URL('./limits/', import.meta.url);
const project = makeProject({
  'src/program.ts': readFileSync(new URL('program.ts', here), 'utf8'),
});
const outDir = join(project.folder, 'out');
const root = join(project.folder, 'root');
const test = suite('limits of the pool');
test.after(() => project.remove());

type Files = Readonly<Record<string, string>>;

/** What the pool of a process is that finds these files in /proc and /sys. */
function pool(files: Files, env: Record<string, string> = {}): unknown {
  rmSync(root, { recursive: true, force: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const args = [
    fileURLToPath(new URL('threads.mjs', here)),
    join(outDir, 'program.js'),
    join(repository, 'dist/runtime/index.js'),
  ];
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    env: { ...process.env, TSNATIVE: 'require', TSNATIVE_TEST_ROOT: root, ...env },
  });
  assert.is(stderr, '');
  return JSON.parse(stdout);
}

const status = (list: string): Files => ({
  'proc/self/status': `Name:\tnode\nCpus_allowed:\tff\nCpus_allowed_list:\t${list}\nMems_allowed:\t1\n`,
});
const second = (path: string, mounted = '/', files: Files = {}): Files => ({
  'proc/self/cgroup': `0::${path}\n`,
  'proc/self/mountinfo': `22 1 0:21 / /proc rw shared:2 - proc proc rw\n35 22 0:30 ${mounted} /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate\n`,
  ...files,
});
const first = (path: string, mounted: string, quota: string): Files => ({
  'proc/self/cgroup': `5:memory:/a\n4:cpuacct,cpu:${path}\n1:name=systemd:/b\n0::/\n`,
  'proc/self/mountinfo': `30 22 0:27 / /sys/fs/cgroup rw - tmpfs tmpfs rw,mode=755\n31 30 0:28 / /sys/fs/cgroup/cpuset rw - cgroup cgroup rw,cpuset\n32 30 0:29 ${mounted} /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpuacct,cpu\n`,
  [`sys/fs/cgroup/cpu,cpuacct${path.slice(mounted === '/' ? 0 : mounted.length)}/cpu.cfs_quota_us`]:
    quota,
  [`sys/fs/cgroup/cpu,cpuacct${path.slice(mounted === '/' ? 0 : mounted.length)}/cpu.cfs_period_us`]:
    '100000\n',
});
const max = (group: string, text: string): Files => ({ [`sys/fs/cgroup${group}/cpu.max`]: text });

test('the program builds', async () => {
  assert.equal((await buildProject(project, { outDir })).diagnostics, []);
});

test('the least of them counts', () => {
  if (process.platform !== 'linux') return console.log('» skipped: control groups are of Linux');
  const cases: [string, Files, number, string, Record<string, string>?][] = [
    ['a mask', status('0-2,5,8-9'), 6, 'affinity'],
    ['a mask of one', status('7'), 1, 'affinity'],
    ['no limit', { ...status('0-3'), ...second('/', '/', max('', 'max 100000\n')) }, 4, 'affinity'],
    [
      'one processor',
      { ...status('0-7'), ...second('/', '/', max('', '100000 100000\n')) },
      1,
      'cgroup',
    ],
    [
      'less than one',
      { ...status('0-7'), ...second('/a', '/', max('/a', '20000 100000\n')) },
      1,
      'cgroup',
    ],
    [
      'three and a half',
      { ...status('0-7'), ...second('/a/b', '/', max('/a/b', '175000 50000\n')) },
      3,
      'cgroup',
    ],
    [
      'of a group around',
      {
        ...status('0-7'),
        ...second('/a/b/c', '/', {
          ...max('/a', '200000 100000\n'),
          ...max('/a/b', 'max 100000\n'),
        }),
      },
      2,
      'cgroup',
    ],
    [
      'the least of several',
      {
        ...status('0-7'),
        ...second('/a/b', '/', {
          ...max('/a', '600000 100000\n'),
          ...max('/a/b', '300000 100000\n'),
        }),
      },
      3,
      'cgroup',
    ],
    [
      'in a container',
      { ...status('0-7'), ...second('/docker/x', '/docker/x', max('', '200000 100000\n')) },
      2,
      'cgroup',
    ],
    [
      'more than the mask',
      { ...status('0-1'), ...second('/', '/', max('', '900000 100000\n')) },
      2,
      'affinity',
    ],
    ['first version', { ...status('0-7'), ...first('/a', '/', '200000\n') }, 2, 'cgroup'],
    [
      'first version in a container',
      { ...status('0-7'), ...first('/docker/y', '/docker/y', '100000\n') },
      1,
      'cgroup',
    ],
    ['first version, no limit', { ...status('0-2'), ...first('/a', '/', '-1\n') }, 3, 'affinity'],
    ['the variable', status('0-7'), 3, 'variable', { TSNATIVE_NUM_THREADS: '3' }],
    ['the variable, above', status('0-1'), 2, 'affinity', { TSNATIVE_NUM_THREADS: '9' }],
    [
      'the variable below a quota',
      { ...status('0-7'), ...second('/', '/', max('', '400000 100000\n')) },
      2,
      'variable',
      { TSNATIVE_NUM_THREADS: '2' },
    ],
  ];
  for (const [name, files, threads, from, env] of cases)
    assert.equal(pool(files, env), { threads, from, started: threads - 1 }, name);
});

test('files that say nothing of use limit nothing', () => {
  if (process.platform !== 'linux') return console.log('» skipped: control groups are of Linux');
  for (const text of ['', '\n', 'max', '0 0\n', 'x y\n', '100000', '100000 0\n'])
    assert.equal(
      pool({ ...status('0-2'), ...second('/', '/', max('', text)) }),
      { threads: 3, from: 'affinity', started: 2 },
      JSON.stringify(text),
    );
  const odd = {
    'proc/self/cgroup': `0::/${'a'.repeat(3000)}\n::\n\n`,
    'proc/self/mountinfo': ' - \n1 2\n',
  };
  assert.equal(pool({ ...status('0-2'), ...odd }), { threads: 3, from: 'affinity', started: 2 });
});

test.run();
