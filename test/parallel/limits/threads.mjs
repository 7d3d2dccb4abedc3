// Prints what `info` tells of the pool, and how many threads a loop has started.
import { readdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const { info } = await import(process.argv[3]);
const before = info().pool;
const { total } = await import(pathToFileURL(process.argv[2]).href);
const tasks = () => readdirSync('/proc/self/task').length;
const start = tasks();
total(20_000_000);
console.log(JSON.stringify({ before, ...info().pool, started: tasks() - start }));
