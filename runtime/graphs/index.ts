/**
 * Lazy graphs of tasks: `import { compute, task } from 'tsnative/graphs'`. Calls are put together first; `compute` runs
 * them where its scheduler says, with the same results everywhere.
 */
export { blockwise, chunked, type ChunkedArray, type ChunkOptions } from './chunked.ts';
export type { DashboardOptions } from './dashboard/open.ts';
export { visualize, type VisualizeOptions } from './picture/visualize.ts';
export { compute } from './compute.ts';
export { TaskError } from './error.ts';
export type { ComputeOptions, GraphProgress, Scheduler } from './options.ts';
export type { RedisConnectionOptions } from './redis/connection.ts';
export { work, type Working, type WorkOptions } from './redis/work.ts';
export { task, type Task, type TaskOptions } from './task.ts';
export type { Computed, Lazy } from './types.ts';
