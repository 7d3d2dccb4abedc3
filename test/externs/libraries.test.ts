/** Shared libraries: which files are looked for, and what runs and is told where one isn't there. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { libraryInfo } from '../../compiler/c-libraries/candidates.ts';
import { readLibraries } from '../../compiler/c-libraries/config.ts';
import { openLibraries, unmetNeed } from '../../runtime/libraries.ts';
import { buildProject, makeProject, repository } from '../support/project.ts';

const test = suite('libraries of C');

const host = {
  platform: 'linux-x64',
  directory: '/app/native',
  join: (directory: string, name: string) => `${directory}/${name}`,
  exists: (path: string) => path === '/app/native/vendor/own.so',
  list: (directory: string): readonly string[] =>
    directory === '/usr/lib/x86_64-linux-gnu'
      ? ['libodd.so.9', 'libodd.so.10', 'libodder.so.1']
      : [],
};

/** Opens one library; gives what is wrong, and the files that were tried. */
function opened(
  name: string,
  answer: (file: string) => string | null,
  own?: Parameters<typeof libraryInfo>[1],
  platform = 'linux-x64',
): { problem: string | undefined; tried: string[] } {
  const tried: string[] = [];
  const link = (library: number, file: string): string | null => {
    assert.is(library, 0);
    tried.push(file);
    return answer(file);
  };
  const states = openLibraries([libraryInfo(name, own)], link, { ...host, platform });
  return { problem: unmetNeed(states, [{ library: 0, symbols: ['crc32', 'crc33'] }]), tried };
}

test('a known library is looked for by its version', () => {
  assert.equal(
    opened('z', () => null),
    { problem: undefined, tried: ['libz.so.1'] },
  );
  const mac = opened('z', () => null, undefined, 'darwin-arm64');
  assert.equal(mac.tried, ['libz.dylib']);
});

test('another one by the newest version that is there', () => {
  const { problem, tried } = opened('odd', (file) =>
    file.endsWith('.10') ? null : 'no such file',
  );
  assert.is(problem, undefined);
  assert.equal(tried, ['libodd.so', '/usr/lib/x86_64-linux-gnu/libodd.so.10']);
});

test('a file that package.json names is looked for alone', () => {
  const { problem, tried } = opened('mine', () => 'no such file', {
    name: 'mine',
    files: { '': ['/opt/libmine.so'] },
  });
  assert.equal(tried, ['/opt/libmine.so']);
  assert.match(problem ?? '', /the library mine is not there: no such file/);
});

test('C’s own is in the process', () => {
  assert.equal(opened('c', () => null).tried, ['']);
  assert.equal(opened('m', () => null, undefined, 'win32-x64').tried, ['ucrtbase.dll']);
});

test('what the project says comes first, and its files beside the addon', () => {
  const own = {
    name: 'own',
    files: { linux: ['vendor/own.so', 'libown.so.2'] },
    package: 'libown2',
  };
  const { problem, tried } = opened('own', (file) => `${file}: not found`, own);
  assert.equal(tried, ['/app/native/vendor/own.so', 'libown.so.2']);
  assert.match(
    problem ?? '',
    /the library own is not there: .*On Debian and Ubuntu it comes with: apt install libown2/,
  );
});

test('the package that brings a library is told', () => {
  const no = (): string => 'libfftw3.so.3: cannot open shared object file';
  assert.is(
    opened('fftw3', no).problem,
    'the library fftw3 is not there: libfftw3.so.3: cannot open shared object file. On Debian and Ubuntu it comes with: apt install libfftw3-double3',
  );
  assert.match(opened('gsl', no, undefined, 'darwin-x64').problem ?? '', /brew install gsl/);
});

test('a function that a library lacks is told', () => {
  const { problem, tried } = opened('z', () => ':crc31:crc33');
  assert.equal(tried, ['libz.so.1']);
  assert.match(problem ?? '', /the library z \(libz\.so\.1\) has no function crc33/);
});

