// A table; on a phone each row is read as a card.
import { Table } from '@mantine/core';
import type { ReactNode } from 'react';

export interface Column<T> {
  name: string;
  cell: (row: T) => ReactNode;
  figures?: boolean;
}

export function Rows<T>({ label, columns, rows, idOf }: { label: string; columns: Column<T>[]; rows: T[]; idOf: (row: T) => string }) {
  return (
    <Table className="stacked" verticalSpacing="sm" highlightOnHover aria-label={label}>
      <Table.Thead>
        <Table.Tr>
          {columns.map((column) => <Table.Th key={column.name} className={column.figures ? 'right' : undefined}>{column.name}</Table.Th>)}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={idOf(row)}>
            {columns.map((column) => (
              <Table.Td key={column.name} data-label={column.name} className={column.figures ? 'right figures' : undefined}>{column.cell(row)}</Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
