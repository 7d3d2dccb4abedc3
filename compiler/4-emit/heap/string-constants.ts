/** String constants as static data. */
import { header, immortal } from '../layout.ts';
import type { LlvmFunction, LlvmModule } from '../writer.ts';

/** Whether a string has a unit that needs two bytes. */
const isWide = (text: string): boolean => /[^\0-\xff]/.test(text);

/** Whether a string's units have one byte each. */
export const isNarrow = (text: string): boolean => !isWide(text);

/** The constants of one module. Equal texts share one. */
export class StringConstants {
  private readonly llvm: LlvmModule;
  private readonly names = new Map<string, string>();
  private hasSingles = false;

  constructor(llvm: LlvmModule) {
    this.llvm = llvm;
  }

  /** Writes a reference to a string of that text, whose count never changes. */
  reference(f: LlvmFunction, text: string): string {
    const wide = isWide(text);
    const units = `[${text.length} x ${wide ? 'i16' : 'i8'}]`;
    const type = `{ i64, i32, i32, ${units} }`;
    let name = this.names.get(text);
    if (name === undefined) {
      name = `ts.text.${this.names.size}`;
      this.names.set(text, name);
      const body = wide ? wideUnits(text) : narrowUnits(text);
      const fields = `i64 ${immortal}, i32 ${text.length}, i32 ${wide ? 1 : 0}, ${units} ${body}`;
      this.llvm.global(name, `private unnamed_addr constant ${type} { ${fields} }, align 16`);
    }
    return f.offset(this.llvm.address(name, type), header.size);
  }

  /** Writes a reference to the string of one unit below 256, an i64 operand. */
  single(f: LlvmFunction, unit: string): string {
    const one = '{ i64, i32, i32, [16 x i8] }';
    const type = `[256 x ${one}]`;
    if (!this.hasSingles) {
      this.hasSingles = true;
      const strings = Array.from({ length: 256 }, (_, n) => {
        const units = Buffer.from([n, ...Array<number>(15).fill(0)]).toString('latin1');
        return `${one} { i64 ${immortal}, i32 1, i32 0, [16 x i8] ${narrowUnits(units)} }`;
      });
      this.llvm.global(
        'ts.text.singles',
        `private unnamed_addr constant ${type} [${strings.join(', ')}], align 16`,
      );
    }
    const start = this.llvm.address('ts.text.singles', type);
    return f.offset(f.gep('i8', start, f.emit(`shl i64 ${unit}, 5`)), header.size);
  }
}

const wideUnits = (text: string): string => {
  const units = Array.from({ length: text.length }, (_, index) => `i16 ${text.charCodeAt(index)}`);
  return `[${units.join(', ')}]`;
};

const narrowUnits = (text: string): string =>
  `c"${Buffer.from(text, 'latin1').toString('hex').replace(/../g, '\\$&')}"`;
