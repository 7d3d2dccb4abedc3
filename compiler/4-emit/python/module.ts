/** A Python package over a library for C: modules, stubs, and what pip needs to make a wheel. */
import type { DocComment } from '../../1-read/doc-comments.ts';
import { elementType, type ScalarType } from '../../ir/types.ts';
import type { CFunction, CParameter, CValue, LibraryPlan } from '../c/plan.ts';

export interface PythonJob {
  readonly plan: LibraryPlan;
  readonly package: string;
  /** As package.json has it. */
  readonly version: string;
  /** By the callees' names. */
  readonly docs: ReadonlyMap<string, DocComment>;
  /** The text of the module that all packages have: `runtime/python/_native.py`. */
  readonly native: string;
}

export interface PythonFile {
  /** Relative to the folder with pyproject.toml, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** The folder of a platform's library, relative as `PythonFile.path`. */
export const libraryFolder = ({ prefix }: LibraryPlan, platform: string): string =>
  `${prefix}/lib/${platform}`;

/** The files of a package. Its name is the prefix of the library's symbols. */
export function emitPython(job: PythonJob): PythonFile[] {
  const { prefix } = job.plan;
  return [
    { path: 'pyproject.toml', text: project(job) },
    { path: `${prefix}/__init__.py`, text: module(job) },
    { path: `${prefix}/__init__.pyi`, text: stubs(job) },
    { path: `${prefix}/_native.py`, text: job.native },
    { path: `${prefix}/py.typed`, text: '' },
  ];
}

function project({ plan: { prefix }, package: name, version }: PythonJob): string {
  return `# Made by tsnative of the package ${name}.
[build-system]
requires = ["setuptools>=61"]
build-backend = "setuptools.build_meta"

[project]
name = "${prefix.replaceAll('_', '-')}"
version = "${pythonVersion(version)}"
description = "Functions of the package ${name}, compiled by tsnative"
requires-python = ">=3.9"
dependencies = ["numpy>=1.20"]

[tool.setuptools]
packages = ["${prefix}"]

[tool.setuptools.package-data]
${prefix} = ["py.typed", "*.pyi", "lib/*/*"]
`;
}

/** A version of npm's as PEP 440 has it, as far as it goes. */
function pythonVersion(version: string): string {
  const [, release = '0.0.0', kind, number] =
    /^(\d+\.\d+\.\d+)(?:-(alpha|beta|rc)\.?(\d+)?)?/.exec(version) ?? [];
  const short = { alpha: 'a', beta: 'b', rc: 'rc' };
  return kind ? `${release}${short[kind as keyof typeof short]}${number ?? 0}` : release;
}

/** The classes of errors, which users catch. */
const errors = [
  ...['EvalError', 'NativeError', 'NativeReferenceError', 'NativeSyntaxError'],
  ...['NativeTypeError', 'RangeError', 'URIError'],
];

const imports = `from __future__ import annotations

import typing as _t

import numpy as _np
from numpy.typing import NDArray as _NDArray

from ._native import (
${errors.map((name) => `    ${name} as ${name},`).join('\n')}
)
`;

function module({ plan, package: name, docs }: PythonJob): string {
  const { prefix, functions, leftOut } = plan;
  const names = functions.map((fn) => pythonName(fn, plan));
  const missing = leftOut.map(({ name: own, why }) => `- ${own}: ${why}.`);
  const about = [
    `Functions of the package ${name}, compiled by tsnative.`,
    ...(missing.length > 0 ? ['', "Python can't call these:", ...missing] : []),
  ];
  return `${docstring(about, '')}

${imports}from . import _native as _n

__all__ = [
${[...errors, ...names].map((one) => `    "${one}",`).join('\n')}
]

_library = _n.open_library(__file__, "${prefix}")
${functions.map((fn, index) => definition(fn, names[index] ?? '', docs.get(fn.exported.callee))).join('')}`;
}

function stubs({ plan }: PythonJob): string {
  const lines = plan.functions.map(
    (fn) => `def ${signature(fn, pythonName(fn, plan))} -> ${resultType(fn)}: ...\n`,
  );
  return `${imports}\n${lines.join('')}`;
}

function definition(fn: CFunction, name: string, doc: DocComment | undefined): string {
  const { symbol, exported, params, result } = fn;
  const names = params.map((param) => param.name).join(', ');
  const described = params
    .map((param) => `${asCode(param)}, `)
    .join('')
    .trimEnd();
  const absent = result?.absent ? ', absent=True' : '';
  const lines = describe(fn, doc);
  const text = lines.length > 0 ? `    ${docstring(lines, '    ')}\n` : '';
  return `
_${name}_ = _n.Function(_library, "${symbol}", ${JSON.stringify(exported.name)}, (${described}), ${resultOf(result)}${absent})


def ${signature(fn, name)} -> ${resultType(fn)}:
${text}    return _${name}_(${names})

`;
}

/** A parameter as \`_native.py\` knows it. */
function asCode(param: CParameter): string {
  const optional = param.absent ? ', optional=True' : '';
  const name = JSON.stringify(param.name);
  switch (param.kind) {
    case 'scalar':
      return `_n.Scalar(${name}, "${param.type}"${optional})`;
    case 'view':
      return `_n.Array(${name}, "${elementType(param.type)}", written=${param.isWritten ? 'True' : 'False'}${optional})`;
    case 'list':
      return `_n.List(${name}, "${param.type}"${optional})`;
    case 'string':
      return `_n.Text(${name}${optional})`;
  }
}

function resultOf(result: CValue | undefined): string {
  switch (result?.kind) {
    case undefined:
      return '_n.Nothing()';
    case 'scalar':
      return `_n.ScalarResult("${result.type}")`;
    case 'view':
      return `_n.ArrayResult("${elementType(result.type)}")`;
    case 'list':
      return `_n.ArrayResult("${result.type}")`;
    case 'string':
      return '_n.TextResult()';
  }
}

/** The name and the parameters. Optional ones at the end may be left out, as in JavaScript. */
function signature({ params }: CFunction, name: string): string {
  const list = params.map((param, index) => {
    const mayBeLeftOut = params.slice(index).every(({ absent }) => absent);
    return `${param.name}: ${parameterType(param)}${mayBeLeftOut ? ' = None' : ''}`;
  });
  return `${name}(${list.join(', ')})`;
}

const arrayOf = (type: ScalarType): string => `_NDArray[_np.${dtypeOf(type)}]`;

/** NumPy's name of a type. */
function dtypeOf(type: ScalarType): string {
  if (type === 'bool') return 'bool_';
  const kind = type.startsWith('f') ? 'float' : type.startsWith('u') ? 'uint' : 'int';
  return `${kind}${type.slice(1)}`;
}

const scalarName = (type: ScalarType): string =>
  type === 'bool' ? 'bool' : type.startsWith('f') ? 'float' : 'int';

function valueType(value: CValue): string {
  switch (value.kind) {
    case 'scalar':
      return scalarName(value.type);
    case 'view':
      return arrayOf(elementType(value.type));
    case 'list':
      return arrayOf(value.type);
    case 'string':
      return 'str';
  }
}

function parameterType(param: CParameter): string {
  const bytes = param.kind === 'view' && elementType(param.type) === 'u8';
  const plain = param.kind === 'list' ? [`_t.Sequence[${scalarName(param.type)}]`] : [];
  const others = bytes ? [...(param.isWritten ? [] : ['bytes']), 'bytearray', 'memoryview'] : [];
  const all = [valueType(param), ...others, ...plain, ...(param.absent ? ['None'] : [])];
  return all.length === 1 ? (all[0] ?? '') : `_t.Union[${all.join(', ')}]`;
}

const resultType = ({ result }: CFunction): string => {
  if (!result) return 'None';
  return result.absent ? `_t.Optional[${valueType(result)}]` : valueType(result);
};

function pythonName({ symbol }: CFunction, { prefix }: LibraryPlan): string {
  const name = symbol.slice(prefix.length + 1);
  return keywords.has(name) ? `${name}_` : name;
}

/** Words that functions of JavaScript may be called by, and functions of Python not. */
const keywords: ReadonlySet<string> = new Set(
  (
    'and as assert async def del elif except from global is lambda nonlocal not or pass raise await None True False ' +
    'print __all__'
  ).split(' '),
);

/** The lines of a function's docstring, in NumPy's style. */
function describe({ params, result }: CFunction, doc: DocComment | undefined): string[] {
  if (!doc) return [];
  const told = params.flatMap((param) => {
    const about = doc.params.get(param.sourceName) ?? '';
    return about === '' ? [] : [`${param.name} : ${plainType(param)}`, ...indented(about)];
  });
  const returns = result && doc.returns !== '' ? [plainType(result), ...indented(doc.returns)] : [];
  const sections = [
    ['Parameters', told],
    ['Returns', returns],
    ['Raises', doc.throws.flatMap(raised)],
  ] as const;
  const details = sections.flatMap(([title, lines]) =>
    lines.length > 0 ? ['', title, '-'.repeat(title.length), ...lines] : [],
  );
  const lines = [...doc.text.split('\n'), ...details];
  while (lines[0] === '') lines.shift();
  return lines;
}

/** `RangeError where b is shorter` is the class, and below it when. */
function raised(text: string): string[] {
  const [, name = text, when = ''] = /^([A-Z]\w*)\s*([^]*)$/.exec(text) ?? [];
  const own = { TypeError: 'NativeTypeError', Error: 'NativeError' }[name] ?? name;
  return [own, ...(when === '' ? [] : indented(when))];
}

const indented = (text: string): string[] =>
  text.split('\n').map((line) => `    ${line.trim()}`.trimEnd());

function plainType(value: CValue): string {
  const own =
    value.kind === 'view' || value.kind === 'list'
      ? `numpy.ndarray of ${dtypeOf(value.kind === 'view' ? elementType(value.type) : value.type)}`
      : valueType(value);
  return value.absent ? `${own} or None` : own;
}

/** A docstring of these lines, which may have anything in them. */
function docstring(lines: readonly string[], indent: string): string {
  const safe = lines.map((line) => line.replaceAll('\\', '\\\\').replaceAll('"""', '\\"\\"\\"'));
  const [first = '', ...rest] = safe;
  // A quote at its end would end it too early.
  const closing = rest.length === 0 && !first.endsWith('"') ? '"""' : `\n${indent}"""`;
  const more = rest.map((line) => `\n${line === '' ? '' : indent}${line}`);
  return `"""${first}${more.join('')}${closing}`;
}
