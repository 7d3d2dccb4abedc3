/** The package `bullmq`, which only who uses Redis has to install. */

export type BullMQ = typeof import('bullmq');

export const importBullMQ = (): Promise<BullMQ> =>
  importOptional('bullmq', 'bullmq ioredis') as Promise<BullMQ>;

/**
 * @param install what npm is to install where the package is missing
 * @throws Error that names the package where it is missing
 */
export async function importOptional(name: string, install: string): Promise<unknown> {
  try {
    return (await import(name)) as unknown;
  } catch (cause) {
    const { code } = cause as { readonly code?: unknown };
    if (code !== 'ERR_MODULE_NOT_FOUND') throw cause;
    throw new Error(
      `graphs: Redis is used by the package ${name}, which isn't installed: npm install ${install}`,
      { cause },
    );
  }
}
