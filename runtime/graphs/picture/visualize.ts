/** Pictures of graphs. */
import { writeFile } from 'node:fs/promises';
import { askedOf } from '../asked.ts';
import { planOf } from '../plan.ts';
import { boxesOf } from './boxes.ts';

export interface VisualizeOptions {
  /** Where the picture is written as well. */
  readonly file?: string;
}

/** More can't be taken in at a glance. */
const most = 120;

/**
 * Draws a graph in layers, from the tasks that need nothing down to those that are asked for. Where there are more than
 * 120, tasks of a kind are one box, which says how many they are.
 * @param what a task, or an array or object of tasks
 * @returns a promise of the text of an SVG document
 */
export async function visualize(what: unknown, { file }: VisualizeOptions = {}): Promise<string> {
  const boxes = boxesOf(planOf(askedOf(what).tasks), most);
  // Only who asks for a picture loads what lays it out.
  const [{ layoutOf }, { svgOf }] = await Promise.all([import('./layout.ts'), import('./svg.ts')]);
  const svg = svgOf(boxes, layoutOf(boxes));
  if (file !== undefined) await writeFile(file, svg);
  return svg;
}
