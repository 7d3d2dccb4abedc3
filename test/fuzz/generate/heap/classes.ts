/** Classes: declarations, instances, calls of methods. */
import type { ClassShape, Member, Method } from '../../shapes.ts';
import { block, boolean, joined, made, statement, ts, type Tree } from '../../tree.ts';
import { heapType, isHeap, kindOf, type HeapType, type Type } from '../../types.ts';
import { valueFor } from '../assignments.ts';
import { Context, type Form, type ProgramContext } from '../context.ts';
import { returnStatement, statements } from '../statements.ts';
import type { TypeMaker } from './types.ts';
import { declareViews, heapTree, heapVariables, shapeAs } from './values.ts';

/** Declares classes: one, or one and another that extends it. */
export function makeClasses(program: ProgramContext, maker: TypeMaker): void {
  const isExtended = program.random.chance(0.6);
  const base = makeClass(program, maker, 'C0', undefined, isExtended);
  if (isExtended) makeClass(program, maker, 'C1', base, false);
  if (program.random.chance(0.3)) maker.list(base);
}

function makeClass(
  program: ProgramContext,
  maker: TypeMaker,
  name: string,
  base: HeapType | undefined,
  isExtended: boolean,
): HeapType {
  const { random } = program;
  const type = heapType(name);
  const inherited = base && maker.heap.shapes.get(base);
  const parent = inherited?.kind === 'class' ? inherited : undefined;
  const first = 'abcdefghij'.slice(parent?.members.length ?? 0);
  const own = Array.from({ length: random.between(1, 3) }, (_, index) =>
    field(maker, first.charAt(index)),
  );
  const isGiven = own.map(() => random.chance(0.5));
  const givenParams = own.filter((_, index) => isGiven[index]).map((member) => member.type);
  const params = [...(parent?.params ?? []), ...givenParams];
  const members = [...(parent?.members ?? []), ...own];
  const methods: Method[] = [];
  const ofBase: Method[] = [];
  const shape: ClassShape = { kind: 'class', base, members, params, methods };
  const fields = own.map((member, index) => fieldTree(program, member, isGiven[index] ?? false));
  maker.add(type, shape, 2);
  // What is made calls those methods alone that are there by then, so that calls end.
  if (base && parent) maker.heap.shapes.set(base, { ...parent, methods: ofBase });
  const body = [
    ...fields,
    constructorTree(program, type, shape, { parent, own, isGiven, isExtended }),
    ...methodTrees(program, type, {
      members,
      methods,
      ofBase,
      inherited: parent?.methods ?? [],
    }),
  ];
  if (base && parent) maker.heap.shapes.set(base, parent);
  const heritage = base === undefined ? '' : ` extends ${base}`;
  maker.declare(name, statement`class ${name}${heritage} ${block(body)}`);
  return type;
}

function field(maker: TypeMaker, name: string): Member {
  const { random } = maker;
  const type = maker.held(0.25);
  const absent =
    isHeap(type) && random.chance(0.2) ? random.pick(['null', 'undefined'] as const) : undefined;
  return { name, type, absent, optional: false, writable: random.chance(0.9) };
}

const newContext = (program: ProgramContext, result: Type | undefined): Context => {
  const c = new Context(program, {
    bounds: 'throw',
    result,
    resultAbsent: undefined,
    room: program.random.between(4, 14),
  });
  // A call is made often, and may lead to others.
  c.rounds = 12;
  return c;
};

const annotation = ({ type, absent }: Member): string =>
  absent === undefined ? type : `${type} | ${absent}`;

function fieldTree(program: ProgramContext, member: Member, isGiven: boolean): Tree {
  const { name, type, writable } = member;
  const text = ts(`: ${annotation(member)}`);
  const start = statement`${ts(writable ? '' : 'readonly ')}${name}${text}`;
  if (isGiven) return statement`${start};`;
  return statement`${start} = ${valueFor(newContext(program, undefined), type, 1)};`;
}

