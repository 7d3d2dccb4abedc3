/** A task failed; `cause` is what it threw. */
export class TaskError extends Error {
  override readonly name = 'TaskError';
  constructor(
    /** The name of the task. */
    readonly task: string,
    cause: unknown,
    others: number,
  ) {
    const what = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    const more = others === 0 ? '' : `, or one of the ${others} behind it,`;
    super(`task ${task}${more} failed: ${what}`, { cause });
  }
}
