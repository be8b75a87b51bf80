// What the pages believe of the server's answers stands in the server's document: each field of an interface, and of what kind it is.
import { expect, it } from 'vitest';

interface Schema {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
}
type Fields = { [name: string]: Kind };
type Kind = string | Fields;  // "string | null", "Payment[]", or what stands in braces.

const schemas: Record<string, Schema> = Object.assign({}, ...Object.values(import.meta.glob<{ components?: { schemas?: object } }>('../../../docs/api/*.json', { import: 'default', eager: true })).map((part) => part.components?.schemas ?? {}));
const sources = import.meta.glob<string>(['../**/*.ts', '../**/*.tsx', '!../**/*.test.ts'], { query: '?raw', import: 'default', eager: true });

// "{ a: string; b: { c: number }[] }" from its brace on: its fields, and what is behind it.
function fieldsOf(text: string): [Fields, string] {
  const fields: Fields = {};
  let rest = text.slice(1).trimStart();
  while (!rest.startsWith('}')) {
    const [whole, name] = /^(\w+)\??:\s*/.exec(rest) ?? [];
    if (!whole) throw new Error(`no field: ${rest.slice(0, 80)}`);
    rest = rest.slice(whole.length);
    if (rest.startsWith('{')) [fields[name], rest] = fieldsOf(rest);
    else fields[name] = /^[^;}]+/.exec(rest)![0].trim();
    rest = rest.replace(/^[^;}]*;?\s*/, '');
  }
  return [fields, rest.slice(1)];
}

const plain = (text: string) => text.replace(/\/\/.*$/gm, '');
const known = (text: string) => Object.fromEntries([...plain(text).matchAll(/interface (\w+) (?=\{)/g)].map((found) => [found[1], fieldsOf(plain(text).slice(found.index + found[0].length))[0]]));

// What of `kind` is not in the schema.
function missing(kind: Kind, schema: Schema | undefined, beside: Record<string, Fields>, at: string): string[] {
  if (!schema) return [`${at} is not told`];
  if (schema.$ref) return missing(kind, schemas[schema.$ref.split('/').at(-1)!], beside, at);
  const either = schema.anyOf ?? schema.oneOf;
  if (either) return missing(kind, either.find((one) => one.type !== 'null'), beside, at);
  const types = [schema.type ?? []].flat();
  if (types.includes('array')) return missing(typeof kind === 'string' ? kind.replace(/\[\]$/, '') : kind, schema.items, beside, `${at}[]`);
  const fields = typeof kind === 'string' ? beside[kind.replace(' | null', '')] : kind;
  if (fields) return Object.entries(fields).flatMap(([name, inner]) => missing(inner, schema.properties?.[name], beside, `${at}.${name}`));
  const wanted = kind === 'boolean' ? ['boolean'] : String(kind).startsWith('number') ? ['integer', 'number'] : /^(string|'|Right\b)/.test(String(kind)) ? ['string'] : ['object'];
  return types.some((type) => wanted.includes(type)) ? [] : [`${at} is ${types.join()}, not ${kind}`];
}

// What an answer is called there, or ("CountryView/rules") one of a list in it.
const schemaOf = (told: string) => told.split('/').slice(1).reduce<Schema | undefined>((schema, name) => schema?.properties?.[name]?.items, schemas[told.split('/')[0]]);
const pages: Record<string, Record<string, string>> = {
  '../payments/api.ts': { PaymentsPage: 'PaymentsView', WaitingMoney: 'WaitingMoneyView', BankLine: 'BankLine', BankFile: 'BankFile', BankReport: 'BankReport' },
  '../agreements/api.ts': { AgreementsPage: 'AgreementsView', Agreement: 'Agreement', Offers: 'Offers' },
  '../conversations/api.ts': { EntryPage: 'ConversationPage', Talk: 'Conversation', Canned: 'CannedReply', Said: 'Said' },
  '../analysis/api.ts': { AnalysisView: 'AnalysisView' },
  '../compliance/api.ts': { Compliance: 'ComplianceView', Rule: 'CountryView/rules', Audit: 'AuditReport', ReadsPage: 'ReadsView' },
  '../portfolio/api.ts': { PersonView: 'PersonView', PersonFacts: 'Person', PortfolioView: 'PortfolioView' },
  '../views/api.ts': { SavedView: 'SavedView', ListFilter: 'ListFilter' },
  '../phone/api.ts': { Phone: 'Phone', Message: 'PhoneMessage' },
  './session.ts': { Session: 'Session' },
  '../today/Today.tsx': { TodayView: 'TodayView' },
  '../strategies/api.ts': { NoticePage: 'LastNotices', StrategiesView: 'StrategiesView', Rehearsal: 'Rehearsal' },
  '../texts/api.ts': { TextDraft: 'TextDraft', Edition: 'Edition', Finding: 'TextFinding', DraftNote: 'DraftNote', EditionNote: 'EditionNote' },
  '../templates/Templates.tsx': { TemplatesView: 'TemplatesView' },
  '../portfolio/Portfolio.tsx': { PeoplePage: 'PeopleView' },
  '../imports/api.ts': { Report: 'ImportReport', Run: 'ImportRun' },
};

it.each(Object.keys(pages))('%s believes what the document says', (page) => {
  const beside = known(sources[page]);
  for (const [name, schema] of Object.entries(pages[page])) {
    expect(beside).toHaveProperty(name);
    expect(missing(name, schemaOf(schema), beside, name)).toEqual([]);
  }
});
