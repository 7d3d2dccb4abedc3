/** Which dashboard shows a run. */
import type { Plan } from '../plan.ts';
import type { Observer } from '../run.ts';
import { Dashboard } from './server.ts';

export interface DashboardOptions {
  /** 0 for any that is free. Without it 8787, or any where that is in use. */
  readonly port?: number;
  /** Is told the page's address, which else is printed to standard error. */
  readonly opened?: (url: string) => void;
}

const usual = 8787;
const open = new Map<number, Promise<Dashboard>>();

/**
 * Shows a plan on the dashboard of a port, which is open as long as the process lives.
 * @returns what is to be told how it runs
 * @throws Error where a port that is asked for is in use
 */
export async function watched(plan: Plan, { port, opened }: DashboardOptions): Promise<Observer> {
  const wanted = port ?? usual;
  const before = open.get(wanted);
  const dashboard =
    before ??
    Dashboard.open(wanted).catch((error: unknown) => {
      if (port !== undefined) throw error;
      return Dashboard.open(0);
    });
  open.set(wanted, dashboard);
  try {
    await dashboard;
  } catch (error) {
    open.delete(wanted);
    throw error;
  }
  const shown = await dashboard;
  if (opened) opened(shown.url);
  else if (!before) process.stderr.write(`dashboard: ${shown.url}\n`);
  return shown.show(plan);
}
