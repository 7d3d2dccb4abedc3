// Makes the calls of built programs: cases.mjs FILE… Each file has `cases`, as programs of conformance/heap/ have.
import { pathToFileURL } from 'node:url';

let [calls, thrown] = [0, 0];
for (const file of process.argv.slice(2)) {
  const program = await import(pathToFileURL(file).href);
  // What programs import has none.
  for (const [name, args] of program.cases ?? []) {
    calls++;
    try {
      await program[name](...args);
    } catch {
      // Some cases are about errors.
      thrown++;
    }
  }
}
console.log(`${calls} calls, ${thrown} with errors of theirs`);
