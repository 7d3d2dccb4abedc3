/** `tsnative build --emit python`: Python gets from a module what JavaScript gets from the addon. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { inputsOf, kernels, type Kernel } from '../bench/kernels/index.ts';
import type { Argument } from '../bench/kernels/case.ts';
import { buildProject, makeProject, repository } from '../support/project.ts';
import { commandMissing, testUnless } from '../support/skip.ts';
import { findPython } from './python.ts';
import { program } from './program.ts';

const test = suite('Python');
const found = findPython(['numpy']);
const problem = 'problem' in found ? found.problem : undefined;
const python = (folder: string, args: readonly string[], input = ''): string => {
  const file = 'file' in found ? found.file : '';
  const env = { ...process.env, PYTHONPATH: folder, PYTHONDONTWRITEBYTECODE: '1' };
  return execFileSync(file, args, { encoding: 'utf8', env, input, maxBuffer: 2 ** 28 });
};
const script = (name: string): string => join(repository, 'test/libraries', name);

testUnless(problem, test, 'a module checks what goes in and gives what comes out', async () => {
  const project = makeProject({ 'src/program.ts': program });
  try {
    const { diagnostics, outputs } = await buildProject(project, { emit: ['python'] });
    assert.equal(diagnostics, []);
    const folder = join(project.folder, 'out/native/python');
    assert.is(python(folder, [script('check_module.py')]), 'checked\n');
    assert.match(
      readFileSync(join(folder, 'pyproject.toml'), 'utf8'),
      'packages = ["test_project"]',
    );
    const stubs = readFileSync(join(folder, 'test_project/__init__.pyi'), 'utf8');
    assert.match(
      stubs,
      'def scale(out: _NDArray[_np.float64], by: _t.Union[float, None] = None) -> None: ...',
    );
    assert.match(stubs, 'def first(a: _NDArray[_np.float64]) -> _t.Optional[float]: ...');
    python(folder, ['-c', `compile(${JSON.stringify(stubs)}, 'stubs', 'exec')`]);
    // The header and the library for C are `--emit c`'s.
    assert.not.ok(outputs.some(({ path }) => path.includes('/native/c/')));
    assert.ok(existsSync(join(folder, 'test_project/py.typed')));
  } finally {
    project.remove();
  }
});

/** What mypy is to say of its lines; of the others it is to say nothing. */
const typed = [
  ['import numpy as np, test_project as t', ''],
  ['total: float = t.dot(np.ones(3), np.ones(3))', ''],
  [
    'text: str = t.dot(np.ones(3), np.ones(3))',
    'expression has type "float", variable has type "str"',
  ],
  ['t.scale(np.ones(3))', ''],
  ["t.scale('three')", 'has incompatible type "str"'],
  ['t.greet(1, 2)', 'has incompatible type "int"; expected "str"'],
  ['t.first(np.ones(2)) + 1', 'Unsupported operand types for + ("None" and "int")'],
  ['wide: int = t.sum64(1, 2)', ''],
] as const;

const mypy = commandMissing('mypy');
testUnless(
  problem ?? mypy,
  test,
  'mypy knows the types of a module, and finds none amiss',
  async () => {
    const project = makeProject({ 'src/program.ts': program });
    try {
      await buildProject(project, { emit: ['python'] });
      const folder = join(project.folder, 'out/native/python');
      const check = (args: readonly string[]): string => {
        const ran = spawnSync('mypy', [...args, '--cache-dir', join(project.folder, 'mypy')], {
          ...{ cwd: folder, encoding: 'utf8' as const },
          env: { ...process.env, MYPYPATH: folder },
        });
        return ran.stdout;
      };
      assert.match(check(['--strict', 'test_project']), /^Success: no issues found/);
      writeFileSync(join(folder, 'use.py'), typed.map(([line]) => `${line}\n`).join(''));
      const told = check(['use.py']).split('\n');
      typed.forEach(([line, wanted], index) => {
        const [found = ''] = told.filter((one) => one.startsWith(`use.py:${index + 1}: error: `));
        if (wanted === '') assert.is(found, '', line);
        else assert.ok(found.includes(wanted), `${line}: ${found}`);
      });
    } finally {
      project.remove();
    }
  },
);

const withAddon = `
import ctypes, sys
addon = ctypes.CDLL(sys.argv[1])
a, b = (ctypes.c_double * 3)(1, 2, 3), (ctypes.c_double * 4)(1, 2, 3, 4)
size, result = ctypes.c_size_t, ctypes.c_double()
print(addon.test_project_dot(a, size(3), b, size(4), ctypes.byref(result), None), result.value)
print(addon.test_project_dot(b, size(4), a, size(3), None, None))
`;

testUnless(problem, test, 'ctypes calls the addon itself', async () => {
  const project = makeProject({ 'src/program.ts': program });
  try {
    const { addons } = await buildProject(project, {});
    assert.is(python('', ['-c', withAddon, addons[0]?.path ?? '']), '0 14.0\n2\n');
  } finally {
    project.remove();
  }
});

const dtypes = {
  Float64Array: 'f8',
  Float32Array: 'f4',
  Int32Array: 'i4',
  Uint32Array: 'u4',
  Uint8Array: 'u1',
  Int8Array: 'i1',
} as Readonly<Record<string, string>>;

const bitsOf = (array: ArrayBufferView): string =>
  Buffer.from(array.buffer, array.byteOffset, array.byteLength).toString('base64');

const sent = (argument: Argument): unknown =>
  typeof argument === 'number'
    ? argument
    : { dtype: `<${dtypes[argument.constructor.name]}`, data: bitsOf(argument) };

function hex(result: unknown): unknown {
  if (typeof result !== 'number') return result ?? null;
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(result);
  return bytes.toString('hex');
}

/** Those with typed arrays and numbers alone. */
const flat = kernels.filter(({ suite: own }) => own !== 'heap');
const chosen = flat.filter((_, index) => index % 2 === 0).slice(0, 26);

testUnless(problem, test, `${chosen.length} kernels give the bits of JavaScript`, async () => {
  assert.ok(chosen.length >= 20);
  const path = ({ suite: own, name }: Kernel): string => `${own}/${name}`;
  const project = makeProject(
    Object.fromEntries(chosen.map((kernel) => [`src/${path(kernel)}.ts`, kernel.source])),
  );
  try {
    const { diagnostics } = await buildProject(project, { emit: ['python'], level: 2 });
    assert.equal(
      diagnostics.filter(({ severity }) => severity === 'error'),
      [],
    );
    const calls = chosen.map((kernel) => ({
      function: kernel.signature.name,
      args: inputsOf(kernel, 'test').map(sent),
    }));
    const told = python(
      join(project.folder, 'out/native/python'),
      [script('run_kernels.py'), 'test_project'],
      JSON.stringify(calls),
    );
    const results = told
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    assert.is(results.length, chosen.length);
    for (const [index, kernel] of chosen.entries()) {
      const url = pathToFileURL(join(project.folder, `out/${path(kernel)}.js`)).href;
      const functions = (await import(url)) as Record<
        string,
        (...args: readonly Argument[]) => unknown
      >;
      const args = inputsOf(kernel, 'test');
      const result = functions[kernel.signature.name]?.(...args);
      const arrays = args.flatMap((argument) =>
        typeof argument === 'number' ? [] : [bitsOf(argument)],
      );
      const wanted = { name: kernel.signature.name, arrays, result: hex(result) };
      assert.equal(results[index], wanted, kernel.name);
    }
  } finally {
    project.remove();
  }
});

test.run();
