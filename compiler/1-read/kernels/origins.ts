/**
 * Where the text stands that the compiler has pasted behind the end of a file: messages and reports tell the place in what
 * somebody wrote.
 */
import type { ts } from '../../ts-morph.ts';

/** What begins the part of a file that the compiler has written. */
export const generatedMark = '// What follows was written by tsnative.';

/** What stands before text that is pasted. @param start where in the file it is from */
export const originMark = (start: number, length: number): string => `/*@${start}+${length}*/`;

/** Text that is in a file twice. */
interface Pasted {
  /** Where the copy is. */
  readonly at: number;
  readonly length: number;
  readonly start: number;
}

interface Generated {
  /** Where it begins; infinitely far where there is none. */
  readonly start: number;
  readonly pasted: readonly Pasted[];
}

const known = new WeakMap<ts.SourceFile, Generated>();

/** The part of a file that the compiler has written. */
export function generatedIn(file: ts.SourceFile): Generated {
  const found = known.get(file) ?? find(file.text);
  known.set(file, found);
  return found;
}

function find(text: string): Generated {
  const start = text.lastIndexOf(generatedMark);
  if (start < 0) return { start: Infinity, pasted: [] };
  const pasted = [...text.slice(start).matchAll(/\/\*@(\d+)\+(\d+)\*\//g)].map((mark) => ({
    at: start + mark.index + mark[0].length,
    length: Number(mark[2]),
    start: Number(mark[1]),
  }));
  return { start, pasted };
}

/** How far before a position the text stands that was pasted there; 0 for all else. */
export function shiftOf(file: ts.SourceFile, position: number): number {
  const { start, pasted } = generatedIn(file);
  if (position < start) return 0;
  const found = pasted.find(({ at, length }) => position >= at && position < at + length);
  return found ? found.at - found.start : 0;
}
