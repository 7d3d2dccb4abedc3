/** Errors that were caught or made. */
import type { Emit } from '../emission.ts';

const notYet: Emit = (e, op) => {
  throw new Error(`${e.fn.name}: ${op.op} is not written yet`);
};

export const errorOps = {
  'error.caught': notYet,
  'error.new': notYet,
  'error.is': notYet,
  'error.message': notYet,
  'error.name': notYet,
} as const satisfies Record<string, Emit>;
