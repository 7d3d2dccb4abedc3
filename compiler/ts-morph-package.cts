/** The whole package, for `ts-morph.ts`, which says why this is CommonJS. */
import tsMorph = require('ts-morph');

export = tsMorph;
