/** Results of a run's tasks, in Redis. */
import type { IRedisClient, RedisConnection } from 'bullmq';
import type { RedisConnectionOptions } from './connection.ts';
import type { BullMQ } from './library.ts';

/** Whatever becomes of who asked for it, a run's results are gone after so many seconds without a new one. */
const kept = 24 * 60 * 60;

/**
 * Into a run that hasn't ended. What is there stays: a task that ran twice, as its first worker was taken for dead, has one
 * result.
 */
const putAll = `
if redis.call('HEXISTS', KEYS[1], 'open') == 0 then return 0 end
for i = 2, #ARGV, 2 do redis.call('HSETNX', KEYS[1], ARGV[i], ARGV[i + 1]) end
return redis.call('EXPIRE', KEYS[1], ARGV[1])`;

export class Store {
  private constructor(
    private readonly connection: RedisConnection,
    private readonly client: IRedisClient,
  ) {}

  /**
   * Waits until the server answers.
   * @throws the reason of the signal that ends the waiting
   */
  static async open(
    { RedisConnection }: BullMQ,
    options: RedisConnectionOptions,
    signal?: AbortSignal,
  ): Promise<Store> {
    const connection = new RedisConnection(options);
    // Without anybody who hears of them, lost connections end the process.
    connection.on('error', () => {});
    const aborted = new Promise<never>((_, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    try {
      const client = await Promise.race([connection.client, aborted]);
      client.defineCommand('tsnativePutAll', { numberOfKeys: 1, lua: putAll });
      return new Store(connection, client);
    } catch (error) {
      await connection.close();
      throw error;
    }
  }

  async begin(run: string): Promise<void> {
    await this.client.hset(run, { open: 1 });
  }

  /** All or none of them, even where the process ends meanwhile. */
  async put(run: string, entries: readonly (readonly [string, string])[]): Promise<void> {
    await this.client.runCommand('tsnativePutAll', [run, kept, ...entries.flat()]);
  }

  async get(run: string, names: readonly string[]): Promise<readonly (string | null)[]> {
    return names.length === 0 ? [] : this.client.hmget(run, ...names);
  }

  async remove(run: string, names: readonly string[]): Promise<void> {
    if (names.length > 0) await this.client.hdel(run, ...names);
  }

  async removeAll(run: string): Promise<void> {
    await this.client.del(run);
  }

  async close(): Promise<void> {
    await this.connection.close();
  }
}
