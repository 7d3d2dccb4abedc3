/** The programs inside zig, which compile and link for every system from any. */
import { run } from '../process.ts';
import type { RunOptions, Tool } from '../process.ts';
import { toolFailure } from './failure.ts';

/** A program inside zig by its name, such as `lld-link`. */
export type ZigTool = (command: string) => Tool;

/** Runs a program that must succeed. @throws ToolchainError with its words */
export async function succeed(
  tool: Tool,
  args: readonly string[],
  options: RunOptions,
): Promise<void> {
  const ran = await run(tool, args, options);
  if (ran.code !== 0) throw toolFailure(tool, ran, options.cwd);
}
