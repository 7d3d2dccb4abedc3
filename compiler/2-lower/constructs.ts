/** Constructs of the language that native code doesn't have: what each is called, why, and what to write instead. */
import { Node, SyntaxKind } from '../ts-morph.ts';
import { placeOfRange } from '../1-read/places.ts';
import type { Place } from '../diagnostics/types.ts';
import type { Construct, Lowering } from './lowering.ts';
import { sourceOf } from './refusals.ts';

/** A construct, and the part of it that a message points at when it isn't the whole. */
interface Refused extends Construct {
  readonly place?: Place;
}

type Describe<T extends Node = Node> = (node: T) => Refused;

/** Refuses an expression or a statement that has no lowering. */
export function refuseConstruct(l: Lowering, node: Node): never {
  const { place, ...construct } = (described(node) ?? unknownConstruct)(node);
  return l.unsupported(place ?? node, construct);
}

const inJavaScript = 'Do it in the JavaScript that calls the native function.';
const oneCall = 'A native function runs from its start to its end in one call.';

function described(node: Node): (() => Refused) | Describe | undefined {
  if (Node.isObjectLiteralExpression(node)) return () => objectLiteral(node);
  if (Node.isGetAccessorDeclaration(node) || Node.isSetAccessorDeclaration(node)) {
    const isGetter = Node.isGetAccessorDeclaration(node);
    return () => ({
      what: `a ${isGetter ? 'getter' : 'setter'} of an object literal`,
      why: 'The properties of plain objects hold values; a read or a write runs nothing.',
      rewrite: isGetter
        ? `A method: ${node.getName()}() { … }`
        : `A method: set(${node.getParameters().map(sourceOf).join(', ')}) { … }`,
    });
  }
  if (Node.isClassDeclaration(node) || Node.isClassExpression(node)) {
    return () => ({
      what: 'a class inside a native function',
      why: 'Each run of the function would make another class; those of native code are there once.',
      rewrite: 'Move the class to the top level of the file.',
      place: head(
        node,
        node.getNameNode() ?? node.getFirstChildByKindOrThrow(SyntaxKind.ClassKeyword),
      ),
    });
  }
  if (Node.isEnumDeclaration(node)) {
    return () => ({
      what: 'an enum inside a native function',
      why: 'An enum is an object that belongs to the JavaScript of a module.',
      rewrite: `const ${node
        .getMembers()
        .map((member, index) => `${member.getName()} = ${member.getValue() ?? index}`)
        .join(', ')};`,
      place: head(node, node.getNameNode()),
    });
  }
  if (Node.isForInStatement(node))
    return () => forIn(node.getInitializer(), node.getExpression(), node);
  if (Node.isTypeOfExpression(node)) return () => testOfType('typeof', node, node.getExpression());
  if (Node.isBinaryExpression(node)) return () => binary(node.getLeft(), node.getRight(), node);
  if (Node.isDeleteExpression(node)) {
    return () => ({
      what: '`delete`',
      why: 'The elements of a typed array are always there.',
      rewrite: `${sourceOf(node.getExpression())} = 0;`,
    });
  }
  if (Node.isCallExpression(node)) return () => dynamicImport(node.getArguments()[0]);
  if (Node.isSpreadElement(node)) return () => spread(node.getExpression(), node);
  return simple[node.getKind()];
}

/** What is told by its kind alone. */
const simple: Partial<Record<SyntaxKind, Describe>> = {
  [SyntaxKind.VariableDeclaration]: () => ({
    what: '`using`',
    why: 'Native code has nothing that must be disposed of.',
    rewrite: 'const, and disposing in the JavaScript that calls the native function.',
  }),
  [SyntaxKind.WithStatement]: (node) => ({
    what: '`with`',
    why: 'What its names mean is known only when it runs.',
    rewrite: 'Write the object before each name: Math.sin(x)',
    place: head(node, node.getFirstChildByKind(SyntaxKind.WithKeyword) ?? node),
  }),
  [SyntaxKind.AwaitExpression]: (node) => ({
    what: '`await`',
    why: oneCall,
    rewrite: 'Await in the JavaScript that calls the native function, and pass it the result.',
    place: head(node, node.getFirstChildByKind(SyntaxKind.AwaitKeyword) ?? node),
  }),
  [SyntaxKind.YieldExpression]: () => ({
    what: '`yield`',
    why: oneCall,
    rewrite: 'Fill a typed array and return it.',
  }),
  [SyntaxKind.ThisKeyword]: () => ({
    what: '`this`',
    why: 'Native code is called with values alone.',
    rewrite: 'Take what the function uses of `this` as parameters.',
  }),
  [SyntaxKind.SuperKeyword]: () => ({
    what: '`super` here',
    why: 'It stands for the class that a native class extends, whose methods and accessors are known by their names.',
    rewrite: 'super.name(…), in a method of a class that native code has.',
  }),
  [SyntaxKind.RegularExpressionLiteral]: () => ({
    what: 'a regular expression',
    why: 'JavaScript compiles them when it runs; native code has the methods of strings that take strings.',
    rewrite: "text.indexOf('x'), text.split(','), or a loop that compares text.charCodeAt(i)",
  }),
  [SyntaxKind.TaggedTemplateExpression]: () => ({
    what: 'a tagged template',
    why: 'Its function would be called with an object that JavaScript makes once for each place.',
    rewrite: 'Call a function with the parts as arguments.',
  }),
  [SyntaxKind.MetaProperty]: (node) => ({
    what: `\`${node.getText()}\``,
    why: 'Native code belongs to no module and is never called with `new`.',
    rewrite: 'Read it in JavaScript, and pass the numbers that matter as parameters.',
  }),
};

