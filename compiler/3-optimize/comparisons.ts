/** Comparisons, and how they are turned around. */

export const comparisons = ['eq', 'ne', 'lt', 'le', 'gt', 'ge'] as const;

export type Comparison = (typeof comparisons)[number];

/** `a op b` fails, where neither is NaN, just if `a negated[op] b` holds. */
export const negated: Readonly<Record<Comparison, Comparison>> = {
  eq: 'ne',
  ne: 'eq',
  lt: 'ge',
  ge: 'lt',
  le: 'gt',
  gt: 'le',
};

export const isComparison = (op: string): op is Comparison => Object.hasOwn(negated, op);

/** `a op b` is `b mirrored[op] a`. */
export const mirrored: Readonly<Record<Comparison, Comparison>> = {
  eq: 'eq',
  ne: 'ne',
  lt: 'gt',
  gt: 'lt',
  le: 'ge',
  ge: 'le',
};
