/**
 * `npm run bench:call`: what a call of an exported function costs beside the same function written
 * by hand in C with Node-API. Both are called in turn in one process; the ratio is the median of
 * the ratios of neighbours.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findZig } from '../../compiler/5-link/toolchains/bundled.ts';
import { hostTarget } from '../../compiler/5-link/targets.ts';
import { buildProject, makeProject } from '../support/project.ts';
import { median, table } from './figures.ts';

const rounds = 41;
const callsPerRound = 200_000;

interface Case {
  readonly name: string;
  readonly title: string;
  readonly parameter: 'number' | 'Float64Array';
  readonly count: number;
}

const counts = [1, 2, 3];
const cases: readonly Case[] = [
  { name: 'empty', title: 'no parameter, no result', parameter: 'number', count: 0 },
  ...counts.map((count): Case => ({
    name: `numbers${count}`,
    title: `${count} × number, gives their sum`,
    parameter: 'number',
    count,
  })),
  ...counts.map((count): Case => ({
    name: `arrays${count}`,
    title: `${count} × Float64Array, gives the sum of their lengths`,
    parameter: 'Float64Array',
    count,
  })),
];

const names = ({ count }: Case): string[] => ['a', 'b', 'c'].slice(0, count);

/** The function as a user of tsnative writes it. */
function inTypeScript(tested: Case): string {
  const { name, parameter } = tested;
  const params = names(tested).map((param) => `${param}: ${parameter}`);
  const terms = names(tested).map((param) => (parameter === 'number' ? param : `${param}.length`));
  const body = terms.length === 0 ? '' : `return ${terms.join(' + ')};`;
  const result = terms.length === 0 ? 'void' : 'number';
  return `/** @native */\nexport function ${name}(${params.join(', ')}): ${result} { ${body} }\n`;
}

/** The same in C, with the least checks that a careful person writes. */
function inC(tested: Case): string {
  const { name, parameter, count } = tested;
  const read = names(tested).map((param, index) =>
    parameter === 'number'
      ? `double ${param};
  if (napi_get_value_double(env, args[${index}], &${param}) != 0) return refuse(env);`
      : `int ${param}_type; size_t ${param}; double *${param}_data;
  if (napi_get_typedarray_info(env, args[${index}], &${param}_type, &${param}, (void **)&${param}_data, 0, 0) != 0 ||
      ${param}_type != napi_float64_array) return refuse(env);`,
  );
  if (count === 0)
    return `static napi_value ${name}(napi_env env, napi_callback_info info) { return 0; }`;
  return `static napi_value ${name}(napi_env env, napi_callback_info info) {
  napi_value args[${count}], result;
  size_t count = ${count};
  if (napi_get_cb_info(env, info, &count, args, 0, 0) != 0 || count < ${count}) return refuse(env);
  ${read.join('\n  ')}
  napi_create_double(env, (double)(${names(tested).join(' + ')}), &result);
  return result;
}`;
}

/** What of Node's headers is needed, so that they need not be there. */
const declarations = `
typedef struct napi_env__ *napi_env;
typedef struct napi_value__ *napi_value;
typedef struct napi_callback_info__ *napi_callback_info;
typedef napi_value (*napi_callback)(napi_env, napi_callback_info);
typedef __SIZE_TYPE__ size_t;
enum { napi_float64_array = 8 };
int napi_get_cb_info(napi_env, napi_callback_info, size_t *, napi_value *, napi_value *, void **);
int napi_get_value_double(napi_env, napi_value, double *);
int napi_get_typedarray_info(napi_env, napi_value, int *, size_t *, void **, napi_value *, size_t *);
int napi_create_double(napi_env, double, napi_value *);
int napi_throw_type_error(napi_env, const char *, const char *);
int napi_create_function(napi_env, const char *, size_t, napi_callback, void *, napi_value *);
int napi_set_named_property(napi_env, napi_value, const char *, napi_value);
static napi_value refuse(napi_env env) {
  napi_throw_type_error(env, 0, "wrong arguments");
  return 0;
}`;

