/** Where boxes and the lines between them are: Sugiyama's layers, by dagre. */
import {
  Graph,
  layout,
  type Edge,
  type EdgeLabel,
  type GraphLabel,
  type NodeLabel,
} from '@dagrejs/dagre';
import stringWidth from 'string-width';
import type { Box } from './boxes.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Placed extends Point {
  readonly label: string;
  readonly width: number;
  readonly height: number;
}

/** In pixels; `x` and `y` of a box are those of its middle. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Placed[];
  readonly lines: readonly (readonly Point[])[];
}

/** Of a letter of the pictures' font. */
const letter = 7.3;
const height = 34;
const longest = 28;

export function layoutOf(boxes: readonly Box[]): Layout {
  if (boxes.length === 0) return { width: 0, height: 0, boxes: [], lines: [] };
  const graph = new Graph<GraphLabel, NodeLabel, EdgeLabel>();
  graph.setGraph({
    rankdir: 'TB',
    nodesep: 16,
    edgesep: 10,
    ranksep: 42,
    marginx: 16,
    marginy: 16,
  });
  const labels = boxes.map(({ name, tasks }) => {
    const short = name.length > longest ? `${name.slice(0, longest - 1)}…` : name;
    return tasks.length === 1 ? short : `${short} × ${tasks.length}`;
  });
  labels.forEach((label, at) => {
    const width = Math.max(48, Math.ceil(stringWidth(label) * letter) + 22);
    graph.setNode(String(at), { width, height });
  });
  boxes.forEach(({ sources }, at) => {
    for (const source of sources) graph.setEdge(String(source), String(at), {});
  });
  layout(graph);
  const size = graph.graph();
  const placed = labels.map((label, at): Placed => {
    const { x = 0, y = 0, width = 0 } = graph.node(String(at)) ?? {};
    return { label, x, y, width, height };
  });
  const lines = graph.edges().map((edge: Edge) => {
    const [from, to] = [placed[Number(edge.v)], placed[Number(edge.w)]];
    return from && to ? lineOf(from, to, graph.edge(edge)?.points ?? []) : [];
  });
  return { width: size.width ?? 0, height: size.height ?? 0, boxes: placed, lines };
}

/** @param points those that dagre gives: on the first box's edge, between the layers, on the other box's edge */
function lineOf(from: Placed, to: Placed, points: readonly Point[]): readonly Point[] {
  // Only graphs of kinds of tasks have lines upwards.
  const down = from.y < to.y ? 1 : -1;
  // A single point is between layers that follow each other, where nothing is in the way.
  const between = points.length > 3 ? points.slice(1, -1) : [];
  return [
    { x: from.x, y: from.y + (down * from.height) / 2 },
    ...between,
    { x: to.x, y: to.y - (down * to.height) / 2 },
  ];
}
