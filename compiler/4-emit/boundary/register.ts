/** The addon's entry point, and the functions through which the loader furnishes an environment. */
import { isView, plainType, viewKind, type IrModule } from '../../ir/types.ts';
import { defineLink } from '../externs/link.ts';
import { countLive } from '../heap/blocks.ts';
import { collectRings } from '../heap/cycles.ts';
import type { Shapes } from '../heap/shapes.ts';
import { outOfLine } from '../helpers.ts';
import { heap, viewKinds } from '../layout.ts';
import { versionsOf, type TierPlan } from '../tiers.ts';
import { settledKinds } from '../../ir/settled.ts';
import { toSlot } from '../types.ts';
import type { LlvmFunction, LlvmModule } from '../writer.ts';
import { refuse, type Subject } from './answer.ts';
import { requireComplete } from './complete.ts';
import { cpuLevel } from './cpu-level.ts';
import {
  defineEnvironmentFinalizer,
  environment,
  environmentSize,
  globalBound,
  globalSlot,
  globalStructs,
  keptGlobal,
  replaceReference,
} from './environment.ts';
import {
  autoLength,
  callback,
  callExternal,
  finalizer,
  helper,
  isNull,
  napi,
  napiValue,
} from './napi.ts';
import { receiveScalar } from './scalars.ts';
import { hasThreads, runsOn } from './platform.ts';
import { stackLimit } from './stack.ts';
import { keepView, receiveView, type Callback } from './views.ts';
import { wrapperName } from './wrapper.ts';

/** Defines `napi_register_module_v1`: makes the environment's data, and the properties of `exports` that the loader knows. */
export function defineRegister(
  llvm: LlvmModule,
  ir: IrModule,
  tiers: TierPlan,
  {
    platform,
    hash,
    shapes,
    linked,
  }: {
    readonly platform: string;
    readonly hash: string;
    readonly shapes: Shapes;
    readonly linked: ReadonlySet<string>;
  },
): void {
  const f = llvm.define(
    'napi_register_module_v1',
    'ptr',
    [
      { name: 'env', type: 'ptr' },
      { name: 'exports', type: 'ptr' },
    ],
    platform === 'win32' ? 'dllexport' : '',
  );
  requireComplete(f);
  const data = callExternal(f, 'ptr', 'calloc', ['i64', 'i64'], ['1', String(environmentSize(ir))]);
  f.condBr(isNull(f, data), 'noMemory', 'allocated');
  f.block('allocated');
  f.store('ptr', stackLimit(f, platform), f.offset(data, environment.stackLimit));
  f.store('ptr', '%env', f.offset(data, environment.heap + heap.env));
  const finalize = llvm.functionAddress(defineEnvironmentFinalizer(f, ir), finalizer);
  napi(f, 'napi_set_instance_data', ['%env', data, finalize, 'null']);

  const addCallback = (name: string, implementation: string): void =>
    addFunction(
      f,
      '%exports',
      data,
      [`$${name}`, name],
      llvm.functionAddress(implementation, callback),
    );
  addCallback('functions', defineFunctions(llvm, ir, tiers, platform));
  addCallback('setup', defineSetup(llvm));
  addCallback('bind', defineBind(llvm, ir));
  addCallback('live', defineLive(llvm, shapes));
  const threads = hasThreads(platform);
  const link = threads ? defineLink(llvm, ir, linked) : undefined;
  if (link !== undefined) addCallback('link', link);
  if (threads && ir.exports.some(({ signal, progress }) => signal || progress)) {
    addCallback('begun', defineBegun(llvm));
    addCallback('end', defineEnd(llvm));
  }
  if (threads && usesPool(ir)) {
    addCallback('pool', definePool(llvm));
    llvm.declare('tsn_pool_scope', callback);
    addCallback('scope', 'tsn_pool_scope');
  }
  const add = (property: string, value: string): void =>
    void napi(f, 'napi_set_named_property', ['%env', '%exports', llvm.string(property), value]);
  const text = (content: string): string =>
    napiValue(f, 'napi_create_string_utf8', ['%env', llvm.string(content), autoLength]);
  const identity = f.call('ptr', defineHash(llvm, hash), []);
  add('$hash', napiValue(f, 'napi_create_string_utf8', ['%env', identity, autoLength]));
  add('$cpus', text(tiers.tiers.map(({ name }) => name).join(',')));
  if (tiers.tiers.some(({ level }) => level !== undefined))
    add('$level', napiValue(f, 'napi_create_uint32', ['%env', cpuLevel(f)]));
  f.ret('ptr', '%exports');

  f.block('noMemory');
  napi(f, 'napi_throw_error', ['%env', 'null', llvm.string('tsnative: out of memory')]);
  f.ret('ptr', '%exports');
}

