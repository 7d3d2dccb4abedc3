/** What the compiler has to say to a person, as data; `render.ts` makes text of it. */

/** A place in a source file, in 1-based lines and columns (UTF-16 units); the end is exclusive. */
export interface Place {
  /** Absolute path. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface Diagnostic {
  /** `TSN1234`, or `TS2322` for what TypeScript's own checker says. */
  readonly code: string;
  readonly severity: 'error' | 'warning';
  /** Undefined for what has no place, such as a missing tsconfig. */
  readonly place: Place | undefined;
  readonly message: string;
  /** One sentence: why it is so. */
  readonly why?: string;
  /** What to write instead; code that works. */
  readonly rewrite?: string;
  readonly related?: readonly { readonly place: Place; readonly message: string }[];
}
