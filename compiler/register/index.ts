/**
 * `node --import tsnative/register app.ts`: TypeScript is compiled by `tsnative build` when it is first imported, into a
 * cache, and runs with its native functions. A project that hasn't changed isn't compiled again.
 */
import * as modules from 'node:module';
import { MessageChannel } from 'node:worker_threads';
import { extendRequire } from './commonjs.ts';

// Node 20.6.
if (typeof modules.register !== 'function')
  throw new Error(`tsnative/register needs Node 20.6 or later; this is ${process.version}`);
process.setSourceMapsEnabled(true);
const { port1, port2 } = new MessageChannel();
port1.unref();
extendRequire(port1);
modules.register('./hooks.js', import.meta.url, {
  data: { port: port2 },
  transferList: [port2],
});
