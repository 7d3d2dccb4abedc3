// `npm run fuzz`: makes the clone ready, then runs main.ts.
import { tsImport } from 'tsx/esm/api';
import { ensureReady } from '../../compiler/build-package.mjs';

await ensureReady();
await tsImport('./main.ts', import.meta.url);
