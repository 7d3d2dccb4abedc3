import { writePng } from '../support/files.js';
import { present } from '../support/present.js';
import { render } from './raytracer.js';

const width = 320;
const height = 240;
const rgba = new Uint8Array(width * height * 4);

present({
  title: `Ray tracer, ${width} × ${height}`,
  work: () => {
    render(rgba, width, height);
    return rgba;
  },
  bytes: (result) => result,
  describe: () => ['ten things, up to four reflections'],
  picture: () => writePng('raytracer.png', width, height, rgba),
});
