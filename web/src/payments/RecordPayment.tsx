// Money that somebody saw: in cash, at the counter, in a bank that sends no file. Of one person: for one of their invoices.
import { Button, Group, Modal, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { post } from '../api/client';
import { useSession } from '../api/session';
import { digitsOf, useFormat, useSay } from '../i18n';
import { minorOf, type PersonView } from '../portfolio/api';
import { Trouble } from '../ui/Trouble';
import { toast } from '../ui/toast';

export function RecordPayment({ person, close }: { person?: PersonView; close: () => void }) {
  const say = useSay();
  const format = useFormat();
  const queries = useQueryClient();
  const session = useSession();
  const open = person?.invoices.filter((one) => one.balance_minor > 0) ?? [];
  const owed = (number: string) => {
    const one = open.find((each) => each.number === number);
    return one ? String(one.balance_minor / 10 ** digitsOf(one.currency)) : '';
  };
  const [id] = useState(() => crypto.randomUUID());  // Told twice, it counts once.
  const [invoice, setInvoice] = useState(open[0]?.number ?? '');
  const [amount, setAmount] = useState(owed(invoice));
  const [on, setOn] = useState(format.today());
  const [method, setMethod] = useState('cash');
  const [bad, setBad] = useState('');
  const [wrong, setWrong] = useState<unknown>(null);
  const currency = open.find((one) => one.number === invoice)?.currency ?? session.creditor.currency;
  const submit = async () => {
    const minor = minorOf(amount, digitsOf(currency));
    if (!minor) return setBad(say('person.paid.bad'));
    setWrong(null);
    try {
      const kept = await post<{ unapplied_minor: number; held?: string }>('payments', { id, invoice: invoice.trim(), amount_minor: minor, currency, method, paid_on: on });
      toast(kept.held ? say('payments.held') : kept.unapplied_minor > 0 ? say('payments.kept', { money: format.money(kept.unapplied_minor, currency) }) : say('person.paid.done'));
      await queries.invalidateQueries();
      close();
    } catch (problem) {
      setWrong(problem);
    }
  };
  return (
    <Modal opened onClose={close} title={person ? say('person.paid.title', { name: person.name }) : say('person.paid')} closeButtonProps={{ 'aria-label': say('action.close') }}>
      <form onSubmit={(event) => { event.preventDefault(); void submit(); }}>
        <Stack>
          {wrong !== null && <Trouble error={wrong} />}
          {person ? (
            <NativeSelect label={say('person.paid.invoice')} value={invoice} onChange={(event) => { setInvoice(event.currentTarget.value); setAmount(owed(event.currentTarget.value)); }}
                          data={open.map((one) => ({ value: one.number, label: `${one.number} · ${format.money(one.balance_minor, one.currency)}` }))} />
          ) : (
            <TextInput label={say('person.paid.invoice')} description={say('payments.invoice.text')} value={invoice} onChange={(event) => setInvoice(event.currentTarget.value)} required data-autofocus />
          )}
          <TextInput label={`${say('person.paid.amount')} (${currency})`} value={amount} error={bad} inputMode="decimal" onChange={(event) => { setAmount(event.currentTarget.value); setBad(''); }} required />
          <TextInput label={say('person.paid.on')} type="date" value={on} onChange={(event) => setOn(event.currentTarget.value)} required />
          <NativeSelect label={say('person.paid.method')} value={method} onChange={(event) => setMethod(event.currentTarget.value)}
                        data={(['cash', 'transfer', 'other'] as const).map((one) => ({ value: one, label: say(`person.paid.${one}`) }))} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>{say('action.cancel')}</Button>
            <Button type="submit">{say('person.paid')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