const project = makeProject({
  'src/program.ts': `
    import type { f64, i32 } from 'tsnative';

    /** @extern m: hypot */
    declare function hypot(x: f64, y: f64): f64;
    /** @extern nowhere: lost */
    declare function lost(x: f64): f64;
    /** @extern m: no_such_function */
    declare function misspelt(x: f64): f64;
    /** @extern nowhere: doubled */
    export function doubled(x: f64): f64 {
      return x + x;
    }
    /** @native @extern m: cosh */
    export declare function cosh(x: f64): f64;

    /** @native */
    export function length(x: f64, y: f64): f64 {
      return hypot(x, y);
    }
    /** @native */
    export function notThere(x: f64): f64 {
      return lost(x) + hypot(x, x);
    }
    /** @native */
    export function wrongName(x: f64): f64 {
      return misspelt(x);
    }
    /** @native */
    export function withBody(x: f64): f64 {
      return doubled(x) + 1;
    }
  `,
});
test.after(() => project.remove());

interface Program {
  readonly length: (x: number, y: number) => number;
  readonly notThere: (x: number) => number;
  readonly wrongName: (x: number) => number;
  readonly withBody: (x: number) => number;
  readonly cosh: (x: number) => number;
}

/** Builds the program, and loads it with that setting. */
async function load(setting: string | undefined): Promise<Program> {
  const outDir = join(project.folder, `out-${setting}`);
  const { diagnostics } = await buildProject(project, { outDir });
  assert.equal(diagnostics, []);
  if (setting === undefined) delete process.env['TSNATIVE'];
  else process.env['TSNATIVE'] = setting;
  return (await import(pathToFileURL(join(outDir, 'program.js')).href)) as Program;
}

