/**
 * Whether the program that loads an addon has all functions of Node-API that it calls. Where C calls the addon, too, it is
 * loaded without them (`bindingOf` in `napi.ts`), so it has to look when JavaScript is to have it. What an addon for
 * Windows has looks itself.
 */
import type { LlvmFunction, LlvmModule } from '../writer.ts';
import { callExternal, declareOfNode, isNull, isOfNode, napi } from './napi.ts';

const complete = 'ts.napi.complete';

const asks = ({ isElf, isMachO, servesC }: LlvmModule): boolean => (isElf || isMachO) && servesC;

/** Writes the leaving of the addon's entry point where something is missing: with an error, if it can be thrown. */
export function requireComplete(f: LlvmFunction): void {
  if (!asks(f.module)) return;
  f.condBr(f.call('i1', complete, []), 'complete', 'incomplete');
  f.block('incomplete');
  f.condBr(isMissing(f, 'napi_throw_error'), 'silent', 'told');
  f.block('told');
  const message = 'the program lacks functions of Node-API that it calls';
  napi(f, 'napi_throw_error', ['%env', 'null', f.module.string(message)]);
  f.br('silent');
  f.block('silent');
  f.ret('ptr', '%exports');
  f.block('complete');
}

/** Defines what tells it; it comes last. @param more the functions of Node that the runtime's sources call */
export function defineComplete(llvm: LlvmModule, more: readonly string[]): void {
  if (!asks(llvm)) return;
  const f = llvm.define(complete, 'i1', [], 'internal', 'nounwind noinline minsize optsize');
  for (const name of new Set([...llvm.declaredNames().filter(isOfNode), ...more])) {
    const next = f.fresh('there');
    f.condBr(isMissing(f, name), 'missing', next);
    f.block(next);
  }
  f.ret('i1', 'true');
  f.block('missing');
  f.ret('i1', 'false');
}

/** Writes whether the program lacks a function. */
function isMissing(f: LlvmFunction, name: string): string {
  const { module } = f;
  if (module.isMachO) {
    // RTLD_DEFAULT of <dlfcn.h>: all that is loaded.
    const everywhere = f.emit(`inttoptr i64 -2 to ${module.spell('ptr')}`);
    const args = [everywhere, module.string(name)];
    return isNull(f, callExternal(f, 'ptr', 'dlsym', ['ptr', 'ptr'], args));
  }
  return isNull(f, module.functionAddress(name, declareOfNode(module, name)));
}
