/** Names of C as a module of TypeScript can have them. */

/** Words that can't be names in a module of TypeScript. */
const reserved = new Set(
  `arguments await break case catch class const continue debugger default delete do else enum eval export extends
  false finally for function if implements import in instanceof interface let new null package private protected
  public return static super switch this throw true try typeof undefined var void while with yield`.split(
    /\s+/,
  ),
);

export const identifier = (name: string): string => (reserved.has(name) ? `${name}_` : name);

/** What TypeScript, and what is imported of the tsnative package, has for types of its own. */
const ofTypes = new Set(
  `any bigint boolean never null number object string symbol undefined unknown Array Readonly
  i8 u8 i16 u16 i32 u32 i64 u64 f32 f64 bool long_double ByValue Handle Out Pointer Sized Int8Array Uint8Array
  Int16Array Uint16Array Int32Array Uint32Array BigInt64Array BigUint64Array Float32Array Float64Array`.split(
    /\s+/,
  ),
);

/** The name of the interface for a structure. */
export const typeName = (name: string): string =>
  ofTypes.has(name) ? `${name}_` : identifier(name);
