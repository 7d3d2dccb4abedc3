/**
 * Libraries that many systems have, by the names under which C's linker knows them: the files of the versions whose
 * functions stay as they are, and the packages that bring them. Others are found by the patterns of their system.
 */
export interface KnownLibrary {
  readonly linux: string;
  readonly darwin?: string;
  readonly win32?: string;
  /** As Debian and Ubuntu call the package. */
  readonly debian: string;
  /** As Homebrew calls it. */
  readonly brew?: string;
}

const known: Readonly<Record<string, KnownLibrary>> = {
  blas: { linux: 'libblas.so.3', debian: 'libblas3' },
  bz2: { linux: 'libbz2.so.1.0', debian: 'libbz2-1.0', brew: 'bzip2' },
  crypto: { linux: 'libcrypto.so.3', debian: 'libssl3', brew: 'openssl@3' },
  curl: { linux: 'libcurl.so.4', debian: 'libcurl4', brew: 'curl' },
  expat: { linux: 'libexpat.so.1', debian: 'libexpat1', brew: 'expat' },
  fftw3: { linux: 'libfftw3.so.3', debian: 'libfftw3-double3', brew: 'fftw' },
  fftw3f: { linux: 'libfftw3f.so.3', debian: 'libfftw3-single3', brew: 'fftw' },
  fftw3l: { linux: 'libfftw3l.so.3', debian: 'libfftw3-long3', brew: 'fftw' },
  gmp: { linux: 'libgmp.so.10', debian: 'libgmp10', brew: 'gmp' },
  gsl: { linux: 'libgsl.so.27', debian: 'libgsl27', brew: 'gsl' },
  gslcblas: { linux: 'libgslcblas.so.0', debian: 'libgslcblas0', brew: 'gsl' },
  jpeg: { linux: 'libjpeg.so.62', debian: 'libjpeg62-turbo', brew: 'jpeg-turbo' },
  lapack: { linux: 'liblapack.so.3', debian: 'liblapack3', brew: 'lapack' },
  lz4: { linux: 'liblz4.so.1', debian: 'liblz4-1', brew: 'lz4' },
  lzma: { linux: 'liblzma.so.5', debian: 'liblzma5', brew: 'xz' },
  mpfr: { linux: 'libmpfr.so.6', debian: 'libmpfr6', brew: 'mpfr' },
  openblas: { linux: 'libopenblas.so.0', debian: 'libopenblas0', brew: 'openblas' },
  png: { linux: 'libpng16.so.16', debian: 'libpng16-16', brew: 'libpng' },
  png16: { linux: 'libpng16.so.16', debian: 'libpng16-16', brew: 'libpng' },
  sodium: { linux: 'libsodium.so.23', debian: 'libsodium23', brew: 'libsodium' },
  sqlite3: {
    ...{ linux: 'libsqlite3.so.0', darwin: 'libsqlite3.dylib', win32: 'winsqlite3.dll' },
    ...{ debian: 'libsqlite3-0', brew: 'sqlite' },
  },
  ssl: { linux: 'libssl.so.3', debian: 'libssl3', brew: 'openssl@3' },
  xml2: { linux: 'libxml2.so.2', darwin: 'libxml2.dylib', debian: 'libxml2', brew: 'libxml2' },
  z: {
    linux: 'libz.so.1',
    darwin: 'libz.dylib',
    win32: 'zlib1.dll',
    debian: 'zlib1g',
    brew: 'zlib',
  },
  zstd: { linux: 'libzstd.so.1', debian: 'libzstd1', brew: 'zstd' },
};

/** The libraries that each process has: C's own. On Windows they are files. */
const own: readonly string[] = ['c', 'm', 'pthread', 'dl'];

export const isOwn = (name: string): boolean => own.includes(name);

export const knownLibrary = (name: string): KnownLibrary | undefined =>
  Object.hasOwn(known, name) ? known[name] : undefined;
