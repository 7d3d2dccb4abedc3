/**
 * Where a function is exported, so that another thread can import it: V8 tells which script a function is of
 * (`[[FunctionLocation]]` of the inspector's protocol), and that module's exports which name it has.
 */
import { createRequire } from 'node:module';
import { Session, type Debugger, type Runtime } from 'node:inspector';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** A function's module and the name that it is exported by. */
export interface Located {
  readonly url: string;
  readonly name: string;
}

const known = new WeakMap<Function, Located>();
/** Where V8's inspector finds the function that is asked for. */
const asked = Symbol.for('tsnative.workers.function');

/**
 * @param user what the messages of errors begin with
 * @throws TypeError where no module exports it, or only the program's main one
 */
export async function locate(fn: Function, user: 'jobs' | 'graphs'): Promise<Located> {
  const before = known.get(fn);
  if (before) return before;
  const what = fn.name === '' ? 'the function' : `\`${fn.name}\``;
  const url = await scriptOf(fn);
  if (url === undefined)
    throw new TypeError(
      `${user}: ${what} is no function of a module; write one that calls it, and export that`,
    );
  if (isMain(url))
    throw new TypeError(
      `${user}: ${what} is in the program's main module, which every worker would run again; move it to a module of its own`,
    );
  const name = await exportedName(fn, url);
  if (name === undefined)
    throw new TypeError(
      `${user}: ${what} isn't exported by ${fileURLToPath(url)}, from where workers import it; export it, with what it takes from a function around it as parameters`,
    );
  const located = { url, name };
  known.set(fn, located);
  return located;
}

async function scriptOf(fn: Function): Promise<string | undefined> {
  const session = new Session();
  session.connect();
  try {
    const scripts = new Map<string, string>();
    session.on('Debugger.scriptParsed', ({ params }) => scripts.set(params.scriptId, params.url));
    await post(session, 'Debugger.enable');
    (globalThis as { [asked]?: Function })[asked] = fn;
    const found = (await post(session, 'Runtime.evaluate', {
      expression: `globalThis[Symbol.for(${JSON.stringify(asked.description)})]`,
    })) as Runtime.EvaluateReturnType;
    const { objectId } = found.result;
    if (objectId === undefined) return undefined;
    const properties = (await post(session, 'Runtime.getProperties', {
      objectId,
      ownProperties: true,
    })) as Runtime.GetPropertiesReturnType;
    const location = properties.internalProperties?.find(
      ({ name }) => name === '[[FunctionLocation]]',
    )?.value?.value as Debugger.Location | undefined;
    const url = location && scripts.get(location.scriptId);
    if (url === undefined || url === '') return undefined;
    // Scripts of CommonJS modules have paths.
    const whole = url.startsWith('file:') ? url : pathToFileURL(url).href;
    return url.startsWith('file:') || url.startsWith('/') || /^[A-Za-z]:\\/.test(url)
      ? whole
      : undefined;
  } finally {
    delete (globalThis as { [asked]?: Function })[asked];
    session.disconnect();
  }
}

const post = (session: Session, method: string, params?: object): Promise<unknown> =>
  new Promise((resolve, reject) =>
    session.post(method, params, (error: Error | null, result: unknown) =>
      error ? reject(error) : resolve(result),
    ),
  );

function isMain(url: string): boolean {
  const [, main] = process.argv;
  if (main === undefined) return false;
  try {
    return pathToFileURL(createRequire(import.meta.url).resolve(main)).href === url;
  } catch {
    return false;
  }
}

async function exportedName(fn: Function, url: string): Promise<string | undefined> {
  const module = (await import(url)) as Readonly<Record<string, unknown>>;
  return Object.keys(module).find((name) => module[name] === fn);
}
