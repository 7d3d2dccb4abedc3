/** JavaScript that reads an answer off the wire: makes the result, and writes what changed into the caller's objects. */
import { elementOf, entryOf, hasOrderSlot } from '../ir/records.ts';
import {
  isList,
  isScalar,
  type BoundaryType,
  type IrRecord,
  type IrType,
  type ListType,
  type RecordMember,
  type ScalarType,
  isOptional,
} from '../ir/types.ts';
import { formOf, maskBits, tellsOrder, travels, variantsOf } from './format.ts';
import { keyOf, propertyOf, type JavaScriptWriter } from './javascript-writer.ts';
import { elementArray, fromSlot, slotArray } from './scalars.ts';

/** Where a value stands. */
type Place = BoundaryType & Partial<Pick<RecordMember, 'optional'>>;

export interface Answer {
  /** Statements before `value`. */
  readonly result: readonly string[];
  /** The result. */
  readonly value: string;
  /** Statements that write changes, and make what objects hold that came up. */
  readonly changes: readonly string[];
}

export function answerOf(writer: JavaScriptWriter): Answer {
  const { result } = writer.plan;
  const value = result && travels(writer.plan, result) ? readValue(writer, result) : 'undefined';
  return { result: [], value, changes: [...changes(writer), ...queue(writer)] };
}

/** An expression for the value at `w.p`, which moves behind it. */
function readValue(writer: JavaScriptWriter, place: Place): string {
  const { type } = place;
  switch (formOf(writer.plan, place)) {
    case 'scalar':
      return isOptional(place) ? `${optional(writer, place)}(w)` : slotOf(type as ScalarType);
    case 'string':
      return isOptional(place) ? `${optional(writer, place)}(w)` : 'w.textOf(w.f64[w.p++])';
    case 'view':
      return isOptional(place) ? `${optional(writer, place)}(w)` : 'w.views[w.f64[w.p++]]';
    case 'instance':
      return isOptional(place)
        ? `${optional(writer, place)}(w)`
        : `${writer.wrapper(type)}(w.f64[w.p++])`;
    case 'numbered':
      return isOptional(place)
        ? `${optional(writer, place)}(w)`
        : `${numbered(writer, type)}(w, w.f64[w.p++])`;
    case 'list':
    case 'table':
      return isOptional(place)
        ? `${optional(writer, place)}(w)`
        : `${made(writer, type)}(w, w.f64[w.p++])`;
    case 'record':
      return isOptional(place) ? `${optional(writer, place)}(w)` : `${made(writer, type)}(w)`;
    case 'union':
      return isOptional(place)
        ? `${optional(writer, place)}(w)`
        : `${ofVariant(writer, type)}(w, w.f64[w.p++])`;
  }
}

const slotOf = (type: ScalarType): string => fromSlot(type, `w.${slotArray(type)}[w.p++]`);

/** The function for a value that may be absent. */
function optional(writer: JavaScriptWriter, place: Place): string {
  const { type } = place;
  const allowed = `${place.optional ? 'missing_' : ''}${place.undefined ? 'undefined_' : ''}${place.null ? 'null_' : ''}`;
  // What is there for a tag: `undefined`, `null` or no property.
  const absent = (tag: string): string => {
    const rest = place.optional ? `${tag} === 2 ? null : missing` : 'null';
    return `${tag} === 1 ? undefined : ${rest}`;
  };
  return writer.once(`maybe_${allowed}`, type, 'w', () => {
    const first = 'const first = w.f64[w.p++];';
    const form = formOf(writer.plan, place);
    if (form === 'scalar') {
      const scalar = type as ScalarType;
      return [
        first,
        `const value = ${slotOf(scalar)};`,
        `return first === 0 ? value : ${absent('first')};`,
      ];
    }
    if (form === 'record')
      return [
        first,
        `if (first !== 0) return ${absent('first')};`,
        `return ${made(writer, type)}(w);`,
      ];
    const read = { list: made, table: made, numbered, union: ofVariant };
    const there = (): string => {
      if (form === 'string') return 'w.textOf(first)';
      if (form === 'view') return 'w.views[first]';
      if (form === 'instance') return `${writer.wrapper(type)}(first)`;
      return `${read[form](writer, type)}(w, first)`;
    };
    return [first, `if (first < 0) return ${absent('-first')};`, `return ${there()};`];
  });
}

/** The function for an object of the variant of that index. */
function ofVariant(writer: JavaScriptWriter, type: IrType): string {
  return writer.once('variant_object', type, 'w, which', () => [
    'switch (which) {',
    ...variantsOf(writer.plan, type).flatMap((variant, index) => [
      `case ${index}:`,
      `return ${readValue(writer, variant)};`,
    ]),
    '}',
  ]);
}

