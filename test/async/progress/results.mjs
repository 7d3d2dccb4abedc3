// Prints what calls give, and what is told last: the same as JavaScript and as native code.
import { pathToFileURL } from 'node:url';

const program = await import(pathToFileURL(process.argv[2]).href);
const { signal } = new AbortController();

/** Makes a call with a function that is told of its progress. */
async function told(name, start) {
  let last;
  let isAfter = false;
  let isLate = false;
  const tell = (done) => {
    last = done;
    isLate ||= isAfter;
  };
  let outcome;
  try {
    outcome = JSON.stringify(await start(tell));
  } catch (error) {
    outcome = `${error.constructor.name}: ${error.message}`;
  }
  isAfter = true;
  await new Promise((resolve) => setTimeout(resolve, 60));
  console.log(name, outcome, 'last', last, isLate ? 'late' : '');
}

await told('counted', (tell) => program.counted(7, tell));
await told('counted without', () => program.counted(7));
await told('none', (tell) => program.counted(0, tell));
await told('burn', (tell) => program.burn(5000, tell));
await told('burn with a signal', (tell) => program.burn(5000, tell, signal));
await told('last', (tell) => program.last(signal, tell));
const values = new Float64Array(5);
await told('failing', (tell) => program.failing(values, tell));
console.log(String(values));
const out = new Float64Array(500);
await told('everywhere', (tell) => program.everywhere(out, 100, tell));
await told('everywhere without', () => program.everywhere(out, 100));
const state = { rounds: 0, seen: [] };
await told('through', (tell) => program.through(state, tell));
await told('through without', () => program.through(state));
console.log(JSON.stringify(state));
