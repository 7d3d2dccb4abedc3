/** JavaScript that checks arguments and writes them to the wire. */
import { elementOf, entryOf } from '../ir/records.ts';
import {
  isList,
  isScalar,
  Tag,
  type BoundaryType,
  type IrRecord,
  type IrType,
  type ListType,
  type RecordMember,
  type ScalarType,
  type ViewType,
  isOptional,
} from '../ir/types.ts';
import { headOf } from './decode.ts';
import { recordOf } from '../ir/records.ts';
import { end, formOf, headSlots, travels, variantsOf } from './format.ts';
import { propertyOf, type JavaScriptWriter } from './javascript-writer.ts';
import { elementArray, slotArray, slotValue, testOf } from './scalars.ts';
import { elements } from './writes.ts';

/** Where a value stands; a member has a name. */
type Place = BoundaryType & Partial<Pick<RecordMember, 'name' | 'optional'>>;

/** The statements that write the arguments of these names which travel on the wire. */
export function argumentsOf(writer: JavaScriptWriter, names: readonly string[]): string[] {
  const statements = writer.plan.params.flatMap((param, index) =>
    travels(writer.plan, param) ? writeValue(writer, param, names[index] ?? '') : [],
  );
  return [...statements, ...queue(writer)];
}

/** The statements that write a value, an expression without effects, at `w.p`. */
function writeValue(writer: JavaScriptWriter, place: Place, value: string): string[] {
  const { type } = place;
  switch (formOf(writer.plan, place)) {
    case 'scalar': {
      const slots = isOptional(place) ? 2 : 1;
      return [
        `if (w.p + ${slots} > w.size) w.grow(${slots});`,
        ...scalarInto(place, value, 'w.p'),
        `w.p += ${slots};`,
      ];
    }
    case 'string':
      return present(place, value, [`w.text(${value});`]);
    case 'view':
      return present(place, value, [`w.put(${writer.viewNumber(type as ViewType)}(w, ${value}));`]);
    case 'instance':
      return present(place, value, [`w.put(${writer.handle(type)}(${value}));`]);
    case 'numbered':
      return [
        'if (w.p + 1 > w.size) w.grow(1);',
        '{',
        'const slot = w.p++;',
        ...referenceInto(writer, place, value, 'slot'),
        '}',
      ];
    case 'list':
    case 'table':
      return present(place, value, [`${inline(writer, type)}(w, ${value});`]);
    case 'record': {
      const write = `${inline(writer, type)}(w, ${value});`;
      if (!isOptional(place)) return [write];
      return absentElse(place, value, (tag) => [`w.put(${tag});`], ['w.put(0);', write]);
    }
    case 'union':
      return present(place, value, [
        '{',
        `const which = ${variantOf(writer, type)}(${value});`,
        'w.put(which);',
        'switch (which) {',
        ...variantsOf(writer.plan, type).flatMap((variant, index) => [
          `case ${index}:`,
          ...writeValue(writer, variant, value),
          'break;',
        ]),
        '}',
        '}',
      ]);
  }
}

/** The function that tells which variant of a union an object is, by its discriminant. */
function variantOf(writer: JavaScriptWriter, type: IrType): string {
  return writer.once('variant', type, 'o', () => {
    const refuse = `refuse(o, ${JSON.stringify(type)})`;
    const discriminant = recordOf(writer.plan, type).discriminant;
    if (!discriminant) throw new Error(`${type} has no discriminant`);
    return [
      `if (typeof o !== 'object' || o === null) ${refuse};`,
      `switch (o[${JSON.stringify(discriminant.member)}]) {`,
      ...discriminant.literals.flatMap((literals, index) => [
        ...literals.map((literal) => `case ${JSON.stringify(literal)}:`),
        `return ${index};`,
      ]),
      '}',
      `return ${refuse};`,
    ];
  });
}

/** A value that may be absent, which its first slot tells. */
function present(place: Place, value: string, write: readonly string[]): string[] {
  if (!isOptional(place)) return [...write];
  const absent = (tag: string): string[] => [`w.put(-${tag});`];
  return absentElse(place, value, absent, write);
}

