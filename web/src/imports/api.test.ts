import { describe, expect, it } from 'vitest';
import { causesOf, mappingOf, splitsAnew, type Reading } from './api';

const reading: Reading = {
  kind: 'portfolio',
  read_as: { is_workbook: false, encoding: 'utf-8', delimiter: '\t', decimal_mark: ',', date_order: 'dd/mm/yyyy', header_line: 2 },
  fields: ['debtor_name', 'ignore'],
};

describe('a mapping that somebody has put together', () => {
  it('is TOML, whatever stands in a title', () => {
    expect(mappingOf(reading, [{ header: 'Cliente "A"', field: 'x', guess: '', samples: [] }, { header: 'C:\\ruta', field: 'x', guess: '', samples: [] }])).toBe([
      'kind = "portfolio"', 'encoding = "utf-8"', 'delimiter = "\\t"', 'decimal_mark = ","', 'date_order = "dd/mm/yyyy"', 'header_line = 2',
      '', '[[column]]', 'header = "Cliente \\"A\\""', 'field = "debtor_name"', '', '[[column]]', 'header = "C:\\\\ruta"', 'field = "ignore"', ''].join('\n'));
  });
  it('says nothing of how the text of a workbook is written', () => {
    expect(mappingOf({ ...reading, read_as: { ...reading.read_as, is_workbook: true } }, [])).toBe('kind = "portfolio"\nheader_line = 2\n');
  });
  it('has other columns after another delimiter, not after another order of dates', () => {
    expect(splitsAnew(reading, { ...reading, read_as: { ...reading.read_as, delimiter: ';' } })).toBe(true);
    expect(splitsAnew(reading, { ...reading, read_as: { ...reading.read_as, date_order: 'mm/dd/yyyy' }, fields: ['document', 'phone'] })).toBe(false);
  });
});

describe('why rows were rejected', () => {
  it('is told by cause, the commonest first, each with its column', () => {
    const rejects = 'Cliente;Celular;fila;columna;codigo;mensaje\r\n'
      + '"Ruiz; ""Ana""\nMaría";1;2;Celular;phone_invalid;«1» no es un celular\r\nLuis;2;3;Saldo | Celular;amount_invalid | phone_invalid;no es un valor | «2» no\r\nEva;3;4;Celular;phone_invalid;«3» no es un celular\r\n';
    expect(causesOf({ rejects, read_as: { ...reading.read_as, delimiter: ';' } })).toEqual([
      { column: 'Celular', message: '«1» no es un celular', rows: 2 },
      { column: 'Saldo', message: 'no es un valor', rows: 1 },
    ]);
    expect(causesOf({ rejects: '', read_as: reading.read_as })).toEqual([]);
  });
});
