/** Runs a module as an addon. */
import { WasmInstance, type Instantiate, type WasmExports } from './instance.ts';
import { nodeApi } from './node-api.ts';

/** What WebAssembly calls an instance. */
interface Instance {
  readonly exports: unknown;
}

/** As much of the engine's own as is used here, which TypeScript knows from browsers alone. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => Instance;
};

// Safe: the loader compares the module's hash with that of the one which the build wrote.
export const exportsOf = ({ exports }: Instance): WasmExports => exports as WasmExports;

export const instantiating =
  (module: object): Instantiate =>
  (imports) =>
    exportsOf(new WebAssembly.Instance(module, { env: imports }));

/**
 * What a module exports to JavaScript.
 * @param startsAgain as `WasmInstance` takes it
 * @throws CompileError, LinkError, RangeError of WebAssembly
 */
export function openModule(bytes: Uint8Array, startsAgain: boolean): object {
  const module = new WebAssembly.Module(bytes);
  return new WasmInstance(instantiating(module), nodeApi, startsAgain).start();
}
