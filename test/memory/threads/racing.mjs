// Two calls that race, for a tool that is to say so: racing.mjs PROGRAM
import { pathToFileURL } from 'node:url';

const { add } = await import(pathToFileURL(process.argv[2]).href);
const shared = new Int32Array(new SharedArrayBuffer(4096));
await Promise.all([add(shared, 1e6), add(shared, 1e6)]);
