/** What the page does: choosing a line, by mouse, key or address, shows what there is to tell of it. */
export const pageScript = String.raw`
'use strict';
const data = JSON.parse(document.getElementById('report').textContent);
const $ = (selector, from = document) => from.querySelector(selector);
const all = (selector, from = document) => [...from.querySelectorAll(selector)];
const panel = $('aside');
let chosen = null;

const escapeHtml = (text) => text.replace(/[&<>"']/g, (c) => '&#' + c.charCodeAt(0) + ';');
const prose = (text) => escapeHtml(text)
  .replace(/${'`'}([^${'`'}]*)${'`'}/g, '<code>$1</code>')
  .replace(/2\^(\d+)/g, '2<sup>$1</sup>');
const tellingOf = (file, line) => data.files[file].lines.find((told) => told.line === line);
const percent = (share) => share === 0 ? 'no cost of its own' : share < .01 ? 'under 1 % of the file’s cost'
  : Math.round(share * 100) + ' % of the file’s cost';

function itemHtml({ tone, title, text, rewrite }) {
  return '<li class=' + tone + '><strong>' + prose(title) + '</strong>'
    + (text ? '<p>' + prose(text) + '</p>' : '')
    + (rewrite ? '<p class=rewrite>' + prose(rewrite) + '</p>' : '') + '</li>';
}

function instructionHtml(text) {
  const space = text.indexOf(' ');
  return space < 0 ? '<b>' + escapeHtml(text) + '</b>'
    : '<b>' + escapeHtml(text.slice(0, space)) + '</b> ' + escapeHtml(text.slice(space + 1));
}

/** Pieces of the same loop share a card. */
function cards(pieces) {
  const byPlace = new Map();
  for (const piece of pieces) {
    const key = [piece.fn, piece.depth, piece.vector, piece.rare].join();
    byPlace.set(key, [...(byPlace.get(key) ?? []), piece]);
  }
  return [...byPlace.values()].map((group) => {
    const [{ fn, depth, vector, rare }] = group;
    const where = (depth === 0 ? 'outside loops' : depth === 1 ? 'in a loop' : 'in ' + depth + ' nested loops')
      + (vector ? ', vectorised' : '') + (rare ? ', the careful copy' : '');
    const name = fn.startsWith('f.') ? fn.slice(2) : fn.startsWith('ts.export') ? 'the call from JavaScript' : fn;
    const text = group.map(({ instructions }) => instructions.map(instructionHtml).join('\n')).join('<hr>');
    return '<div class=piece><header><b>' + escapeHtml(name) + '</b>' + where + '</header><pre class=asm tabindex=0>' + text + '</pre></div>';
  });
}

const mostCards = 2;
function show(file, line) {
  const told = tellingOf(file, line);
  const row = $('#f' + file + 'l' + line);
  const groups = [
    ['What slows it down', told.items.filter((item) => item.tone === 'cost')],
    ['What went well', told.items.filter((item) => item.tone === 'good')],
    ['Also', told.items.filter((item) => item.tone === 'info' && item.kind !== 'boundary')],
    ['At the call from JavaScript', told.items.filter((item) => item.tone === 'info' && item.kind === 'boundary')],
  ].filter(([, items]) => items.length > 0);
  const pieces = cards(told.assembly);
  panel.innerHTML = '<div class=place><b>Line ' + line + '</b>' + escapeHtml(data.files[file].path)
    + '<span>' + percent(told.part) + '</span></div><pre class=source>' + $('.text', row).innerHTML.trim() + '</pre>'
    + groups.map(([title, items]) => '<h3>' + title + '</h3><ul class=items>' + items.map(itemHtml).join('') + '</ul>').join('')
    + (pieces.length === 0 ? '<h3>Machine code</h3><p class=quiet>No instruction of its own: it became part of others, or nothing.</p>'
      : '<h3>Machine code</h3>' + pieces.slice(0, mostCards).join('')
        + (pieces.length > mostCards ? '<button class=more>Show where else it is: ' + (pieces.length - mostCards) + ' more</button>' : ''));
  panel.scrollTop = 0;
  const more = $('.more', panel);
  if (more) more.onclick = () => { more.outerHTML = pieces.slice(mostCards).join(''); };
}

function openFile(file) {
  all('.sheet section').forEach((section, index) => { section.hidden = index !== file; });
}

