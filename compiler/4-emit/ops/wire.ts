/** What the functions need that carry objects across the boundary (`compiler/wire/`). */
import type { Emit } from '../emission.ts';

const notYet: Emit = (e, op) => {
  throw new Error(`${e.fn.name}: ${op.op} is not written yet`);
};

export const wireOps = {
  'state.get': notYet,
  'state.set': notYet,
  'mark.get': notYet,
  'mark.set': notYet,
  'data.text': notYet,
} as const satisfies Record<string, Emit>;
