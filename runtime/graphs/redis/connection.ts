/** Where graphs' batches are. */

/**
 * How to reach a Redis server: as ioredis takes it, for example `{ host: 'queue.example', port: 6379 }`, or an ioredis
 * object.
 */
export interface RedisConnectionOptions {
  readonly host?: string;
  readonly port?: number;
  readonly [option: string]: unknown;
}

/** The queue where graphs' batches wait for workers, unless another one is named. */
export const usualQueue = 'tsnative-graphs';