const registration = `
napi_value napi_register_module_v1(napi_env env, napi_value exports) {
  napi_value f;
${cases
  .map(
    ({ name }) => `  napi_create_function(env, "${name}", (size_t)-1, ${name}, 0, &f);
  napi_set_named_property(env, exports, "${name}", f);`,
  )
  .join('\n')}
  return exports;
}`;

type Function = (...args: readonly unknown[]) => unknown;
type Functions = Readonly<Record<string, Function>>;

/** Compiles the C by hand, so to speak, at -O3 for the same CPU. */
function compileC(folder: string): Functions {
  const { file } = findZig();
  const at = (name: string): string => join(folder, name);
  mkdirSync(folder);
  writeFileSync(at('hand.c'), [declarations, ...cases.map(inC), registration].join('\n'));
  const { triple, cpu } = hostTarget();
  const zig = (...args: string[]): void => void execFileSync(file, args, { stdio: 'inherit' });
  zig(
    'clang',
    '-O3',
    '-c',
    at('hand.c'),
    '-o',
    at('hand.o'),
    '-target',
    triple,
    `-march=${cpu}`,
    '-fPIC',
  );
  zig('ld.lld', '-shared', '-s', '-z', 'now', at('hand.o'), '-o', at('hand.node'));
  return createRequire(import.meta.url)(at('hand.node')) as Functions;
}

/** A loop of its own for each function, so that V8 optimises each call by itself. */
function loop(tested: Case, which: string): (f: Function, ...args: readonly unknown[]) => void {
  const params = names(tested).join(', ');
  const source = `// ${tested.name} ${which}
    return (f, ${params}) => { for (let i = 0; i < ${callsPerRound}; i++) f(${params}); }`;
  return new Function(source)() as ReturnType<typeof loop>;
}

/** Medians of a case: nanoseconds a call of either, and the ratio. */
function measure(tested: Case, native: Functions, hand: Functions) {
  const values = [1.5, 2.5, 3.5];
  const args = values
    .slice(0, tested.count)
    .map((value) => (tested.parameter === 'number' ? value : new Float64Array(8)));
  const timer = (functions: Functions, which: string) => {
    const f = functions[tested.name];
    if (f === undefined) throw new Error(`no function ${tested.name}`);
    const run = loop(tested, which);
    return {
      result: f(...args),
      time: (): number => {
        const start = performance.now();
        run(f, ...args);
        return ((performance.now() - start) * 1e6) / callsPerRound;
      },
    };
  };
  const [ours, theirs] = [timer(native, 'tsnative'), timer(hand, 'C')];
  if (ours.result !== theirs.result) throw new Error(`${tested.name} gives different results`);
  for (let n = 0; n < 3; n++) [ours.time(), theirs.time()]; // V8 compiles the loops.
  const pairs = Array.from({ length: rounds }, (_, round) => {
    // Who comes first changes, as whoever comes second may find a warmer machine.
    if (round % 2 === 0) return { ours: ours.time(), theirs: theirs.time() };
    const second = theirs.time();
    return { ours: ours.time(), theirs: second };
  });
  return {
    ours: median(pairs.map((pair) => pair.ours)),
    theirs: median(pairs.map((pair) => pair.theirs)),
    ratio: median(pairs.map((pair) => pair.ours / pair.theirs)),
  };
}

const project = makeProject({ 'src/calls.ts': cases.map(inTypeScript).join('') });
try {
  const { diagnostics } = await buildProject(project);
  if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics, undefined, 2));
  process.env['TSNATIVE'] = 'require';
  const url = pathToFileURL(join(project.folder, 'out/calls.js')).href;
  const native = (await import(url)) as Functions;
  const hand = compileC(join(project.folder, 'hand'));
  const rows = cases.map((tested) => {
    const { ours, theirs, ratio } = measure(tested, native, hand);
    return [tested.title, `${ours.toFixed(1)} ns`, `${theirs.toFixed(1)} ns`, ratio.toFixed(2)];
  });
  console.log(table([['a call with', 'tsnative', 'C by hand', 'ratio'], ...rows]));
  console.log(`\nmedians of ${rounds} rounds of ${callsPerRound} calls`);
} finally {
  project.remove();
}
