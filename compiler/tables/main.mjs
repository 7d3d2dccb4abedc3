// `npm run tables`: writes the tables of the runtime's library.
import { writeFile } from 'node:fs/promises';
import { caseProperties, caseTables } from './case-mapping.mjs';
import { powersOfTen } from './powers-of-ten.mjs';

const library = new URL('../../runtime/std/', import.meta.url);
await writeFile(new URL('powers-of-ten.ts', library), powersOfTen());
await writeFile(new URL('case-tables.ts', library), caseTables());
await writeFile(new URL('case-properties.ts', library), caseProperties());
