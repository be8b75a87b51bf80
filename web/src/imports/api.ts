// What the server tells of a file that is loaded, and how one tells it what its columns are.
export interface ReadAs {
  is_workbook: boolean;
  encoding: string;
  delimiter: string;
  decimal_mark: string;
  date_order: string;
  header_line: number;
}
export interface Column {
  header: string;
  field: string;
  guess: string;  // What its title was perhaps meant to say; empty: nothing.
  samples: string[];
}
export interface Report {
  kind: 'portfolio' | 'payments';
  created: number;
  updated: number;
  unchanged: number;
  rejected: number;
  duplicate: number;
  rows: number;
  people_without_consent: number;
  people_unconfirmed: number;
  held: number;  // Payments that may be in the books already: a person says so, in Payments.
  totals: { currency: string; rows: number; amount_minor: number; balance_minor: number }[];
  rejects: string;
  mapping: string;
  columns: Column[];
  read_as: ReadAs;
  remembered: boolean;
  reach: { people: number; first_at: string | null; more: boolean; messages: { name: string; at: string; text: string }[] } | null;
  trouble: string;
}
export interface Run {
  id: string;
  at: string;
  by: string;
  file_name: string;
  kind: 'portfolio' | 'payments';
  blocks: number;
  blocks_done: number;
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
  rejected: number;
  duplicate: number;
  ended_at: string | null;
  undone_at: string | null;
  undone_by: string;
  why_not_undo: string;
  no_undo: { code: string; people: number };
  first_send_not_before: string | null;  // Until then it reminds nobody.
  undo_until: string | null;
}

export const kEncodings = ['utf-8', 'utf-8-bom', 'windows-1252', 'utf-16le', 'utf-16be'] as const;
export const kDelimiters = [';', ',', '\t', '|'] as const;
export const kMarks = [',', '.', 'unknown'] as const;
export const kOrders = ['dd/mm/yyyy', 'mm/dd/yyyy', 'unknown'] as const;
export const kFields = {
  portfolio: ['debtor_name', 'first_names', 'last_names', 'document', 'external_id', 'phone', 'other_phone', 'email', 'invoice_number', 'issued_on', 'due_on', 'amount', 'balance', 'currency',
    'product', 'breakdown', 'country', 'zone', 'consent_instrument', 'consent_on', 'role', 'case_state', 'phone_evidence', 'phone_evidence_on', 'ignore'],
  payments: ['invoice_number', 'paid_on', 'paid_time', 'paid_amount', 'currency', 'method', 'payment_reference', 'document', 'ignore'],
} as const;

// How the file is to be read, as somebody has said it.
export interface Reading {
  kind: 'portfolio' | 'payments';
  read_as: ReadAs;
  fields: string[];  // Of the columns, in their order.
}

export const readingOf = (report: Report): Reading => ({ kind: report.kind, read_as: report.read_as, fields: report.columns.map((column) => column.field) });

// TOML's basic strings have JSON's escapes.
const quoted = (text: string) => JSON.stringify(text).replaceAll('\u007f', '\\u007F');

// As a mapping of `puntual import --mapping`. Without columns they are found anew: after another delimiter there are others.
export function mappingOf({ kind, read_as, fields }: Reading, columns: Column[]): string {
  const lines = [`kind = ${quoted(kind)}`];
  if (!read_as.is_workbook) lines.push(`encoding = ${quoted(read_as.encoding)}`, `delimiter = ${quoted(read_as.delimiter)}`, `decimal_mark = ${quoted(read_as.decimal_mark)}`, `date_order = ${quoted(read_as.date_order)}`);
  lines.push(`header_line = ${read_as.header_line}`);
  columns.forEach((column, place) => lines.push('', '[[column]]', `header = ${quoted(column.header)}`, `field = ${quoted(fields[place])}`));
  return `${lines.join('\n')}\n`;
}

// Does the change make other columns of the same file?
export const splitsAnew = (before: Reading, after: Reading) =>
  before.kind !== after.kind || (['encoding', 'delimiter', 'header_line'] as const).some((name) => before.read_as[name] !== after.read_as[name]);

export interface Cause {
  column: string;
  message: string;  // Of the first row that has it.
  rows: number;
}

// Why rows were rejected, the commonest first: from the file of them, whose last columns are row, column, code and message.
export function causesOf({ rejects, read_as }: Pick<Report, 'rejects' | 'read_as'>): Cause[] {
  const causes = new Map<string, Cause>();
  for (const cells of recordsOf(rejects, read_as.delimiter).slice(1)) {
    const [column, code, message] = cells.slice(-3).map((cell) => cell.split(' | ')[0]);
    const cause = causes.get(`${column} ${code}`) ?? { column, message, rows: 0 };
    causes.set(`${column} ${code}`, { ...cause, rows: cause.rows + 1 });
  }
  return [...causes.values()].sort((a, b) => b.rows - a.rows);
}

function recordsOf(csv: string, delimiter: string): string[][] {
  const records: string[][] = [];
  let cells: string[] = [], cell = '', quoted = false;
  for (let at = 0; at < csv.length; ++at) {
    const letter = csv[at];
    if (quoted && letter === '"' && csv[at + 1] === '"') cell += csv[++at];
    else if (letter === '"') quoted = !quoted;
    else if (!quoted && letter === delimiter) { cells.push(cell); cell = ''; }
    else if (!quoted && letter === '\n') { records.push([...cells, cell.replace(/\r$/, '')]); cells = []; cell = ''; }
    else cell += letter;
  }
  return records;
}
