/** LLVM's remarks in the words of somebody who writes TypeScript. */
import { argument, messageOf, type Remark } from './remarks.ts';
import { code } from './words.ts';

export interface Reason {
  readonly text: string;
  readonly rewrite?: string;
}

/** Why LLVM did not vectorise a loop, by the remark's name. */
const reasons: Readonly<Record<string, Reason>> = {
  CantComputeNumberOfIterations: {
    text: 'How often the loop runs isn’t known when it starts: something inside may leave it early.',
    rewrite:
      'Let only the loop’s own condition end it, with a counter and a limit that stays the same.',
  },
  CantReorderFPOps: {
    text: 'The order of the floating-point operations decides the last digits, so several can’t be done at once.',
    rewrite:
      '`/** @native fastmath */` permits another order; or add up into several variables yourself.',
  },
  CantReorderMemOps: {
    text: 'Reads and writes of memory can’t be put in another order.',
    rewrite: 'Write into another array than the one that is read.',
  },
  UnsafeDep: {
    text: 'A round reads an element that an earlier round has written, so rounds can’t be done at once.',
    rewrite: 'Where the algorithm allows it, write into another array than the one that is read.',
  },
  UnsafeMemDep: {
    text: 'A round may read what an earlier round has written.',
    rewrite: 'Write into another array than the one that is read.',
  },
  CantIdentifyArrayBounds: {
    text: 'Which elements the loop touches isn’t known before it runs, so arrays can’t be tested to be apart.',
    rewrite: 'Let indices be the counter plus something that stays the same during the loop.',
  },
  NonReductionValueUsedOutsideLoop: {
    text: 'A variable that changes from round to round is used after the loop, and it is no plain sum, product, minimum or maximum.',
    rewrite: 'Keep what each round needs inside the round, or split the loop in two.',
  },
  NoInductionVariable: {
    text: 'The loop has no counter.',
    rewrite: 'Write it as `for (let i = 0; i < n; i++)`.',
  },
  CFGNotUnderstood: {
    text: 'The jumps inside the loop are too tangled.',
    rewrite:
      'One `if` and `else` are fine; leave out `break`, `continue` to outer loops and `switch`.',
  },
  LoopContainsSwitch: {
    text: 'A `switch`, or a chain of comparisons that became one, is inside the loop.',
    rewrite: 'A table lookup, or arithmetic on the result of a comparison, has no branches.',
  },
  EarlyExit: { text: 'The loop may end early.' },
  CantVectorizeCall: {
    text: 'It calls a function, which can’t be done for several elements at once.',
    rewrite: 'Small functions are inlined; move what must be called out of the loop.',
  },
  CantVectorizeLibcall: {
    text: 'It calls a function that was not inlined, which can’t be done for several elements at once.',
    rewrite: 'Compute the calls’ results in a loop of their own first.',
  },
  CantVectorizeIntrinsic: { text: 'One of its operations has no form for vectors.' },
  CantVectorizeInstruction: { text: 'One of its operations has no form for vectors.' },
  CantVectorizeInstructionReturnType: { text: 'One of its operations has no form for vectors.' },
  NoCFGForSelect: {
    text: 'A value that is chosen by a condition is used in a way that vectors don’t allow.',
  },
  IfConversionFailed: {
    text: 'A condition inside guards a read or write that can’t be done without it.',
  },
  NoImplicitFloat: { text: 'The function may not use vector registers.' },
  UnsupportedUncountableLoop: { text: 'How often the loop runs isn’t known when it starts.' },
  VectorizationNotBeneficial: {
    text: 'LLVM’s estimate is that vectors would not be quicker here, for this CPU.',
    rewrite:
      '`--cpu v3` or `native` permits wider vectors; elements that lie side by side, and of one size, help too.',
  },
  NotInnermostLoop: { text: 'Only innermost loops are vectorised.' },
};

/** The reason that a remark of the vectoriser gives; undefined where it gives none. */
export function reasonOf(remark: Remark): Reason | undefined {
  if (remark.pass !== 'loop-vectorize' || remark.kind === 'Passed') return undefined;
  if (
    remark.name === 'MissedDetails' ||
    remark.name === 'InterleavingNotBeneficial' ||
    /Disabled/.test(remark.name)
  )
    return undefined;
  return reasons[remark.name] ?? { text: `LLVM says: ${plain(remark)}.` };
}

/** The first line of LLVM's own words. */
const plain = (remark: Remark): string =>
  (messageOf(remark).split('\n')[0] ?? '').replace(/^loop not vectorized: /, '').replace(/\.$/, '');

/** A short sentence on a remark that isn't about vectorising a loop or inlining; undefined for what helps nobody. */
export function otherRemark(remark: Remark): { title: string; text?: string } | undefined {
  if (remark.kind !== 'Passed') return undefined;
  switch (remark.pass) {
    case 'slp-vectorizer':
      return {
        title: 'Neighbouring operations share vector instructions',
        text: 'LLVM found equal operations side by side, and does them at once.',
      };
    case 'loop-unroll': {
      const count = argument(remark, 'UnrollCount');
      if (remark.name === 'FullyUnrolled')
        return { title: `Unrolled: the loop’s ${count ?? ''} rounds stand one after the other` };
      return {
        title: count === undefined ? 'Partly unrolled' : `Unrolled: ${count} rounds at a time`,
        text: 'There are fewer jumps and tests for each round.',
      };
    }
    case 'loop-idiom': {
      const callee = argument(remark, 'NewFunction') ?? '';
      return {
        title: `The loop became one call of ${code(callee.replace(/^llvm\.(\w+).*/, '$1'))}`,
      };
    }
    case 'loop-vectorize':
    case 'inline':
      return undefined;
    default:
      return { title: `LLVM, ${remark.pass}: ${plain(remark)}` };
  }
}
