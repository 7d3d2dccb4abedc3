/** A Redis server and workers for tests. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

export interface Server {
  readonly port: number;
  readonly process: ChildProcess;
}

/** A server that keeps nothing, once it answers. */
export async function startRedis(folder: string): Promise<Server> {
  const port = await freePort();
  const options = { port, bind: '127.0.0.1', save: '', appendonly: 'no', dir: folder };
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const process = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await said(process, 'Ready to accept connections');
  return { port, process };
}

/** A worker process, once it takes tasks. */
export async function startWorker(port: number): Promise<ChildProcess> {
  const file = fileURLToPath(new URL('redis-worker.mjs', import.meta.url));
  const args = ['--import', 'tsx', file, String(port)];
  const worker = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await said(worker, 'works');
  return worker;
}

export async function stop(process: ChildProcess): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null) return;
  process.kill('SIGKILL');
  await once(process, 'exit');
}

/** A port that nobody listens to. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function said(process: ChildProcess, words: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = '';
    process.stdout?.on('data', (text: Buffer) => {
      output += String(text);
      if (output.includes(words)) resolve();
    });
    process.once('error', reject);
    process.once('exit', (code) => reject(new Error(`it ended with ${code}: ${output}`)));
  });
}
