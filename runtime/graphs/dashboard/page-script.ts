/** What the dashboard's page does: shows the events that the server sends. */
export const pageScript = String.raw`
'use strict';
const $ = (id) => document.getElementById(id);
const number = (x) => Math.round(x).toLocaleString('en');
const duration = (ms) => ms < 0.1 ? (ms * 1000).toFixed(1) + ' µs' : ms < 1000 ? ms.toFixed(ms < 10 ? 2 : 0) + ' ms' : (ms / 1000).toFixed(1) + ' s';
let boxes = [];

function element(tag, text, className) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function showPicture(picture) {
  boxes = picture.boxes;
  // The server has escaped all names in it.
  $('picture').innerHTML = picture.svg;
  const svg = $('picture').firstElementChild;
  // Wide ones are scrolled rather than made too small to read.
  svg.style.minWidth = svg.getAttribute('width') * 0.75 + 'px';
}

function showBoxes(counts) {
  counts.forEach(([done, running, failed], at) => {
    const box = document.querySelector('[data-box="' + at + '"]');
    if (!box) return;
    const isIdle = done + running + failed === 0;
    box.setAttribute('class', 'box' + (failed ? ' failed' : running ? ' running' : isIdle ? ' idle' : ''));
    const bar = box.querySelector('.done');
    bar.setAttribute('width', bar.dataset.full * done / boxes[at].tasks);
  });
}

function showNames(counts) {
  const names = new Map();
  counts.forEach(([done, , failed, time], at) => {
    const { name, tasks } = boxes[at];
    const sum = names.get(name) ?? { done: 0, failed: 0, time: 0, tasks: 0 };
    names.set(name, { done: sum.done + done, failed: sum.failed + failed, time: sum.time + time, tasks: sum.tasks + tasks });
  });
  $('names').replaceChildren(...[...names].map(([name, { done, failed, time, tasks }]) => {
    const row = element('tr', undefined, failed ? 'failed' : '');
    row.append(element('td', name), element('td', number(done)), element('td', number(tasks)), element('td', done ? duration(time / done) : '–'));
    return row;
  }));
}

const svgNames = 'http://www.w3.org/2000/svg';
function showWorkers({ column, workers }, milliseconds) {
  const columns = Math.max(30, Math.ceil(milliseconds / column));
  const most = Math.max(1, ...workers.flatMap(({ columns }) => columns));
  $('scale').textContent = workers.length ? '· a bar is ' + duration(column) + ', the highest ' + number(most) : '';
  $('workers').replaceChildren(...workers.map((worker) => {
    const row = element('div', undefined, 'worker');
    const chart = document.createElementNS(svgNames, 'svg');
    chart.setAttribute('viewBox', '0 0 ' + columns + ' 1');
    chart.setAttribute('preserveAspectRatio', 'none');
    worker.columns.forEach((tasks, at) => {
      if (tasks === 0) return;
      const bar = document.createElementNS(svgNames, 'rect');
      const height = Math.max(0.03, tasks / most);
      for (const [name, value] of Object.entries({ x: at + 0.08, y: 1 - height, width: 0.84, height })) bar.setAttribute(name, value);
      chart.append(bar);
    });
    row.append(element('b', worker.name), element('span', number(worker.tasks) + ' tasks'), chart);
    return row;
  }));
}

const words = { running: 'running', done: 'done', failed: 'failed' };
function showState(now) {
  $('state').textContent = words[now.state];
  $('state').className = now.state;
  document.title = Math.floor(100 * now.done / Math.max(1, now.total)) + ' % · graph';
  $('done').textContent = number(now.done) + ' of ' + number(now.total);
  $('running').textContent = number(now.running);
  $('waiting').textContent = number(now.total - now.done - now.running);
  $('time').textContent = duration(now.milliseconds);
  $('rate').textContent = now.milliseconds > 0 ? number(now.done / now.milliseconds * 1000) : '–';
  document.querySelector('#bar div').style.width = 100 * now.done / Math.max(1, now.total) + '%';
  document.body.classList.toggle('failed-run', now.state === 'failed');
  $('message').hidden = now.message === undefined;
  $('message').textContent = now.message ?? '';
  showBoxes(now.boxes);
  showNames(now.boxes);
  showWorkers(now.timeline, now.milliseconds);
}

const events = new EventSource('events');
events.addEventListener('picture', ({ data }) => showPicture(JSON.parse(data)));
events.addEventListener('state', ({ data }) => showState(JSON.parse(data)));
events.addEventListener('error', () => {
  if ($('state').className === 'done' || $('state').className === 'failed') return;
  $('state').textContent = 'the process has ended';
  $('state').className = '';
});
`;
