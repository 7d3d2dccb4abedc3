// Computes so many rounds from a time on, and prints when it has ended: for processes.ts.
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

const [, , program, start, rounds] = process.argv;
const { nested } = await import(pathToFileURL(program).href);
const running = new Int32Array(new SharedArrayBuffer(4));
nested(running, 100, 100);
const late = Date.now() - Number(start);
if (late > 0) throw new Error(`${late} ms late`);
await sleep(-late);
for (let round = 0; round < Number(rounds); round++) nested(running, 200, 4000);
console.log(Date.now());
