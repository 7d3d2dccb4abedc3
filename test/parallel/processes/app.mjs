// What the processes of the tests do, by the first argument.
import cluster from 'node:cluster';
import { fork, spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker, isMainThread, workerData } from 'node:worker_threads';

const own = fileURLToPath(import.meta.url);
const [, , what, programPath, runtimePath, ...rest] = process.argv;
const load = (path) => import(pathToFileURL(path).href);
const processors = () =>
  /^Cpus_allowed_list:\s*(.+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))[1];
const { env } = process;

const kinds = {
  // What one of several processes is told.
  async told() {
    const { later } = await load(programPath);
    const { info } = await import(runtimePath);
    await later(10, 10);
    const limits = ['TSNATIVE', 'OMP', 'OPENBLAS', 'MKL'].map((name) => env[`${name}_NUM_THREADS`]);
    const index = Number(env.TSNATIVE_PROCESS);
    const told = { index, of: Number(env.TSNATIVE_PROCESSES), rest, limits, pool: info().pool };
    console.log(JSON.stringify({ ...told, processors: processors() }));
    process.exitCode = rest[0] === 'fail' ? 3 * index : 0;
  },

  // Threads of JavaScript with loops in loops, and how many threads were in them.
  async workers() {
    if (isMainThread) {
      const running = new Int32Array(new SharedArrayBuffer(4));
      const workers = Array.from(
        { length: 4 },
        () => new Worker(own, { argv: process.argv.slice(2), workerData: running }),
      );
      let left = workers.length;
      const results = [];
      for (const worker of workers)
        worker.on('message', (result) => results.push(result)).on('exit', () => left--);
      let [most, threads] = [0, 0];
      for (let look = 0; left > 0; look++) {
        for (const end = performance.now() + 5; performance.now() < end;)
          most = Math.max(most, Atomics.load(running, 0));
        const names = readdirSync('/proc/self/task').map((id) => {
          try {
            return readFileSync(`/proc/self/task/${id}/comm`, 'utf8').trim();
          } catch {
            return '';
          }
        });
        threads = Math.max(threads, names.filter((name) => name === 'tsnative').length);
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      console.log(JSON.stringify({ most, threads, results: new Set(results).size }));
    } else {
      const { nested } = await load(programPath);
      const { parentPort } = await import('node:worker_threads');
      let result;
      for (let k = 0; k < 20; k++) result = nested(workerData, 100, 4000);
      parentPort.postMessage(result);
    }
  },

  // Computes for so many milliseconds.
  async compute() {
    const { nested } = await load(programPath);
    const running = new Int32Array(new SharedArrayBuffer(4));
    nested(running, 1, 1);
    console.log('computes');
    let rounds = 0;
    for (const end = Date.now() + Number(rest[0]); Date.now() < end; rounds++)
      nested(running, 100, 2000);
    console.log(`rounds ${rounds}`);
  },

  // One call that takes long.
  async alone() {
    const { alone } = await load(programPath);
    console.log('computes');
    await alone(Number(rest[0]));
  },

  // Others, started in all ways, which tell how many tokens they share.
  async family() {
    const { info } = await import(runtimePath);
    const { later } = await load(programPath);
    await later(10, 10);
    if (cluster.isPrimary && rest[0] !== 'child' && isMainThread) {
      const args = process.argv.slice(2);
      const child = [...args.slice(0, 3), 'child'];
      cluster.setupPrimary({ exec: own, args });
      const all = [
        cluster.fork().process,
        fork(own, child),
        spawn(process.execPath, [own, ...child], { stdio: 'inherit' }),
        new Worker(own, { argv: args }),
      ];
      await Promise.all(all.map((one) => new Promise((resolve) => one.on('exit', resolve))));
    }
    console.log(JSON.stringify([info().pool.tokens, env.TSNATIVE_TOKENS]));
    if (cluster.isWorker) process.disconnect();
  },

  // Waits, with a child that would too.
  async wait() {
    if (rest[0] !== 'child')
      spawn(process.execPath, [own, 'wait', programPath, runtimePath, 'child'], {
        stdio: 'inherit',
      });
    if (rest[0] === 'stubborn') process.on('SIGINT', () => console.log('not yet'));
    setInterval(() => {}, 1000);
    console.log(`waits ${process.pid}`);
  },
};

await kinds[what]();
