/**
 * Calls of vectorised functions with arrays, in functions that may become native: each whole expression of them, such as
 * `add(mul(a, b), c)`, becomes a function of its arrays with one loop, which makes no array but the result.
 */
import { ts } from '../../ts-morph.ts';
import { inArrays } from '../hints.ts';
import { arrayFunctionOf, classOfResult, type ArrayFunction } from './find.ts';
import { vectorizeKernel } from './vectorize.ts';

/** A part of an expression that is evaluated before it. */
export interface Leaf {
  readonly node: ts.Expression;
  readonly kind: 'number' | 'elements' | 'array';
  /** The class of typed arrays of its elements. */
  readonly type: string;
}

/** A call with arrays. */
export interface ArrayExpression {
  readonly node: ts.CallExpression;
  /** What `into` is given for the result. */
  readonly out: Leaf | undefined;
  readonly leaves: readonly Leaf[];
  /** Of the result's elements. */
  readonly type: string;
  /** The function of the leaves' elements. */
  readonly fn: string;
  /** Statements that compute the shape of each call from those of the leaves, and where the last one is. */
  readonly shapes: readonly string[];
  readonly shape: string;
}

/** The expressions of a file that are no part of others. */
export function expressionsIn(file: ts.SourceFile, checker: ts.TypeChecker): ArrayExpression[] {
  const found: ArrayExpression[] = [];
  const visit = (node: ts.Node, isInside: boolean): void => {
    const made = isInside && ts.isCallExpression(node) ? expressionAt(node, checker) : undefined;
    if (made) {
      found.push(made);
      for (const leaf of [...made.leaves, ...(made.out ? [made.out] : [])])
        visit(leaf.node, isInside);
      return;
    }
    ts.forEachChild(node, (child) => visit(child, isInside || ts.isFunctionLike(node)));
  };
  visit(file, false);
  return found;
}

function expressionAt(
  node: ts.CallExpression,
  checker: ts.TypeChecker,
): ArrayExpression | undefined {
  const { expression, arguments: args } = node;
  const isInto = ts.isPropertyAccessExpression(expression) && expression.name.text === 'into';
  const made = calledFunction(isInto ? expression.expression : expression, checker);
  if (!made || args.some(ts.isSpreadElement)) return undefined;
  const [first] = args;
  const out = isInto && first ? leafOf(first, checker) : undefined;
  if (isInto && (!out || out.kind === 'number')) return undefined;
  const tree = new Tree(checker);
  const name = isInto ? expression.expression.getText() : expression.getText();
  const fn = tree.call(name, isInto ? args.slice(1) : args);
  if (fn === undefined || !tree.leaves.some(({ kind }) => kind !== 'number')) {
    if (fn === undefined || !isInto) return undefined;
  }
  return {
    node,
    out,
    leaves: tree.leaves,
    type: out?.type ?? classOfResult(made, checker),
    fn: `(${tree.leaves.map(({ type }, index) => `$${index}: ${type.startsWith('Big') ? (type === 'BigInt64Array' ? '$i64' : '$u64') : 'number'}`).join(', ')}) => ${fn}`,
    shapes: tree.shapes,
    shape: tree.shape,
  };
}

/** The vectorised constant that is called. */
function calledFunction(callee: ts.Expression, checker: ts.TypeChecker): ArrayFunction | undefined {
  if (!ts.isIdentifier(callee)) return undefined;
  const symbol = checker.getSymbolAtLocation(callee);
  const target =
    symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const declaration = target?.valueDeclaration;
  if (!declaration || !ts.isVariableDeclaration(declaration)) return undefined;
  if (!ts.isSourceFile(declaration.parent.parent.parent)) return undefined;
  const made = arrayFunctionOf(declaration, checker);
  return made?.maker === 'vectorize' ? made : undefined;
}