/** @param absent the statements for a tag of what is absent */
function absentElse(
  place: Place,
  value: string,
  absent: (tag: string) => readonly string[],
  write: readonly string[],
): string[] {
  const branches = [
    ...(place.undefined ? [{ test: 'undefined', body: absent(undefinedTag(place)) }] : []),
    ...(place.null ? [{ test: 'null', body: absent(String(Tag.null)) }] : []),
  ];
  return [
    ...branches.flatMap(({ test, body }, index) => [
      `${index > 0 ? '} else ' : ''}if (${value} === ${test}) {`,
      ...body,
    ]),
    '} else {',
    ...write,
    '}',
  ];
}

/** The tag of `undefined`: of an optional member it tells whether the object, `o`, has such a property. */
function undefinedTag(place: Place): string {
  if (!place.optional || place.name === undefined) return String(Tag.undefined);
  const has = `Object.hasOwn(o, ${JSON.stringify(place.name)})`;
  return `(${has} ? ${Tag.undefined} : ${Tag.missing})`;
}

/** The statements that write a scalar to the slot of a number, which there is room for. */
function scalarInto(place: Place, value: string, slot: string): string[] {
  const type = place.type as ScalarType;
  const array = slotArray(type);
  const store = (at: string): string[] => [
    `if (!(${testOf(type, value)})) refuse(${value}, ${JSON.stringify(type)});`,
    `w.${array}[${at}] = ${slotValue(type, value)};`,
  ];
  if (!isOptional(place)) return store(slot);
  const absent = (tag: string): string[] => [`w.f64[${slot}] = ${tag};`, `w.f64[${slot} + 1] = 0;`];
  return absentElse(place, value, absent, [`w.f64[${slot}] = 0;`, ...store(`${slot} + 1`)]);
}

/** The statements that write the number of an object, whose members may follow at `w.p`. */
function referenceInto(
  writer: JavaScriptWriter,
  place: Place,
  value: string,
  slot: string,
): string[] {
  const write = [
    // The memory may be another one behind the call.
    `const number = ${reference(writer, place.type)}(w, ${value});`,
    `w.f64[${slot}] = number;`,
  ];
  if (!isOptional(place)) return write;
  const absent = (tag: string): string[] => [`w.f64[${slot}] = -${tag};`];
  return absentElse(place, value, absent, write);
}

/** The function that gives an object's number. */
function reference(writer: JavaScriptWriter, type: IrType): string {
  return writer.once('refer', type, 'w, o', () => {
    const numbered = writer.numbered(type);
    if (!numbered) throw new Error(`a ${type} has no number`);
    const { index } = numbered;
    const { isUnified, isQueued } = numbered.type;
    const number = isUnified
      ? [
          `let number = w.find(o, ${index}, names);`,
          'if (number >= 0) return number;',
          `number = w.add(o, ${index});`,
        ]
      : [`const number = w.own[${index}].push(o) - 1;`];
    return [
      ...testObject(writer, type),
      ...number,
      ...(isQueued ? [] : [`${body(writer, type)}(w, o);`]),
      'return number;',
    ];
  });
}

/** The function that writes an object at its place. */
function inline(writer: JavaScriptWriter, type: IrType): string {
  return writer.once('send', type, 'w, o', () => [
    ...testObject(writer, type),
    ...bodyStatements(writer, type),
  ]);
}

/** The function that writes what an object with a number holds. */
const body = (writer: JavaScriptWriter, type: IrType): string =>
  writer.once('body', type, 'w, o', () => bodyStatements(writer, type));

