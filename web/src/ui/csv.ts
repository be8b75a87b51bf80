// A table as a file that a spreadsheet opens as it is: UTF-8 with its mark, and what separates fields where a comma separates decimals.
export interface CsvColumn<T> {
  name: string;
  text: (row: T) => string | number;
}

const kComma = /^(es|pt)/;

// A cell that begins like a formula is none; blanks or quotes before it do not help in every program. As src/sheet/write.cpp has it.
function cellOf(value: string | number, language: string): string {
  const text = typeof value === 'number' ? (kComma.test(language) ? String(value).replace('.', ',') : String(value)) : value.replace(/^(?=[ "']*[=+\-@\t\r])/, "'");
  return /[";,\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function csvOf<T>(columns: CsvColumn<T>[], rows: T[], language: string): string {
  const between = kComma.test(language) ? ';' : ',';
  const lines = [columns.map((column) => cellOf(column.name, language)), ...rows.map((row) => columns.map((column) => cellOf(column.text(row), language)))];
  return `\ufeff${lines.map((cells) => cells.join(between)).join('\r\n')}\r\n`;
}

export function save(name: string, text: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
