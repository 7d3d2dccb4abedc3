/**
 * `npm run bench:call`: what a call of an exported function costs beside the same function written
 * by hand in C with Node-API. Both are called in turn in one process; the ratio is the median of
 * the ratios of neighbours. Then what objects, lists, strings and callbacks cost that cross the boundary
 * (`call-copies.ts`); `npm run bench:call -- copies` measures these alone. `npm run bench:call -- ffi` compares Node's
 * own FFI with Node-API (`call-ffi.ts`).
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { findZig } from '../../compiler/5-link/toolchains/bundled.ts';
import { hostTarget } from '../../compiler/5-link/targets.ts';
import { baseConfig, buildProject, makeProject, repository } from '../support/project.ts';
import { declarations, parameterKinds, resultKinds } from './call-kinds.ts';
import type { ParameterKind, ResultKind } from './call-kinds.ts';
import { measureFfi } from './call-ffi.ts';
import { copySource, copyTable, plainFunctions } from './call-copies.ts';
import { median, table } from './figures.ts';

/** Short rounds, so that what else the machine does spoils few of them. */
const rounds = 101;
const callsPerRound = 10_000;

interface Case {
  readonly name: string;
  readonly args: readonly unknown[];
  /** The function as a user of tsnative writes it. */
  readonly ts: string;
  /** The same in C, with the least checks that a careful person writes. */
  readonly c: string;
}

function parameterCase(kind: ParameterKind, index: number, count: number): Case {
  const name = `take${index}x${count}`;
  const names = ['a', 'b', 'c'].slice(0, count);
  const params = names.map((param) => `${param}: ${kind.type}`).join(', ');
  const terms = names.map((param) => kind.term(param)).join(' + ');
  return {
    name,
    args: kind.values.slice(0, count),
    ts: exported(name, params, 'number', `return ${terms};`),
    c: callback(
      name,
      `napi_value args[${count}], result;
  size_t count = ${count};
  if (napi_get_cb_info(env, info, &count, args, 0, 0) != 0) return refuse(env);
  ${names.map((param, n) => kind.receive(param, `args[${n}]`)).join('\n  ')}
  napi_create_double(env, ${names.join(' + ')}, &result);
  return result;`,
    ),
  };
}

function resultCase({ type, params = '', args = [], body, c }: ResultKind, index: number): Case {
  const name = `give${index}`;
  return { name, args, ts: exported(name, params, type, body), c: callback(name, c) };
}

const exported = (name: string, params: string, result: string, body: string): string =>
  `/** @native */\nexport function ${name}(${params}): ${result} { ${body} }\n`;

const callback = (name: string, body: string): string =>
  `static napi_value ${name}(napi_env env, napi_callback_info info) {\n  ${body}\n}`;

const counts = [1, 2, 3];
const taken = parameterKinds.map((kind, index) =>
  counts.map((count) => parameterCase(kind, index, count)),
);
const given = resultKinds.map(resultCase);
const cases = [...taken.flat(), ...given];

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
  writeFileSync(at('hand.c'), [declarations, ...cases.map(({ c }) => c), registration].join('\n'));
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
  const params = ['a', 'b', 'c'].slice(0, tested.args.length).join(', ');
  const source = `// ${tested.name} ${which}
    return (f, ${params}) => { for (let i = 0; i < ${callsPerRound}; i++) f(${params}); }`;
  return new Function(source)() as ReturnType<typeof loop>;
}

/** Medians of a case: nanoseconds a call of either, and the ratio. */
function measure(tested: Case, native: Functions, hand: Functions) {
  const { args } = tested;
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
  if (!isDeepStrictEqual(ours.result, theirs.result))
    throw new Error(`${tested.name} gives different results`);
  for (let n = 0; n < 20; n++) [ours.time(), theirs.time()]; // V8 compiles the loops.
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

/** The tables of what numbers and typed arrays cost, beside C. */
function printScalars(native: Functions): void {
  const hand = compileC(join(project.folder, 'hand'));
  const figures = (tested: Case): string[] => {
    const { ours, theirs, ratio } = measure(tested, native, hand);
    return [`${ours.toFixed(1)} ns`, `${theirs.toFixed(1)} ns`, ratio.toFixed(2)];
  };
  const heads = counts.flatMap((count) => [`${count} ×`, 'C', 'ratio']);
  const parameters = parameterKinds.map(({ title }, index) => [
    title,
    ...(taken[index] ?? []).flatMap(figures),
  ]);
  console.log(table([['parameters', ...heads], ...parameters]));
  const results = resultKinds.map(({ title }, index) => {
    const tested = given[index];
    return [title, ...(tested ? figures(tested) : [])];
  });
  console.log(`\n${table([['a result', 'tsnative', 'C', 'ratio'], ...results])}`);
  console.log(`\nmedians of ${rounds} rounds of ${callsPerRound} calls`);
}

if (process.argv.includes('ffi')) {
  await measureFfi();
  process.exit();
}

const copiesAlone = process.argv.includes('copies');
const hints = "import type { f32, i8, u8, i16, u16, i32, u32, i64, u64 } from 'tsnative';\n";
const project = makeProject(
  {
    'src/copies.ts': copySource,
    ...(copiesAlone ? {} : { 'src/calls.ts': [hints, ...cases.map(({ ts }) => ts)].join('') }),
  },
  {
    ...baseConfig,
    compilerOptions: {
      ...baseConfig.compilerOptions,
      types: ['node'],
      typeRoots: [join(repository, 'node_modules/@types')],
    },
  },
);
try {
  const { diagnostics } = await buildProject(project);
  if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics, undefined, 2));
  process.env['TSNATIVE'] = 'require';
  const load = async (file: string): Promise<Functions> =>
    (await import(pathToFileURL(join(project.folder, 'out', file)).href)) as Functions;
  if (!copiesAlone) printScalars(await load('calls.js'));
  const plain = await plainFunctions(join(project.folder, 'plain'));
  console.log(`\n${copyTable(await load('copies.js'), plain)}`);
} finally {
  project.remove();
}