/** Gives the hash as a text: the only part of an addon that each build makes anew. */
function defineHash(llvm: LlvmModule, hash: string): string {
  const f = llvm.define('ts.hash', 'ptr', [], 'internal', outOfLine);
  f.isOfBuild = true;
  f.ret('ptr', llvm.string(hash));
  return f.name;
}

/** `$functions(tier, target)`: gives the target a function for each export, by its callee's name, for the tier of that index. */
function defineFunctions(
  llvm: LlvmModule,
  ir: IrModule,
  tiers: TierPlan,
  platform: string,
): string {
  const { f, env, data, failed, values } = defineCallback(llvm, 'ts.napi.functions', 2);
  const [index = '', target = ''] = values;
  const slot = f.alloca('i32');
  f.store('i32', '0', slot);
  napi(f, 'napi_get_value_uint32', [env, index, slot]);
  const tier = f.load('i32', slot);
  const ptr = llvm.spell('ptr');
  ir.exports.forEach((exported, n) => {
    if (!runsOn(platform, exported)) return;
    const { callee, name } = exported;
    const [lowest = '', ...higher] = versionsOf(tiers, callee).map((version) =>
      llvm.functionAddress(wrapperName(n, version), callback),
    );
    const implementation = higher.reduce((chosen, wrapper, below) => {
      const isHigher = f.emit(`icmp ugt i32 ${tier}, ${below}`);
      return f.emit(`select i1 ${isHigher}, ${ptr} ${wrapper}, ${ptr} ${chosen}`);
    }, lowest);
    addFunction(f, target, data, [callee, name], implementation);
  });
  f.br(failed);
  f.block(failed);
  f.ret('ptr', 'null');
  return f.name;
}

function addFunction(
  f: LlvmFunction,
  target: string,
  data: string,
  [property, name]: readonly [string, string],
  implementation: string,
): void {
  const adder = helper(
    f,
    'ts.napi.addFunction',
    'void',
    [
      ['env', 'ptr'],
      ['target', 'ptr'],
      ['data', 'ptr'],
      ['property', 'ptr'],
      ['name', 'ptr'],
      ['implementation', 'ptr'],
    ],
    (g) => {
      const made = napiValue(g, 'napi_create_function', [
        '%env',
        '%name',
        autoLength,
        '%implementation',
        '%data',
      ]);
      napi(g, 'napi_set_named_property', ['%env', '%target', '%property', made]);
      g.ret();
    },
  );
  f.call('void', adder, [
    ['ptr', '%env'],
    ['ptr', target],
    ['ptr', data],
    ['ptr', f.module.string(property)],
    ['ptr', f.module.string(name)],
    ['ptr', implementation],
  ]);
}

/** `$setup(answer, ...prototypes)`, the prototypes in the order of `viewKinds`. */
function defineSetup(llvm: LlvmModule): string {
  const { f, env, data, values } = defineCallback(llvm, 'ts.napi.setup', 1 + viewKinds.length);
  values.forEach((value, index) => {
    const slot = index === 0 ? environment.answer : environment.prototypes + 8 * (index - 1);
    replaceReference(f, env, f.offset(data, slot), value);
  });
  f.ret('ptr', 'null');
  return f.name;
}