const dynamicImport = (path: Node | undefined): Refused => ({
  what: 'a dynamic import',
  why: 'JavaScript loads modules; native code is linked when it is built.',
  rewrite: `import { name } from ${path ? sourceOf(path) : "'./module.js'"}; // at the top of the file`,
});

const unknownConstruct: Describe = (node) => ({
  what: `\`${sourceOf(node)}\` here`,
  why: 'tsnative compiles a subset of TypeScript whose types and memory are known when compiling.',
  rewrite: inJavaScript,
});

function objectLiteral(node: Node & { getProperties(): Node[] }): Refused {
  const fields = node.getProperties().map((property) => {
    // The variable is there already.
    if (Node.isShorthandPropertyAssignment(property)) return '';
    if (!Node.isPropertyAssignment(property)) return undefined;
    const name = property.getName();
    return /^\w+$/.test(name)
      ? `${name} = ${sourceOf(property.getInitializerOrThrow())}`
      : undefined;
  });
  const made = fields.filter((field) => field !== '');
  const isPlain = made.length > 0 && made.every((field) => field !== undefined);
  return {
    what: 'an object literal',
    why: 'Objects of native code have the type of what they are for: an interface, a type or what TypeScript infers.',
    rewrite: isPlain
      ? `const ${made.join(', ')}; // a variable for each field`
      : 'Use a variable for each field.',
  };
}

function forIn(initializer: Node, array: Node, node: Node): Refused {
  const variable = Node.isVariableDeclarationList(initializer)
    ? initializer.getDeclarations()[0]?.getName()
    : initializer.getText();
  const i = variable ?? 'i';
  return {
    what: '`for…in`',
    why: 'It goes over the names of properties, which are strings.',
    rewrite: `for (let ${i} = 0; ${i} < ${sourceOf(array)}.length; ${i}++) { … }`,
    place: placeOfRange(
      node.getSourceFile().compilerNode,
      node.getStart(),
      endBefore(node, Node.isIterationStatement(node) ? node.getStatement() : undefined),
    ),
  };
}

/** `typeof x` and `x instanceof C`, whose answers the declared type gives. */
function testOfType(what: string, node: Node, value: Node): Refused {
  const type = value.getType();
  const text = sourceOf(value);
  return {
    what: `\`${what}\``,
    why: 'The type of each value is known when compiling, and checked where JavaScript calls.',
    rewrite: type.isNullable()
      ? `${text} === undefined`
      : `Leave the test out: ${text} is always ${article(type.getText(node).replace(/<.*>/, ''))}.`,
  };
}

const article = (type: string): string => `${/^[aeiou]/i.test(type) ? 'an' : 'a'} ${type}`;

/** `in` and `instanceof`. */
function binary(left: Node, right: Node, node: Node): Refused {
  const operator = Node.isBinaryExpression(node) ? node.getOperatorToken().getText() : '';
  if (operator === 'instanceof') return testOfType(operator, node, left);
  const index = sourceOf(left);
  return {
    what: `\`${operator}\``,
    why: 'Native code has no properties but the elements of typed arrays.',
    rewrite: left.getType().isNumber()
      ? `${index} >= 0 && ${index} < ${sourceOf(right)}.length`
      : 'Leave the test out.',
  };
}

function spread(array: Node, node: Node): Refused {
  const around = node.getParent();
  const text = sourceOf(array);
  return {
    what: 'a spread',
    why: 'The number of arguments and of elements is fixed when compiling.',
    rewrite: copyOf(around, text) || `Write each one: ${text}[0], ${text}[1]`,
  };
}

/** `new Float64Array([...array])` is a copy of the array. */
function copyOf(literal: Node | undefined, array: string): string | undefined {
  const made = literal?.getParent();
  const isOnly = Node.isArrayLiteralExpression(literal) && literal.getElements().length === 1;
  return isOnly && Node.isNewExpression(made)
    ? `new ${sourceOf(made.getExpression())}(${array})`
    : undefined;
}

/** From the start of a node to the end of one of its parts. */
const head = (node: Node, last: Node): Place =>
  placeOfRange(node.getSourceFile().compilerNode, node.getStart(), last.getEnd());

/** Where the text before a node's body ends. */
function endBefore(node: Node, body: Node | undefined): number {
  if (!body) return node.getEnd();
  const text = node.getSourceFile().getFullText().slice(node.getStart(), body.getStart());
  return node.getStart() + text.trimEnd().length;
}