/** The function that gives the object of a number, which it makes if that is the first of it. */
function numbered(writer: JavaScriptWriter, type: IrType): string {
  return writer.once('object', type, 'w, number', () => {
    const found = writer.numbered(type);
    if (!found) throw new Error(`a ${type} has no number`);
    const own = `w.own[${found.index}]`;
    const make = found.type.isQueued
      ? emptyOf(writer, type)
      : isList(type) || entryOf(writer.record(type))
        ? `${made(writer, type)}(w, w.f64[w.p++])`
        : `${made(writer, type)}(w)`;
    return [
      `const own = ${own};`,
      'if (number < own.length) return own[number];',
      `const o = ${make};`,
      'own.push(o);',
      'return o;',
    ];
  });
}

/** An empty object of a type, as an expression. */
function emptyOf(writer: JavaScriptWriter, type: IrType): string {
  const kind = isList(type) ? 'tuple' : writer.record(type).kind;
  if (kind === 'map' || kind === 'set') return kind === 'map' ? 'new Map()' : 'new Set()';
  return kind === 'tuple' ? '[]' : '{}';
}

/** Statements that read so many entries; `use` says what to do with each, which has `key` and, in a map, `value`. */
function entryStatements(
  writer: JavaScriptWriter,
  record: IrRecord,
  use: readonly string[],
): string[] {
  const entry = entryOf(record);
  if (!entry) throw new Error(`${record.name} is no table`);
  return [
    'for (let i = 0; i < n; i++) {',
    `const key = ${readValue(writer, entry.key)};`,
    ...(entry.value ? [`const value = ${readValue(writer, entry.value)};`] : []),
    ...use,
    '}',
  ];
}

/** The statement that adds an entry to a map or set. */
const addEntry = ({ kind }: IrRecord): string =>
  kind === 'map' ? 'o.set(key, value);' : 'o.add(key);';

/** The function that makes an object of what follows; of a list, map or set after its length. */
function made(writer: JavaScriptWriter, type: IrType): string {
  if (type === 'list.f64') return 'numbersOf';
  if (type === 'list.i32') return 'integersOf';
  if (isList(type))
    return writer.once('make', type, 'w, n', () => [
      'const o = [];',
      ...elementStatements(type, writer, 'n', (value) => [`o.push(${value});`]),
      'return o;',
    ]);
  const record = writer.record(type);
  if (entryOf(record))
    return writer.once('make', type, 'w, n', () => [
      `const o = ${emptyOf(writer, type)};`,
      ...entryStatements(writer, record, [addEntry(record)]),
      'return o;',
    ]);
  return writer.once('make', type, 'w', () => recordStatements(writer, record));
}

/** Statements that read elements one after the other; `use` says what to do with each, whose index is `i`. */
function elementStatements(
  type: ListType,
  writer: JavaScriptWriter,
  count: string,
  use: (value: string) => readonly string[],
): string[] {
  const element = elementOf(type);
  if (!isScalar(element.type))
    return [`for (let i = 0; i < ${count}; i++) {`, ...use(readValue(writer, element)), '}'];
  const { name, each } = elementArray(element.type);
  return [
    `const t = w.${name};`,
    `const start = w.p * ${each};`,
    `w.p += ${each === 1 ? count : `Math.ceil(${count} / ${each})`};`,
    `for (let i = 0; i < ${count}; i++) {`,
    ...use(fromSlot(element.type, 't[start + i]')),
    '}',
  ];
}

/** A new object or tuple; members that are optional and absent are no properties of it. */
function recordStatements(writer: JavaScriptWriter, record: IrRecord): string[] {
  const names = record.members.map((_, index) => `m${index}`);
  const reads = [
    ...testOrder(record),
    ...record.members.map(
      (member, index) => `const ${names[index]} = ${readValue(writer, member)};`,
    ),
  ];
  if (record.kind === 'tuple') return [...reads, `return [${names.join(', ')}];`];
  if (record.array) return [...reads, `return arrayMade(${names.join(', ')});`];
  const firstOptional = record.members.findIndex(({ optional: is }) => is === true);
  const count = firstOptional < 0 ? record.members.length : firstOptional;
  const literal = record.members
    .slice(0, count)
    .map(({ name }, index) => `${keyOf(name)}: ${names[index]}`);
  const rest = record.members
    .slice(count)
    .map((member, index) => assign(record, member, 'o', names[count + index] ?? ''));
  return [...reads, `const o = { ${literal.join(', ')} };`, ...rest, 'return o;'];
}

/** A new object whose properties native code has added in another order than it could be made with. */
const testOrder = (record: IrRecord): string[] =>
  hasOrderSlot(record)
    ? [`if (w.f64[w.p++] !== 0) reordered(${JSON.stringify(record.sourceName)});`]
    : [];

function assign(record: IrRecord, member: RecordMember, object: string, value: string): string {
  const set = `${propertyOf(object, record, member.name)} = ${value};`;
  return member.optional ? `if (${value} !== missing) ${set}` : set;
}

