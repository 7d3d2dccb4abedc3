import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { present } from '../support/present.js';
import { census } from './tokenizer.js';

// Real sources that are always there: those of the TypeScript compiler and of its library.
const folder = dirname(createRequire(import.meta.url).resolve('typescript'));
const files = readdirSync(folder)
  .filter((name) => name === 'typescript.js' || /^lib\..*\.d\.ts$/.test(name))
  .sort();
const sources = files.map((name) => readFileSync(join(folder, name), 'utf8'));
const size = sources.reduce((sum, { length }) => sum + length, 0) / 2 ** 20;

present({
  title: `Tokens of ${files.length} sources, ${size.toFixed(1)} MiB`,
  work: () => census(sources),
  bytes: (result) => Buffer.from(JSON.stringify(result)),
  describe: ({ words, lines, comments, punctuators, ...others }) => {
    const most = words.filter(({ isKeyword }) => !isKeyword).sort((a, b) => b.count - a.count);
    const sum = words.reduce((total, { count }) => total + count, 0);
    const counts = Object.entries({ comments, punctuators, ...others });
    return [
      `${lines} lines, ${sum} words, of which ${words.length} are different`,
      counts.map(([name, count]) => `${count} ${name}`).join(', '),
      `most used: ${most
        .slice(0, 5)
        .map(({ text, count }) => `${text} ${count} times`)
        .join(', ')}`,
    ];
  },
});
