import type { i32 } from 'tsnative';

class Vec {
  constructor(
    readonly x: number,
    readonly y: number,
    readonly z: number,
  ) {}
  plus(v: Vec): Vec {
    return new Vec(this.x + v.x, this.y + v.y, this.z + v.z);
  }
  minus(v: Vec): Vec {
    return new Vec(this.x - v.x, this.y - v.y, this.z - v.z);
  }
  times(factor: number): Vec {
    return new Vec(this.x * factor, this.y * factor, this.z * factor);
  }
  dot(v: Vec): number {
    return this.x * v.x + this.y * v.y + this.z * v.z;
  }
  unit(): Vec {
    return this.times(1 / Math.sqrt(this.dot(this)));
  }
}

class Ray {
  constructor(
    readonly origin: Vec,
    readonly direction: Vec,
  ) {}
  at(distance: number): Vec {
    return this.origin.plus(this.direction.times(distance));
  }
}

/** What something looks like: its own colour, and how much of the light it mirrors, 0 … 1. */
class Surface {
  constructor(
    readonly colour: Vec,
    readonly mirror: number,
  ) {}
}

abstract class Thing {
  constructor(readonly surface: Surface) {}
  /** The distance at which a ray meets it, or Infinity. */
  abstract distance(ray: Ray): number;
  abstract normal(point: Vec): Vec;
  /** The colour at a point. */
  colour(_point: Vec): Vec {
    return this.surface.colour;
  }
}

class Sphere extends Thing {
  constructor(
    readonly centre: Vec,
    readonly radius: number,
    surface: Surface,
  ) {
    super(surface);
  }
  distance(ray: Ray): number {
    const way = this.centre.minus(ray.origin);
    const nearest = way.dot(ray.direction);
    const square = this.radius * this.radius - way.dot(way) + nearest * nearest;
    if (square < 0) return Infinity;
    const half = Math.sqrt(square);
    if (nearest - half > 1e-6) return nearest - half;
    return nearest + half > 1e-6 ? nearest + half : Infinity;
  }
  normal(point: Vec): Vec {
    return point.minus(this.centre).times(1 / this.radius);
  }
}

/** The floor, in squares of two colours. */
class Floor extends Thing {
  constructor(
    readonly height: number,
    surface: Surface,
    readonly other: Vec,
  ) {
    super(surface);
  }
  distance(ray: Ray): number {
    const t = (this.height - ray.origin.y) / ray.direction.y;
    return t > 1e-6 ? t : Infinity;
  }
  normal(_point: Vec): Vec {
    return new Vec(0, 1, 0);
  }
  override colour(point: Vec): Vec {
    const odd = (Math.floor(point.x) + Math.floor(point.z)) % 2 !== 0;
    return odd ? this.other : this.surface.colour;
  }
}

class Scene {
  readonly things: Thing[] = [];
  constructor(
    readonly light: Vec,
    readonly sky: Vec,
  ) {}

  add(thing: Thing): void {
    this.things.push(thing);
  }

  /** The thing that a ray meets first. */
  first(ray: Ray): Thing | null {
    let found: Thing | null = null;
    let least = Infinity;
    for (const thing of this.things) {
      const distance = thing.distance(ray);
      if (distance < least) {
        least = distance;
        found = thing;
      }
    }
    return found;
  }

  /** The colour that comes back along a ray, mirrored at most `depth` times. */
  trace(ray: Ray, depth: i32): Vec {
    const thing = this.first(ray);
    if (thing === null) return this.sky.times(0.4 + 0.6 * Math.max(0, ray.direction.y));
    const point = ray.at(thing.distance(ray));
    const normal = thing.normal(point);
    const toLight = this.light.minus(point);
    const shadow = this.first(new Ray(point, toLight.unit())) !== null;
    const strength = shadow ? 0.15 : 0.15 + 0.85 * Math.max(0, normal.dot(toLight.unit()));
    const own = thing.colour(point).times(strength);
    const { mirror } = thing.surface;
    if (mirror === 0 || depth === 0) return own;
    const back = ray.direction.minus(normal.times(2 * normal.dot(ray.direction)));
    return own
      .times(1 - mirror)
      .plus(this.trace(new Ray(point, back.unit()), depth - 1).times(mirror));
  }
}

function makeScene(): Scene {
  const scene = new Scene(new Vec(6, 9, -4), new Vec(0.5, 0.7, 1));
  scene.add(new Floor(-1, new Surface(new Vec(0.9, 0.9, 0.85), 0.15), new Vec(0.2, 0.25, 0.3)));
  for (let i = 0; i < 9; i++) {
    const x = (i % 3) * 1.6 - 1.6;
    const z = Math.floor(i / 3) * 1.8 + 3;
    const colour = new Vec(0.3 + 0.2 * (i % 3), 0.9 - 0.07 * i, 0.35 + 0.06 * i);
    scene.add(new Sphere(new Vec(x, -0.4 + 0.15 * (i % 4), z), 0.6, new Surface(colour, 0.35)));
  }
  return scene;
}

const byte = (x: number): number => Math.floor(255 * Math.min(1, Math.sqrt(x)));

/**
 * Paints spheres on a mirroring floor, as RGBA bytes row by row.
 * @param rgba four bytes for each pixel
 * @native
 */
export function render(rgba: Uint8Array, width: i32, height: i32): void {
  const scene = makeScene();
  const eye = new Vec(0, 0.6, -3);
  let at = 0;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const x = (column - width / 2) / width;
      const y = (height / 2 - row) / width;
      const colour = scene.trace(new Ray(eye, new Vec(x * 1.6, y * 1.6, 1).unit()), 4);
      rgba[at++] = byte(colour.x);
      rgba[at++] = byte(colour.y);
      rgba[at++] = byte(colour.z);
      rgba[at++] = 255;
    }
  }
}