function constructorTree(
  program: ProgramContext,
  type: HeapType,
  { params, members }: ClassShape,
  {
    parent,
    own,
    isGiven,
    isExtended,
  }: {
    readonly parent: ClassShape | undefined;
    readonly own: readonly Member[];
    readonly isGiven: readonly boolean[];
    readonly isExtended: boolean;
  },
): Tree {
  const c = newContext(program, undefined);
  const names = params.map((_, index) => `q${index}`);
  params.forEach((param, index) =>
    c.declare({ name: names[index] ?? '', type: param, writable: false }),
  );
  const inheritedCount = parent?.params.length ?? 0;
  const call = parent ? [statement`super(${names.slice(0, inheritedCount).join(', ')});`] : [];
  const given = own.filter((_, index) => isGiven[index]);
  const sets = given.map(({ name, type: held }, index): Tree => {
    const param = names[inheritedCount + index] ?? '';
    return program.random.chance(0.8)
      ? statement`this.${name} = ${param};`
      : statement`this.${name} = ${valueFor(c, held, 1)};`;
  });
  declareSelf(c, type, members);
  // As long as fields of a class that extends it aren't set, an instance must not be used as a whole.
  const rest = !isExtended && program.random.chance(0.4) ? statements(c, 1) : [];
  const list = joined(
    params.map((param, index) => statement`${names[index] ?? ''}${ts(`: ${param}`)}`),
  );
  return {
    kind: 'statement',
    parts: ['constructor(', ...list, ') ', block([...call, ...sets, ...rest])],
  };
}

interface MethodLists {
  readonly members: readonly Member[];
  /** Those that the class has by now. */
  readonly methods: Method[];
  /** Those that its base has by now. */
  readonly ofBase: Method[];
  readonly inherited: readonly Method[];
}

/** The methods of a class. Each calls those before it alone, whichever class of the line overrides them. */
function methodTrees(
  program: ProgramContext,
  type: HeapType,
  { members, methods, ofBase, inherited }: MethodLists,
): Tree[] {
  const { random } = program;
  const trees: Tree[] = [];
  for (const method of inherited) {
    if (random.chance(0.5)) trees.push(methodTree(program, { type, members }, method, true));
    methods.push(method);
    ofBase.push(method);
  }
  const count = random.between(inherited.length > 0 ? 0 : 1, 2);
  for (let i = 0; i < count; i++) {
    const isGetter = random.chance(0.25);
    const types = program.heap?.types ?? [];
    const someType = (): Type =>
      types.length > 0 && random.chance(0.35)
        ? random.pick(types)
        : random.pick(['number', 'number', 'i32', 'boolean'] as const);
    const method: Method = {
      name: `${isGetter ? 'g' : 'm'}${methods.length}`,
      params: isGetter ? [] : Array.from({ length: random.below(3) }, someType),
      result: isGetter || random.chance(0.85) ? someType() : undefined,
      isGetter,
      hasSetter: isGetter && random.chance(0.6),
      cost: 150,
    };
    trees.push(methodTree(program, { type, members }, method, false));
    methods.push(method);
  }
  return trees;
}

/** `this`, and the typed arrays that its fields keep as arrays of their own names. */
function declareSelf(c: Context, type: HeapType, members: readonly Member[]): void {
  c.declare({ name: 'this', type, writable: false });
  declareViews(c, 'this', members);
}

function methodTree(
  program: ProgramContext,
  { type, members }: { readonly type: HeapType; readonly members: readonly Member[] },
  method: Method,
  overrides: boolean,
): Tree {
  const { name, params, result, isGetter, hasSetter } = method;
  const c = newContext(program, result);
  params.forEach((param, index) =>
    c.declare({ name: `p${index}`, type: param, writable: param === 'number' }),
  );
  declareSelf(c, type, members);
  const inherited = overrides && isGetter && result !== undefined && c.chance(0.7);
  if (inherited) c.declare({ name: 'inherited', type: result, writable: false });
  const inner = [
    ...(inherited ? [statement`const inherited${ts(`: ${result}`)} = super.${name};`] : []),
    ...statements(c, isGetter ? 1 : c.random.between(1, 2)),
  ];
  const superCall =
    overrides && !isGetter && c.chance(0.7)
      ? [statement`super.${name}(${params.map((_, index) => `p${index}`).join(', ')});`]
      : [];
  const end = result === undefined ? [] : [returnStatement(c, 2)];
  const list = joined(params.map((param, index) => statement`p${index}${ts(`: ${param}`)}`));
  const head = `${isGetter ? 'get ' : ''}${name}(`;
  const keyword = overrides && c.chance(0.5) ? ts('override ') : '';
  const returned = ts(`: ${result ?? 'void'}`);
  const made = block([...inner, ...superCall, ...end]);
  const setter =
    hasSetter && result !== undefined
      ? ['\n', setterTree(program, type, members, name, result, overrides)]
      : [];
  return {
    kind: 'statement',
    parts: [keyword, head, ...list, ')', returned, ' ', made, ...setter],
  };
}

