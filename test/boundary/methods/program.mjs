/** What native methods of JavaScript's classes do, printed. */
import { inspect } from 'node:util';
import { pathToFileURL } from 'node:url';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2];
const file = ['filters.js', 'filters.ts'].map((name) => join(folder, name)).find(existsSync);
const { Filter } = await import(pathToFileURL(file).href);

const print = (what) => console.log(inspect(what, { depth: 5, breakLength: 120 }));
const attempt = (work) => {
  try {
    print(work());
  } catch (error) {
    print(`${error.name}: ${error.message}`);
  }
};

class Louder extends Filter {
  weight(x) {
    return super.weight(x) * 100;
  }
}
class Odd extends Filter {
  get twice() {
    return 1000;
  }
}

for (const filter of [new Filter(3), new Filter(1), new Louder(2), new Odd(2)]) {
  print(filter.constructor.name);
  for (const x of [1, -0, 2.5, NaN, Infinity, -1, 2 ** 31, 2 ** 53]) {
    attempt(() => filter.push(x));
    attempt(() => filter.toggle(x));
    attempt(() => filter.failAt(x));
    print([filter.state, filter.last, filter.seen, 'seen' in filter, filter.isOn, filter.whole]);
  }
  const [point] = filter.points;
  attempt(() => filter.insides(3));
  attempt(() => filter.insides(-0.5));
  print([point === filter.points[0], filter]);
  attempt(() => filter.chained(5) === filter);
  attempt(() => filter.push(1));
}

// What the types don't say runs as JavaScript.
const filter = new Filter(2);
filter.scale = 'x';
attempt(() => filter.push(1));
filter.scale = 1;
filter.gain = 0.1;
attempt(() => filter.push(1));
filter.weight = () => 7;
attempt(() => filter.push(1));
attempt(() => filter.push('2'));
filter.whole = 2 ** 31 - 2;
attempt(() => filter.failAt(3));
print(filter.whole);
attempt(() => Filter.prototype.push.call({ weight: () => 1 }, 1));
attempt(() => Filter.mean(new Float64Array([1, 2, 4])));
print('done');