function choose(row, { scroll = true, focus = false, remember = true } = {}) {
  if (!row) return;
  const [, file, line] = /^f(\d+)l(\d+)$/.exec(row.id).map(Number);
  chosen?.setAttribute('aria-selected', 'false');
  chosen = row;
  row.setAttribute('aria-selected', 'true');
  openFile(file);
  const list = row.parentElement;
  list.setAttribute('aria-activedescendant', row.id);
  if (focus) list.focus({ preventScroll: true });
  if (scroll) {
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const { top, bottom } = row.getBoundingClientRect();
    if (top < 70 || bottom > innerHeight - 40) row.scrollIntoView({ block: 'center', behavior: calm ? 'auto' : 'smooth' });
  }
  const current = data.files[file].functions.findLast((fn) => fn.line <= line && line <= fn.endLine);
  for (const button of all('nav button'))
    button.setAttribute('aria-current', String(current !== undefined && button.dataset.key === file + ':' + current.line));
  show(file, line);
  if (remember) history.replaceState(null, '', '#' + encodeURI(data.files[file].path) + ':' + line);
}

const rows = () => all('.sheet section:not([hidden]) li[data-told]');
function step(by, wanted = () => true) {
  const list = rows();
  let index = chosen ? list.indexOf(chosen) : -1;
  do index += by; while (list[index] && !wanted(list[index]));
  choose(list[index], { focus: true });
}
const costs = (row) => $('.dot', row).classList.contains('cost');
const files = () => all('.sheet section');
function turnFile(by) {
  const sections = files();
  const now = sections.findIndex((section) => !section.hidden);
  const next = (now + by + sections.length) % sections.length;
  openFile(next);
  choose(hottest(next), { focus: true });
}
function hottest(file) {
  const lines = data.files[file].lines.filter(({ items, assembly }) => items.length > 0 || assembly.length > 0);
  // One with something to say about it, if it is nearly as hot.
  const worth = ({ heat, items }) => heat * (items.length > 0 ? 2 : 1);
  const best = lines.reduce((a, b) => (worth(b) > worth(a) ? b : a), lines[0]);
  return best && $('#f' + file + 'l' + best.line);
}

const keys = {
  ArrowDown: () => step(1), j: () => step(1), ArrowUp: () => step(-1), k: () => step(-1),
  n: () => step(1, costs), p: () => step(-1, costs), ']': () => turnFile(1), '[': () => turnFile(-1),
  '?': () => $('dialog').showModal(), t: () => turnTheme(),
};
addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || $('dialog').open) return;
  const act = keys[event.key];
  if (!act || (event.key.startsWith('Arrow') && panel.contains(document.activeElement))) return;
  event.preventDefault();
  act();
});
$('.sheet').addEventListener('click', (event) => {
  const row = event.target.closest('li[data-told]');
  if (row && String(getSelection()) === '') choose(row, { scroll: false, focus: true });
});
$('nav').addEventListener('click', (event) => {
  const button = event.target.closest('button');
  if (!button) return;
  const [file, line] = button.dataset.key.split(':').map(Number);
  const fn = data.files[file].functions.find((candidate) => candidate.line === line);
  openFile(file);
  const lines = data.files[file].lines.filter((told) => fn.line <= told.line && told.line <= fn.endLine);
  const best = lines.reduce((a, b) => (b.heat > a.heat ? b : a), lines[0]);
  if (best) choose($('#f' + file + 'l' + best.line), { focus: true });
  else $('#f' + file + 'l' + line)?.scrollIntoView({ block: 'center' });
});

function turnTheme() {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = dark ? 'light' : 'dark';
  try { localStorage.setItem('tsnative-theme', root.dataset.theme); } catch {}
}
try { const kept = localStorage.getItem('tsnative-theme'); if (kept) document.documentElement.dataset.theme = kept; } catch {}
$('#theme').onclick = turnTheme;
$('#help').onclick = () => $('dialog').showModal();

function fromAddress() {
  const [, path, line] = /^#(.*):(\d+)$/.exec(decodeURI(location.hash)) ?? [];
  const file = data.files.findIndex((candidate) => candidate.path === path);
  return file < 0 ? undefined : $('#f' + file + 'l' + line + '[data-told]');
}
addEventListener('hashchange', () => choose(fromAddress()));
const asked = fromAddress();
// Without an address the page begins at its top, where its figures are.
choose(asked ?? (data.files.length > 0 ? hottest(0) : undefined), { scroll: asked !== undefined, remember: false });
`;
