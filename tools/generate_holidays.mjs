// Writes data/holidays/<xx>.tsv (date, Spanish name, note) for 2024–2035. Run while developing, never
// while building:
//   cd "$(mktemp -d)" && npm install date-holidays@3.37.0 && cp REPO/tools/generate_holidays.mjs . &&
//   node generate_holidays.mjs REPO/data/holidays
// The package gives the dates; the corrections below are ours, each with its law, checked 2026-11-21.
import Holidays from 'date-holidays';
import { writeFileSync } from 'node:fs';

// Raise it whenever a date changes: a deployment takes the newer of its own calendar and ours.
const VERSION = { AR: '2026.11.2', BR: '2026.11.2', CL: '2026.11.2' };
const FIRST_VERSION = '2026.11.1';
const FIRST = 2024;
const LAST = 2035;
const COUNTRIES = 'AR BO BR CL CO CR DO EC ES GT MX PA PE PY SV UY'.split(' ');

const text = (date) => date.toISOString().slice(0, 10);
const day = (iso) => new Date(iso + 'T00:00:00Z');
const plus = (iso, days) => text(new Date(day(iso).getTime() + days * 86400000));
const weekday = (iso) => day(iso).getUTCDay(); // 0 is Sunday

// Gregorian Easter (Meeus/Jones/Butcher).
function easter(year) {
  const a = year % 19, b = Math.floor(year / 100), c = year % 100;
  const d = Math.floor(b / 4), e = b % 4, g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30, i = Math.floor(c / 4), k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7, m = Math.floor((a + 11 * h + 22 * l) / 451);
  const month = Math.floor((h + l - 7 * m + 114) / 31), d1 = ((h + l - 7 * m + 114) % 31) + 1;
  return text(new Date(Date.UTC(year, month - 1, d1)));
}

// Ecuador moves most holidays to make a long weekend (reform of 20 Dec 2016). Both days are kept closed:
// the package knows the dates only, and decrees have moved single ones.
function ecuadorMoved(iso) {
  const shift = { 2: -1, 3: 2, 4: 1, 6: -1, 0: 1 }[weekday(iso)];
  return shift === undefined ? undefined : plus(iso, shift);
}

// Chile keeps a Monday or Friday beside its national days free (leyes 20.215, 20.629 and 20.983).
function chileExtra(year) {
  const rows = [[plus(easter(year), -1), 'Sábado Santo', 'Ley 2.977 art. 1 n.º 3']];
  const sep17 = `${year}-09-17`, sep20 = `${year}-09-20`, jan2 = `${year}-01-02`;
  if ([1, 5].includes(weekday(sep17))) rows.push([sep17, 'Fiestas Patrias (feriado adicional)', 'Ley 20.983']);
  if (weekday(sep20) === 5) rows.push([sep20, 'Fiestas Patrias (feriado adicional)', 'Ley 20.215']);
  if (weekday(jan2) === 1) rows.push([jan2, 'Año Nuevo (feriado adicional)', 'Ley 20.983']);
  return rows;
}

// Argentina decrees up to three a year, on a Monday or Friday (Ley 27.399 art. 7), in the last days of the year before:
// Decreto 1027/2024, Resolución 164/2025 (Boletín Oficial of 26 Dec 2025; checked 2026-11-23). `puntual doctor` asks for the next.
const BRIDGE_DAYS = {
  2024: [], // The package has them.
  2025: [['05-02', 'Decreto 1027/2024'], ['08-15', 'Decreto 1027/2024'], ['11-21', 'Decreto 1027/2024']],
  2026: [['03-23', 'Resolución 164/2025'], ['07-10', 'Resolución 164/2025'], ['12-07', 'Resolución 164/2025']],
};
// Of a part of a country, every year (checked 2026-11-23).
const REGIONAL = [
  ['06-07', 'CL-AP', 'Asalto y Toma del Morro de Arica (Ley 20.663)'],
  ['07-09', 'BR-SP', 'Revolução Constitucionalista (Lei paulista 9.497/1997)'],
  ['08-20', 'CL-NB', "Natalicio de Bernardo O'Higgins, Chillán y Chillán Viejo (Ley 20.768)"],
];

