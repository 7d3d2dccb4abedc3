/** The whole package, for `ts-morph.ts`, which says why this is CommonJS. */
import useCompiledCode = require('./compiled-code.cts');

const asUsual = useCompiledCode();
import tsMorph = require('ts-morph');
asUsual();

export = tsMorph;
