// The way from a figure to the people behind it.
import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useMay } from '../api/session';

export interface Behind {
  figure: 'month' | 'recovered' | 'dso' | 'reminded' | 'strategy' | 'heard' | 'delivered' | 'agreements';
  of?: string;
  currency?: string;
  days?: number;
}

export const behindPath = ({ figure, of, currency, days }: Behind) =>
  `/app/analysis/people?${new URLSearchParams({ figure, ...(of !== undefined && { of }), ...(currency && { currency }), ...(days && { days: String(days) }) })}`;

// For who may not read people's names it is the figure alone.
export function To({ behind, label, inline, children }: { behind: Behind; label?: string; inline?: boolean; children: ReactNode }) {
  if (!useMay('people_read')) return inline ? null : <>{children}</>;
  const to = behindPath(behind);
  return inline ? <Anchor inherit component={Link} to={to}>{children}</Anchor> : <Link className="row-link" to={to} aria-label={label}>{children}</Link>;
}
