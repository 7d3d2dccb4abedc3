// Starts a program in so many processes that know nothing of each other: for processes.ts.
import { spawn } from 'node:child_process';

const [, , count, ...args] = process.argv;
const children = Array.from({ length: Number(count) }, () =>
  spawn(process.execPath, args, { stdio: 'inherit' }),
);
for (const child of children) child.on('exit', (code) => (process.exitCode ||= code ?? 1));
