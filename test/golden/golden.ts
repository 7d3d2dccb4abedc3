/** Golden files: what a test made, beside its source; `UPDATE_GOLDEN=1` writes them anew. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import * as assert from 'uvu/assert';

const update = process.env['UPDATE_GOLDEN'] === '1';

/** Compares a text with the golden file at a path, or writes that. */
export function matchGolden(path: string, actual: string): void {
  if (update) {
    if (!existsSync(path) || readFileSync(path, 'utf8') !== actual) writeFileSync(path, actual);
    return;
  }
  assert.ok(existsSync(path), `${path} is missing: run the test with UPDATE_GOLDEN=1`);
  assert.fixture(actual, readFileSync(path, 'utf8'), path);
}
