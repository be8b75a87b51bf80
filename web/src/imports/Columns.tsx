// What each column of a file is, and how its text is written: as it was understood, to be corrected by hand.
import { Button, Group, NativeSelect, NumberInput, Stack, Text } from '@mantine/core';
import { useSay, type Key } from '../i18n';
import { Rows } from '../ui/Rows';
import { kDelimiters, kEncodings, kFields, kMarks, kOrders, type Reading, type Report } from './api';

const kDelimiterKeys: Record<string, string> = { ';': 'semicolon', ',': 'comma', '\t': 'tab', '|': 'bar' };
const kMarkKeys: Record<string, string> = { ',': 'comma', '.': 'point', unknown: 'unknown' };
const kOrderKeys: Record<string, string> = { 'dd/mm/yyyy': 'day', 'mm/dd/yyyy': 'month', unknown: 'unknown' };

export function Columns({ report, reading, onChange }: { report: Report; reading: Reading; onChange: (reading: Reading) => void }) {
  const say = useSay();
  const { kind, read_as: as, fields } = reading;
  const setAs = (changed: Partial<Reading['read_as']>) => onChange({ ...reading, read_as: { ...as, ...changed } });
  const setField = (place: number, field: string) => onChange({ ...reading, fields: fields.map((one, at) => (at === place ? field : one)) });
  const known: readonly string[] = kFields[kind];
  const choices = (now: string) => [...known, ...(known.includes(now) ? [] : [now])].map((field) => ({ value: field, label: say(`imports.field.${field}` as Key) }));
  return (
    <Stack>
      <Group align="end" gap="sm">
        <NativeSelect label={say('imports.kind')} value={kind} onChange={(event) => onChange({ ...reading, kind: event.currentTarget.value as Reading['kind'] })}
                      data={(['portfolio', 'payments'] as const).map((one) => ({ value: one, label: say(`imports.kind.${one}`) }))} />
        {!as.is_workbook && (
          <>
            <NativeSelect label={say('imports.delimiter')} value={as.delimiter} onChange={(event) => setAs({ delimiter: event.currentTarget.value })}
                          data={kDelimiters.map((one) => ({ value: one, label: say(`imports.delimiter.${kDelimiterKeys[one]}` as Key) }))} />
            <NativeSelect label={say('imports.encoding')} value={as.encoding} onChange={(event) => setAs({ encoding: event.currentTarget.value })} data={[...kEncodings]} />
            <NativeSelect label={say('imports.dates')} value={as.date_order} onChange={(event) => setAs({ date_order: event.currentTarget.value })}
                          data={kOrders.map((one) => ({ value: one, label: say(`imports.dates.${kOrderKeys[one]}` as Key) }))} />
            <NativeSelect label={say('imports.decimals')} value={as.decimal_mark} onChange={(event) => setAs({ decimal_mark: event.currentTarget.value })}
                          data={kMarks.map((one) => ({ value: one, label: say(`imports.decimals.${kMarkKeys[one]}` as Key) }))} />
          </>
        )}
        <NumberInput label={say('imports.titles')} value={as.header_line} min={1} max={1000} allowDecimal={false} w="9rem" onChange={(line) => setAs({ header_line: Number(line) || 1 })} />
      </Group>
      <Rows label={say('imports.columns')} rows={report.columns.map((column, place) => ({ column, place }))} idOf={({ place }) => String(place)} columns={[
        { name: say('imports.column'), cell: ({ column }) => <Text size="sm" fw={550}>{column.header || '—'}</Text> },
        { name: say('imports.samples'), cell: ({ column }) => <Text size="sm" c="dimmed" className="pre">{column.samples.filter(Boolean).join(' · ') || '—'}</Text> },
        { name: say('imports.is'), cell: ({ column, place }) => (
          <Stack gap={4}>
          <NativeSelect aria-label={say('imports.is.of', { column: column.header || String(place + 1) })} value={fields[place] ?? 'ignore'} onChange={(event) => setField(place, event.currentTarget.value)}
                        data={choices(fields[place] ?? 'ignore')} />
          {column.guess && known.includes(column.guess) && !fields.includes(column.guess) && (
            <Group><Button size="compact-xs" variant="default" onClick={() => setField(place, column.guess)}>{say('imports.guess', { field: say(`imports.field.${column.guess}` as Key) })}</Button></Group>
          )}
          </Stack>
        ) },
      ]} />
    </Stack>
  );
}
