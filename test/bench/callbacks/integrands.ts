/** The functions that are integrated from 0 to 1, in each language. */
export interface Integrand {
  readonly name: string;
  readonly text: string;
  readonly inC: string;
  readonly inJs: (x: number) => number;
}

export const integrands: readonly Integrand[] = [
  { name: 'square', text: 'x * x', inC: 'x * x', inJs: (x) => x * x },
  {
    name: 'bell',
    text: '1 / (1 + 25 * x * x)',
    inC: '1 / (1 + 25 * x * x)',
    inJs: (x) => 1 / (1 + 25 * x * x),
  },
  { name: 'root', text: 'Math.sqrt(x)', inC: 'sqrt(x)', inJs: (x) => Math.sqrt(x) },
  {
    name: 'power',
    text: 'x ** 2.5 * Math.log(1 / x)',
    inC: 'pow(x, 2.5) * log(1 / x)',
    inJs: (x) => x ** 2.5 * Math.log(1 / x),
  },
];

/** As the sample has it. */
export const limits = { absolute: 1e-12, relative: 1e-10, intervals: 1000 } as const;

/** Microseconds that a call takes, of so many. */
export function microseconds(call: () => unknown, times: number): number {
  const start = performance.now();
  for (let i = 0; i < times; i++) call();
  return ((performance.now() - start) * 1000) / times;
}
