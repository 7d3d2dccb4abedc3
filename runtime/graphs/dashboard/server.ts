/** The dashboard's web server: a page, and events for it. Only programs of this machine can reach it. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { page } from './page.ts';
import type { Plan } from '../plan.ts';
import type { Observer } from '../run.ts';
import { Watch } from './watch.ts';

const host = '127.0.0.1';
/** Events are sent at most so often, in milliseconds. */
const pause = 100;

export class Dashboard {
  private readonly clients = new Set<ServerResponse>();
  private watch: Watch | undefined;
  private timer: NodeJS.Timeout | undefined;

  private constructor(
    server: Server,
    readonly url: string,
  ) {
    server.on('request', (request, response) => this.answer(request, response));
  }

  /** @throws Error where the port is in use */
  static async open(port: number): Promise<Dashboard> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    });
    // It doesn't keep the process alive.
    server.unref();
    const { port: actual } = server.address() as AddressInfo;
    return new Dashboard(server, `http://${host}:${actual}/`);
  }

  /** Shows a run instead of the one before; its observer. */
  show(plan: Plan): Observer {
    const watch = new Watch(
      plan,
      () => (this.timer ??= setTimeout(() => this.tell(), pause).unref()),
      () => this.tell(),
    );
    this.watch = watch;
    for (const client of this.clients) send(client, 'picture', watch.picture);
    this.tell();
    return watch;
  }

  private tell(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (!this.watch || this.clients.size === 0) return;
    const { state } = this.watch;
    for (const client of this.clients) send(client, 'state', state);
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    // Pages of other sites may resolve their names to this machine.
    if (!isLocal(request.headers.host)) response.writeHead(403).end();
    else if (request.url === '/events') this.listen(response);
    else if (request.url === '/')
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
    else response.writeHead(404).end();
    request.socket.unref();
  }

  private listen(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.flushHeaders();
    this.clients.add(response);
    response.on('close', () => this.clients.delete(response));
    if (!this.watch) return;
    send(response, 'picture', this.watch.picture);
    send(response, 'state', this.watch.state);
  }
}

function isLocal(name: string | undefined): boolean {
  return /^(?:127\.0\.0\.1|localhost)(?::\d+)?$/.test(name ?? '');
}

function send(client: ServerResponse, event: string, data: object): void {
  client.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}
