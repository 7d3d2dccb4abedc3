/** The process's streams as commands see them, and a line that shows what is going on. */
import type { Output } from './context.ts';

/**
 * Wraps a stream of the process. Colours follow https://no-color.org and FORCE_COLOR; else
 * they are for terminals.
 */
export function outputTo(
  stream: NodeJS.WriteStream,
  env: Readonly<Record<string, string | undefined>>,
): Output {
  const isTerminal = stream.isTTY === true && env['TERM'] !== 'dumb';
  return {
    write: (text) => void stream.write(text),
    isTerminal,
    columns: stream.isTTY ? stream.columns : 80,
    colour: wantsColour(env) ?? isTerminal,
  };
}

function wantsColour(env: Readonly<Record<string, string | undefined>>): boolean | undefined {
  if (env['NO_COLOR']) return false;
  const forced = env['FORCE_COLOR'];
  return forced === undefined ? undefined : forced !== '0' && forced !== 'false';
}

export interface ProgressLine {
  /** Replaces the line's text. */
  show(text: string): void;
  /** Takes the line away; to be called before anything else is printed. */
  clear(): void;
}

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const frameMilliseconds = 100;

/** A line that rewrites itself with a spinner and the seconds so far; nothing where it is no terminal. */
export function progressLine(output: Output): ProgressLine {
  if (!output.isTerminal) return { show: () => {}, clear: () => {} };
  const started = Date.now();
  let text = '';
  let frame = 0;
  let timer: NodeJS.Timeout | undefined;
  const draw = (): void => {
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    const line = `${frames[frame++ % frames.length] ?? ''} ${text}  ${seconds} s`;
    output.write(`\r\x1b[K${line.slice(0, output.columns - 1)}`);
  };
  return {
    show(next) {
      text = next;
      draw();
      timer ??= setInterval(draw, frameMilliseconds).unref();
    },
    clear() {
      if (timer === undefined) return;
      clearInterval(timer);
      timer = undefined;
      output.write('\r\x1b[K');
    },
  };
}
