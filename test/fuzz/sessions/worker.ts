/** Runs the scripts of sessions with the modules of a folder: `worker.ts FOLDER LIST`, whose answers go to its parent. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { show } from '../../support/show.ts';
import { nameOf, type Session } from './session.ts';

const [folder = '', list = ''] = process.argv.slice(2);
const sessions = JSON.parse(readFileSync(list, 'utf8')) as readonly Session[];
// eslint-disable-next-line @typescript-eslint/no-empty-function
const AsyncFunction = (async () => {}).constructor as new (
  ...parts: string[]
) => (...args: unknown[]) => Promise<void>;

const errorText = (error: unknown): string =>
  error instanceof Error ? `${error.constructor.name}: ${error.message}` : `thrown ${show(error)}`;

for (const session of sessions) {
  const told: string[] = [];
  const tell = (...values: unknown[]): void => {
    told.push(values.map(show).join(' '));
  };
  const thrown = (call: () => unknown): void => {
    try {
      tell(call());
    } catch (error) {
      told.push(errorText(error));
    }
  };
  try {
    const url = pathToFileURL(join(folder, `${nameOf(session)}.js`)).href;
    await new AsyncFunction('m', 'tell', 'thrown', session.script)(await import(url), tell, thrown);
  } catch (error) {
    told.push(errorText(error));
  }
  await new Promise((done) => process.send?.({ index: session.index, told }, done));
}
process.disconnect();
