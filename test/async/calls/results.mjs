// Prints what async functions give, and leave in their arguments: the same as JavaScript and as native code.
import { pathToFileURL } from 'node:url';

const program = await import(pathToFileURL(process.argv[2]).href);

const shown = (value) =>
  ArrayBuffer.isView(value)
    ? `${value.constructor.name}(${[...new Uint8Array(value.buffer, value.byteOffset, value.byteLength)]})`
    : typeof value === 'bigint'
      ? `${value}n`
      : Object.is(value, -0)
        ? '-0'
        : String(value);

async function told(name, ...args) {
  const call = program[name];
  let outcome;
  try {
    const promise = call(...args);
    outcome = `${promise instanceof Promise}: ${shown(await promise)}`;
  } catch (error) {
    outcome = `${error.constructor.name}: ${error.message}`;
  }
  console.log(name, outcome, ...args.map(shown));
}

await told('sum', new Float64Array(0));
await told('sum', new Float64Array([1, NaN]));
await told('sum', new Float64Array(1000).fill(0.1));
await told('scaled', new Float64Array([1, -0, Infinity]), 2);
const buffer = new ArrayBuffer(32);
await told('both', new Float64Array(buffer, 8, 2), new Uint8Array(buffer, 4, 21));
console.log(shown(new Uint8Array(buffer)));
await told('both', new Float64Array(buffer, 0, 2), new Uint8Array(buffer, 16, 4));
await told('both', new Float64Array(3), Buffer.from('text'));
await told('squares', 0);
await told('squares', 5);
const values = new Float64Array([1, 2]);
console.log((await program.same(values)) === values, shown(values));
const short = new Int16Array([1, 2, 3, 4]);
const rest = await program.rest(short.subarray(1));
console.log(rest.buffer === short.buffer, rest.byteOffset, shown(rest), shown(short));
const ints = new Int32Array(2);
await told('twins', ints, ints);
await told('twins', ints, ints.subarray(0));
await told('at', new Float64Array([1, 2]), 1);
for (const n of [0, 1, 65535, 65536, 65537, 65538, 196609, 300000])
  for (const limit of [Infinity, 100000]) await told('strips', n, limit);
await told('failing', 4);
await told('failing', -2);
await told('failing', 10);
await told('maybe');
await told('maybe', 4, null);
await told('maybe', undefined, new Uint8Array(3));
await told('constants', 2);
await told('kinds', 5n, 1.5, 200, true);
await told('kinds', 5n, 1.5, 200, false);
await told('words', 1000);
await told('swarm', 100000);
await told('viewed', new DataView(new Float64Array([0, 2.5]).buffer));
await told('shared', new Int32Array(new SharedArrayBuffer(12)), 7);
const named = { name: 'a', values: new Float64Array(1) };
console.log(await program.rename(named, ['b', 'ü'.repeat(3000)]), named.name, shown(named.values));
await program.rename(named, []).catch((error) => console.log(String(error), named.name));
const renamed = [];
for (let n = 0; n < 50; n++)
  renamed.push(program.rename({ name: `${n}`, values: named.values }, [`to ${n}`]));
console.log((await Promise.all(renamed)).join());
const many = await Promise.all(
  Array.from({ length: 200 }, (_, n) => program.sum(new Float64Array(n).fill(n))),
);
console.log(many.join());
const settled = await Promise.allSettled(
  Array.from({ length: 40 }, (_, n) => program.failing(n - 10)),
);
console.log(settled.map(({ value, reason }) => value ?? reason.message).join());