/** Whether an object is one of its kind, so that its members can be looked at. */
function testObject(writer: JavaScriptWriter, type: IrType): string[] {
  const refuse = `refuse(o, ${JSON.stringify(type)});`;
  if (isList(type)) return [`if (!isPlainArray(o)) ${refuse}`];
  const record = writer.record(type);
  if (entryOf(record))
    return [`if (!${record.kind === 'map' ? 'isPlainMap' : 'isPlainSet'}(o)) ${refuse}`];
  return record.kind === 'tuple'
    ? [`if (!isPlainArray(o) || o.length !== ${record.members.length}) ${refuse}`]
    : record.array
      ? [`if (!isNdArray(o)) ${refuse}`]
      : [
          `if (typeof o !== 'object' || o === null) ${refuse}`,
          ...(record.spread ? [`if (!hasMembers(o, ${membersOf(record)})) ${refuse}`] : []),
        ];
}

/** The names of a record's members, and which of them may be missing, as `hasMembers` wants them. */
const membersOf = ({ members }: IrRecord): string =>
  `${JSON.stringify(members.map(({ name }) => name))}, ${JSON.stringify(members.map(({ optional }) => optional === true))}`;

function bodyStatements(writer: JavaScriptWriter, type: IrType): string[] {
  const written = writer.numbered(type)?.type.written ?? [];
  if (isList(type)) return listBody(writer, type, written.includes(elements));
  const record = writer.record(type);
  return entryOf(record) ? entriesBody(writer, record) : recordBody(writer, record, written);
}

/** The members in their order. Scalars beside each other need room once. */
function recordBody(
  writer: JavaScriptWriter,
  record: IrRecord,
  written: readonly string[],
): string[] {
  const head = headOf(writer.plan, record, written);
  const refuse = `refuse(given, ${JSON.stringify(`rec.${record.name}`)})`;
  const statements = record.array
    ? ['let v;', 'const given = o;', 'o = fieldsOf(given);', `if (o === undefined) ${refuse};`]
    : ['let v;'];
  if (head.slots > 0)
    statements.push(
      `if (w.p + ${head.slots} > w.size) w.grow(${head.slots});`,
      'const head = w.p;',
      `w.p += ${head.slots};`,
    );
  let pending: string[] = [];
  let slots = 0;
  const flush = (): void => {
    if (slots > 0)
      statements.push(
        `if (w.p + ${slots} > w.size) w.grow(${slots});`,
        ...pending,
        `w.p += ${slots};`,
      );
    else statements.push(...pending);
    pending = [];
    slots = 0;
  };
  for (const member of record.members) {
    const read = `v = ${propertyOf('o', record, member.name)};`;
    const place = head.places.get(member.name);
    const test = discriminates(writer, record, member)
      ? [`if (!(${literalTest(member)})) refuse(v, ${JSON.stringify(member.type)});`]
      : [];
    if (isScalar(member.type)) {
      const slot = place === undefined ? `w.p + ${slots}` : `head + ${place}`;
      pending.push(read, ...test, ...scalarInto(member, 'v', slot));
      if (place === undefined) slots += isOptional(member) ? 2 : 1;
      continue;
    }
    flush();
    statements.push(read, ...test);
    if (place === undefined) statements.push(...writeValue(writer, member, 'v'));
    else statements.push('{', ...intoHead(writer, member, 'v', `head + ${place}`), '}');
  }
  flush();
  return statements;
}

/**
 * Whether a member tells a variant of a union of the arguments. Native code relies on what it says, so it is
 * looked at when it is written: a getter might have said something else before.
 */
const discriminates = (writer: JavaScriptWriter, record: IrRecord, member: RecordMember): boolean =>
  member.literals !== undefined &&
  writer.plan.records.some(({ variants }) => variants?.includes(record.name) === true);

const literalTest = ({ literals = [] }: RecordMember): string =>
  literals.map((literal) => `v === ${JSON.stringify(literal)}`).join(' || ');

