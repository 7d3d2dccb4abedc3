/** Which library the functions of a header are of. */

/** Libraries that aren't called as their headers are, by what names begin with. */
const known: Readonly<Record<string, readonly (readonly [start: string, library: string])[]>> = {
  'zlib.h': [['', 'z']],
  'math.h': [['', 'm']],
  'cblas.h': [['', 'openblas']],
  'png.h': [['', 'png16']],
  'fftw3.h': [
    ['fftwf_', 'fftw3f'],
    ['fftwl_', 'fftw3l'],
    ['fftwq_', 'fftw3q'],
    ['', 'fftw3'],
  ],
};

/** The headers of C's own library. */
const ofC = new Set(
  `assert ctype errno fenv float inttypes locale setjmp signal stdarg stdio stdlib string time uchar wchar wctype
  unistd fcntl dirent pthread`
    .split(/\s+/)
    .map((name) => `${name}.h`),
);

/** @param given libraries, or `start=library` */
export function libraryFor(header: string, given: readonly string[]): (name: string) => string {
  const rules = given.map((one) => {
    const [start = '', library] = one.split('=');
    return library === undefined ? (['', start] as const) : ([start, library] as const);
  });
  const own = known[header] ?? [['', ofC.has(header) ? 'c' : header.replace(/\.\w+$/, '')]];
  const all = [...rules, ...own].sort(([a], [b]) => b.length - a.length);
  return (name) => all.find(([start]) => name.startsWith(start))?.[1] ?? '';
}
