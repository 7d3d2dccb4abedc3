/** The functions that a file exports. */
import type { SourceFile, Symbol as MorphSymbol } from '../ts-morph.ts';
import { declarationOfSymbol, functionOf } from './function-nodes.ts';
import type { FunctionNode } from './model.ts';

/** Exported functions that are declared in the file itself, in no particular order. */
export function exportedFunctions(file: SourceFile): FunctionNode[] {
  const functions = new Set<FunctionNode>();
  for (const symbol of exportsOf(file)) {
    const declaration = declarationOfSymbol(symbol);
    const node = declaration && functionOf(declaration)?.node;
    if (node && node.getSourceFile() === file) functions.add(node);
  }
  return [...functions];
}

/** The exports of a module, or the properties of the object that CommonJS exports as a whole. */
function exportsOf(file: SourceFile): MorphSymbol[] {
  const whole = file.getSymbol()?.getExport('export=');
  return whole
    ? [whole, ...whole.getTypeAtLocation(file).getProperties()]
    : file.getExportSymbols();
}
