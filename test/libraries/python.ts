/** The Python that tests run, with the packages that they need. */
import { execFileSync } from 'node:child_process';

/** Debian's own has Debian's packages, whatever else is on the PATH. */
const candidates = ['python3', '/usr/bin/python3'];

/** A Python that has some packages, or why there is none. */
export function findPython(packages: readonly string[]): { file: string } | { problem: string } {
  for (const file of candidates) {
    try {
      const script = packages.map((name) => `import ${name}`).join('\n');
      execFileSync(file, ['-c', script], { stdio: 'ignore' });
      return { file };
    } catch {
      // Perhaps the next one.
    }
  }
  const needed = packages.map((name) => `python3-${name}`).join(' ');
  return { problem: `there is no Python with ${packages.join(', ')} (apt-get install ${needed})` };
}
