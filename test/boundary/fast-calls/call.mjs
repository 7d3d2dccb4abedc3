// Calls functions with arguments that fit and with others, and prints what comes of each, and whether Node's FFI was loaded.
const functions = await import(process.argv[2]);
const values = [
  ...[0, -0, 1, -1, 0.5, 255, 256, 2 ** 31 - 1, 2 ** 31, -(2 ** 31), 2 ** 32 - 1, 2 ** 32, 1e300],
  ...[NaN, Infinity, -Infinity, Math.fround(0.1), true, false, undefined, null, '1', 1n, {}, []],
];

function told(name, args) {
  try {
    const result = functions[name](...args);
    return `${typeof result} ${Object.is(result, -0) ? '-0' : String(result)}`;
  } catch (error) {
    return `${error.name}: ${error.message}`;
  }
}

const results = {};
for (const [name, count] of Object.entries(JSON.parse(process.argv[3]))) {
  results[name] = [told(name, [])];
  // Often enough that V8 optimises the calls.
  for (let round = 0; round < 300; round++)
    for (const first of values)
      for (const second of count > 1 ? [first, 1, 0.5, -1] : [0]) {
        const args = count > 1 ? [first, second, ...Array(count - 2).fill(true)] : [first, 'more'];
        const result = told(name, args);
        if (round === 0 || round === 299) results[name].push(result);
      }
}
const usesFfi = process.moduleLoadList.some((module) => /\bffi$/.test(module));
console.log(JSON.stringify({ usesFfi, results }));