const corrections = {
  AR: (year) => ({ add: (BRIDGE_DAYS[year] ?? []).map(([date, law]) => [`${year}-${date}`, 'Día no laborable con fines turísticos', law]) }),
  CL: (year) => ({ add: chileExtra(year) }),
  CR: (year) => ({
    drop: (row) => row.name === 'Día de la Raza', // Replaced by 1 December since 2020 (Ley 9803).
    add: [[`${year}-08-31`, 'Día de la Persona Negra y la Cultura Afrocostarricense', 'Ley 10050'],
          [`${year}-12-01`, 'Día de la Abolición del Ejército', 'Ley 9803']],
  }),
  EC: (year) => ({
    drop: (row) => row.date.endsWith('-09-10'), // The package swaps day and month of 9 October.
    add: [[`${year}-10-09`, 'Independencia de Guayaquil', '']],
    moved: ecuadorMoved,
  }),
  MX: (year) => ({ // LFT art. 74 VII: the change of the executive, every six years.
    drop: (row) => /-(10-01|12-01)$/.test(row.date),
    add: (year - 2024) % 6 === 0 ? [[`${year}-10-01`, 'Transmisión del Poder Ejecutivo Federal', 'LFT art. 74 VII']] : [],
  }),
  SV: (year) => ({ // Código de Trabajo art. 190; the package types these as observances.
    add: [[`${year}-01-01`, 'Año Nuevo', 'Código de Trabajo art. 190'],
          [`${year}-05-10`, 'Día de la Madre', 'Código de Trabajo art. 190'],
          [`${year}-06-17`, 'Día del Padre', 'Código de Trabajo art. 190']],
  }),
};

const NAMES = {
  'La Asunción': 'Ascensión del Señor', // Colombia: the Monday after the sixth Sunday of Easter.
  'La virgen de Chiquinquirá': 'Virgen de Chiquinquirá',
  'La inmaculada concepción': 'Inmaculada Concepción',
  'Sabado Santo': 'Sábado Santo',
  'Dia de los héroes': 'Día de los Héroes',
  'Dia de Eleição': 'Día de elecciones',
  'Dia de Tiradentes': 'Tiradentes',
  'Proclamação da República': 'Proclamación de la República',
  'Dia da Consciência Negra': 'Día de la Conciencia Negra',
  'Nossa Senhora Aparecida': 'Nuestra Señora Aparecida',
  'Presidential Inauguration': 'Toma de posesión presidencial',
};

const spanish = (name) => (NAMES[name] ?? name).replace(/\((substituto|día sustituto)\)/, '(trasladado)');

function rowsOf(country, year) {
  const { drop = () => false, add = [], moved } = (corrections[country] ?? (() => ({})))(year);
  const rows = new Map();
  const put = (date, name, note) => {
    if (!rows.has(date)) rows.set(date, [date, name, note]);
  };
  for (const one of new Holidays(country).getHolidays(year, 'es')) {
    const row = { date: one.date.slice(0, 10), name: spanish(one.name) };
    // Easter Sunday is in none of the laws, and a Sunday.
    if (one.type !== 'public' || one.rule === 'easter' || drop(row)) continue;
    const note = country === 'CO' && one.rule.includes('07-09') ? 'Ley 2578 de 2026 art. 6'
      : one.rule.endsWith('12:00') ? 'desde el mediodía; se cierra el día' : '';
    put(row.date, row.name, note);
  }
  for (const row of add) put(...row);
  if (moved) {
    for (const [date, name] of [...rows.values()]) {
      if (/-(01-01|12-25)$/.test(date) || /Carnaval|Santo/.test(name)) continue;
      const to = moved(date);
      if (to) put(to, `${name} (trasladado)`, 'se cierran ambos días');
    }
  }
  return [...rows.values()].filter(([date]) => date.startsWith(String(year)));
}

const folder = process.argv[2] ?? '.';
for (const country of COUNTRIES) {
  const rows = [];
  for (let year = FIRST; year <= LAST; ++year) rows.push(...rowsOf(country, year));
  rows.sort((a, b) => (a[0] < b[0] ? -1 : 1));
  writeFileSync(`${folder}/${country.toLowerCase()}.tsv`,
                `# version: ${VERSION[country] ?? FIRST_VERSION}\n` +
                (country === 'AR' ? `# bridge days are decreed each year; these are in: ${Object.keys(BRIDGE_DAYS).join(' ')}\n` : '') +
                'date\tname\tnote\n' + rows.map((row) => row.join('\t') + '\n').join(''));
  console.log(country, rows.length);
}
let regional = "# Public holidays of a part of a country; its calendar's version speaks for these too.\ndate\tplace\tname\n";
for (let year = FIRST; year <= LAST; ++year) for (const [date, ...rest] of REGIONAL) regional += [`${year}-${date}`, ...rest].join('\t') + '\n';
writeFileSync(`${folder}/regional.tsv`, regional);
