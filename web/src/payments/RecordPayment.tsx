// Money that somebody saw: in cash, at the counter, in a bank that sends no file. It pays an invoice that is picked, never a number
// typed from memory: a digit missing would leave the payer owing. Money of nobody yet is a choice of its own.
import { Button, Checkbox, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { post } from '../api/client';
import { useSession } from '../api/session';
import { digitsOf, useFormat, useSay } from '../i18n';
import { minorOf, type Invoice, type PersonView } from '../portfolio/api';
import { Dialog } from '../ui/Dialog';
import { Trouble } from '../ui/Trouble';
import { toast, toastWaiting } from '../ui/toast';
import { InvoicePicker } from './InvoicePicker';

export function RecordPayment({ person, close }: { person?: PersonView; close: () => void }) {
  const say = useSay();
  const format = useFormat();
  const queries = useQueryClient();
  const session = useSession();
  const open = person?.invoices.filter((one) => one.balance_minor > 0) ?? [];
  const owed = (one?: Invoice) => one ? String(one.balance_minor / 10 ** digitsOf(one.currency)) : '';
  const [id] = useState(() => crypto.randomUUID());  // Told twice, it counts once.
  const [picked, setPicked] = useState<Invoice | undefined>(open[0]);
  const [isNobodys, setNobodys] = useState(false);
  const [reference, setReference] = useState('');
  const [amount, setAmount] = useState(owed(picked));
  const [on, setOn] = useState(format.today());
  const [method, setMethod] = useState('cash');
  const [bad, setBad] = useState('');
  const [wrong, setWrong] = useState<unknown>(null);
  const currency = (!isNobodys && picked?.currency) || session.creditor.currency;
  const invoice = isNobodys ? reference.trim() : picked?.number ?? '';
  const pick = (one?: Invoice) => {
    setPicked(one);
    if (one) setAmount(owed(one));
  };
  const submit = async () => {
    const minor = minorOf(amount, digitsOf(currency));
    if (!minor) return setBad(say('person.paid.bad'));
    setWrong(null);
    try {
      const kept = await post<{ unapplied_minor: number; held?: string }>('payments', { id, invoice, amount_minor: minor, currency, method, paid_on: on });
      if (kept.held) toastWaiting(say('payments.held'));
      else if (kept.unapplied_minor > 0) toastWaiting(say(isNobodys ? 'payments.nobodys.done' : 'payments.kept', { money: format.money(kept.unapplied_minor, currency) }));
      else toast(say('person.paid.done'));
      await queries.invalidateQueries();
      close();
    } catch (problem) {
      setWrong(problem);
    }
  };
  return (
    <Dialog onClose={close} title={person ? say('person.paid.title', { name: person.name }) : say('person.paid')}>
      <form onSubmit={(event) => { event.preventDefault(); void submit(); }}>
        <Stack>
          {wrong !== null && <Trouble error={wrong} />}
          {person ? (
            <NativeSelect label={say('person.paid.invoice')} value={invoice} onChange={(event) => pick(open.find((one) => one.number === event.currentTarget.value))}
                          data={open.map((one) => ({ value: one.number, label: `${one.number} · ${format.money(one.balance_minor, one.currency)}` }))} />
          ) : (
            <>
              {isNobodys
                ? <TextInput label={say('payments.nobodys.reference')} description={say('payments.nobodys.text')} value={reference} onChange={(event) => setReference(event.currentTarget.value)} required data-autofocus />
                : <InvoicePicker value={invoice} onChange={(_, one) => pick(one)} />}
              <Checkbox label={say('payments.nobodys')} checked={isNobodys} onChange={(event) => { setNobodys(event.currentTarget.checked); setPicked(undefined); }} />
            </>
          )}
          <TextInput label={`${say('person.paid.amount')} (${currency})`} value={amount} error={bad} inputMode="decimal" onChange={(event) => { setAmount(event.currentTarget.value); setBad(''); }} required />
          <TextInput label={say('person.paid.on')} type="date" value={on} onChange={(event) => setOn(event.currentTarget.value)} required />
          <NativeSelect label={say('person.paid.method')} value={method} onChange={(event) => setMethod(event.currentTarget.value)}
                        data={(['cash', 'transfer', 'other'] as const).map((one) => ({ value: one, label: say(`person.paid.${one}`) }))} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>{say('action.cancel')}</Button>
            <Button type="submit" disabled={!invoice}>{say('person.paid')}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
