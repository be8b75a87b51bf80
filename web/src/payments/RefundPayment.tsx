// Money that goes back through the provider that brought it. The books follow once the provider shows it (docs/payments-flow.md).
import { Button, Group, Stack, Text, TextInput, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useSure } from '../access/Sure';
import { getVersioned, post } from '../api/client';
import { digitsOf, useFormat, useSay } from '../i18n';
import { minorOf } from '../portfolio/api';
import { Dialog } from '../ui/Dialog';
import { useConflict } from '../ui/conflict';
import { toast } from '../ui/toast';
import type { Payment } from './api';

export function RefundPayment({ payment, close }: { payment: Payment; close: () => void }) {
  const say = useSay();
  const format = useFormat();
  const sure = useSure();
  const queries = useQueryClient();
  const digits = digitsOf(payment.currency);
  const left = payment.amount_minor - payment.returned_minor;
  const [amount, setAmount] = useState(String(left / 10 ** digits));
  const [why, setWhy] = useState('');
  const [bad, setBad] = useState('');
  const [busy, setBusy] = useState(false);
  const [read] = useState(() => getVersioned(`payments/${payment.id}`).catch(() => null));  // As it stands while one decides.
  const [saved, conflict] = useConflict();
  const [key, setKey] = useState(() => crypto.randomUUID());  // Of one order: asked twice, it goes back once.
  const submit = async () => {
    const minor = minorOf(amount, digits);
    if (!minor || minor > left) return setBad(say('payments.refund.bad', { money: format.money(left, payment.currency) }));
    setBusy(true);
    const mark = (await read)?.version ?? '*';
    const done = await sure(() => saved(mark, (match) => post<{ refunds: { state: string }[] }>(`payments/${payment.id}/refund`, { amount_minor: minor, why: why.trim() }, { key: match === mark ? key : crypto.randomUUID(), match })));
    setBusy(false);
    if (done === undefined) return setKey(crypto.randomUUID());
    if (!done) {
      await queries.invalidateQueries();
      return close();
    }
    toast(say(done.answer.refunds.some((one) => one.state === 'requested') ? 'payments.refund.asked' : 'payments.refunded'));
    await queries.invalidateQueries();
    close();
  };
  return (
    <Dialog onClose={close} title={say('payments.refund.title', { name: payment.name || payment.reference || payment.id })}>
      {conflict}
      <form onSubmit={(event) => { event.preventDefault(); void submit(); }}>
        <Stack>
          <Text size="sm">{say('payments.refund.text', { provider: payment.source })}</Text>
          <TextInput label={`${say('person.paid.amount')} (${payment.currency})`} value={amount} error={bad} inputMode="decimal" required data-autofocus
                     onChange={(event) => { setAmount(event.currentTarget.value); setBad(''); }} />
          <Textarea label={say('payments.why')} value={why} onChange={(event) => setWhy(event.currentTarget.value)} autosize required />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>{say('action.cancel')}</Button>
            <Button type="submit" color="red.9" loading={busy} disabled={!why.trim()}>{say('payments.refund')}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
