/** Which module system a file is emitted in. */
import { ts } from '../ts-morph.ts';

/** As TypeScript decides it, from `module`, the file's extension and the nearest package.json. */
export function isCommonJs(program: ts.Program, file: ts.SourceFile): boolean {
  // Not in TypeScript's published types, but what its own emitter asks.
  const { getEmitModuleFormatOfFile } = program as ts.Program & {
    getEmitModuleFormatOfFile(file: ts.SourceFile): ts.ModuleKind;
  };
  return getEmitModuleFormatOfFile(file) === ts.ModuleKind.CommonJS;
}
