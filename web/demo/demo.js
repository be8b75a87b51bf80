// The page of the demonstration: shows what the server tells, and passes on what the visitor does. Everything that
// people wrote is set as text, never as HTML.
import { drawDays, drawHours } from '/demo/charts.js';

const kLinesShown = 160;
const kGlyphs = { message: '●', thanks: '♥', reply: '↩', payment: '✓', stop: '✕', silence: '○', file: '⇣' };
const kTicks = { waiting: ['…', 'en camino'], sent: ['✓', 'enviado'], delivered: ['✓✓', 'entregado'], read: ['✓✓', 'leído'], failed: ['!', 'no llegó'] };
const numbers = new Intl.NumberFormat('es-CO');

const page = { run: 0, lastLine: 0, lastDay: '', person: null, people: [], rows: new Map(), stalePeople: true, stalePerson: false };

const $ = (id) => document.getElementById(id);

function make(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function write(target, text) {
  const node = typeof target === 'string' ? $(target) : target;
  if (node.textContent !== String(text)) node.textContent = text;
}

async function ask(path, body) {
  const options = body === undefined ? {} : { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  const answer = await fetch(path, options);
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.detail || said.title || `Error ${answer.status}`);
  return said;
}

// --- The whole -----------------------------------------------------------------------------------------------------

function beginRun(run) {
  Object.assign(page, { run, lastLine: 0, lastDay: '', stalePeople: true });
  $('feed').replaceChildren();
  forgetPerson();
}

function showPlaces(places) {
  const list = $('places');
  while (list.children.length < places.length) {
    const item = make('li');
    item.append(make('span', 'city'), make('span', 'hour'), make('span', 'until'), make('span', 'why'));
    list.append(item);
  }
  places.forEach((place, index) => {
    const item = list.children[index];
    item.classList.toggle('open', place.open);
    write(item.children[0], place.city);
    write(item.children[1], place.time);
    write(item.children[2], place.until.replace(', ', ' '));
    write(item.children[3], place.why);
  });
}

function showNumbers(state) {
  for (const name of ['messages', 'replies', 'payments', 'thanks', 'stops']) write(`n-${name}`, numbers.format(state.counts[name]));
  for (const money of state.money) {
    write(`c-${money.currency}`, money.collected);
    write(`p-${money.currency}`, money.pending);
  }
  for (const name of ['twice', 'paid', 'hours', 'stop']) {
    write(`z-${name}`, numbers.format(state.never[name]));
    $(`z-${name}`).parentElement.classList.toggle('broken', state.never[name] > 0);
  }
  write('checked', numbers.format(state.never.checked));
}

function showNotice(state) {
  const text = state.trouble ? `La demostración se detuvo: ${state.trouble}.` : state.ended ? `Pasaron los ${state.days} días de esta historia.` : '';
  $('notice').hidden = text === '';
  if (text) write('notice-text', text);
}

function show(state) {
  // Whoever opens the showcase wants to see weeks pass.
  if (state.run !== page.run && state.pace === 'real') ask('/demo/act', { action: 'pace', pace: 'normal' }).catch(() => {});
  if (state.run !== page.run) beginRun(state.run);
  write('date', state.date);
  write('progress', `Día ${Math.min(state.day, state.days)} de ${state.days}`);
  showPlaces(state.places);
  showNumbers(state);
  showNotice(state);
  for (const button of document.querySelectorAll('[data-pace]')) button.setAttribute('aria-pressed', String(button.dataset.pace === state.pace));
  drawDays($('by-day'), state.by_day);
  drawHours($('by-hour'), state.hours);
  addLines(state.feed);
  if (!state.touched || state.touched.length > 0) page.stalePeople = true;
  if (!state.touched || state.touched.includes(page.person)) page.stalePerson = true;
}

// --- What is going on ------------------------------------------------------------------------------------------------

function lineElement(line) {
  const item = make('li', `item new ${line.kind}`);
  item.dataset.kind = line.kind;
  const body = make('div');
  if (line.name) {
    const who = make(line.person ? 'button' : 'span', line.person ? 'who' : 'who nobody', line.name);
    if (line.person) {
      who.type = 'button';
      who.dataset.person = line.person;
    }
    body.append(who, ' ');
  }
  body.append(make('span', 'what', line.what), ' ');
  if (line.until) body.append(make('span', 'until', line.until));
  if (line.text) {
    const details = make('details');
    details.append(make('summary', '', 'leer'), make('p', '', line.text));
    body.append(details);
  }
  const glyph = make('span', 'glyph', kGlyphs[line.kind] || '·');
  glyph.setAttribute('aria-hidden', 'true');
  item.append(make('time', '', line.time), glyph, body);
  return item;
}

function addLines(lines) {
  const feed = $('feed');
  // Whoever has scrolled down is reading: what they read stays where it is.
  const reading = feed.scrollTop > 40;
  const heightBefore = feed.scrollHeight;
  for (const line of lines) {
    if (line.id <= page.lastLine) continue;
    page.lastLine = line.id;
    if (line.day !== page.lastDay) {
      page.lastDay = line.day;
      feed.prepend(make('li', 'date-line', line.day));
    }
    // Newest first below the line of its day.
    feed.firstElementChild.after(lineElement(line));
    if (!page.person && line.kind === 'message' && line.person) choose(line.person, false);
  }
  while (feed.children.length > kLinesShown) feed.lastElementChild.remove();
  filterFeed();
  if (reading) feed.scrollTop += feed.scrollHeight - heightBefore;
}

function filterFeed() {
  const wanted = document.querySelector('[data-filter][aria-pressed="true"]').dataset.filter;
  const kinds = wanted === '' ? null : wanted.split(' ');
  for (const item of $('feed').children) {
    if (item.dataset.kind) item.hidden = kinds !== null && !kinds.includes(item.dataset.kind);
  }
}

// --- The people ------------------------------------------------------------------------------------------------------

function rowOf(person) {
  let row = page.rows.get(person.id);
  if (!row) {
    row = make('li');
    const button = make('button');
    button.type = 'button';
    button.dataset.person = person.id;
    button.append(make('span', 'name'), make('span', 'sub'), make('span', 'owed'));
    row.append(button);
    page.rows.set(person.id, row);
  }
  const [name, sub, owed] = row.firstElementChild.children;
  row.className = person.state;
  write(name, person.name);
  write(owed, person.owed);
  write(sub, `${person.label} · ${person.segment.toLowerCase()}`);
  row.firstElementChild.setAttribute('aria-current', String(person.id === page.person));
  return row;
}

function fold(text) {
  return text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase();
}

function showPeople() {
  const words = fold($('search').value).split(/\s+/).filter(Boolean);
  const states = $('state').value === '' ? null : $('state').value.split(' ');
  const found = page.people.filter((person) => (!states || states.includes(person.state)) && words.every((word) => person.find.includes(word)));
  const rows = found.map(rowOf);
  const list = $('people');
  const same = list.children.length === rows.length && rows.every((row, index) => list.children[index] === row);
  if (!same) list.replaceChildren(...rows);
  if (found.length === 0 && page.people.length > 0) list.replaceChildren(make('li', 'empty', 'Nadie con ese nombre o estado.'));
  write('people-count', found.length === page.people.length ? String(found.length) : `${found.length} de ${page.people.length}`);
}

// --- One person ------------------------------------------------------------------------------------------------------

function forgetPerson() {
  page.person = null;
  page.rows.clear();
  write('person-name', 'Nadie todavía');
  write('person-facts', 'El primero a quien se escriba aparece aquí.');
  $('chat').replaceChildren();
  for (const id of ['person-label', 'pay-page', 'why', 'debts', 'silences']) $(id).hidden = true;
  for (const control of document.querySelectorAll('#say input, #say button, [data-deed]')) control.disabled = true;
}

function bubbleElement(bubble) {
  if (bubble.side === 'note') return make('li', 'note paid', `${bubble.text} · ${bubble.time}`);
  const item = make('li', bubble.side, bubble.text);
  const stamp = make('span', 'stamp', bubble.time);
  const [ticks, meaning] = kTicks[bubble.ticks] || [];
  if (ticks) {
    const mark = make('span', `ticks ${bubble.ticks}`, ticks);
    mark.setAttribute('aria-hidden', 'true');
    stamp.append(mark, make('span', 'hidden', `, ${meaning}`));
  }
  item.append(stamp);
  return item;
}

function showChat(bubbles) {
  const chat = $('chat');
  const key = JSON.stringify(bubbles);
  if (chat.dataset.key === key) return;
  const atEnd = chat.scrollHeight - chat.scrollTop - chat.clientHeight < 60;
  const anew = chat.dataset.person !== page.person;
  const items = [];
  let day = '';
  for (const bubble of bubbles) {
    if (bubble.day !== day) items.push(make('li', 'note', (day = bubble.day)));
    items.push(bubbleElement(bubble));
  }
  if (bubbles.length === 0) items.push(make('li', 'note', 'Todavía no se le ha escrito.'));
  chat.replaceChildren(...items);
  chat.dataset.key = key;
  chat.dataset.person = page.person;
  if (atEnd || anew) chat.scrollTop = chat.scrollHeight;
}

function showDebts(debts) {
  $('debts').hidden = debts.length === 0;
  $('debt-list').replaceChildren(...debts.map((debt) => {
    const item = make('li');
    const late = debt.late > 0 ? `venció el ${debt.due}, hace ${debt.late} ${debt.late === 1 ? 'día' : 'días'}` : debt.late === 0 ? 'vence hoy' : `vence el ${debt.due}`;
    item.append(make('span', '', debt.product), make('span', '', debt.balance), make('span', 'soft', `${debt.number} · ${late}`));
    return item;
  }));
}

function showPerson(person) {
  if (person.id !== page.person) return;
  write('person-name', person.name);
  write('person-facts', `${person.cc === 'PE' ? 'Perú' : 'Colombia'} · ${person.segment.toLowerCase()}${person.owed ? ` · debe ${person.owed.replace(' ', '\u00a0')}` : ''}`);
  $('person-label').hidden = false;
  write('person-label', person.label);
  showChat(person.chat);
  $('why').hidden = false;
  write('why-text', person.why);
  write('why-until', person.until);
  showDebts(person.debts);
  $('pay-page').hidden = !person.pay;
  if (person.pay) $('pay-link').href = person.pay;
  $('silences').hidden = person.silences.length === 0;
  $('silence-list').replaceChildren(...person.silences.map((silence) => {
    const item = make('li');
    item.append(make('time', '', silence.at), silence.text);
    return item;
  }));
  for (const control of document.querySelectorAll('#say input, #say button')) control.disabled = false;
  for (const button of document.querySelectorAll('[data-deed]')) button.disabled = button.dataset.deed === 'stop' ? person.stopped : !person.owed;
}

async function readPerson() {
  page.stalePerson = false;
  const id = page.person;
  if (id) showPerson(await ask(`/demo/person/${id}`));
}

function choose(id, byHand) {
  page.person = id;
  write('deed-result', '');
  for (const [key, row] of page.rows) row.firstElementChild.setAttribute('aria-current', String(key === id));
  readPerson().catch(() => {});
  if (!byHand) return;
  $('person-name').focus({ preventScroll: true });
  const quick = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  if (window.matchMedia('(max-width: 820px)').matches) $('person').scrollIntoView({ behavior: quick ? 'auto' : 'smooth' });
}

async function act(body) {
  write('deed-result', '');
  try {
    const person = await ask('/demo/act', { ...body, person: page.person });
    showPerson(person);
    $('chat').scrollTop = $('chat').scrollHeight;
    page.stalePeople = true;
  } catch (error) {
    write('deed-result', `No se pudo: ${error.message}.`);
  }
}

// --- Listening -------------------------------------------------------------------------------------------------------

async function readAll() {
  show(await ask(`/demo/state?after=${page.lastLine}`));
}

// When streams do not get through (a proxy, an extension), ask every second.
function poll() {
  setInterval(() => readAll().catch(() => {}), 1000);
}

function listen() {
  const stream = new EventSource('/demo/events');
  let failures = 0;
  stream.addEventListener('tick', (event) => {
    failures = 0;
    show(JSON.parse(event.data));
  });
  stream.addEventListener('open', () => readAll().catch(() => {}));
  stream.addEventListener('error', () => {
    if (++failures < 4 && stream.readyState !== EventSource.CLOSED) return;
    stream.close();
    poll();
  });
}

// Lists are read again only when something in them has changed, and not more often than anybody can follow.
setInterval(() => {
  if (page.stalePerson) readPerson().catch(() => {});
}, 500);
setInterval(async () => {
  if (!page.stalePeople) return;
  page.stalePeople = false;
  try {
    page.people = (await ask('/demo/people')).people;
    showPeople();
  } catch { page.stalePeople = true; }
}, 1500);

function currentTheme() {
  return document.documentElement.dataset.theme || (window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
}

function setTheme(theme) {
  if (theme) document.documentElement.dataset.theme = theme;
  $('theme').setAttribute('aria-label', currentTheme() === 'dark' ? 'Pasar al tema claro' : 'Pasar al tema oscuro');
}

document.addEventListener('click', (event) => {
  const button = event.target.closest('button');
  if (!button) return;
  if (button.dataset.person) choose(button.dataset.person, true);
  if (button.dataset.pace) ask('/demo/act', { action: 'pace', pace: button.dataset.pace }).catch(() => {});
  if (button.dataset.deed) act({ action: button.dataset.deed });
  if (button.dataset.filter !== undefined) {
    for (const one of document.querySelectorAll('[data-filter]')) one.setAttribute('aria-pressed', String(one === button));
    filterFeed();
  }
});
$('pay-link').addEventListener('click', () => ask('/demo/act', { action: 'pace', pace: 'real' }).catch(() => {}));
$('day').addEventListener('click', () => ask('/demo/act', { action: 'day' }).catch(() => {}));
$('again').addEventListener('click', () => ask('/demo/act', { action: 'again' }).catch(() => {}));
$('search').addEventListener('input', showPeople);
$('state').addEventListener('change', showPeople);
$('say').addEventListener('submit', (event) => {
  event.preventDefault();
  const text = $('words').value.trim();
  if (!text) return;
  $('words').value = '';
  act({ action: 'say', text });
});
$('theme').addEventListener('click', () => {
  const theme = currentTheme() === 'dark' ? 'light' : 'dark';
  setTheme(theme);
  try { localStorage.setItem('theme', theme); } catch { /* Without storage the choice lasts as long as the page. */ }
});

try { setTheme(localStorage.getItem('theme') || ''); } catch { setTheme(''); }
listen();
