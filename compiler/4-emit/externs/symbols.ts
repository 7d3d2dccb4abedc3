/**
 * Where C's functions are. Those of a library that is linked with the addon are called by their names; of those of
 * shared libraries the addresses are in variables, which the loader has filled when it has opened the library.
 */
import type { IrModule } from '../../ir/types.ts';
import type { LlvmFunction, LlvmModule, LlvmType } from '../writer.ts';
import type { CType } from './c-types.ts';

/** The libraries that functions of a module are of, in the order in which the loader knows them. */
export const librariesOf = ({ functions }: IrModule): string[] => [
  ...new Set(functions.flatMap(({ extern }) => extern?.library ?? [])),
];

/** The functions of libraries that are opened, each once. */
export function boundSymbols(
  ir: IrModule,
  linked: ReadonlySet<string>,
): { readonly library: number; readonly symbol: string; readonly slot: string }[] {
  const found = new Map<string, { library: number; symbol: string; slot: string }>();
  const libraries = librariesOf(ir);
  for (const { extern } of ir.functions) {
    if (!extern || linked.has(extern.library)) continue;
    const library = libraries.indexOf(extern.library);
    const slot = slotOf(library, extern.symbol);
    found.set(slot, { library, symbol: extern.symbol, slot });
  }
  return [...found.values()];
}

const slotOf = (library: number, symbol: string): string => `ts.c.${library}.${symbol}`;

/** The variable with a function's address, which starts as null. */
export function slotAddress(llvm: LlvmModule, library: number, symbol: string): string {
  const slot = slotOf(library, symbol);
  llvm.global(slot, 'internal global ptr null, align 8');
  return llvm.address(slot, 'ptr');
}

export interface CCallee {
  readonly library: string;
  readonly symbol: string;
  readonly result: CType | undefined;
  readonly params: readonly CType[];
  /** So many of the parameters are declared; undefined for all. */
  readonly fixed: number | undefined;
}

/** Writes a call of a function of C; '' where it gives nothing. */
export function callC(
  f: LlvmFunction,
  libraries: readonly string[],
  linked: ReadonlySet<string>,
  callee: CCallee,
  args: readonly string[],
): string {
  const { module } = f;
  const { params, result, fixed, symbol } = callee;
  const spell = (type: LlvmType): string => module.spell(type);
  const given = params.map(
    ({ type, attribute }, index) => `${spell(type)}${attribute} ${args[index] ?? ''}`,
  );
  const declared = (fixed === undefined ? params : params.slice(0, fixed)).map(({ type }) =>
    spell(type),
  );
  const returned = result ? spell(result.type) : 'void';
  const signature = `${returned} (${[...declared, ...(fixed === undefined ? [] : ['...'])].join(', ')})`;
  const pointer = linked.has(callee.library)
    ? linkedFunction(module, callee, signature)
    : loadedFunction(f, libraries.indexOf(callee.library), symbol, signature);
  // The whole type says which registers a variadic function looks at.
  const type = fixed === undefined ? returned : signature;
  const attribute = result?.attribute ? `${result.attribute.trim()} ` : '';
  const text = `call ${attribute}${type} ${pointer}(${given.join(', ')}) nounwind`;
  if (result) return f.emit(text);
  f.line(text);
  return '';
}

function linkedFunction(module: LlvmModule, callee: CCallee, signature: string): string {
  const { symbol, params, result, fixed } = callee;
  const attributed = ({ type, attribute }: CType): LlvmType => `${type}${attribute}`;
  const declared = (fixed === undefined ? params : params.slice(0, fixed)).map(attributed);
  const known = module.declarationOf(symbol);
  if (!known && !module.defines(symbol))
    module.declare(symbol, {
      result: result ? `${result.attribute.trim()} ${result.type}`.trim() : 'void',
      params: [...declared, ...(fixed === undefined ? [] : ['...'])],
      attributes: 'nounwind',
    });
  if (module.dialect === 'opaque' || !known) return `@${symbol}`;
  // Another declaration of it has other types.
  const types = known.params.map((type) => module.spell(type)).join(', ');
  return `bitcast (${module.spell(known.result)} (${types})* @${symbol} to ${signature}*)`;
}

function loadedFunction(
  f: LlvmFunction,
  library: number,
  symbol: string,
  signature: string,
): string {
  const pointer = f.load('ptr', slotAddress(f.module, library, symbol), ', align 8');
  return f.module.dialect === 'opaque'
    ? pointer
    : f.emit(`bitcast i8* ${pointer} to ${signature}*`);
}
