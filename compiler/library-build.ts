/**
 * Compiles the runtime's library, `runtime/std/*.ts`, to IR text. Part of building the package; users'
 * builds only read the result.
 *
 * Some of its files are templates: `typed-array.ts` is compiled once for each kind of array, and
 * `typed-array-set.ts` or `typed-array-set-bytes.ts` for each pair of kinds, by replacing the type
 * aliases at their top. So are the files that read text, with an alias `Units`, for each width of units and for strings.
 */
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readProject } from './1-read/project.ts';
import { lowerProject } from './2-lower/index.ts';
import type { Diagnostic } from './diagnostics/types.ts';
import { renderDiagnostics } from './diagnostics/render.ts';
import { IrBuilder } from './ir/build.ts';
import { printModule } from './ir/print.ts';
import {
  bitWidth,
  elementType,
  isInteger,
  viewClass,
  type IrFunction,
  type IrModule,
  type IrType,
  type Value,
  type ViewKind,
} from './ir/types.ts';
import { verify } from './ir/verify.ts';
import { cloneNodes, regionsOf, replaceUses, walkOps } from './ir/walk.ts';
import { comparison, opaqueElement, opaqueOrder, wordComparison } from './library-template.ts';

const kinds: readonly ViewKind[] = [
  'i8',
  'u8',
  'u8c',
  'i16',
  'u16',
  'i32',
  'u32',
  'f32',
  'f64',
  'i64',
  'u64',
  'buffer',
];
const isBig = (kind: ViewKind): boolean => kind === 'i64' || kind === 'u64';

/** A template's text with its aliases set to what `types` says. */
function instantiate(template: string, types: Readonly<Record<string, string>>): string {
  return Object.entries(types).reduce((text, [alias, type]) => {
    const line = new RegExp(`^type ${alias} = .*;$`, 'm');
    if (!line.test(text)) throw new Error(`the template has no line "type ${alias} = …;"`);
    return text.replace(line, `type ${alias} = ${type};`);
  }, template);
}

/** Whether a store of the source's elements in the target changes none of their bytes. */
function keepsBytes(target: ViewKind, source: ViewKind): boolean {
  if (target === source) return true;
  const [to, from] = [elementType(target), elementType(source)];
  if (target === 'u8c') return from === 'u8';
  return isInteger(to) && isInteger(from) && bitWidth(to) === bitWidth(from);
}

/** The alias for the arrays of UTF-16 units that text is: 8 bits each where all are below 256, or 16. */
const unitsAlias = /^type Units = Uint8Array;$/m;
const unitKinds: readonly ViewKind[] = ['u8', 'u16'];

/**
 * The instances for strings of the templates that read text: those for 16 bits whose parameter `units` is a
 * string. They are named `std.NAME.str`.
 */
function forStrings(functions: readonly IrFunction[]): IrFunction[] {
  const nameOf = (name: string): string => name.replace(/\.u16$/, '.str');
  const templates = functions.filter(
    ({ name, params }) => name.endsWith('.u16') && params.some((param) => param.name === 'units'),
  );
  const names = new Set(templates.map(({ name }) => name));
  return templates.map((template) => {
    const units = template.params.find((param) => param.name === 'units')?.value;
    if (!units) throw new Error(`${template.name} has no units`);
    const text: Value = { ...units, type: 'str' };
    const body = cloneNodes(template.body, {
      value: (value) => (value.id === units.id ? text : value),
      label: (label) => label,
      local: (local) => local,
    });
    walkOps(body, (op) => {
      const callee = op.attributes.callee ?? '';
      if (!op.args.includes(text)) return;
      if (op.op === 'view.load') op.op = 'str.unit';
      else if (op.op === 'view.length') op.op = 'str.length';
      else if (op.op === 'call' && names.has(callee))
        op.attributes = { ...op.attributes, callee: nameOf(callee) };
    });
    const params = template.params.map((param) =>
      param.value.id === units.id ? { ...param, value: text } : param,
    );
    return { ...template, name: nameOf(template.name), params, body };
  });
}

