/** IR → better IR: the passes in their order, and the function that runs them. */
import type { IrFunction, IrModule } from '../ir/types.ts';
import { acrossCalls } from './calls/index.ts';
import { arrayFields } from './array-fields.ts';
import { chooseLast } from './choose-last.ts';
import { endedChecks } from './ended-checks.ts';
import { expand } from './expand.ts';
import { fold } from './fold.ts';
import { guardedIntegers } from './guarded-integers.ts';
import { inlineCalls } from './inline.ts';
import { keptBeforeLoops } from './kept-before-loops.ts';
import { joinStrings } from './join-strings.ts';
import { lanes } from './lanes/index.ts';
import { narrow } from './narrow.ts';
import { neverSet } from './never-set.ts';
import type { Note, Notes } from './notes.ts';
import { ownership } from './ownership.ts';
import { calledBy, passContext, type PassContext, type PassRow } from './pass.ts';
import { pieces } from './pieces.ts';
import { remainders } from './remainders.ts';
import { share } from './share.ts';
import { singleSet } from './single-set.ts';
import { singles } from './singles.ts';
import { specialize } from './specialize.ts';
import { stackCheck } from './stack-check.ts';
import { straighten } from './straighten.ts';
import { testsLast } from './tests-last.ts';
import { unbox } from './unbox/index.ts';
import { version } from './version.ts';

export const passes: readonly PassRow[] = [
  {
    name: 'inline',
    runOnModule: inlineCalls,
    after: [],
    when: 'optimizing',
    why: 'Puts small functions in the place of their calls, so that all other passes see them there.',
  },
  {
    name: 'stack-check',
    run: stackCheck,
    after: [],
    when: 'always',
    why: 'Recursion must throw before the stack ends. It looks at the calls that the source makes.',
  },
  {
    name: 'single-set',
    run: singleSet,
    after: [],
    when: 'optimizing',
    why: 'Makes values of locals that never change: all later passes know more about values.',
  },
  {
    name: 'unbox',
    runOnModule: unbox,
    after: ['inline', 'stack-check', 'single-set'],
    when: 'optimizing',
    why: 'Objects that nothing outside refers to become locals, which all later passes know more about. It must see what is called, and few locals.',
  },
  {
    name: 'straighten',
    run: straighten,
    after: ['inline', 'single-set', 'unbox'],
    when: 'optimizing',
    why: 'Takes out jumps that inlined functions leave, so that later passes see what comes after what.',
  },
  {
    name: 'never-set',
    run: neverSet,
    after: ['unbox'],
    when: 'optimizing',
    why: 'Drops what is done for a null where there can be none. Tags of objects in locals are seen too.',
  },
  {
    name: 'array-fields',
    run: arrayFields,
    after: ['inline', 'unbox'],
    when: 'optimizing',
    why: 'Reads fields of arrays of any dimension once, where they come to be. Those that unbox makes locals of need no reads, and inlined functions show where elements are.',
  },
  {
    name: 'fold',
    run: fold,
    after: ['single-set', 'unbox', 'straighten', 'never-set', 'array-fields'],
    when: 'optimizing',
    why: 'Folds constants and removes what is never run, which would widen ranges.',
  },
  {
    name: 'choose-last',
    run: chooseLast,
    after: ['fold'],
    when: 'optimizing',
    why: 'What may be undefined is NaN in arithmetic only where nothing makes an integer of it. Folding leaves single constants and choices; what is computed once more here is shared, and ranges see integers.',
  },
  {
    name: 'kept-before-loops',
    run: keptBeforeLoops,
    after: ['single-set', 'unbox', 'fold'],
    when: 'optimizing',
    why: 'Gets the views of typed arrays that objects keep before loops: later passes know views that are there before a loop. Objects that have become locals keep none, and what is got before several loops is shared.',
  },
  {
    name: 'share',
    run: share,
    after: ['fold', 'choose-last', 'kept-before-loops'],
    when: 'optimizing',
    why: 'Computes once what is computed again, so that what a check tells of the one is known of the other.',
  },
  {
    name: 'pieces',
    runOnModule: pieces,
    after: ['share'],
    when: 'optimizing',
    why: 'Parts of parallel loops among small numbers get a copy, in which more is an integer. What folds and is shared is copied once less.',
  },
  {
    name: 'across-calls',
    runOnModule: acrossCalls,
    after: ['inline', 'stack-check', 'share'],
    when: 'optimizing',
    why: 'Finds out what is passed and returned in all calls, for the ranges of later passes, and passes integers as such. What folds and is shared is known better; parameters that are proved integers need no specialized copy.',
  },
  {
    name: 'specialize',
    run: specialize,
    after: ['single-set', 'share', 'across-calls'],
    when: 'optimizing',
    why: 'Assumes that sizes are integers, which ranges can then tell of what is computed from them. What is read of locals is shared by then.',
  },
  {
    name: 'guarded-integers',
    run: guardedIntegers,
    after: ['single-set', 'share', 'specialize'],
    when: 'optimizing',
    why: 'Copies loops whose numbers are integers until they grow too large, which ranges can then tell of the copy. What parameters tell by themselves needs none.',
  },
  {
    name: 'singles',
    run: singles,
    after: ['fold'],
    when: 'optimizing',
    why: 'Computes in single what is rounded to single, once chains of conversions are short.',
  },
  {
    name: 'narrow',
    run: narrow,
    after: ['fold', 'share', 'specialize', 'guarded-integers'],
    when: 'optimizing',
    why: 'Makes integers of doubles and removes checks that cannot fail, by range analysis.',
  },
  {
    name: 'fold-again',
    run: fold,
    after: ['narrow', 'singles'],
    when: 'optimizing',
    why: 'Branches that ranges decided, and conversions that nothing needs any more.',
  },
  {
    name: 'single-set-again',
    run: singleSet,
    after: ['fold-again'],
    when: 'optimizing',
    why: 'Of locals that only one of several branches has set, the others may be gone.',
  },
  {
    name: 'version',
    run: version,
    after: ['single-set-again'],
    when: 'optimizing',
    why: 'Tests before a loop what its checks come to, when indices are integers and the checks that need no test are gone.',
  },
  {
    name: 'fold-versions',
    run: fold,
    after: ['version'],
    when: 'optimizing',
    why: 'Conversions that are left of checks which are tested before a loop now.',
  },
  {
    name: 'remainders',
    run: remainders,
    after: ['fold-versions'],
    when: 'optimizing',
    why: 'Remainders by powers of two that are no integers need no division.',
  },
  {
    name: 'lanes',
    run: lanes,
    after: ['fold-versions', 'remainders'],
    when: 'optimizing',
    why: 'Computes several rounds of outer loops at the same time, once their stores need no checks.',
  },
  {
    name: 'tests-last',
    run: testsLast,
    after: ['fold-versions', 'lanes'],
    when: 'optimizing',
    why: 'Loops over floats compute before they ask whether to stop, once no pass looks for what a test tells of what stands behind it.',
  },
  {
    name: 'join-strings',
    run: joinStrings,
    after: ['fold-versions'],
    when: 'optimizing',
    why: 'Strings that are joined one after the other, once no pass looks for two.',
  },
  {
    name: 'expand',
    run: expand,
    after: ['stack-check', 'fold-again'],
    when: 'always',
    why: 'Turns what no instruction does into library calls, when no remainder can become one of integers any more. The library calls no function of the user, so no recursion begins here.',
  },
  {
    name: 'ended-checks',
    runOnModule: endedChecks,
    after: ['expand', 'tests-last'],
    when: 'always',
    why: 'Loops ask whether their call is to end, once no pass looks for loops that nothing leaves but what they are told.',
  },
  {
    name: 'ownership',
    run: ownership,
    after: ['expand', 'join-strings', 'ended-checks'],
    when: 'always',
    why: 'Counts the references of views. Last, because retain and release are only right for the very uses they were put in for.',
  },
];

