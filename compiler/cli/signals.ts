/** The signals that this process gets. */
import { Exit, type CliContext } from './context.ts';

const interrupting = ['SIGINT', 'SIGTERM'] as const;
/** What a process that waits for others passes on as well; Windows has but the first. */
const others = (['SIGHUP', 'SIGQUIT', 'SIGTSTP', 'SIGCONT', 'SIGUSR2'] as const).slice(
  0,
  process.platform === 'win32' ? 1 : undefined,
);

/** Aborted by Ctrl-C; a second one, or work that does not stop, ends the process at once. Until somebody takes signals. */
export function interruption(): Pick<CliContext, 'signal' | 'takeSignals'> {
  const controller = new AbortController();
  const patience = 2000;
  const interrupt = (): void => {
    if (controller.signal.aborted) process.exit(Exit.interrupted);
    controller.abort();
    setTimeout(() => process.exit(Exit.interrupted), patience).unref();
  };
  for (const signal of interrupting) process.on(signal, interrupt);
  const takeSignals: CliContext['takeSignals'] = (take) => {
    for (const signal of interrupting) process.off(signal, interrupt);
    for (const signal of [...interrupting, ...others]) process.on(signal, take);
  };
  return { signal: controller.signal, takeSignals };
}