/** Statements that write what native code has changed. */
function changes(writer: JavaScriptWriter): string[] {
  const written = writer.plan.numbered.flatMap((type, index) =>
    type.written.length > 0 ? [{ ...type, index }] : [],
  );
  if (written.length === 0) return [];
  return [
    'for (;;) {',
    'const type = w.f64[w.p++];',
    'if (type < 0) break;',
    'const o = w.own[type][w.f64[w.p++]];',
    'switch (type) {',
    ...written.flatMap(({ type, written: names, index }) => [
      `case ${index}:`,
      `${changer(writer, type, names)}(w, o);`,
      'break;',
    ]),
    '}',
    '}',
  ];
}

function changer(writer: JavaScriptWriter, type: IrType, names: readonly string[]): string {
  return writer.once('change', type, 'w, o', () => {
    if (isList(type)) return listChanges(writer, type);
    const record = writer.record(type);
    return entryOf(record) ? entryChanges(writer, record) : memberChanges(writer, record, names);
  });
}

/** All entries; those that are there already in this place stay untouched. */
function entryChanges(writer: JavaScriptWriter, record: IrRecord): string[] {
  const isMap = record.kind === 'map';
  return [
    'const n = w.f64[w.p++];',
    'const keys = [];',
    ...(isMap ? ['const values = [];'] : []),
    ...entryStatements(writer, record, [
      'keys.push(key);',
      ...(isMap ? ['values.push(value);'] : []),
    ]),
    isMap ? 'updateMap(o, keys, values);' : 'updateSet(o, keys);',
  ];
}

function memberChanges(
  writer: JavaScriptWriter,
  record: IrRecord,
  names: readonly string[],
): string[] {
  const members = names.flatMap((name) => record.members.filter((member) => member.name === name));
  const groups: string[][] = [];
  const tells = tellsOrder(record, names);
  for (let first = 0; first < members.length; first += maskBits)
    groups.push(
      members.slice(first, first + maskBits).map((member, bit) => {
        const set = `refuseSetter(o, ${JSON.stringify(member.name)}); ${propertyOf('o', record, member.name)} = ${readValue(writer, member)};`;
        const added = `if (!Object.hasOwn(o, ${JSON.stringify(member.name)})) added++;`;
        return tells && member.optional
          ? `if (mask & ${2 ** bit}) { ${added} ${set} }`
          : `if (mask & ${2 ** bit}) { ${set} }`;
      }),
    );
  // More than one property that was added, in an order that isn't told.
  const before = tells ? ['const isOther = w.f64[w.p++] !== 0;', 'let added = 0;'] : [];
  const after = tells
    ? [`if (isOther && added > 1) reordered(${JSON.stringify(record.sourceName)});`]
    : [];
  const [only, ...more] = groups;
  if (more.length === 0)
    return ['const mask = w.f64[w.p++];', ...before, ...(only ?? []), ...after];
  return [
    'const group = w.f64[w.p++];',
    'const mask = w.f64[w.p++];',
    ...before,
    'switch (group) {',
    ...groups.flatMap((statements, index) => [`case ${index}:`, ...statements, 'break;']),
    '}',
    ...after,
  ];
}

/** What is the same already is not set, so that an array that can't be changed throws for changes alone. */
function listChanges(writer: JavaScriptWriter, type: ListType): string[] {
  return [
    'const length = w.f64[w.p++];',
    'const low = w.f64[w.p++];',
    'const count = w.f64[w.p++];',
    'if (length < o.length) o.length = length;',
    ...elementStatements(type, writer, 'count', (value) => [
      `const v = ${value};`,
      'const at = low + i;',
      'if (at >= o.length || !Object.is(o[at], v)) o[at] = v;',
    ]),
  ];
}

/** Statements that fill the objects which were made empty. */
function queue(writer: JavaScriptWriter): string[] {
  const queued = writer.plan.numbered.flatMap(({ type, goesOut, isQueued }, index) =>
    goesOut && isQueued ? [{ type, index }] : [],
  );
  if (queued.length === 0) return [];
  return [
    'for (;;) {',
    'const type = w.f64[w.p++];',
    'if (type < 0) break;',
    'const o = w.own[type][w.filled[type]++];',
    'switch (type) {',
    ...queued.flatMap(({ type, index }) => [
      `case ${index}:`,
      `${filler(writer, type)}(w, o);`,
      'break;',
    ]),
    '}',
    '}',
  ];
}

function filler(writer: JavaScriptWriter, type: IrType): string {
  return writer.once('fill', type, 'w, o', () => {
    if (isList(type))
      return [
        'const n = w.f64[w.p++];',
        ...elementStatements(type, writer, 'n', (value) => [`o.push(${value});`]),
      ];
    const record = writer.record(type);
    if (entryOf(record))
      return ['const n = w.f64[w.p++];', ...entryStatements(writer, record, [addEntry(record)])];
    if (record.kind === 'tuple')
      return record.members.map((member) => `o.push(${readValue(writer, member)});`);
    return [
      ...testOrder(record),
      ...record.members.flatMap((member, index) => [
        `const m${index} = ${readValue(writer, member)};`,
        assign(record, member, 'o', `m${index}`),
      ]),
    ];
  });
}
