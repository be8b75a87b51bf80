// One person: what they owe, whether they may be written to now and why not, what has happened, and what one may do for them.
import { Anchor, Badge, Button, Card as Plain, Group, Stack, Tabs, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { IconArrowLeft, IconBan, IconCash, IconLink, IconMessage } from '@tabler/icons-react';
import { Link, useParams } from 'react-router';
import { get, post } from '../api/client';
import { useMay, useSession } from '../api/session';
import { useFormat, useSay, useTold, type Key } from '../i18n';
import { RecordPayment } from '../payments/RecordPayment';
import { throughOf } from '../payments/api';
import { Answer } from '../ui/Answer';
import { Card } from '../ui/Card';
import { CopyLink } from '../ui/CopyLink';
import { Dialog } from '../ui/Dialog';
import { Empty } from '../ui/Empty';
import { Notice } from '../ui/Notice';
import { Page } from '../ui/Page';
import { Rows } from '../ui/Rows';
import { Trouble } from '../ui/Trouble';
import { useAsk } from '../ui/ask';
import { toast, toastTrouble } from '../ui/toast';
import { AskedWriteOffs, InvoiceActions } from './InvoiceActions';
import { Story } from './Story';
import { owedOf, verdictOf, type Invoice, type PersonFacts, type PersonView } from './api';

function Verdict({ person }: { person: PersonView }) {
  const say = useSay();
  const format = useFormat();
  const { now } = person;
  const told = useTold();
  const verdict = verdictOf(person);
  // Who owes nothing needs no other reason; and what the law's answer says, the plan does not say again.
  const reasons = verdict === 'owesNothing' ? [] : now.reasons;
  const plan = verdict !== 'owesNothing' && !reasons.some((one) => one.es === person.silence_es) && person.silence_es;
  const tones = { owesNothing: 'plain', silent: 'plain', refused: 'warn', allowed: 'good' } as const;
  return (
    <Notice tone={tones[verdict]} title={say(`person.${verdict}`)}>
      <Stack gap={4}>
        {reasons.map((reason) => <Text key={reason.code} size="sm">{told(reason.code, reason.es)}</Text>)}
        {reasons.length > 0 && now.laws.map((law) => <Text key={law} size="sm" c="dimmed">{say('person.law', { law })}</Text>)}
        {verdict === 'refused' && <Text size="sm">{now.next_allowed ? say('person.from', { at: format.moment(now.next_allowed) }) : say('person.change')}</Text>}
        {plan && <Text size="sm">{say('person.plan')}: {told(person.silence, plan)}</Text>}
        {now.allowed && person.next_review_at && <Text size="sm" c="dimmed">{say('person.review', { at: format.moment(person.next_review_at) })}</Text>}
      </Stack>
    </Notice>
  );
}

function Debts({ person }: { person: PersonView }) {
  const say = useSay();
  const format = useFormat();
  const mayGive = useMay('portfolio_write');
  if (person.invoices.length === 0) return <Empty title={say('person.debts.none')} />;
  return (
    <Rows label={say('person.debts')} rows={person.invoices.toSorted((a, b) => Number(b.balance_minor > 0) - Number(a.balance_minor > 0))} idOf={(one) => one.number} columns={[
      { name: say('person.invoice'), cell: (one) => <div><Text size="sm" fw={550}>{one.number}</Text><Text size="sm" c="dimmed">{one.product}</Text></div> },
      { name: say('person.due'), cell: (one) => (one.due_on ? format.day(one.due_on) : say('person.due.none')) },
      { name: say('person.state'), cell: (one) => say(one.amount_minor === 0 ? 'invoice.withdrawn' : `invoice.${one.state}` as Key) },
      { name: say('person.balance'), figures: true, cell: (one) => format.money(one.balance_minor, one.currency) },
      ...(mayGive ? [{ name: '', figures: true, cell: (one: Invoice) => one.balance_minor > 0 && one.state !== 'written_off' && <InvoiceActions invoice={one} /> }] : []),
    ]} />
  );
}

function Money({ person }: { person: PersonView }) {
  const say = useSay();
  const format = useFormat();
  if (person.payments.length === 0) return <Empty title={say('person.payments.none')} />;
  return (
    <ul className="plain-list">
      {person.payments.map((one) => (
        <li key={one.id} className="line">
          <span>
            {format.day(one.paid_on)} <Text component="span" c="dimmed">{throughOf(one, say)}</Text>
            {one.returned_minor > 0 && <Text size="sm" className="bad">{say('person.payments.returned', { money: format.money(one.returned_minor, one.currency) })}</Text>}
            {one.unapplied_minor > 0 && <Text size="sm" c="dimmed">{say('person.payments.unapplied', { money: format.money(one.unapplied_minor, one.currency) })}</Text>}
          </span>
          <strong className="figures">{format.money(one.amount_minor, one.currency)}</strong>
        </li>
      ))}
    </ul>
  );
}

function Agreements({ person }: { person: PersonView }) {
  const say = useSay();
  const format = useFormat();
  if (person.agreements.length === 0) return <Empty title={say('person.agreements.none')} />;
  return (
    <ul className="plain-list">
      {person.agreements.map((one) => (
        <li key={one.id}>
          <Group justify="space-between" pt="xs">
            <Text fw={550}>{say(`person.agreement.${one.kind}`, { money: format.money(one.total_minor, one.currency) })}</Text>
            <Badge variant="light" tt="none" color={one.state === 'active' ? 'accent' : one.state === 'kept' ? 'teal.9' : 'gray'}>{say(`agreement.${one.state}` as Key)}</Badge>
          </Group>
          <Text size="sm" c="dimmed">{say('person.agreement.made', { at: format.moment(one.made_at) })}</Text>
          <Text size="sm" pb="xs">{one.instalments.map((part) => `${format.day(part.due_on)}: ${format.money(part.amount_minor, one.currency)}`).join(' · ')}</Text>
        </li>
      ))}
    </ul>
  );
}

function Permissions({ id }: { id: string }) {
  const say = useSay();
  const format = useFormat();
  // A day that was told has no hour.
  const toldMoment = (at: string) => (at.includes('T00:00:00') ? format.day(at.slice(0, 10)) : format.moment(at));
  const query = useQuery({ queryKey: ['person', id, 'facts'], queryFn: () => get<PersonFacts>(`debtors/${id}`) });
  return (
    <Answer query={query}>
      {(facts) => (
        <Stack gap="sm">
          <div>
            <Text fw={550}>{say('person.identity')}</Text>
            <Text size="sm" c="dimmed">{[say(`identity.${facts.identity.state}` as Key), facts.identity.reference].filter(Boolean).join(' · ')}</Text>
          </div>
          <div>
            <Text fw={550}>{say('person.consent')}</Text>
            {facts.consents.length === 0 && <Text size="sm" c="dimmed">{say('person.permissions.none')}</Text>}
            {facts.consents.map((one) => <Text key={`${one.act} ${one.at} ${one.channel}`} size="sm" c="dimmed">{say(`consent.${one.act}` as Key)} · {one.dated ? toldMoment(one.at) : say('consent.undated', { at: format.moment(one.at) })}{one.instrument && ` · ${one.instrument}`}</Text>)}
          </div>
          {facts.opt_outs.length > 0 && (
            <div>
              <Text fw={550}>{say('person.optout')}</Text>
              {facts.opt_outs.map((one) => <Text key={`${one.at} ${one.channel}`} size="sm" c="dimmed">{format.moment(one.at)}</Text>)}
            </div>
          )}
        </Stack>
      )}
    </Answer>
  );
}

function PayLink({ person, close }: { person: PersonView; close: () => void }) {
  const say = useSay();
  const format = useFormat();
  const query = useQuery({ queryKey: ['link', person.debtor], queryFn: () => post<{ url: string; expires_at: string }>('links', { subject: person.debtor }), staleTime: 0, gcTime: 0 });
  if (query.isError) return <Dialog onClose={close} title={say('person.link')}><Trouble error={query.error} /></Dialog>;
  if (!query.data) return null;
  return <CopyLink title={say('person.link.title', { name: person.name })} text={say('person.link.text', { at: format.moment(query.data.expires_at) })} url={query.data.url} close={close} />;
}

export default function Person() {
  const { id = '' } = useParams();
  const say = useSay();
  const format = useFormat();
  const queries = useQueryClient();
  const mayChange = useMay('people_write');
  const mayProve = useMay('compliance_read');
  const mayPay = useMay('payments_write');
  const mayTalk = useMay('conversations_read');
  const mayLink = useMay('conversations_write');
  const { payer_page: payerPage } = useSession();
  const [ask, dialog] = useAsk();
  const [link, { open: openLink, close: closeLink }] = useDisclosure();
  const [paying, { open: openPaying, close: closePaying }] = useDisclosure();
  const query = useQuery({ queryKey: ['person', id], queryFn: () => get<PersonView>(`views/people/${id}`) });
  const again = () => queries.invalidateQueries({ queryKey: ['person', id] });
  const stop = async (name: string) => {
    const why = await ask({ title: say('person.stop.title', { name }), text: say('person.stop.text'), words: say('person.stop.why'), action: say('person.stop'), danger: true });
    if (why === null) return;
    try {
      await post(`debtors/${id}/stop`, { why, by: 'operator' });
      toast(say('person.stopped'));
    } catch (problem) {
      toastTrouble(problem, say);
    }
    await again();
  };
  return (
    <Answer query={query} lines={8}>
      {(person) => {
        const name = person.name || say('person.unnamed');
        const owed = owedOf(person.invoices);
        return (
          <Page title={name} about={
            <Group gap="md">
              <Anchor component={Link} to="/app/portfolio" size="sm"><Group gap={4}><IconArrowLeft size={14} />{say('nav.portfolio')}</Group></Anchor>
              <span>{person.phone}</span>
              <Text size="sm" fw={600} c="var(--mantine-color-text)">{owed.length ? `${say('person.owes')} ${owed.map(([currency, minor]) => format.money(minor, currency)).join(' + ')}` : say('person.nothing')}</Text>
            </Group>
          } actions={
            <>
              {mayTalk && <Button component={Link} to={`/app/conversations?with=${id}`} variant="default" leftSection={<IconMessage size={16} />}>{say('person.conversation')}</Button>}
              {mayLink && payerPage === 'puntual' && owed.length > 0 && <Button variant="default" leftSection={<IconLink size={16} />} onClick={openLink}>{say('person.link')}</Button>}
              {mayPay && owed.length > 0 && <Button variant="default" leftSection={<IconCash size={16} />} onClick={openPaying}>{say('person.paid')}</Button>}
              {mayChange && !person.opted_out && <Button variant="default" leftSection={<IconBan size={16} />} onClick={() => void stop(name)}>{say('person.stop')}</Button>}
            </>
          }>
            {dialog}
            {link && <PayLink person={person} close={closeLink} />}
            {paying && <RecordPayment person={person} close={closePaying} />}
            <div className="halves">
              <Stack>
                <Verdict person={person} />
                <AskedWriteOffs invoices={person.invoices} />
                <Plain withBorder p="md">
                  <Tabs defaultValue="debts" keepMounted={false}>
                    <Tabs.List mb="sm">
                      <Tabs.Tab value="debts">{say('person.debts')}</Tabs.Tab>
                      <Tabs.Tab value="payments">{say('person.payments')}</Tabs.Tab>
                      <Tabs.Tab value="agreements">{say('person.agreements')}</Tabs.Tab>
                      <Tabs.Tab value="permissions">{say('person.permissions')}</Tabs.Tab>
                    </Tabs.List>
                    <Tabs.Panel value="debts"><Debts person={person} /></Tabs.Panel>
                    <Tabs.Panel value="payments"><Money person={person} /></Tabs.Panel>
                    <Tabs.Panel value="agreements"><Agreements person={person} /></Tabs.Panel>
                    <Tabs.Panel value="permissions"><Permissions id={id} /></Tabs.Panel>
                  </Tabs>
                </Plain>
              </Stack>
              <Card title={say('person.timeline')} aside={mayProve && <Button component={Link} to={`/app/compliance?show=people&person=${id}`} variant="default" size="xs">{say('person.proofs')}</Button>}><Story person={person} /></Card>
            </div>
          </Page>
        );
      }}
    </Answer>
  );
}
