/** Runs a module as an addon. */
import { WasmInstance, type WasmExports } from './instance.ts';
import { nodeApi } from './node-api.ts';

/** As much of the engine's own as is used here, which TypeScript knows from browsers alone. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
};

/**
 * What a module exports to JavaScript.
 * @param startsAgain as `WasmInstance` takes it
 * @throws CompileError, LinkError, RangeError of WebAssembly
 */
export function openModule(bytes: Uint8Array, startsAgain: boolean): object {
  const module = new WebAssembly.Module(bytes);
  const instantiate = (imports: object): WasmExports =>
    // Safe: the loader has compared the module's hash with that of the one which the build wrote.
    new WebAssembly.Instance(module, { env: imports }).exports as WasmExports;
  return new WasmInstance(instantiate, nodeApi, startsAgain).start();
}
