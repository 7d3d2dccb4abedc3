// Times calls of functions in one Node, and prints nanoseconds a call by their names: medians of rounds.
const cases = JSON.parse(process.argv[3]);
const rounds = 41;
const calls = 20_000;

/** A loop of its own for each function, so that V8 optimises each call by itself. */
const loopOf = (name, params) =>
  new Function(
    'f',
    ...params,
    `// ${name}\nfor (let i = 0; i < ${calls}; i++) f(${params.join(', ')});`,
  );

const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

/** The functions: of the built module, or those that FFI has of a library for C. */
async function functionsOf(place) {
  if (!place.endsWith('.json')) return import(place);
  const { library, signatures } = JSON.parse(process.argv[4]);
  const { default: ffi } = await import('node:ffi');
  return ffi.dlopen(library, signatures).functions;
}

const functions = await functionsOf(process.argv[2]);
const result = new Float64Array(1);
const times = {};
for (const { name, args } of cases) {
  const given = args.map((arg) =>
    Array.isArray(arg) ? new Float64Array(arg[0]) : arg === 'result' ? result : arg,
  );
  const params = given.map((_, index) => `a${index}`);
  const loop = loopOf(name, params);
  const time = () => {
    const start = performance.now();
    loop(functions[name], ...given);
    return ((performance.now() - start) * 1e6) / calls;
  };
  for (let n = 0; n < 20; n++) time();
  times[name] = median(Array.from({ length: rounds }, time));
}
console.log(JSON.stringify(times));
