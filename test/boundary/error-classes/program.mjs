// Prints what errors of native code are to JavaScript. The argument is the folder of the modules.
import { pathToFileURL } from 'node:url';

const load = (name) => import(pathToFileURL(`${process.argv[2]}/${name}`).href);
const extension = process.argv[3];
const errors = await load(`errors.${extension}`);
const { fail, called, passedThrough, parse, Parser } = await load(`parse.${extension}`);
const { ParseError, DeepError, Empty, default: Coded } = errors;

function tell(error) {
  const classes = Object.entries({ Error, RangeError, TypeError, ...errors })
    .filter(([, made]) => error instanceof made)
    .map(([name]) => name);
  console.log(error.constructor.name, String(error), classes.join());
  for (const key of Reflect.ownKeys(error)) {
    const { value, writable, enumerable, configurable } = Object.getOwnPropertyDescriptor(
      error,
      key,
    );
    const shown = key === 'stack' ? '' : Object.is(value, -0) ? '-0' : JSON.stringify(value);
    console.log(
      ' ',
      key,
      shown,
      key === 'stack' ? '' : [writable, enumerable, configurable].join(),
    );
  }
  const [header, ...frames] = error.stack.split('\n');
  const called = ['fail', 'parse', 'next', 'passedThrough'];
  console.log(
    ' ',
    header,
    called.filter((name) => frames.some((frame) => frame.includes(`${name} (`))).join(),
  );
}

function attempt(run) {
  try {
    console.log(run());
  } catch (error) {
    tell(error);
    return error;
  }
}

for (let kind = 0; kind < 8; kind++)
  for (const x of [0, -0, 2, 4.5, NaN, Infinity]) attempt(() => fail(kind, x));
const error = attempt(() => fail(6, 3));
console.log(error.where(), error !== attempt(() => fail(6, 3)));
attempt(() => parse('12x'));
console.log(parse('123'));
const parser = new Parser();
console.log(parser.next('a'));
attempt(() => parser.next('a'));

const js = (made) => () => {
  throw made;
};
class Sub extends DeepError {
  extra = 1;
}
const thrown = [
  new ParseError('js', 5, 6),
  new DeepError(2),
  new DeepError(3),
  new DeepError(9),
  new Sub(1),
  new Sub(8),
  new Coded(),
  Object.assign(new Coded('x'), { severity: 'high' }),
  new Empty('empty'),
  new Error('plain'),
  new RangeError('range'),
];
for (const made of thrown) {
  const again = attempt(() => called(js(made), 1));
  if (again) console.log('same', again === made);
  console.log(attempt(() => passedThrough(js(made), 1)) === made);
}
console.log(called(() => fail(0, 1), 1));
console.log(called(() => fail(1, 1), 1));
attempt(() => called(() => fail(1, 7), 1));
for (const other of [5, undefined, null, { position: 1 }])
  try {
    console.log(called(js(other), 1));
  } catch (e) {
    console.log(e);
  }
console.log('done');
