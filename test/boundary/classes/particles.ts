/** Classes that JavaScript and native code share. */
import type { f64, i32, i64, u8 } from 'tsnative';

export const gravity = 9.81;

export interface Point {
  x: f64;
  y: f64;
}

/** @native */
export class Particle {
  static readonly dimensions = 2;
  static readonly origin = new Particle(0, 0);
  static made: string[] = ['origin'];
  static {
    Particle.made.push(`a particle at ${Particle.origin.x}`);
  }

  vx = 0;
  vy = 0;
  label = '';
  next: Particle | null = null;
  #steps: i32 = 0;
  private secret = 41;
  readonly id: i64 = 7n;

  constructor(
    public x: f64,
    public y: f64,
    readonly mass: f64 = 1,
  ) {
    if (mass < 0) throw new RangeError(`mass ${mass} is negative`);
  }

  step(dt: f64): void {
    this.vy -= gravity * dt;
    this.x += this.vx * dt;
    this.y += this.vy * dt;
    this.#steps++;
  }

  get speed(): f64 {
    return Math.hypot(this.vx, this.vy);
  }
  set speed(value: f64) {
    const old = this.speed;
    this.vx *= value / old;
    this.vy *= value / old;
  }

  get steps(): i32 {
    return this.#steps;
  }

  energy(): f64 {
    return 0.5 * this.mass * (this.vx * this.vx + this.vy * this.vy);
  }

  distance(other: Particle): f64 {
    return Math.hypot(this.x - other.x, this.y - other.y);
  }

  /** For chains of calls. */
  named(label: string): this {
    this.label = label;
    return this;
  }

  position(): Point {
    return { x: this.x, y: this.y };
  }

  reveal(): f64 {
    return this.secret + 1;
  }

  isSame(other: Particle | undefined): boolean {
    return this === other;
  }

  static at({ x, y }: Point, mass: f64 = 2): Particle {
    return new Particle(x, y, mass);
  }

  static get summary(): string {
    return `${Particle.made.length} were made`;
  }
}

/** @native */
export class Charged extends Particle {
  charge: f64 = 1;

  override energy(): f64 {
    return super.energy() + this.charge;
  }

  flip(): Charged {
    this.charge = -this.charge;
    return this;
  }
}

/** @native */
export class Ion extends Charged {
  level: u8;
  constructor(x: f64, level: u8) {
    super(x, 0, 3);
    this.level = level;
    this.label = 'ion';
  }
  override energy(): f64 {
    return 1000 + this.level;
  }
}

/** @native */
export class World {
  readonly particles: Particle[] = [];
  private readonly byName = new Map<string, Particle>();
  clock: f64 = 0;

  add(particle: Particle): Particle {
    this.particles.push(particle);
    this.byName.set(particle.label, particle);
    return particle;
  }
  find(label: string): Particle | undefined {
    return this.byName.get(label);
  }
  get size(): i32 {
    return this.particles.length;
  }
  nearest(to: Particle): Particle | undefined {
    let best: Particle | undefined;
    for (const one of this.particles)
      if (one !== to && (best === undefined || to.distance(one) < to.distance(best))) best = one;
    return best;
  }
  step(dt: f64): void {
    for (const particle of this.particles) particle.step(dt);
    this.clock += dt;
  }
  energy(): f64 {
    let sum = 0;
    for (const particle of this.particles) sum += particle.energy();
    return sum;
  }
}

export interface Scene {
  title: string;
  hero: Particle;
  others: Particle[];
  lost?: Particle;
}

/** @native */
export function heaviest(particles: Particle[]): Particle | null {
  let best: Particle | null = null;
  for (const one of particles) if (best === null || one.mass > best.mass) best = one;
  return best;
}

/** @native */
export function row(count: i32): Particle[] {
  const made: Particle[] = [];
  for (let i = 0; i < count; i++) made.push(i % 2 === 0 ? new Particle(i, 0) : new Ion(i, 5));
  return made;
}

/** @native */
export function link(particles: Particle[]): void {
  for (let i = 1; i < particles.length; i++) particles[i - 1].next = particles[i];
}

/** @native */
export function swapHero(scene: Scene): Scene {
  const [first] = scene.others;
  scene.others[0] = scene.hero;
  scene.hero = first;
  scene.lost = scene.others[scene.others.length - 1];
  scene.others.push(new Charged(9, 9));
  return scene;
}

/** @native */
export function pair(a: Particle, b: Particle | null): [Particle, Particle | null] {
  return b === null ? [a, null] : [b, a];
}

/** @native */
export function isIon(particle: Particle): boolean {
  return particle instanceof Ion;
}

/** @native */
export function reversed(particles: Particle[]): void {
  particles.reverse();
}
