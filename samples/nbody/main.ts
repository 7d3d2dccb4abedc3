import { present } from '../support/present.js';
import { advance, energy } from './nbody.js';

/** Solar masses in units where the gravitational constant is 1, lengths in AU and times in years. */
const solarMass = 4 * Math.PI * Math.PI;

/** The Sun and planets on circular orbits: distance in AU, mass in solar masses, phase. */
const planets = [
  [0.387, 1.66e-7, 0.3],
  [0.723, 2.45e-6, 2.1],
  [1, 3.0e-6, 4.4],
  [1.524, 3.23e-7, 1.2],
  [5.204, 9.54e-4, 5.5],
  [9.583, 2.86e-4, 3.6],
] as const;

function system(): Float64Array {
  const bodies = new Float64Array((planets.length + 1) * 7);
  bodies[6] = solarMass;
  planets.forEach(([distance, mass, phase], index) => {
    const speed = Math.sqrt(solarMass / distance);
    const [cos, sin] = [Math.cos(phase), Math.sin(phase)];
    const at = (index + 1) * 7;
    bodies.set(
      [distance * cos, distance * sin, 0, -speed * sin, speed * cos, 0, mass * solarMass],
      at,
    );
    // The Sun moves against them, so that the whole stays where it is.
    bodies[3]! += mass * speed * sin;
    bodies[4]! -= mass * speed * cos;
  });
  return bodies;
}

const steps = 100_000;
const start = energy(system());

present({
  title: `n-body, ${planets.length + 1} bodies, ${steps} steps`,
  work: () => {
    const bodies = system();
    advance(bodies, steps, 0.001);
    return bodies;
  },
  bytes: (result) => result,
  describe: (result) => {
    const end = energy(result);
    return [`energy ${start} → ${end} after ${steps / 1000} years`];
  },
});