/** What a value is converted to where it would be stored in an array of a class and read again. */
const stored: Readonly<Record<string, (value: string) => string>> = {
  Float64Array: (value) => value,
  Float32Array: (value) => `Math.fround(${value})`,
  Int32Array: (value) => `((${value}) | 0)`,
  Uint32Array: (value) => `((${value}) >>> 0)`,
  Int16Array: (value) => `((${value}) << 16 >> 16)`,
  Uint16Array: (value) => `((${value}) & 65535)`,
  Int8Array: (value) => `((${value}) << 24 >> 24)`,
  Uint8Array: (value) => `((${value}) & 255)`,
  BigInt64Array: (value) => `BigInt.asIntN(64, ${value})`,
  BigUint64Array: (value) => `BigInt.asUintN(64, ${value})`,
};

/** Collects the leaves of an expression while it writes the function of their elements. */
class Tree {
  readonly leaves: Leaf[] = [];
  readonly shapes: string[] = [];
  /** The shape of the call that was written last. */
  shape = '';
  private readonly checker: ts.TypeChecker;

  constructor(checker: ts.TypeChecker) {
    this.checker = checker;
  }

  /** The call of a function with elements; undefined where an argument is nothing that has some. */
  call(name: string, args: readonly ts.Expression[]): string | undefined {
    const parts: string[] = [];
    const shapes: string[] = [];
    for (const arg of args) {
      const inner = withoutParentheses(arg);
      const made = ts.isCallExpression(inner)
        ? calledFunction(inner.expression, this.checker)
        : undefined;
      const store = made && stored[classOfResult(made, this.checker)];
      const isArray = this.checker.getTypeAtLocation(inner).flags & ts.TypeFlags.Object;
      if (
        store &&
        isArray &&
        ts.isCallExpression(inner) &&
        !inner.arguments.some(ts.isSpreadElement)
      ) {
        const text = this.call(inner.expression.getText(), inner.arguments);
        if (text === undefined) return undefined;
        parts.push(store(text));
        shapes.push(this.shape);
        continue;
      }
      const leaf = leafOf(inner, this.checker);
      if (!leaf) return undefined;
      parts.push(`$${this.leaves.length}`);
      if (leaf.kind !== 'number') shapes.push(`$x${this.leaves.length}.shape`);
      this.leaves.push(leaf);
    }
    const [first = '[]', ...others] = shapes;
    let shape = first;
    for (const other of others) {
      const next = `$shape${this.shapes.length}`;
      this.shapes.push(`const ${next} = $commonShape(${shape}, ${other});`);
      shape = next;
    }
    this.shape = shape;
    return `${name}(${parts.join(', ')})`;
  }
}

const withoutParentheses = (node: ts.Expression): ts.Expression =>
  ts.isParenthesizedExpression(node) ? withoutParentheses(node.expression) : node;

function leafOf(node: ts.Expression, checker: ts.TypeChecker): Leaf | undefined {
  const type = checker.getTypeAtLocation(node);
  if (type.flags & ts.TypeFlags.NumberLike) return { node, kind: 'number', type: 'Float64Array' };
  if (type.flags & ts.TypeFlags.BigIntLike) return { node, kind: 'number', type: 'BigInt64Array' };
  const symbol = type.getSymbol();
  if (!symbol) return undefined;
  if (isElements(symbol.name)) return { node, kind: 'elements', type: symbol.name };
  const isArray =
    symbol.name === 'NdArray' &&
    symbol.declarations?.some((one) => inArrays(one.getSourceFile().fileName));
  const elements = isArray
    ? checker.getTypeArguments(type as ts.TypeReference)[0]?.getSymbol()?.name
    : undefined;
  return elements !== undefined && isElements(elements)
    ? { node, kind: 'array', type: elements }
    : undefined;
}

const isElements = (name: string): boolean =>
  /^(Int8|Uint8|Uint8Clamped|Int16|Uint16|Int32|Uint32|Float32|Float64|BigInt64|BigUint64)Array$/.test(
    name,
  );

/**
 * The functions of an expression: the loops, what runs them over arrays of one shape, and what native code calls with the
 * leaves.
 */
