// Prints what native code says of errors that aren't what their class says.
import { pathToFileURL } from 'node:url';

const load = (name) => import(pathToFileURL(`${process.argv[2]}/${name}`).href);
const { ParseError, DeepError, default: Coded } = await load('errors.js');
const { called } = await load('parse.js');
const odd = [
  Object.assign(new ParseError('js', 5), { position: '5' }),
  Object.assign(new ParseError('js', 5), { line: undefined }),
  Object.defineProperty(new ParseError('js', 5), 'line', {
    get() {
      throw new Error('unreadable');
    },
  }),
  Object.assign(new DeepError(1), { fatal: 0 }),
  Object.assign(new Coded(), { code: null }),
];
for (const made of odd)
  try {
    console.log(
      called(() => {
        throw made;
      }, 1),
    );
  } catch (error) {
    console.log(String(error));
  }