/** `$bind(index, value)`: gives a global its value, or throws as for a parameter. */
function defineBind(llvm: LlvmModule, ir: IrModule): string {
  const callback = defineCallback(llvm, 'ts.napi.bind', 2, unoptimized);
  const { f, env, info, data, failed, values } = callback;
  const [index = '', value = ''] = values;
  const slot = f.alloca('i32');
  f.store('i32', '-1', slot);
  napi(f, 'napi_get_value_uint32', [env, index, slot]);
  const asked = f.load('i32', slot);
  ir.globals.forEach((global, n) => {
    if (global.kept) return;
    const type = plainType(global.type);
    const subject: Subject = { export: -1, parameter: ~n };
    const [chosen, next, wrong] = [f.fresh('global'), f.fresh('next'), f.fresh('wrong')];
    f.condBr(f.emit(`icmp eq i32 ${asked}, ${n}`), chosen, next);
    f.block(chosen);
    const own = globalSlot(f, data, n);
    if (isView(type)) {
      const demands = { exact: false, buffer: false, offset: false };
      const received = receiveView(callback, viewKind(type), value, subject, demands, wrong);
      replaceReference(f, env, own, value);
      const structs = globalStructs(f, ir, data, n);
      keepView(f, received, structs);
      f.store('ptr', structs, keptGlobal(f, ir, data, n));
    } else {
      const operand = receiveScalar(f, env, type, value, wrong);
      const bits = toSlot(f, type, operand);
      f.store('i64', bits, own);
      f.store('i64', bits, keptGlobal(f, ir, data, n));
    }
    f.store('i8', '1', globalBound(f, ir, data, n));
    f.ret('ptr', 'null');
    f.block(wrong);
    refuse(f, env, info, subject, value);
    f.br(failed);
    f.block(next);
  });
  f.block(failed);
  f.ret('ptr', 'null');
  return f.name;
}

/** `$live()`: how many blocks of the heap are in use, but for those of rings that nothing refers to. */
function defineLive(llvm: LlvmModule, shapes: Shapes): string {
  const { f, env, data } = defineCallback(llvm, 'ts.napi.live', 0);
  const heapPointer = f.offset(data, environment.heap);
  collectRings(f, shapes, heapPointer);
  const count = countLive(f, heapPointer);
  const number = f.emit(`sitofp i64 ${count} to double`);
  f.ret('ptr', napiValue(f, 'napi_create_double', [env, number]));
  return f.name;
}

/** Whether anything runs on the process's pool of threads. */
const usesPool = ({ functions, exports }: IrModule): boolean =>
  exports.some(({ isAsync }) => isAsync) ||
  functions.some((fn) => settledKinds(fn).has('parallel'));

/** `$pool()`: the pool's limit of threads, and where it comes from, as `tsn_pool_limit` gives them. */
function definePool(llvm: LlvmModule): string {
  const { f, env } = defineCallback(llvm, 'ts.napi.pool', 0);
  const limit = callExternal(f, 'i32', 'tsn_pool_limit', [], []);
  f.ret('ptr', napiValue(f, 'napi_create_int32', [env, limit]));
  return f.name;
}

/** `$begun()`: the number of the async call that was begun last. */
function defineBegun(llvm: LlvmModule): string {
  const { f, env, data } = defineCallback(llvm, 'ts.napi.begun', 0);
  const state = f.load('ptr', f.offset(data, environment.async));
  const number = callExternal(f, 'double', 'tsn_async_begun', ['ptr'], [state]);
  f.ret('ptr', napiValue(f, 'napi_create_double', [env, number]));
  return f.name;
}

/** `$end(number)`: has an async call end soon. */
function defineEnd(llvm: LlvmModule): string {
  const { f, env, data, values } = defineCallback(llvm, 'ts.napi.end', 1);
  const slot = f.alloca('double');
  f.store('double', '0.0', slot);
  napi(f, 'napi_get_value_double', [env, values[0] ?? '', slot]);
  const state = f.load('ptr', f.offset(data, environment.async));
  const args = [env, state, f.load('double', slot)];
  callExternal(f, 'void', 'tsn_async_end', ['ptr', 'ptr', 'double'], args);
  f.ret('ptr', 'null');
  return f.name;
}

/** What runs once in a process, and is long, isn't worth the time of optimising it. */
const unoptimized = 'nounwind noinline optnone';

/** Starts a callback that takes `count` values and always needs the environment's data. */
function defineCallback(
  llvm: LlvmModule,
  name: string,
  count: number,
  attributes?: string,
): Callback & { readonly data: string; readonly values: readonly string[] } {
  const f = llvm.define(
    name,
    'ptr',
    [
      { name: 'env', type: 'ptr' },
      { name: 'info', type: 'ptr' },
    ],
    'internal',
    attributes,
  );
  const [array, capacity, slot] = [
    f.alloca('ptr', 'values', count),
    f.alloca('i64'),
    f.alloca('ptr'),
  ];
  f.store('i64', String(count), capacity);
  napi(f, 'napi_get_cb_info', ['%env', '%info', capacity, array, 'null', slot]);
  const values = Array.from({ length: count }, (_, index) =>
    f.load('ptr', f.gep('ptr', array, String(index))),
  );
  return { f, env: '%env', info: '%info', data: f.load('ptr', slot), failed: 'failed', values };
}