export function expressionFunctions(one: ArrayExpression, name: string): string {
  const { leaves, type, out, fn, shapes, shape } = one;
  const isArray = (index: number): boolean => leaves[index]?.kind !== 'number';
  const kernel = vectorizeKernel({
    name: `${name}_kernel`,
    fn,
    classes: [type, ...leaves.map((leaf, index) => (isArray(index) ? leaf.type : typeOf(leaf)))],
    isTagged: false,
  });
  const own = leaves.map((leaf, index) => ({ leaf, name: `$x${index}`, isArray: isArray(index) }));
  const all = [{ leaf: { type, kind: 'array' } as const, name: '$out', isArray: true }, ...own];
  const arrays = all.filter((each) => each.isArray);
  const params = (each: (part: (typeof all)[number]) => string): string => all.map(each).join(', ');
  const call = `${name}_kernel($g, ${params((part) => (part.isArray ? `${part.name}.data` : part.name))});`;
  const describe = (write: (array: string, index: number) => string): string =>
    arrays.map((array, index) => write(array.name, index)).join('\n');
  const made = own.flatMap(({ leaf, name: array, isArray: is }, index) =>
    is ? [`  const ${array} = ${asArray(leaf, `$p${index}`)};`] : [],
  );
  const whole = own.map(({ name: array, isArray: is }) => {
    if (!is) return array;
    const broadcast = `${array}.broadcast($shape)`;
    return out ? `$inputFor($out, ${broadcast})` : broadcast;
  });
  const given = leaves.map(
    (leaf, index) => `${isArray(index) ? '$p' : '$x'}${index}: ${typeOf(leaf)}`,
  );
  const begin = out
    ? [`  const $out = ${asArray(out, '$given')};`, '  const $shape = $out.shape;']
    : [
        ...shapes.map((statement) => `  ${statement}`),
        `  const $shape = ${shape};`,
        `  const $out = $ndarray(new ${type}($sizeOfShape($shape)), $shape);`,
      ];
  // `arrayFunctionAt` tells the place by this.
  return `/* of ${one.node.getStart()} */
${kernel}
function ${name}_run(${params((part) => `${part.name}: ${part.isArray ? `$NdArray<${part.leaf.type}>` : typeOf(part.leaf)}`)}): void {
  if ($out.rank > 4) {
    for (let $i = 0; $i < $out.n0; $i++) ${name}_run(${params((part) => (part.isArray ? `${part.name}.pick(0, $i)` : part.name))});
    return;
  }
  const $g = new Int32Array(${4 + 5 * arrays.length});
  if (${arrays.map((array) => `$isFlat(${array.name})`).join(' && ')}) {
    const $rows = Math.floor($out.size / 8192);
    $g[0] = $rows;
    $g[1] = 1;
    $g[2] = 1;
    $g[3] = 8192;
${describe((array, index) => `    $describeFlat($g, ${index}, ${array}, 0);`)}
    ${call}
    $g[0] = 1;
    $g[3] = $out.size - $rows * 8192;
${describe((array, index) => `    $describeFlat($g, ${index}, ${array}, $rows * 8192);`)}
    ${call}
    return;
  }
  $describeSizes($g, $out);
${describe((array, index) => `  $describe($g, ${index}, ${array});`)}
  ${call}
}
function ${name}(${[...(out ? [`$given: ${typeOf(out)}`] : []), ...given].join(', ')}): ${out ? 'void' : `$NdArray<${type}>`} {
${[...made, ...begin].join('\n')}
  ${name}_run(${['$out', ...whole].join(', ')});
${out ? '' : '  return $out;\n'}}`;
}

const typeOf = ({ kind, type }: Pick<Leaf, 'kind' | 'type'>): string =>
  kind === 'array'
    ? `$NdArray<${type}>`
    : kind === 'elements'
      ? type
      : type === 'Float64Array'
        ? 'number'
        : '$i64';

const asArray = ({ kind }: Leaf, name: string): string =>
  kind === 'array' ? name : `$ndarray(${name})`;
