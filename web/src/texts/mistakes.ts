// What the server's readers of TOML say is wrong, in the user's language. They speak English, as on the command line; each of their
// sentences is known here by its form, `{}` being what it is about. A test misses one that is not.
import type { Key, Say } from '../i18n';

const kMistakes: [form: string, words: Key][] = [
  ["'{}' is missing (expected {})", 'mistake.missing'],
  ["'{}' is empty (expected a text)", 'mistake.empty'],
  ["'{}' must be {}, not {}", 'mistake.kind'],
  ["'{}': '{}' is not known: did you mean '{}'?", 'mistake.wordNear'],
  ["'{}': '{}' is not known (expected one of: {})", 'mistake.word'],
  ["unknown key '{}' in {}: did you mean '{}'?", 'mistake.keyInNear'],
  ["unknown key '{}' in {} (known keys: {})", 'mistake.keyIn'],
  ["unknown key '{}': did you mean '{}'?", 'mistake.keyNear'],
  ["unknown key '{}' (known keys: {})", 'mistake.key'],
  ['not valid TOML: {}', 'mistake.toml'],
  ["step '{}' is for day {}: its text would no longer be true after {} more days (expected valid_days {} or less)", 'mistake.validDays'],
  ["step id '{}' is used twice in this cadence", 'mistake.idTwice'],
  ["step '{}' (day {}) must come after the step before it (day {}): write the steps in the order of their days", 'mistake.order'],
  ["step '{}' is the last notice: it must be the last step", 'mistake.lastNotLast'],
  ["step '{}': a last notice must follow a step after the due date", 'mistake.lastFollows'],
  ["step '{}': 'reviewed' belongs to the last notice only", 'mistake.reviewed'],
  ["a {} without 'segments' is for nobody (expected a list, such as segments = [\"new\"])", 'mistake.segments'],
  ['a cadence without steps ([[cadence.step]])', 'mistake.noSteps'],
  ['a strategy without cadences ([[cadence]])', 'mistake.noCadences'],
  ["segment '{}' has two {}: keep one", 'mistake.segmentTwice'],
  ["'stop_on' must hold '{}': nobody is reminded after that", 'mistake.stopOn'],
  ["'first' = \"{}\" is not an hour (expected \"08:30\")", 'mistake.hour'],
  ["'behaviour.aged_days_min' ({}) must be more than 'late_days_max' ({})", 'mistake.aged'],
  ["'plan_days_max' ({}) leaves no room for a second instalment (expected {} or more, or instalments_max = 1 for no plans)", 'mistake.planDays'],
  ["a button of kind url needs 'url'", 'mistake.buttonUrl'],
  ["'payload' belongs to quick_reply buttons", 'mistake.payload'],
  ["a quick_reply button needs 'payload': what comes back when it is pressed", 'mistake.noPayload'],
  ["'url' belongs to url buttons", 'mistake.url'],
  ["'{}' is {} (expected {})", 'mistake.range'],
  ['este borrador es de «{}»: escriba name = "{}"', 'mistake.otherName'],
  ['este borrador es de «{}»: no le cambie el nombre ni el idioma', 'mistake.otherTemplate'],
  ['el paso «{}» usa la plantilla «{}», que no existe en {}', 'mistake.template'],
  ['el último aviso «{}» espera revisión y no sale: escriba reviewed = true cuando alguien lo haya revisado', 'mistake.unreviewed'],
];
// What stands in them.
const kParts: [form: string, words: Key][] = [
  ['one of: {}', 'mistake.part.oneOf'],
  ['{} or more', 'mistake.part.least'],
  ['{} or less', 'mistake.part.most'],
  ['{} to {}', 'mistake.part.between'],
  ['a text', 'mistake.part.text'],
  ['a whole number', 'mistake.part.whole'],
  ['a number with decimals', 'mistake.part.decimal'],
  ['true or false', 'mistake.part.flag'],
  ['a date or time', 'mistake.part.date'],
  ['a list of texts', 'mistake.part.texts'],
  ['a list of tables ({})', 'mistake.part.tables'],
  ['a table ({})', 'mistake.part.tableAt'],
  ['a list', 'mistake.part.list'],
  ['a table', 'mistake.part.table'],
];

const patternOf = (form: string) => new RegExp(`^${form.split('{}').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('(.+?)')}$`, 's');
const read = (forms: [string, Key][]) => forms.map(([form, words]) => ({ pattern: patternOf(form), words }));
const mistakes = read(kMistakes), parts = read(kParts);

function said(detail: string, forms: typeof mistakes, say: Say): string | null {
  for (const { pattern, words } of forms) {
    const found = pattern.exec(detail);
    if (!found) continue;
    const [a = '', b = '', c = '', d = ''] = found.slice(1).map((one) => said(one, parts, say) ?? one);
    return say(words, { a, b, c, d });
  }
  return null;
}

// "edition 7 (estandar):12: what is wrong", one a line.
export const mistakesOf = (told: string, say: Say) => told.split('\n').map((row) => {
  const [, line, detail] = /^.*?:(\d+)(?::\d+)?: (.*)$/.exec(row) ?? [];
  return detail ? `${say('texts.line', { line: String(line) })}: ${mistakeText(detail, say)}` : mistakeText(row, say);
});

// As it came where nobody has words for it.
export const mistakeText = (detail: string, say: Say) => said(detail, mistakes, say) ?? detail;
