/**
 * What an addon keeps for one JavaScript environment: a block from `calloc` that every
 * function of the addon gets from Node-API, so that the addon itself has no state.
 */
import type { IrModule } from '../../ir/types.ts';
import { isView } from '../../ir/types.ts';
import { endHeap } from '../heap/blocks.ts';
import { buffer, heap, view, viewKinds } from '../layout.ts';
import type { LlvmFunction } from '../writer.ts';
import { callExternal, helper, isNull, napi } from './napi.ts';

/** Offsets in bytes. */
export const environment = {
  /** ptr: `context.stackLimit` of this environment's thread. */
  stackLimit: 0,
  /** napi_ref: the loader's function that answers requests. */
  answer: 8,
  /** napi_ref for each of `viewKinds`: the prototype of its class. */
  prototypes: 16,
  /** The heap (`heap` in layout.ts). */
  heap: 16 + 8 * viewKinds.length,
  /** ptr to what runtime/native/async.c has of its calls; null while there were none. */
  async: 16 + 8 * viewKinds.length + heap.size,
  /** For each global of the module the slot of a scalar, or the napi_ref of a typed array. */
  globals: 24 + 8 * viewKinds.length + heap.size,
} as const;

/** As `context.globals` for each global, of when it got its value. */
const keptOffset = (module: IrModule): number => environment.globals + 8 * module.globals.length;

/** The structs of the typed arrays among these. */
const structsOffset = (module: IrModule): number => keptOffset(module) + 8 * module.globals.length;

const structsSize = view.size + buffer.size;

/** i8 for each global: 1 once it has its value. */
const boundOffset = (module: IrModule): number =>
  structsOffset(module) + structsSize * module.globals.length;

export const environmentSize = (module: IrModule): number =>
  boundOffset(module) + module.globals.length;

/** A pointer to the slot of a global. */
export const globalSlot = (f: LlvmFunction, data: string, index: number): string =>
  f.offset(data, environment.globals + 8 * index);

/** A pointer to what `context.globals` holds of a global, of when it got its value. */
export const keptGlobal = (
  f: LlvmFunction,
  module: IrModule,
  data: string,
  index: number,
): string => f.offset(data, keptOffset(module) + 8 * index);

/** A pointer to room for the structs of a global typed array. */
export const globalStructs = (
  f: LlvmFunction,
  module: IrModule,
  data: string,
  index: number,
): string => f.offset(data, structsOffset(module) + structsSize * index);

/** A pointer to the flag of a global. */
export const globalBound = (
  f: LlvmFunction,
  module: IrModule,
  data: string,
  index: number,
): string => f.offset(data, boundOffset(module) + index);

/** Writes how a callback gets its environment's data. */
export function environmentOf(f: LlvmFunction, env: string, info: string): string {
  const name = helper(
    f,
    'ts.napi.environment',
    'ptr',
    [
      ['env', 'ptr'],
      ['info', 'ptr'],
    ],
    (g) => {
      const slot = g.alloca('ptr');
      napi(g, 'napi_get_cb_info', ['%env', '%info', 'null', 'null', 'null', slot]);
      g.ret('ptr', g.load('ptr', slot));
    },
  );
  return f.call('ptr', name, [
    ['ptr', env],
    ['ptr', info],
  ]);
}

/** Defines the finalizer of the environment and returns its name. */
export function defineEnvironmentFinalizer(f: LlvmFunction, module: IrModule): string {
  return helper(
    f,
    'ts.napi.finalizeEnvironment',
    'void',
    [
      ['env', 'ptr'],
      ['data', 'ptr'],
      ['hint', 'ptr'],
    ],
    (g) => {
      const slots = [
        environment.answer,
        ...viewKinds.map((_, index) => environment.prototypes + 8 * index),
        ...module.globals.flatMap(({ type }, index) =>
          isView(type) ? [environment.globals + 8 * index] : [],
        ),
      ];
      for (const slot of slots) replaceReference(g, '%env', g.offset('%data', slot), 'null');
      endHeap(g, g.offset('%data', environment.heap));
      callExternal(g, 'void', 'free', ['ptr'], ['%data']);
      g.ret();
    },
  );
}

/** Writes the replacing of the napi_ref in a slot, which may be null, by a strong one to `value`, or by null. */
export function replaceReference(f: LlvmFunction, env: string, slot: string, value: string): void {
  const name = helper(
    f,
    'ts.napi.replaceReference',
    'void',
    [
      ['env', 'ptr'],
      ['slot', 'ptr'],
      ['value', 'ptr'],
    ],
    (g) => {
      const old = g.load('ptr', '%slot');
      g.store('ptr', 'null', '%slot');
      g.condBr(isNull(g, old), 'empty', 'full');
      g.block('full');
      napi(g, 'napi_delete_reference', ['%env', old]);
      g.block('empty');
      g.condBr(isNull(g, '%value'), 'done', 'create');
      g.block('create');
      napi(g, 'napi_create_reference', ['%env', '%value', '1', '%slot']);
      g.block('done');
      g.ret();
    },
  );
  f.call('void', name, [
    ['ptr', env],
    ['ptr', slot],
    ['ptr', value],
  ]);
}
