/** Constant tables as read-only data of the binary. */
import type { IrModule, IrTable } from '../ir/types.ts';
import { literal, llvmType } from './types.ts';
import type { LlvmModule } from './writer.ts';

const arrayType = ({ type, values }: IrTable): string => `[${values.length} x ${llvmType(type)}]`;

/** Adds all tables of a module. */
export function emitTables(llvm: LlvmModule, ir: IrModule): void {
  for (const table of ir.tables ?? []) {
    const { name, type, values } = table;
    const elements = values.map((value) => `${llvmType(type)} ${literal(type, value)}`);
    const constant = `${arrayType(table)} [${elements.join(', ')}]`;
    llvm.global(name, `private unnamed_addr constant ${constant}, align 16`);
  }
}

/** A pointer operand to a table's first element. @throws Error when there is no table of that name */
export function tableAddress(llvm: LlvmModule, ir: IrModule, name: string | undefined): string {
  const table = ir.tables?.find((candidate) => candidate.name === name);
  if (!table) throw new Error(`there is no table ${name}`);
  return llvm.address(table.name, arrayType(table));
}
