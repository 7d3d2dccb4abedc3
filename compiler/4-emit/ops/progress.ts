/** How far an async call is: a number in memory that JavaScript looks at now and then. */
import type { Emit } from '../emission.ts';
import { callHelper, isNull, outOfLine, type Helper } from '../helpers.ts';
import { context } from '../layout.ts';

/** The depth of a call off the thread of JavaScript; that of regions in it is greater. */
const ownDepth = 1;

const tell: Helper = {
  name: 'ts.progress',
  result: 'void',
  params: { ctx: 'ptr', done: 'double' },
  attributes: outOfLine,
  write: (f) => {
    const pointer = f.load('ptr', f.offset('%ctx', context.progress));
    const [bits, place] = [f.typedPointer('i64', pointer), f.typedPointer('double', pointer)];
    const depth = f.load('i32', f.offset('%ctx', context.depth));
    f.condBr(f.emit(`icmp sgt i32 ${depth}, ${ownDepth}`), 'look', 'only');
    f.block('only');
    f.line(`store atomic double %done, ${place} monotonic, align 8`);
    f.ret();
    // Iterations run beside each other: what is told must not go back.
    f.block('look');
    const before = f.emit(`load atomic i64, ${bits} monotonic, align 8`);
    const number = f.emit(`bitcast i64 ${before} to double`);
    const isFirst = f.emit(`fcmp uno double ${number}, ${number}`);
    const isMore = f.emit(`fcmp ogt double %done, ${number}`);
    f.condBr(f.emit(`or i1 ${isFirst}, ${isMore}`), 'replace', 'end');
    f.block('replace');
    const after = f.emit('bitcast double %done to i64');
    const swapped = f.emit(`cmpxchg weak ${bits}, i64 ${before}, i64 ${after} monotonic monotonic`);
    f.condBr(f.emit(`extractvalue { i64, i1 } ${swapped}, 1`), 'end', 'look');
    f.block('end');
    f.ret();
  },
};

export const progressOps = {
  'progress.to': (e, op) => {
    const [cell] = op.args;
    const { f } = e;
    const pointer = f.module.spell('ptr');
    const isThere = f.emit(`icmp ne i64 ${e.viewField(cell, 'length')}, 0`);
    const place = e.viewField(cell, 'data');
    const told = f.emit(`select i1 ${isThere}, ${pointer} ${place}, ${pointer} null`);
    f.store('ptr', told, f.offset(e.ctx, context.progress));
  },
  'progress.wanted': (e) =>
    e.f.emit(`xor i1 ${isNull(e.f, e.loadContext('ptr', context.progress))}, true`),
  'progress.tell': (e, op) => void callHelper(e.f, tell, [e.ctx, e.operand(op.args[0])]),
} as const satisfies Record<string, Emit>;
