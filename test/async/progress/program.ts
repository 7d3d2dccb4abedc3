import { parallel, type i32, type Progress as Told } from 'tsnative';

/** @native */
export async function counted(n: number, progress?: Told): Promise<number> {
  let evaluated = 0;
  for (let i = 0; i < n; i++) progress?.(evaluated++);
  return evaluated;
}

/** @native */
export async function burn(rounds: number, progress: Told, signal?: AbortSignal): Promise<number> {
  let x = 0.5;
  for (let i = 0; i < rounds; i++) {
    x = 3.9 * x * (1 - x);
    if (i % 1024 === 0) progress(i / rounds);
  }
  progress(1);
  return x;
}

/** @native */
export const last = async (signal: AbortSignal, progress: Told): Promise<void> => {
  const steps = [0, -1, 2.5];
  steps.forEach((step) => progress(step));
};

/** @native */
export async function failing(values: Float64Array, progress: Told): Promise<void> {
  for (let i = 0; i < 10; i++) {
    if (i === values.length) throw new RangeError(`there is no number ${i}`);
    values[i] = i;
    progress(i);
  }
}

/** @native */
export async function everywhere(
  out: Float64Array,
  rounds: number,
  progress?: Told,
): Promise<number> {
  parallel.for(out.length, (i: i32) => {
    let x = 0.25;
    for (let k = 0; k < rounds; k++) x = 3.9 * x * (1 - x);
    out[i] = x;
    progress?.((i + 1) / out.length);
  });
  progress?.(2);
  return out[out.length - 1];
}

interface State {
  rounds: number;
  readonly seen: string[];
}

/** @native */
export async function through(state: State, progress?: Told): Promise<State> {
  state.seen.push('begun');
  for (let i = 0; i < 5; i++) {
    state.rounds += 2;
    progress?.(state.rounds);
  }
  return state;
}