/** The statements for a reference or string that has a slot in a head, or among elements that may change. */
function intoHead(writer: JavaScriptWriter, place: Place, value: string, slot: string): string[] {
  const form = formOf(writer.plan, place);
  if (form === 'numbered') return referenceInto(writer, place, value, slot);
  const handle = (): string => `w.f64[${slot}] = ${writer.handle(place.type)}(${value});`;
  const absent = (tag: string): string[] => [`w.f64[${slot}] = -${tag};`];
  const write =
    form === 'union'
      ? [
          `const which = ${variantOf(writer, place.type)}(${value});`,
          `w.f64[${slot}] = which;`,
          'switch (which) {',
          ...variantsOf(writer.plan, place.type).flatMap((variant, index) => [
            `case ${index}: {`,
            ...referenceInto(writer, variant, value, `${slot} + 1`),
            'break;',
            '}',
          ]),
          '}',
        ]
      : form === 'instance'
        ? [handle()]
        : form === 'view'
          ? [`w.f64[${slot}] = ${writer.viewNumber(place.type as ViewType)}(w, ${value});`]
          : [`w.f64[${slot}] = w.p;`, `w.text(${value});`];
  return isOptional(place) ? absentElse(place, value, absent, write) : write;
}

function listBody(writer: JavaScriptWriter, type: ListType, isWritten: boolean): string[] {
  const element = elementOf(type);
  if (isScalar(element.type)) return numbersBody(element.type);
  const loop = (statements: readonly string[]): string[] => [
    'for (let i = 0; i < n; i++) {',
    'const v = o[i];',
    ...statements,
    '}',
  ];
  const stride = headSlots(writer.plan, element);
  if (isWritten)
    return [
      'const n = o.length;',
      `const slots = 1 + n * ${stride};`,
      'if (w.p + slots > w.size) w.grow(slots);',
      'w.f64[w.p] = n;',
      'const head = w.p + 1;',
      'w.p += slots;',
      ...loop(intoHead(writer, element, 'v', `head + i * ${stride}`)),
    ];
  return ['const n = o.length;', 'w.put(n);', ...loop(writeValue(writer, element, 'v'))];
}

/** Entries, which getters inside may add to or delete from; so they are counted while they are written. */
function entriesBody(writer: JavaScriptWriter, record: IrRecord): string[] {
  const entry = entryOf(record);
  if (!entry) throw new Error(`${record.name} is no table`);
  const { key, value } = entry;
  return [
    'w.put(0);',
    'const slot = w.p - 1;',
    'let count = 0;',
    value ? 'for (const [key, value] of mapEntries(o)) {' : 'for (const key of setValues(o)) {',
    ...writeValue(writer, key, 'key'),
    ...(value ? writeValue(writer, value, 'value') : []),
    'count++;',
    '}',
    'w.f64[slot] = count;',
  ];
}

/** Numbers and booleans in their own width. */
function numbersBody(type: ScalarType): string[] {
  const { name, each } = elementArray(type);
  const slots = each === 1 ? 'n' : `Math.ceil(n / ${each})`;
  return [
    'const n = o.length;',
    `const slots = 1 + ${slots};`,
    'if (w.p + slots > w.size) w.grow(slots);',
    // What stands behind the elements is always the same.
    'w.f64[w.p + slots - 1] = 0;',
    'w.f64[w.p] = n;',
    `const t = w.${name};`,
    `const start = (w.p + 1) * ${each};`,
    'for (let i = 0; i < n; i++) {',
    'const v = o[i];',
    `if (!(${testOf(type, 'v')})) refuse(v, ${JSON.stringify(type)});`,
    `t[start + i] = ${slotValue(type, 'v')};`,
    '}',
    'w.p += slots;',
  ];
}

/** The objects whose members do not stand where they came up. */
function queue(writer: JavaScriptWriter): string[] {
  const queued = writer.plan.numbered.flatMap(({ type, comesIn, isQueued }, index) =>
    comesIn && isQueued ? [{ type, index }] : [],
  );
  if (queued.length === 0) return [];
  return [
    `let ${queued.map(({ index }) => `next${index} = 0`).join(', ')};`,
    'for (let more = true; more;) {',
    'more = false;',
    ...queued.flatMap(({ type, index }) => [
      `for (const own = w.own[${index}]; next${index} < own.length; next${index}++) {`,
      'more = true;',
      `w.put(${index});`,
      `${body(writer, type)}(w, own[next${index}]);`,
      '}',
    ]),
    '}',
    `w.put(${end});`,
  ];
}
