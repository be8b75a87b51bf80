// The person is right: an invoice is corrected or withdrawn. The dispute ends with it, and the server tells them.
import { Button, Checkbox, Group, NativeSelect, SegmentedControl, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
import { getVersioned, post } from '../api/client';
import { useSession } from '../api/session';
import { digitsOf, useFormat, useSay } from '../i18n';
import { Dialog } from '../ui/Dialog';
import { Trouble } from '../ui/Trouble';
import { useConflict } from '../ui/conflict';
import { toast } from '../ui/toast';
import { minorOf, type Invoice } from './api';

interface Corrected {
  closed_dispute: boolean;
  is_told: boolean;
}

export function CorrectInvoice({ invoices, isDisputed, close }: { invoices: Invoice[]; isDisputed: boolean; close: () => void }) {
  const say = useSay();
  const format = useFormat();
  const queries = useQueryClient();
  const { user } = useSession();
  const key = useRef(crypto.randomUUID());
  const [number, setNumber] = useState(invoices[0]?.number ?? '');
  const [how, setHow] = useState<'correct' | 'withdraw'>('correct');
  const [amount, setAmount] = useState('');
  const [why, setWhy] = useState('');
  const [keeps, setKeeps] = useState(false);
  const [bad, setBad] = useState('');
  const [wrong, setWrong] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [saved, conflict] = useConflict();
  const read = useMemo(() => getVersioned(`invoices/${encodeURIComponent(number)}`).catch(() => null), [number]);  // As it stands while one decides.
  const invoice = invoices.find((one) => one.number === number);
  const submit = async () => {
    if (!invoice || busy) return;
    const minor = how === 'correct' ? minorOf(amount, digitsOf(invoice.currency)) : null;
    if (how === 'correct' && (!minor || minor >= invoice.amount_minor)) return setBad(say('dispute.amount.bad', { money: format.money(invoice.amount_minor, invoice.currency) }));
    setBusy(true);
    setWrong(null);
    try {
      const mark = (await read)?.version ?? '*';
      const done = await saved(mark, (match) => post<Corrected>(`invoices/${encodeURIComponent(invoice.number)}/${how}`, { ...(minor && { amount_minor: minor }), why: why.trim(), ...(keeps && { keeps_dispute: true }), by: user.email },
        { key: match === mark ? key.current : crypto.randomUUID(), match }));
      const after = done?.answer;
      if (after) toast(say(after.is_told ? 'dispute.right.told' : after.closed_dispute ? 'dispute.right.untold' : 'dispute.right.done'));
      close();
      await queries.invalidateQueries();
    } catch (problem) {
      key.current = crypto.randomUUID();
      setWrong(problem);
      setBusy(false);
    }
  };
  return (
    <>
    <Dialog onClose={close} title={say(isDisputed ? 'dispute.right' : 'person.correct')}>
      <form onSubmit={(event) => { event.preventDefault(); void submit(); }}>
        <Stack>
          <NativeSelect label={say('person.invoice')} value={number} onChange={(event) => setNumber(event.currentTarget.value)}
                        data={invoices.map((one) => ({ value: one.number, label: `${one.number} · ${format.money(one.amount_minor, one.currency)}${one.due_on ? ` · ${format.day(one.due_on)}` : ''}` }))} />
          <SegmentedControl value={how} onChange={(value) => setHow(value as 'correct' | 'withdraw')} fullWidth aria-label={say('dispute.how')}
                            data={[{ value: 'correct', label: say('dispute.correct') }, { value: 'withdraw', label: say('dispute.withdraw') }]} />
          {how === 'correct'
            ? <TextInput label={say('dispute.amount', { currency: invoice?.currency ?? '' })} description={invoice && say('dispute.amount.text', { money: format.money(invoice.amount_minor, invoice.currency) })} value={amount} error={bad} inputMode="decimal"
                         onChange={(event) => { setAmount(event.currentTarget.value); setBad(''); }} required />
            : <Text size="sm">{say('dispute.withdraw.text')}</Text>}
          <Textarea label={say('dispute.why')} value={why} onChange={(event) => setWhy(event.currentTarget.value)} autosize maxLength={500} required />
          {isDisputed && <Checkbox label={say('dispute.keeps')} description={say('dispute.keeps.text')} checked={keeps} onChange={(event) => setKeeps(event.currentTarget.checked)} />}
          {wrong !== null && <Trouble error={wrong} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>{say('action.cancel')}</Button>
            <Button type="submit" loading={busy}>{say(how === 'correct' ? 'dispute.correct.do' : 'dispute.withdraw.do')}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
    {conflict}
    </>
  );
}