function setterTree(
  program: ProgramContext,
  type: HeapType,
  members: readonly Member[],
  name: string,
  held: Type,
  overrides: boolean,
): Tree {
  const c = newContext(program, undefined);
  c.declare({ name: 'p0', type: held, writable: held === 'number' });
  declareSelf(c, type, members);
  const inner = statements(c, c.random.between(1, 2));
  const ofBase =
    overrides && c.chance(0.7) ? [statement`super.${name} = ${valueFor(c, held, 1)};`] : [];
  return statement`set ${name}(p0${ts(`: ${held}`)}) ${block([...ofBase, ...inner])}`;
}

export const instanceForms = (
  c: Context,
  type: HeapType,
  shape: ClassShape,
): readonly (readonly [number, Form])[] => [
  [6, (own, depth) => newInstance(own, type, shape, depth)],
  ...[...(c.program.heap?.shapes ?? [])].flatMap(([name, other]): (readonly [number, Form])[] =>
    other.kind === 'class' && other.base === type
      ? [
          [
            5,
            (own, depth) =>
              made(type)`(${heapTree(own, heapType(name), depth)}${ts(` as ${type}`)})`,
          ],
        ]
      : [],
  ),
];

function newInstance(c: Context, type: HeapType, { params }: ClassShape, depth: number): Tree {
  const args = params.map((param) => valueFor(c, param, depth));
  return { kind: type, parts: [`new ${type}(`, ...joined(args), ')'] };
}

/** A call of a method, or a getter's value. */
export function callOfMethod(
  c: Context,
  from: Tree,
  { name, params, result, isGetter, cost }: Method,
  depth: number,
): Tree | undefined {
  const kind = result === undefined ? 'number' : kindOf(result);
  if ((c.frozen > 0 && !isGetter) || c.inValue > 0 || !c.spend(cost)) return undefined;
  if (isGetter) return made(kind)`${from}.${name}`;
  const args = params.map((param) => valueFor(c, param, depth));
  return { kind, parts: [from, `.${name}(`, ...joined(args), ')'] };
}

/** An assignment to an accessor. */
function setterCall(
  c: Context,
  object: string,
  { name, result, hasSetter, cost }: Method,
  depth: number,
): Tree | undefined {
  if (!hasSetter || result === undefined || c.frozen > 0 || c.inValue > 0) return undefined;
  if (!c.spend(2 * cost)) return undefined;
  const target = `${object}.${name}`;
  if (result === 'number' && c.chance(0.4))
    return c.chance(0.3)
      ? made('number')`${target}++`
      : made(
          'number',
        )`${target} ${c.random.pick(['+', '-', '*', '|'])}= ${valueFor(c, result, depth)}`;
  return made(kindOf(result))`${target} = ${valueFor(c, result, depth)}`;
}

/** A call of a method as a statement's expression. */
export function methodCall(c: Context, depth: number): Tree | undefined {
  const variable = c.pick(heapVariables(c, 'class'));
  const shape = variable && shapeAs(c, variable.type, 'class');
  const method = shape && c.pick(shape.methods);
  if (!variable || !method) return undefined;
  if (method.isGetter) return setterCall(c, variable.name, method, depth);
  return callOfMethod(c, made(kindOf(variable.type))`${variable.name}`, method, depth);
}

export function instanceTest(c: Context): Tree | undefined {
  const variable = c.pick(heapVariables(c, 'class'));
  if (!variable) return undefined;
  const names = [...(c.program.heap?.shapes ?? [])].flatMap(([name, { kind }]) =>
    kind === 'class' ? [name] : [],
  );
  // TypeScript would know what it is behind the test.
  const value = statement`(${variable.name}${ts(` as ${variable.type}`)})`;
  return boolean`(${value} instanceof ${c.random.pick(names)})`;
}

/** `if (x instanceof C1) …` */
export function instanceBranch(c: Context): readonly Tree[] | undefined {
  const variable = c.pick(heapVariables(c, 'class'));
  const type = variable?.type;
  if (!type || !isHeap(type)) return undefined;
  const derived = [...(c.program.heap?.shapes ?? [])].flatMap(([name, other]) =>
    other.kind === 'class' && other.base === type ? [heapType(name)] : [],
  );
  const wanted = c.pick(derived);
  if (!wanted) return undefined;
  const name = c.fresh('u');
  const inside = c.scoped(() => {
    c.declare({ name, type: wanted, writable: false });
    return block(statements(c, c.random.between(1, 3)));
  });
  return [
    statement`const ${name}${ts(`: ${type}`)} = ${heapTree(c, type, 1)};`,
    statement`if (${name} instanceof ${wanted}) ${inside}`,
  ];
}
