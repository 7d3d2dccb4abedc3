/** Code that is nested so deeply that the stack ends: TypeScript's parser, its checker and the compiler walk it recursively. */
import { ToolchainError } from './5-link/types.ts';
import { codes } from './diagnostics/codes.ts';
import { isStackOverflow } from './stack.ts';

/** The code of `codes.tooDeep`. */
export const tooDeep = 'TSN6007';

/**
 * Runs something that goes over a whole project.
 * @throws ToolchainError that tells of the depth, instead of the engine's RangeError
 */
export async function withinStack<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!isStackOverflow(error)) throw error;
    throw new ToolchainError(codes.tooDeep(undefined, { what: 'Some of the code' }));
  }
}
