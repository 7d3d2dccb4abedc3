/** Each kernel twice, side by side, with times and a comparison of the pixels. */
import { compiled, digest, height, pictures, width, type Kernels } from './kernels.ts';

type Blur = typeof import('../../blur/blur.ts');
type Mandelbrot = typeof import('../../mandelbrot/mandelbrot.ts');

// The same sources as they are.
const { blur } = (await import('../../blur/blur.ts?javascript')) as Blur;
const { mandelbrot } = (await import('../../mandelbrot/mandelbrot.ts?javascript')) as Mandelbrot;
const plain: Kernels = { blur, mandelbrot };

const runs = 3;

/** What came out, and the milliseconds of the quickest of some runs. */
function timed<T>(work: () => T): { readonly result: T; readonly time: number } {
  let time = Infinity;
  let result = work();
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    result = work();
    time = Math.min(time, performance.now() - start);
  }
  return { result, time };
}

function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  parent: Element,
  text = '',
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  made.textContent = text;
  parent.append(made);
  return made;
}

function show(
  pixels: Uint8ClampedArray<ArrayBuffer>,
  label: string,
  time: number,
  parent: Element,
): void {
  const figure = element('figure', parent);
  figure.style.margin = '0';
  const canvas = element('canvas', figure);
  Object.assign(canvas, { width, height });
  canvas.getContext('2d')?.putImageData(new ImageData(pixels, width, height), 0, 0);
  element('figcaption', figure, `${label}: ${time.toFixed(1)} ms`);
}

const main = document.querySelector('main') ?? document.body;
for (const [name, { title, draw }] of Object.entries(pictures)) {
  const section = element('section', main);
  element('h2', section, title);
  const [ours, theirs] = [timed(() => draw(compiled)), timed(() => draw(plain))];
  show(ours.result, 'tsnative', ours.time, section);
  show(theirs.result, 'plain JavaScript', theirs.time, section);
  const [own, other] = [digest(ours.result), digest(theirs.result)];
  const verdict = own === other ? 'identical' : 'different';
  const ratio = (theirs.time / ours.time).toFixed(2);
  element('p', section, `${ratio} × as fast, pixels ${verdict}`).className = 'verdict';
  Object.assign(section.dataset, { kernel: name, digest: own, plain: other });
}
document.body.dataset['done'] = 'true';
