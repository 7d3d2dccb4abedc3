/** The command line of `tsnative run`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { RunOptions } from '../../compiler/run/index.ts';
import { cli, temporaryFolder } from './harness.ts';

const cwd = temporaryFolder();
writeFileSync(join(cwd, 'app.js'), '');

/** What is run, and the exit code. */
async function run(line: string, code = 0): Promise<RunOptions> {
  let options: RunOptions | undefined;
  const ran = await cli(line.split(' '), {
    cwd,
    run: async (given) => {
      options = given;
      return code;
    },
  });
  assert.equal({ code: ran.code, stderr: ran.stderr }, { code, stderr: '' });
  if (!options) throw new Error('nothing was run');
  return options;
}

test('what it is told', async () => {
  const { kind, processes, factor, script, args } = await run('run --smp -p 3 -f 1.5 app.js');
  assert.equal([kind, processes, factor, args], ['smp', 3, 1.5, []]);
  assert.is(script, join(cwd, 'app.js'));
  assert.is((await run('run --ipc --processes=2 app')).processes, 2);
  assert.is((await run('run --ipc app.js')).processes, undefined);
});

test('what stands behind the program is for that', async () => {
  const { args, processes } = await run('run --ipc -p2 app.js --port 80 -p 9 --help -- x 007');
  assert.equal(args, ['--port', '80', '-p', '9', '--help', '--', 'x', '007']);
  assert.is(processes, 2);
  assert.equal((await run('run --ipc -- app.js -x')).args, ['-x']);
});

test('the exit code is handed on', async () => {
  await run('run --ipc app.js', 7);
});

const wrong: [string, string][] = [
  ['run app.js', '`run` needs one of `--smp` and `--ipc`'],
  ['run --smp --ipc app.js', '`run` needs one of `--smp` and `--ipc`'],
  ['run --smp', '`run` needs a program'],
  ['run --smp nowhere.js', 'there is no program `nowhere.js`'],
  ['run --smp -p 0 app.js', "`-p` can't be `0`; it is a whole number from 1 to 1024"],
  ['run --smp -p 1.5 app.js', "`-p` can't be `1.5`; it is a whole number from 1 to 1024"],
  ['run --smp -p -1 app.js', "`-p` can't be `-1`; it is a whole number from 1 to 1024"],
  ['run --smp -f 0 app.js', "`-f` can't be `0`; it is a number above 0"],
  ['run --ipc -f x app.js', "`-f` can't be `x`; it is a number above 0"],
  ['run --ipc --smq app.js', 'unknown option `--smq`; did you mean `--smp`?'],
];
for (const [line, message] of wrong)
  test(`tsnative ${line}`, async () => {
    const { code, stdout, stderr } = await cli(line.split(' '), { cwd });
    assert.is(code, 2);
    assert.is(stdout, '');
    assert.is(stderr, `error: ${message}\n  see \`tsnative run --help\`\n`);
  });

test.run();
