/** Reads LLVM's assembly text: which instruction stands for which source line, in how deep a loop. */

import { rareDiscriminator } from '../4-emit/debug.ts';

export interface Instruction {
  /** Without comments, such as `addsd %xmm0, %xmm1`. */
  readonly text: string;
  readonly file: string;
  readonly line: number;
  /** Of a copy of a loop that seldom runs. */
  readonly rare: boolean;
}

/** Instructions that run one after the other, up to a label or a jump's target. */
export interface BasicBlock {
  /** What jumps to it name it; empty for one that is only fallen into. */
  readonly label: string;
  /** LLVM's name of it, which tells what it is for: `vector.body`, `loop.12`. */
  readonly name: string;
  /** How many loops of the function are around it. */
  readonly depth: number;
  /** The label of the first block of the innermost of them. */
  readonly loop: string | undefined;
  readonly instructions: readonly Instruction[];
}

export interface AssemblyFunction {
  readonly name: string;
  readonly blocks: readonly BasicBlock[];
}

interface OpenBlock {
  label: string;
  name: string;
  depth: number;
  loop: string | undefined;
  instructions: Instruction[];
}

/**
 * @param text of a module with debug locations, with LLVM's comments on blocks and loops
 * @returns the functions that have instructions with a line, in the text's order
 */
export function readAssembly(text: string): AssemblyFunction[] {
  const files = new Map<string, string>();
  const functions: { name: string; blocks: OpenBlock[] }[] = [];
  let blocks: OpenBlock[] = [];
  let block = emptyBlock('');
  let place: { file: string; line: number; rare: boolean } | undefined;
  const begin = (label: string, comment: string): void => {
    block = emptyBlock(label);
    block.name = /%(\S+)/.exec(comment)?.[1]?.replace(/^"|"$/g, '') ?? '';
    readLoopComment(comment, block);
    blocks.push(block);
  };
  for (const line of text.split('\n')) {
    const [, label, after = ''] = /^([\w.$"]+):(.*)$/.exec(line) ?? [];
    const isLocal = /^\.?L/.test(label ?? '');
    if (label !== undefined && !isLocal) {
      blocks = [];
      place = undefined;
      functions.push({ name: label.replace(/^_(?=f\.|ts\.)/, ''), blocks });
      begin('', '');
    } else if (label !== undefined) {
      if (/^\.?L(BB|_?bb)\d/i.test(label)) begin(label.replace(/^\./, ''), after);
    } else if (/^(#|;|\/\/) %bb\.\d+:/.test(line)) begin('', line.replace(/^\S+ %bb\.\d+:/, ''));
    else if (/^\s+\.file\s/.test(line)) {
      const [, number, names = ''] = /^\s+\.file\s+(\d+)\s+(.*)$/.exec(line) ?? [];
      const name = [...names.matchAll(/"((?:[^"\\]|\\.)*)"/g)].at(-1)?.[1];
      if (number !== undefined && name !== undefined) files.set(number, name);
    } else if (/^\s+\.loc\s/.test(line)) {
      const [, file = '', number = '0'] = /^\s+\.loc\s+(\d+)\s+(\d+)/.exec(line) ?? [];
      // Line 0 is for what LLVM itself puts in, such as spills: it counts for the line before.
      const rare = new RegExp(`\\bdiscriminator ${rareDiscriminator}\\b`).test(line);
      if (number !== '0') place = { file: files.get(file) ?? '', line: Number(number), rare };
    } else {
      readLoopComment(line, block);
      const instruction = /^\t([a-z][^#]*?)\s*(?:(?:#|\/\/|;) .*)?$/.exec(line)?.[1];
      if (instruction !== undefined && place)
        block.instructions.push({ text: instruction.replace(/\t/g, ' '), ...place });
    }
  }
  return functions.filter((fn) => fn.blocks.some(({ instructions }) => instructions.length > 0));
}

const emptyBlock = (label: string): OpenBlock => ({
  label,
  name: '',
  depth: 0,
  loop: undefined,
  instructions: [],
});

/** LLVM writes behind a label which loop the block begins or is in, as `in Loop: Header=BB0_3 Depth=2`. */
function readLoopComment(line: string, block: OpenBlock): void {
  const head = /This (?:Inner )?Loop Header: Depth=(\d+)/.exec(line)?.[1];
  if (head !== undefined) {
    block.depth = Number(head);
    block.loop = block.label.replace(/^L/, '');
    return;
  }
  const [, loop, depth] = /in Loop: Header=(\S+) Depth=(\d+)/.exec(line) ?? [];
  if (depth === undefined) return;
  block.depth = Number(depth);
  block.loop = loop;
}
