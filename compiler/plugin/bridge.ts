/** The modules that stand for the glue in bundles: they find it where the bundle runs. */

/** Where a bundle runs. */
export type Side = 'server' | 'browser';

export interface BridgeJob {
  readonly side: Side;
  readonly format: 'mjs' | 'cjs';
  /** The stem of the glue's file. */
  readonly name: string;
  /** The file of the glue for browsers, beside the bridge; undefined where there is none. */
  readonly browserModule: string | undefined;
  /** Where the glue is, when the code runs where it was compiled. */
  readonly folder?: string;
}

/** The text of a module whose default export, or which in CommonJS, is what the glue exports. */
export function bridgeFor({ side, format, name, browserModule, folder }: BridgeJob): string {
  if (side === 'browser') {
    if (browserModule !== undefined && format === 'mjs')
      return `export { default } from './${browserModule}';\n`;
    return `${exported(format)} ${javascriptOnly};\n`;
  }
  const glue = JSON.stringify(`${name}.cjs`);
  const found =
    folder === undefined ? `found(here, ${glue})` : JSON.stringify(`${folder}/${name}.cjs`);
  return `${format === 'mjs' ? esmHead : cjsHead}
// The bundle's files may lie in folders below the one that has the native code beside them.
function found(folder, name) {
  for (let above = folder; ; above = path.dirname(above)) {
    const file = path.join(above, 'native', name);
    if (fs.existsSync(file)) return file;
    if (above === path.dirname(above)) return undefined;
  }
}
const file = ${found};
if (file === undefined && process.env.TSNATIVE === 'require')
  throw new Error('TSNATIVE=require asks for native code, but there is no native/${name}.cjs beside the bundle');
const native = file === undefined ? ${javascriptOnly} : nodeModule.createRequire(file)(file);
${exported(format)} native;
`;
}

const exported = (format: 'mjs' | 'cjs'): string =>
  format === 'mjs' ? 'export default' : 'module.exports =';

/** What the glue exports where there is no native code. */
const javascriptOnly =
  '{ functions: Object.create(null), classes: Object.create(null), bind() {}, known: (id, fn) => fn, live: () => 0 }';

/** `import.meta.url` is the source's in some bundles for CommonJS, where there is `__dirname`. */
const esmHead = `import * as fs from 'node:fs';
import * as nodeModule from 'node:module';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
const here = typeof __dirname === 'string' ? __dirname : path.dirname(fileURLToPath(import.meta.url));`;

const cjsHead = `const fs = require('node:fs');
const nodeModule = require('node:module');
const path = require('node:path');
const here = __dirname;`;
