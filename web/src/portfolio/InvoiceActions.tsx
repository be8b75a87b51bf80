// What may be given up of an invoice: its sum corrected, its interest waived, the debt itself, which takes the word of two people.
import { ActionIcon, Button, Group, Menu, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { IconDots } from '@tabler/icons-react';
import { useState } from 'react';
import { get, getVersioned, post } from '../api/client';
import { useMay, useSession } from '../api/session';
import { useNames } from '../conversations/colleagues';
import { useFormat, useSay } from '../i18n';
import { Notice } from '../ui/Notice';
import { useAsk } from '../ui/ask';
import { useConflict } from '../ui/conflict';
import { toast, toastTrouble } from '../ui/toast';
import { CorrectInvoice } from './CorrectInvoice';
import type { Invoice } from './api';

export interface WriteOff {
  number: string;
  currency: string;
  amount_minor: number;
  state: string;
  why: string;
  requested_by: string;
}

const pathOf = <Verb extends string>(number: string, verb: Verb) => `invoices/${encodeURIComponent(number)}/${verb}` as const;

export function InvoiceActions({ invoice }: { invoice: Invoice }) {
  const say = useSay();
  const format = useFormat();
  const queries = useQueryClient();
  const { user } = useSession();
  const [ask, dialog] = useAsk();
  const [saved, conflict] = useConflict();
  const [isCorrecting, correct] = useState(false);
  const sum = { invoice: invoice.number, money: format.money(invoice.balance_minor, invoice.currency) };
  async function give<T>(verb: 'waive' | 'write_off', told: (after: T) => string) {
    const read = getVersioned(`invoices/${encodeURIComponent(invoice.number)}`).catch(() => null);  // As it stands while one decides.
    const why = await ask({ title: say(`person.${verb}.title`, sum), text: say(`person.${verb}.text`), words: say('dispute.why'), action: say(`person.${verb}.do`), danger: verb === 'write_off' });
    if (why === null) return;
    try {
      const done = await saved((await read)?.version ?? '*', (match) => post<T>(pathOf(invoice.number, verb), { why, by: user.email }, { key: crypto.randomUUID(), match }));
      if (done) toast(told(done.answer));
    } catch (problem) {
      toastTrouble(problem, say);
    }
    await queries.invalidateQueries();
  }
  return (
    <>
      {dialog}
      {conflict}
      {isCorrecting && <CorrectInvoice invoices={[invoice]} isDisputed={invoice.state === 'disputed'} close={() => correct(false)} />}
      <Menu>
        <Menu.Target><ActionIcon variant="subtle" color="gray" aria-label={say('person.invoice.actions', { invoice: invoice.number })}><IconDots size={18} /></ActionIcon></Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => correct(true)}>{say('person.correct')}…</Menu.Item>
          <Menu.Item onClick={() => void give<{ waived_minor: number; currency: string }>('waive', (after) => say('person.waive.done', { money: format.money(after.waived_minor, after.currency) }))}>{say('person.waive')}…</Menu.Item>
          <Menu.Item onClick={() => void give<WriteOff>('write_off', () => say('person.write_off.asked'))}>{say('person.write_off')}…</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}

// What somebody has asked to be given up, and another person decides.
export function AskedWriteOffs({ invoices }: { invoices: Invoice[] }) {
  const say = useSay();
  const format = useFormat();
  const queries = useQueryClient();
  const nameOf = useNames();
  const { user } = useSession();
  const may = useMay('portfolio_write');
  const [busy, setBusy] = useState('');
  const asked = useQuery({ queryKey: ['write-offs'], queryFn: () => get<{ write_offs: WriteOff[] }>('write-offs', { state: 'requested' }) });
  const decide = async (number: string, verb: 'approve' | 'refuse') => {
    setBusy(number);
    try {
      await post(pathOf(number, verb), { by: user.email }, { key: crypto.randomUUID() });
      toast(say(`person.write_off.${verb}.done`));
    } catch (problem) {
      toastTrouble(problem, say);
    }
    setBusy('');
    await queries.invalidateQueries();
  };
  return (asked.data?.write_offs ?? []).filter((one) => invoices.some((invoice) => invoice.number === one.number)).map((one) => (
    <Notice key={one.number} tone="warn" title={say('person.write_off.waits', { invoice: one.number, money: format.money(one.amount_minor, one.currency) })}>
      <Text size="sm">{say('person.write_off.by', { who: nameOf(one.requested_by), why: one.why })}</Text>
      {may && (
        <Group mt="xs">
          {one.requested_by === user.email
            ? <Text size="sm" c="dimmed">{say('person.write_off.another')}</Text>
            : <Button size="compact-sm" color="red.9" loading={busy === one.number} onClick={() => void decide(one.number, 'approve')}>{say('person.write_off.approve')}</Button>}
          <Button size="compact-sm" variant="default" disabled={busy === one.number} onClick={() => void decide(one.number, 'refuse')}>{say('person.write_off.refuse')}</Button>
        </Group>
      )}
    </Notice>
  ));
}
