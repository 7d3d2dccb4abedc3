// Prints what becomes of the cases of a conformance program: results or errors, and the arguments behind calls.
import { createHash } from 'node:crypto';
import { inspect } from 'node:util';
import { pathToFileURL } from 'node:url';

const { cases, checked = [], ...program } = await import(pathToFileURL(process.argv[2]).href);
const show = (value) => {
  const text = inspect(value, { maxArrayLength: null, depth: null, breakLength: Infinity });
  return text.length < 200 ? text : createHash('sha256').update(text).digest('hex').slice(0, 16);
};

for (const [name, args] of cases) {
  // There native code throws where JavaScript goes on.
  if (checked.includes(name)) continue;
  let outcome;
  try {
    outcome = show(program[name](...args));
  } catch (error) {
    outcome = `${error.name}: ${error.message}`;
  }
  console.log(name, outcome, show(args));
}
