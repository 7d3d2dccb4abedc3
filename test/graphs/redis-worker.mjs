/** A process that runs tasks which tests put into Redis: `redis-worker.mjs PORT`. */
import { work } from '../../runtime/graphs/index.ts';

await work({
  connection: { host: '127.0.0.1', port: Number(process.argv[2]) },
  workers: 1,
  patience: 1000,
});
console.log('works');
