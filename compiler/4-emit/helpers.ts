/** Helper functions of a module, written as LLVM when something first needs them. */
import type { LlvmFunction, LlvmModule, LlvmType } from './writer.ts';

/** The helpers stay out of line: they are long, and rarely run beside what they do. */
export const outOfLine = 'nounwind noinline';

/** Short helpers become part of the code that calls them. */
export const inlined = 'nounwind alwaysinline';

/** Defines a helper function the first time it is asked for; returns its name. */
export function required(
  module: LlvmModule,
  name: string,
  define: (module: LlvmModule, name: string) => void,
): string {
  if (!module.defines(name)) define(module, name);
  return name;
}

/** A helper function by its signature: parameters are `name: type`. */
export interface Helper {
  readonly name: string;
  readonly result: LlvmType;
  readonly params: Readonly<Record<string, LlvmType>>;
  readonly attributes: typeof outOfLine | typeof inlined;
  write(f: LlvmFunction): void;
}

/** Writes the call of a helper, and before that, where it isn't there yet, the helper. */
export function callHelper(f: LlvmFunction, helper: Helper, args: readonly string[]): string {
  const types = Object.entries(helper.params);
  required(f.module, helper.name, (module, name) => {
    const params = types.map(([param, type]) => ({ name: param, type }));
    helper.write(module.define(name, helper.result, params, 'internal', helper.attributes));
  });
  return f.call(
    helper.result,
    helper.name,
    types.map(([, type], index) => [type, args[index] ?? '']),
  );
}

export const isNull = (f: LlvmFunction, pointer: string): string =>
  f.emit(`icmp eq ${f.module.spell('ptr')} ${pointer}, null`);

/** Writes the call of a function of C's library. */
export function callC(
  f: LlvmFunction,
  result: LlvmType,
  name: 'calloc' | 'malloc' | 'realloc' | 'free',
  args: readonly (readonly [LlvmType, string])[],
): string {
  const params = args.map(([type]) => type);
  f.module.declare(name, { result, params, attributes: 'nounwind' });
  return f.call(result, name, args);
}

/** Writes the copying of bytes between places that share none, or `move`s where they may. */
export function copyBytes(
  f: LlvmFunction,
  to: string,
  from: string,
  bytes: string,
  how: 'memcpy' | 'memmove' = 'memcpy',
): void {
  const pointer = f.module.dialect === 'typed' ? 'p0i8' : 'p0';
  const callee = `llvm.${how}.${pointer}.${pointer}.i64`;
  f.module.declare(callee, { result: 'void', params: ['ptr', 'ptr', 'i64', 'i1'] });
  f.call('void', callee, [
    ['ptr', to],
    ['ptr', from],
    ['i64', bytes],
    ['i1', 'false'],
  ]);
}

/** Writes the clearing of bytes. */
export function clearBytes(f: LlvmFunction, to: string, bytes: string): void {
  const callee = `llvm.memset.${f.module.dialect === 'typed' ? 'p0i8' : 'p0'}.i64`;
  f.module.declare(callee, { result: 'void', params: ['ptr', 'i8', 'i64', 'i1'] });
  f.call('void', callee, [
    ['ptr', to],
    ['i8', '0'],
    ['i64', bytes],
    ['i1', 'false'],
  ]);
}

/** Writes a loop over the indices below a count, an i64, or over every `step`-th of them. */
export function forEachIndex(
  f: LlvmFunction,
  count: string,
  visit: (index: string) => void,
  step = 1,
): void {
  const at = f.alloca('i64');
  const [again, some, done] = [f.fresh('again'), f.fresh('some'), f.fresh('done')];
  f.store('i64', '0', at);
  f.block(again);
  const index = f.load('i64', at);
  f.condBr(f.emit(`icmp ult i64 ${index}, ${count}`), some, done);
  f.block(some);
  f.store('i64', f.emit(`add i64 ${index}, ${step}`), at);
  visit(index);
  f.br(again);
  f.block(done);
}
