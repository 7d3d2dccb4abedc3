/**
 * Runs conformance programs in whatever runtime loads it, and writes what came out: `runner <folder> <file>
 * <program> …`. It is bundled to one JavaScript file, as most runtimes know no TypeScript.
 */
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { runPrograms } from './run-programs.ts';

const [folder = '', output = '', ...names] = process.argv.slice(2);
// Written each time, so that a crash tells where it was.
await runPrograms(pathToFileURL(folder).href, names, (results) =>
  writeFileSync(output, JSON.stringify(results)),
);