/** Writes the instances of the templates that read text. What they import of each other has the same units. */
function layOutUnits(templates: ReadonlyMap<string, string>, folder: string): void {
  for (const kind of unitKinds) {
    for (const [name, template] of templates) {
      const text = instantiate(template, { Units: viewClass[kind] }).replace(
        /(?<= from '\.\/)([\w-]+)(?=\.ts';)/g,
        (other) => (templates.has(`${other}.ts`) ? `${other}.${kind}` : other),
      );
      writeFileSync(join(folder, name.replace('.ts', `.${kind}.ts`)), text);
    }
  }
}

/** Puts the library's sources and the instances of its templates in a folder of their own. */
function layOut(sources: string, folder: string): void {
  const plain = readdirSync(sources).filter(
    (name) => name.endsWith('.ts') && !name.startsWith('typed-array'),
  );
  const texts = new Map(plain.map((name) => [name, readFileSync(join(sources, name), 'utf8')]));
  const ofUnits = new Map([...texts].filter(([, text]) => unitsAlias.test(text)));
  for (const [name, text] of texts) {
    if (!ofUnits.has(name)) writeFileSync(join(folder, name), text);
  }
  layOutUnits(ofUnits, folder);
  const methods = readFileSync(join(sources, 'typed-array.ts'), 'utf8');
  const set = readFileSync(join(sources, 'typed-array-set.ts'), 'utf8');
  const setBytes = readFileSync(join(sources, 'typed-array-set-bytes.ts'), 'utf8');
  for (const kind of kinds) {
    const element = elementType(kind);
    const types = {
      Elements: viewClass[kind],
      Element: element,
      Search: isBig(kind) ? element : 'f64',
    };
    writeFileSync(join(folder, `methods.${kind}.ts`), instantiate(methods, types));
    for (const source of kinds) {
      if (isBig(kind) !== isBig(source)) continue;
      const pair = { Target: viewClass[kind], Source: viewClass[source] };
      writeFileSync(
        join(folder, `methods.${kind}.${source}.ts`),
        instantiate(keepsBytes(kind, source) ? setBytes : set, pair),
      );
    }
  }
}

/** The library's name of a function: `std.exp`, `std.fill.f64`, `std.set.f64.u8`, `std.parseFloat.u16`. */
function libraryName(file: string, name: string): string {
  if (basename(file) === 'list.ts') return `std.list.${name}`;
  if (['sort.ts', 'merge-sort.ts'].includes(basename(file))) return `std.sort.${name}`;
  if (basename(file) === 'table.ts') return `std.table.${name}`;
  const match = /^[^.]*(\..*)\.ts$/.exec(basename(file));
  return `std.${name}${match?.[1] ?? ''}`;
}

/**
 * @param sources folder of the library's sources
 * @returns the IR of all its functions, as text
 * @throws Error with the diagnostics when a source can't be compiled
 */
export function buildLibrary(sources: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'tsnative-std-'));
  try {
    const code = join(folder, 'std');
    mkdirSync(code);
    layOut(sources, code);
    // Without `parallel`, which uses functions of the library itself.
    const hints = fileURLToPath(new URL('../runtime/numbers.ts', import.meta.url));
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        compilerOptions: {
          target: 'ES2022',
          module: 'NodeNext',
          moduleResolution: 'NodeNext',
          strict: true,
          noEmit: true,
          allowImportingTsExtensions: true,
          skipLibCheck: true,
          paths: { tsnative: [hints] },
          types: ['node'],
          typeRoots: [fileURLToPath(new URL('../node_modules/@types', import.meta.url))],
        },
        include: ['std/*.ts'],
      }),
    );
    const reading = readProject({ project: join(folder, 'tsconfig.json') });
    const result = lowerProject(reading, true);
    const problems = [...reading.diagnostics, ...result.diagnostics];
    if (problems.length > 0) throw new Error(show(problems));
    const names = new Map(
      result.functions.map((fn) => [fn.id, libraryName(fn.file.getFilePath(), fn.name)]),
    );
    return printModule(renamed(result.module, names));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const show = (diagnostics: readonly Diagnostic[]): string =>
  renderDiagnostics(diagnostics, {
    colour: false,
    readSource: (file) => readFileSync(file, 'utf8'),
    cwd: process.cwd(),
  });

