/** What must not outlive this process, even when `process.exit` cuts work short. */

type Removal = () => void;

const leftovers = new Set<Removal>();
let isListening = false;

/**
 * Has `remove` called if the process exits before the returned function is called. It runs in an
 * `exit` event, so what it does must be synchronous.
 */
export function removeAtExit(remove: Removal): () => void {
  if (!isListening) {
    isListening = true;
    process.on('exit', () => {
      for (const removal of leftovers) removal();
    });
  }
  leftovers.add(remove);
  return () => void leftovers.delete(remove);
}