const messageOf = (call: () => unknown): string => {
  try {
    call();
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
  throw new Error('it throws nothing');
};

test('functions that need a library which is not there run as JavaScript, the others natively', async () => {
  const warned: string[] = [];
  const listen = (warning: Error): void => void warned.push(warning.message);
  process.on('warning', listen);
  const program = await load(undefined);
  assert.is(program.length(3, 4), 5);
  assert.is(program.cosh(0), 1);
  assert.is(program.withBody(3), 7);
  assert.match(
    messageOf(() => program.notThere(1)),
    /^lost is a function of the C library nowhere, which native code alone calls: the library nowhere is not there: .*libnowhere\.so.*A body in place of `declare` is what JavaScript runs: export function lost\(…\) \{ … \}$/,
  );
  assert.match(
    messageOf(() => program.wrongName(1)),
    /this system has no function no_such_function/,
  );
  await new Promise((resolve) => setImmediate(resolve));
  process.off('warning', listen);
  assert.is(warned.filter((text) => /lost|nowhere/.test(text)).length, 1);
  assert.match(warned.join(), /notThere, .*withBody.* run as JavaScript/);
});

const withClasses = makeProject({
  'src/program.ts': `
    import type { f64 } from 'tsnative';

    /** @extern m: hypot */
    declare function hypot(x: f64, y: f64): f64;
    /** @extern nowhere: lost */
    declare function lost(x: f64): f64;
    /** @extern nowhere: doubled */
    export function doubled(x: f64): f64 {
      return x + x;
    }

    /** @native */
    export class Point {
      private hidden: f64 = 1;
      constructor(public x: f64, public y: f64) {}
      length(): f64 {
        return hypot(this.x, this.y) * this.hidden;
      }
      lostLength(): f64 {
        return lost(this.x) * this.hidden;
      }
      get lostTwice(): f64 {
        return lost(this.x) * 2;
      }
    }
    /** @native */
    export class Lost {
      readonly x: f64;
      constructor(x: f64) {
        this.x = lost(x);
      }
    }
    /** @native */
    export function sum(points: Point[]): f64 {
      let all = 0;
      for (const point of points) all += point.length();
      return all;
    }
    /** @native */
    export function lostSum(points: Point[]): f64 {
      let all = 0;
      for (const point of points) all += point.lostLength();
      return all;
    }
    /** @native */
    export function inside(x: f64): f64 {
      return new Point(x, 0).lostLength();
    }
    /** @native */
    export function withBody(x: f64): f64 {
      return doubled(x) + 1;
    }
    /** @native */
    export function twice(x: f64): f64 {
      return x * 2;
    }
  `,
});
test.after(() => withClasses.remove());

test('classes stay native where a function needs a library that is not there', async () => {
  const { diagnostics } = await buildProject(withClasses);
  assert.equal(diagnostics, []);
  delete process.env['TSNATIVE'];
  const warned: string[] = [];
  const listen = (warning: Error): void => void warned.push(warning.message);
  process.on('warning', listen);
  interface Point {
    x: number;
    length(): number;
    lostLength(): number;
    readonly lostTwice: number;
  }
  const program = (await import(
    pathToFileURL(join(withClasses.folder, 'out/program.js')).href
  )) as Record<'sum' | 'lostSum', (points: Point[]) => number> &
    Record<'inside' | 'withBody' | 'twice', (x: number) => number> & {
      Point: new (x: number, y: number) => Point;
      Lost: new (x: number) => object;
    };
  await new Promise((resolve) => setImmediate(resolve));
  process.off('warning', listen);
  const point = new program.Point(3, 4);
  assert.is(point.length(), 5);
  assert.is(program.sum([point, new program.Point(6, 8)]), 15);
  point.x = 0;
  assert.is(program.sum([point]), 4);
  const why =
    /^test-project: .* works with instances of native classes, and needs a C library: the library nowhere is not there: /;
  for (const call of [
    () => point.lostLength(),
    () => point.lostTwice,
    () => new program.Lost(1),
    () => program.lostSum([point]),
    () => program.inside(1),
  ])
    assert.match(messageOf(call), why);
  assert.is(program.withBody(3), 7);
  const { info } = (await import(
    pathToFileURL(join(repository, 'dist/runtime/index.js')).href
  )) as {
    info(): { modules: { package: string; functions: { name: string; native: boolean }[] }[] };
  };
  const functions = info().modules.findLast(({ functions: some }) =>
    some.some(({ name }) => name === 'lostSum'),
  )?.functions;
  const isNative = (name: string): boolean | undefined =>
    functions?.find((one) => one.name === name)?.native;
  assert.is(isNative('twice'), true);
  assert.is(isNative('sum'), true);
  assert.is(isNative('withBody'), false);
  assert.match(warned.join(), /withBody run as JavaScript/);
  assert.match(warned.join(), /lostSum, .*inside.* throw/);
  assert.not.match(warned.join(), /twice|all of it/);
});

test('without native code what is missed is told', async () => {
  const program = await load('off');
  assert.is(program.withBody(3), 7);
  assert.match(
    messageOf(() => program.length(3, 4)),
    /^hypot is a function of the C library m, which native code alone calls: TSNATIVE=off is set/,
  );
  assert.match(
    messageOf(() => program.cosh(1)),
    /^cosh is a function of the C library m/,
  );
});

test('a demand for native code is not met without the library', () => {
  // Built by the test before.
  const program = join(project.folder, 'out-off', 'program.js');
  const { status, stderr } = spawnSync(process.execPath, [program], {
    encoding: 'utf8',
    env: { ...process.env, TSNATIVE: 'require' },
  });
  assert.is(status, 1);
  assert.match(stderr, /asks for native code, but .*the library nowhere is not there/);
});

test('package.json is read, and what is wrong in it told', () => {
  const folder = join(project.folder, 'settings');
  mkdirSync(join(folder, 'vendor'), { recursive: true });
  const write = (settings: unknown): ReturnType<typeof readLibraries> => {
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ tsnative: settings }));
    return readLibraries(join(folder, 'tsconfig.json'));
  };
  writeFileSync(join(folder, 'vendor/x.c'), '#include "x.h"\n# include "missing.h"\n');
  writeFileSync(join(folder, 'vendor/x.h'), '#include "y.h"\n');
  writeFileSync(join(folder, 'vendor/y.h'), '#include "x.h"\n');
  const { linked, shared, inputs, diagnostics } = write({
    sources: ['vendor/x.c'],
    libraries: { one: 'libone.so.1', two: { linux: 'vendor/two.a', win32: ['two.lib'] } },
  });
  assert.equal(
    linked.map(({ name }) => name),
    ['x', 'two'],
  );
  assert.equal(shared, [{ name: 'one', files: { '': ['libone.so.1'] } }]);
  assert.equal(
    inputs.map((path) => path.slice(folder.length)),
    ['/package.json', '/vendor/x.c', '/vendor/x.h', '/vendor/y.h'],
  );
  assert.equal(
    diagnostics.map(({ code }) => code),
    ['TSN5014', 'TSN5014'],
  );
  for (const wrong of [
    1,
    { source: [] },
    { sources: 'x.c' },
    { sources: ['x.js'] },
    { libraries: { x: 1 } },
  ])
    assert.equal(
      write(wrong).diagnostics.map(({ code }) => code),
      ['TSN5013'],
    );
});

test.run();
