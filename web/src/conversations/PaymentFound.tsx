// They say that they have paid, and somebody has found it: in the books already, or on a statement that the books do not know yet.
import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { get } from '../api/client';
import { useMay } from '../api/session';
import { useFormat, useSay } from '../i18n';
import { methodKey } from '../payments/api';
import { RecordPayment } from '../payments/RecordPayment';
import { owedOf, type PersonView } from '../portfolio/api';
import { Answer } from '../ui/Answer';
import { Dialog } from '../ui/Dialog';
import { claimedIn, type Task } from './api';

export function PaymentFound({ task, close, confirm }: { task: Task; close: () => void; confirm: (done: string) => void }) {
  const say = useSay();
  const format = useFormat();
  const mayPay = useMay('payments_write');
  const [isNew, record] = useState(false);
  const query = useQuery({ queryKey: ['person', task.debtor], queryFn: () => get<PersonView>(`views/people/${task.debtor}`) });
  const moneyOf = (sums: [string, number][]) => sums.map(([currency, minor]) => format.money(minor, currency)).join(' + ');
  if (isNew && query.data) return <RecordPayment person={query.data} close={close} />;
  return (
    <Dialog onClose={close} title={say('conversations.claim.found')}>
      <Answer query={query}>
        {(person) => {
          const left = owedOf(person.invoices);
          const owes = left.length > 0;
          const known = claimedIn(person.payments, task, owes);
          const howPaid = (method: string) => { const key = methodKey(method); return key ? say(key) : method; };
          return (
            <Stack>
              <Text size="sm">{known.length > 0 ? say('conversations.claim.known') : [say('conversations.claim.unknown'), mayPay && owes && say('conversations.claim.recordIt')].filter(Boolean).join(' ')}</Text>
              {known.map((one) => (
                <Group key={one.id} justify="space-between">
                  <div>
                    <Text size="sm">{format.day(one.paid_on)} · <strong className="figures">{format.money(one.amount_minor, one.currency)}</strong></Text>
                    <Text size="xs" c="dimmed">{[howPaid(one.method), ...one.invoices].filter(Boolean).join(' · ')}</Text>
                  </div>
                  <Button size="compact-sm" onClick={() => confirm(owes ? say('conversations.end.found.left', { money: moneyOf(left) }) : say('conversations.end.found.done'))}>{say('conversations.claim.thisOne')}</Button>
                </Group>
              ))}
              {known.length > 0 && owes && <Text size="sm" c="dimmed">{say('conversations.claim.left', { money: moneyOf(left) })}</Text>}
              {mayPay
                ? <Group justify="space-between">
                    <Anchor component={Link} to="/app/payments" size="sm">{say('conversations.claim.waiting')}</Anchor>
                    {owes && <Button variant={known.length > 0 ? 'default' : 'filled'} onClick={() => record(true)}>{say('conversations.claim.record')}</Button>}
                  </Group>
                : <Text size="sm" c="dimmed">{say(known.length > 0 ? 'conversations.claim.mayNot.known' : 'conversations.claim.mayNot')}</Text>}
            </Stack>
          );
        }}
      </Answer>
    </Dialog>
  );
}