/** The functions under their library names, without spans: places in a temporary folder help nobody. */
function renamed(module: IrModule, names: ReadonlyMap<string, string>): IrModule {
  const nameOf = (id: string): string => names.get(id) ?? id;
  const templates = new Set([...names.values()].filter((name) => name.startsWith('std.list.')));
  const tables = new Set([...names.values()].filter((name) => name.startsWith('std.table.')));
  const sorts = new Set([...names.values()].filter((name) => name.startsWith('std.sort.')));
  const calleeOf = (id: string): string =>
    tables.has(nameOf(id))
      ? `${nameOf(id)}<std.Table>`
      : sorts.has(nameOf(id))
        ? `${nameOf(id)}<rec.${opaqueElement}|>`
        : templates.has(nameOf(id))
          ? `${nameOf(id)}<rec.${opaqueElement}>`
          : nameOf(id);
  for (const fn of module.functions) {
    fn.name = nameOf(fn.name);
    fn.span = undefined;
    walkOps(fn.body, (op) => {
      const { callee } = op.attributes;
      if (callee !== undefined) op.attributes = { ...op.attributes, callee: calleeOf(callee) };
    });
    stripSpans(fn.body);
  }
  const sorted = [...module.functions, ...forStrings(module.functions)].sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
  const twice = sorted.find((fn, index) => fn.name === sorted[index + 1]?.name);
  if (twice) throw new Error(`the library has two functions ${twice.name}`);
  const result = withRecordsOfItsOwn({ ...module, functions: sorted, globals: [], exports: [] });
  // Templates call each other as the copies that are made of them.
  const copies = sorted
    .filter(({ name }) => templates.has(name) || tables.has(name) || sorts.has(name))
    .map((fn) => ({ ...fn, name: calleeOf(fn.name) }));
  const around = { ...result, functions: [...sorted, ...copies, ...comparisonStubs] };
  const problems = sorted.flatMap((fn) =>
    verify(fn, around).map((problem) => `${fn.name}: ${problem}`),
  );
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return result;
}

/** What stands for the comparison function that a copy of a template calls. */
const comparisonStubs: readonly IrFunction[] = [
  comparisonStub(comparison, `rec.${opaqueElement}`),
  comparisonStub(wordComparison, 'u64'),
];

function comparisonStub(name: string, element: IrType): IrFunction {
  const b = new IrBuilder(name);
  b.param('a', element);
  b.param('b', element);
  b.param('order', opaqueOrder);
  b.fn.results.push('bool');
  return b.fn;
}

/** Records of the library are called `std.NAME`, so that they are none of a program's. */
function withRecordsOfItsOwn(module: IrModule): IrModule {
  const typeOf = <T extends IrType>(type: T): T => type.replace(/\brec\./, 'rec.std.') as T;
  const own = (name: string): string => `std.${name}`;
  const records = module.records.map((record) => ({
    ...record,
    name: own(record.name),
    members: record.members.map((member) => ({ ...member, type: typeOf(member.type) })),
    ...(record.base !== undefined && { base: own(record.base) }),
    ...(record.variants && { variants: record.variants.map(own) }),
  }));
  for (const fn of module.functions) {
    const values = new Map<number, Value>();
    const valueOf = (value: Value): Value => {
      const made = values.get(value.id) ?? { ...value, type: typeOf(value.type) };
      values.set(value.id, made);
      return made;
    };
    fn.params = fn.params.map((param) => ({ ...param, value: valueOf(param.value) }));
    fn.results = fn.results.map(typeOf);
    fn.locals = fn.locals.map((local) => ({ ...local, type: typeOf(local.type) }));
    walkOps(fn.body, (op) => {
      op.results = op.results.map(valueOf);
      const { record } = op.attributes;
      if (record !== undefined) op.attributes = { ...op.attributes, record: own(record) };
    });
    replaceUses(fn.body, (value) => values.get(value.id));
  }
  return { ...module, records };
}

function stripSpans(nodes: IrModule['functions'][number]['body']): void {
  for (const node of nodes) {
    node.span = undefined;
    if (node.kind !== 'op') for (const region of regionsOf(node)) stripSpans(region);
  }
}
