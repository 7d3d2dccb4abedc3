// Prints what it sees of the classes in the folder that is its argument.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const folder = process.argv[2];
const load = (name) => {
  const file = ['js', 'ts'].map((ext) => join(folder, `${name}.${ext}`)).find(existsSync);
  return import(pathToFileURL(file).href);
};
const { Particle, Charged, Ion, World, heaviest, row, link, swapHero, pair, isIon, reversed } =
  await load('particles');
const { Shape, Circle, Square, default: Settings, total, larger } = await load('shapes');

const tell = (...values) =>
  console.log(
    ...values.map((value) =>
      typeof value === 'string'
        ? value
        : typeof value === 'bigint'
          ? `${value}n`
          : JSON.stringify(value, (_, held) =>
              typeof held === 'bigint' ? `${held}n` : Object.is(held, -0) ? '-0' : held,
            ),
    ),
  );
const thrown = (call) => {
  try {
    return call();
  } catch (error) {
    return `${error.constructor.name}: ${error.message}`;
  }
};

// Construction, methods, accessors, fields.
const p = new Particle(1, 2);
tell('mass', p.mass, p.id, Particle.length, p.step.length);
p.vx = 3;
p.step(0.5);
tell('stepped', p.x, p.y, p.vx, p.vy, p.steps, p.energy());
p.speed = 10;
tell('speed', Math.round(p.speed * 1e9));
tell(
  'negative',
  thrown(() => new Particle(1, 2, -1)),
);
tell('position', p.position(), p.position() === p.position());
tell('chain', p.named('first') === p, p.label, p.reveal());
p.x = -0;
tell('zero', Object.is(p.x, -0));
p.x = NaN;
tell('NaN', Number.isNaN(p.x));
p.label = 'ünï — 😀';
tell('label', p.label);

// Reflection.
const q = new Particle(3, 4);
tell(
  'class',
  q.constructor === Particle,
  q.constructor.name,
  q instanceof Particle,
  q instanceof Charged,
);
tell('named', String(Object.prototype.toString.call(q)), Particle.name, World.name);
tell('has', 'x' in q, Object.hasOwn(q, 'x'), Object.hasOwn(q, 'step'), 'step' in q);
tell(
  'prototype',
  Object.getPrototypeOf(Charged) === Particle,
  Object.getPrototypeOf(Charged.prototype) === Particle.prototype,
);
tell('methods', Object.getOwnPropertyNames(Particle.prototype).sort());
tell(
  'statics',
  Particle.dimensions,
  Particle.origin.x,
  Particle.made,
  Particle.summary,
  Charged.dimensions,
);
tell(
  'at',
  Particle.at({ x: 5, y: 6 }).mass,
  Particle.at({ x: 5, y: 6 }, 8).mass,
  Charged.at({ x: 0, y: 0 }) instanceof Charged,
);
q.extra = 'mine';
tell('extra', q.extra, pair(q, null)[0].extra);

// Inheritance.
const c = new Charged(0, 1);
tell(
  'charged',
  c.charge,
  c.mass,
  c.energy(),
  Particle.prototype.energy.call(c),
  c instanceof Particle,
);
tell('flip', c.flip() === c, c.charge);
const ion = new Ion(2, 7);
tell(
  'ion',
  ion.level,
  ion.label,
  ion.energy(),
  Charged.prototype.energy.call(ion),
  ion instanceof Charged,
  isIon(ion),
  isIon(c),
);
tell('spread', { ...new Settings() }, Object.keys(new Settings()));

// References and identity.
tell('same', p.isSame(p), p.isSame(q), p.isSame(undefined), p.isSame());
const world = new World();
tell('add', world.add(p) === p, world.add(c) === c, world.add(ion) === ion, world.size);
tell('find', world.find('ion') === ion, world.find('nobody'));
world.step(0.1);
tell('world', world.clock, ion.y, world.energy());
tell('nearest', world.nearest(ion) === c, new World().nearest(ion) === undefined);
tell('list', world.particles.length, world.particles[1] === c, world.particles[2] === ion);
tell('heaviest', heaviest([p, ion, q]) === ion, heaviest([]));
p.next = q;
tell('next', p.next === q, q.next);
link([q, c, ion]);
tell('linked', q.next === c, c.next === ion, p.next.next.next === ion);
p.next = null;
tell('unlinked', p.next);
tell('pair', pair(p, q)[0] === q, pair(p, null)[1]);

// Inside objects and arrays.
const made = row(5);
tell(
  'row',
  made.map((one) => `${one.constructor.name} ${one.x} ${one.energy()}`),
);
const scene = { title: 't', hero: p, others: [q, c] };
const { others } = scene;
const back = swapHero(scene);
tell(
  'scene',
  back === scene,
  scene.hero === q,
  others === scene.others,
  others.map((one) => one === p || one === c || one.constructor.name),
  scene.lost === c,
);
const list = [p, q, c];
reversed(list);
tell('reversed', list[0] === c, list[1] === q, list[2] === p);

// Abstract classes, unions, default exports.
const shapes = [new Circle(2), new Square(3)];
tell(
  'shapes',
  total(shapes),
  shapes.map((one) => one.describe()),
  shapes.map((one) => one.constructor.name),
  shapes[0] instanceof Shape,
);
tell('larger', larger(...shapes) === shapes[0], larger(shapes[1], new Square(9)).side);
const settings = new Settings();
tell('settings', settings.title, settings.size === undefined, settings.count, settings.tags);
settings.title = 'new';
settings.size = 4;
settings.count = undefined;
settings.tags = ['a', 'b'];
tell('changed', settings, settings.count === undefined, Settings.name);
settings.title = null;
tell('null', settings.title);
console.log('done');
