// Prints what native classes refuse that plain JavaScript lets pass.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const load = (name) => import(pathToFileURL(join(process.argv[2], `${name}.js`)).href);
const { Particle, Charged, Ion, World, heaviest, swapHero } = await load('particles');
const { Shape, Circle, default: Settings } = await load('shapes');

const tell = (name, call) => {
  try {
    console.log(`${name}: ${String(call())}`);
  } catch (error) {
    console.log(`${name}: ${error.constructor.name}: ${error.message}`);
  }
};
const p = new Particle(1, 2);
tell('a field of another type', () => (p.x = '5'));
tell('a field out of range', () => (new Ion(1, 2).level = 256));
tell('a reference of another class', () => (p.next = {}));
tell('a reference to undefined', () => (p.next = undefined));
tell('a field that is readonly', () => (p.mass = 2));
tell('an element of a field', () => (new World().particles = []));
tell('a copy of an array', () => new Settings().tags.push('x'));
tell('the field is as it was', () => p.x);
tell('a constructor', () => new Particle('1', 2));
tell('a constructor without an argument', () => new Particle(1));
tell('a method', () => p.step('1'));
tell('a method without its argument', () => p.distance());
tell('a setter', () => (p.speed = null));
tell('another receiver', () => Particle.prototype.step.call({ x: 1 }, 2));
tell('no receiver', () => (0, p.step)(1));
tell('a receiver of a base class', () => Charged.prototype.flip.call(p));
tell('a getter of another receiver', () => Object.getOwnPropertyDescriptor(p, 'x').get.call({}));
tell('an object that looks like one', () => heaviest([{ ...p }]));
tell('an object with the prototype', () => heaviest([p, Object.create(Particle.prototype)]));
tell('inside an object', () => swapHero({ title: '', hero: p, others: [p, 1] }));
tell('a proxy', () => heaviest([new Proxy(p, {})]));
tell('without new', () => Particle(1, 2));
tell('a class of JavaScript', () => new (class Own extends Particle {})(1, 2));
tell('another target', () => Reflect.construct(Particle, [1, 2], Object));
tell('an abstract class', () => new Shape('x'));
tell('a private field', () => p.secret);
tell('a field that is deleted', () => delete p.x);
tell('a field of another class', () => new Circle(1).name);
