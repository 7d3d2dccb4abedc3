// Runs the work of one package with a module, and prints what came out and how long it took.
//
//     node child.mjs WORK TIMES MODULE…
import { createHash } from 'node:crypto';
import { pathToFileURL } from 'node:url';

const [work = '', times = '1', ...modules] = process.argv.slice(2);
const { default: run } = await import(pathToFileURL(work).href);
const api = {};
for (const module of modules) Object.assign(api, await import(pathToFileURL(module).href));

let outputs = [];
let milliseconds = Infinity;
for (let i = 0; i < Number(times); i++) {
  const start = process.cpuUsage();
  const given = run(api);
  const { user } = process.cpuUsage(start);
  milliseconds = Math.min(milliseconds, user / 1000);
  outputs = given;
}
const hashes = outputs.map((output) => createHash('sha256').update(bytesOf(output)).digest('hex'));
process.stdout.write(JSON.stringify({ milliseconds, hashes }));

/** What tells one output from another: the class of a typed array and its bytes, or JSON. */
function bytesOf(output) {
  if (!ArrayBuffer.isView(output)) return JSON.stringify(output) ?? 'undefined';
  const bytes = Buffer.from(output.buffer, output.byteOffset, output.byteLength);
  return Buffer.concat([Buffer.from(`${output.constructor.name} `), bytes]);
}