export interface OptimizeOptions {
  /** 0 leaves out what is only for speed. */
  readonly level: 0 | 1 | 2 | 3;
  /** Keeps the checks that are proved never to fail as assertions. */
  readonly assertElided?: boolean;
  /** The name of a pass that is left out, so that a test sees what the others do. */
  readonly without?: string | undefined;
  /** Gives a function of the runtime's library, for calls that passes put in. */
  readonly libraryFunction?: (name: string) => IrFunction;
  /** Gets what passes tell of their decisions. */
  readonly notes?: Notes | undefined;
  /** Called with each function after each pass that changed it. */
  readonly verify?: (fn: IrFunction, module: IrModule) => void;
}

/**
 * Optimises a module in place by the passes of the table. Library functions that passes call are added to it.
 * @throws Error when the module lacks a library function and there is no `libraryFunction`
 */
export function optimize(module: IrModule, options: OptimizeOptions): void {
  const { level, notes, verify } = options;
  const context: PassContext = {
    ...passContext(module, options.assertElided),
    ...(notes && { noteOf: (name: string, note: Note) => notes.add(name, note) }),
  };
  const chosen = passes.filter(
    ({ name, when }) => name !== options.without && (when === 'always' || level > 0),
  );
  /** How many rows of the table each function has been through. */
  const done = new Map<IrFunction, number>();
  const catchUp = (fn: IrFunction, end: number): void => {
    for (const row of chosen.slice(done.get(fn) ?? 0, end)) {
      if (!('run' in row) || !row.run(fn, ofFunction(context, fn))) continue;
      link(module, fn, options);
      verify?.(fn, module);
    }
    done.set(fn, end);
  };
  chosen.forEach((row, index) => {
    // The array grows while it is walked: what is linked goes through the passes before too.
    if ('run' in row) for (const fn of module.functions) catchUp(fn, index + 1);
    else for (const fn of row.runOnModule(module, context)) verify?.(fn, module);
  });
}

const ofFunction = (context: PassContext, { name }: IrFunction): PassContext => {
  const { noteOf } = context;
  return noteOf ? { ...context, note: (note: Note) => noteOf(name, note) } : context;
};

/** Adds the library functions that a function calls to the module. */
function link(module: IrModule, fn: IrFunction, { libraryFunction }: OptimizeOptions): void {
  for (const callee of calledBy(fn)) {
    if (!callee.startsWith('std.') || module.functions.some(({ name }) => name === callee))
      continue;
    if (!libraryFunction) throw new Error(`${fn.name} needs the library function ${callee}`);
    const added = libraryFunction(callee);
    module.functions.push(added);
    link(module, added, { level: 0, libraryFunction });
  }
}
