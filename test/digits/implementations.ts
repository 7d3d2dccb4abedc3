/** The functions under test: the library's sources as JavaScript, and the same as machine code. */
import * as changeCase from '../../runtime/std/change-case.ts';
import * as formatFixed from '../../runtime/std/format-fixed.ts';
import * as formatNumber from '../../runtime/std/format-number.ts';
import * as formatRadix from '../../runtime/std/format-radix.ts';
import * as latin1Case from '../../runtime/std/latin1-case.ts';
import * as parseNumber from '../../runtime/std/parse-number.ts';
import { nativeFunctions } from './native.ts';

type Formatter = (x: number, out: Uint8Array, at: number) => number;
type FormatterWith = (x: number, how: number, out: Uint8Array, at: number) => number;
type WideFormatter = (x: bigint, radix: number, out: Uint8Array, at: number) => number;
type Reader<Units> = (units: Units, from: number, to: number) => number;
type Changer<Units, Out> = (units: Units, from: number, to: number, out: Out, at: number) => number;
type IntegerReader<Units> = (units: Units, from: number, to: number, radix: number) => number;

export interface Functions {
  formatNumber: Formatter;
  formatRadix: FormatterWith;
  formatFixed: FormatterWith;
  formatExponential: FormatterWith;
  formatExponentialShortest: Formatter;
  formatPrecision: FormatterWith;
  formatU64: WideFormatter;
  formatI64: WideFormatter;
  'stringToNumber.u8': Reader<Uint8Array>;
  'stringToNumber.u16': Reader<Uint16Array>;
  'parseFloat.u8': Reader<Uint8Array>;
  'parseFloat.u16': Reader<Uint16Array>;
  'parseFloatEnd.u16': Reader<Uint16Array>;
  'parseInt.u8': IntegerReader<Uint8Array>;
  'parseInt.u16': IntegerReader<Uint16Array>;
  'upperCase.u8': Changer<Uint8Array, Uint16Array>;
  'upperCase.u16': Changer<Uint16Array, Uint16Array>;
  'lowerCase.u16': Changer<Uint16Array, Uint16Array>;
  lowerCaseLatin1: Changer<Uint8Array, Uint8Array>;
  upperCaseLatin1: Changer<Uint8Array, Uint8Array>;
}

// The templates' own arrays are bytes; as JavaScript they take any.
const wide = <F>(read: unknown): F => read as F;

/** The sources. */
export const asJavaScript: Functions = {
  ...formatNumber,
  ...formatRadix,
  ...formatFixed,
  ...latin1Case,
  'stringToNumber.u8': parseNumber.stringToNumber,
  'stringToNumber.u16': wide(parseNumber.stringToNumber),
  'parseFloat.u8': parseNumber.parseFloat,
  'parseFloat.u16': wide(parseNumber.parseFloat),
  'parseFloatEnd.u16': wide(parseNumber.parseFloatEnd),
  'parseInt.u8': parseNumber.parseInt,
  'parseInt.u16': wide(parseNumber.parseInt),
  'upperCase.u8': changeCase.upperCase,
  'upperCase.u16': wide(changeCase.upperCase),
  'lowerCase.u16': wide(changeCase.lowerCase),
};

/** Both, by what they are called in messages. Functions that aren't named are missing from the machine code. */
export async function implementations<Name extends keyof Functions>(
  names: readonly Name[],
): Promise<Readonly<Record<'JavaScript' | 'machine code', Pick<Functions, Name>>>> {
  const native = (await nativeFunctions(names)) as unknown as Pick<Functions, Name>;
  return { JavaScript: asJavaScript, 'machine code': native };
}

/** Text as 16-bit units. */
export function unitsOf(text: string): Uint16Array {
  return Uint16Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
}

/** Text whose units are all below 256, as bytes. */
export const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));
