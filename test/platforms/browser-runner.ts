/** What a page runs: `runPrograms`, with as much of Node's Buffer as programs' arguments need. */
import { BufferOfBrowser } from '../../runtime/wasm/browser.ts';
import { runPrograms } from './run-programs.ts';

const isBuffer = (value: unknown): boolean => value instanceof BufferOfBrowser;
Object.assign(globalThis, { Buffer: Object.assign(BufferOfBrowser, { isBuffer }), runPrograms });
