// What waits for a person's word: lines of a bank that are not sure, money that a provider tells of and cannot be booked as it
// is, and money of nobody.
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { get, post } from '../api/client';
import type { Route } from '../api/routes';
import { useSure } from '../access/Sure';
import { useMay, useSession } from '../api/session';
import { useFormat, useSay, type Key } from '../i18n';
import { Waiting } from '../ui/Answer';
import { Card } from '../ui/Card';
import { Dialog } from '../ui/Dialog';
import { Empty } from '../ui/Empty';
import { Trouble } from '../ui/Trouble';
import { toast, toastTrouble } from '../ui/toast';
import { InvoicePicker, kNone } from './InvoicePicker';
import { isOfProvider, sourceKey, troubleKey, type AskedRefund, type BankLine, type HeldMoney, type Payment, type WaitingMoney } from './api';

export function useWaiting(enabled = true) {
  const money = useQuery({ queryKey: ['payments', 'waiting'], queryFn: () => get<WaitingMoney>('views/waiting-money'), enabled });
  const lines = useInfiniteQuery({ queryKey: ['bank-lines'], queryFn: ({ pageParam }) => get<{ lines: BankLine[]; next: string | null }>('bank-lines', { waiting: 'true', cursor: pageParam }),
    initialPageParam: '', getNextPageParam: (page) => page.next, enabled });
  const waiting = lines.data?.pages.flatMap((page) => page.lines);
  const count = (money.data ? money.data.nobodys.length + money.data.held.length + money.data.refunds.length : 0) + (waiting?.length ?? 0);
  return { money, lines, waiting, count };
}

interface Choice {
  title: string;
  asksWhy: boolean;
  debtor?: string | null;
  search?: string;
  currency: string;
  none?: string;
  send: (invoice: string, why: string) => Promise<unknown>;
}

// Which invoice is it of; and why, where the books keep it.
function ChooseInvoice({ choice, close }: { choice: Choice; close: () => void }) {
  const say = useSay();
  const [invoice, setInvoice] = useState('');
  const [why, setWhy] = useState('');
  const [wrong, setWrong] = useState<unknown>(null);
  const submit = async () => {
    try {
      await choice.send(invoice, why.trim());
      close();
    } catch (problem) {
      setWrong(problem);
    }
  };
  return (
    <Dialog onClose={close} title={choice.title}>
      <form onSubmit={(event) => { event.preventDefault(); void submit(); }}>
        <Stack>
          {wrong !== null && <Trouble error={wrong} />}
          <InvoicePicker value={invoice} onChange={setInvoice} debtor={choice.debtor} search={choice.search} currency={choice.currency} none={choice.none} />
          {choice.asksWhy && <TextInput label={say('payments.why')} value={why} onChange={(event) => setWhy(event.currentTarget.value)} required />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>{say('action.cancel')}</Button>
            <Button type="submit" disabled={!invoice}>{say('waiting.assign')}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

function Entry({ money, children, actions }: { money: string; children: ReactNode; actions: ReactNode }) {
  return (
    <Group component="li" justify="space-between" align="start" py="sm" gap="sm">
      <Stack gap={2} flex="1 1 18rem">
        <Text fw={600} className="figures">{money}</Text>
        {children}
      </Stack>
      <Group gap="xs">{actions}</Group>
    </Group>
  );
}

export function WaitingMoneyList() {
  const say = useSay();
  const format = useFormat();
  const mayWrite = useMay('payments_write');
  const mayRefund = useMay('payments_refund');
  const sure = useSure();
  const me = useSession().user.name;
  const queries = useQueryClient();
  const { money, lines, waiting, count } = useWaiting();
  const [choice, setChoice] = useState<Choice | null>(null);
  const done = async (text: string) => {
    toast(text);
    await queries.invalidateQueries();
  };
  const act = async (path: Route<'post'>, body: object, text: string) => {
    try {
      await post(path, body);
      await done(text);
    } catch (problem) {
      toastTrouble(problem, say);
    }
  };
  const assign = (subject: string, title: string, of: Pick<Choice, 'debtor' | 'search' | 'currency' | 'none'>) => setChoice({ title, asksWhy: true, ...of, send: async (invoice, why) => {
    await post(`payments/${encodeURIComponent(subject)}/assign`, { shares: invoice === kNone ? [] : [{ invoice }], why });
    await done(say('waiting.assigned'));
  } });
  const assignLine = (line: BankLine, title: string) => setChoice({ title, asksWhy: false, debtor: line.debtor || null, search: line.debtor ? '' : line.name, currency: line.currency, send: async (invoice) => {
    await post(`bank-lines/${line.id}/decide`, { invoice });
    await done(say('waiting.assigned'));
  } });
  const trouble = money.error ?? lines.error;
  if (trouble) return <Trouble error={trouble} retry={() => { void money.refetch(); void lines.refetch(); }} />;
  if (!money.data || !waiting) return <Waiting />;
  if (count === 0) return <Card><Empty title={say('waiting.none')}>{say('waiting.none.text')}</Empty></Card>;
  const person = (debtor: string | null, name: string) => debtor && <Text size="sm"><Link to={`/app/portfolio/${debtor}`}>{name || say('person.unnamed')}</Link></Text>;

  const bankLine = (line: BankLine) => {
    const sum = format.money(line.amount_minor, line.currency);
    const decide = (body: object, text: string) => act(`bank-lines/${line.id}/decide`, body, text);
    return (
      <Entry key={line.id} money={`${sum} · ${format.day(line.on)}`} actions={mayWrite && (
        <>
          {line.state === 'proposed' && <Button size="xs" onClick={() => void decide({ accept: true }, say('waiting.accepted'))}>{say('waiting.accept')}</Button>}
          <Button size="xs" variant="default" onClick={() => assignLine(line, say('waiting.title', { money: sum }))}>{say(line.state === 'proposed' ? 'waiting.other' : 'waiting.choose')}</Button>
          <Button size="xs" variant="default" onClick={() => void decide({ ignore: true }, say('waiting.ignored'))}>{say('waiting.ignore')}</Button>
        </>
      )}>
        <Text size="sm" className="pre">{[line.name, line.document, line.reference, line.description].filter(Boolean).join(' · ')}</Text>
        {line.state === 'proposed'
          ? <Text size="sm" c="dimmed">{say('waiting.proposed', { name: line.debtor_name || say('person.unnamed'), invoices: line.invoices.join(', ') || '—' })} · {say(`bank.rule.${line.rule}` as Key)} · {format.percent(line.confidence / 100)}</Text>
          : <Text size="sm" c="dimmed">{say('waiting.unmatched')}</Text>}
      </Entry>
    );
  };
  const heldMoney = (one: HeldMoney) => {
    const sum = format.money(one.amount_minor, one.currency);
    const source = sourceKey(one.provider);
    return (
      <Entry key={one.subject} money={`${sum} · ${source ? say(source) : one.provider}`} actions={mayWrite && (
        <>
          <Button size="xs" variant="default" onClick={() => assign(one.subject, say('waiting.title', { money: sum }), one.trouble === 'possible_duplicate' ? { ...one, none: say('waiting.any') } : one)}>{say(one.trouble === 'possible_duplicate' ? 'waiting.another' : 'waiting.choose')}</Button>
          {isOfProvider(one.provider) && <Button size="xs" variant="default" onClick={() => void act(`payments/${encodeURIComponent(one.subject)}/check`, {}, say('waiting.checked'))}>{say('waiting.check')}</Button>}
          <Button size="xs" variant="default" onClick={() => void act(`payments/${encodeURIComponent(one.subject)}/dismiss`, {}, say('waiting.dismissed'))}>{say(one.trouble === 'possible_duplicate' ? 'waiting.same' : 'waiting.dismiss')}</Button>
        </>
      )}>
        <Text size="sm">{say(troubleKey(one.trouble))}</Text>
        {person(one.debtor, one.name)}
        <Text size="xs" c="dimmed">{one.subject} · {format.moment(one.changed_at)}</Text>
      </Entry>
    );
  };
  const ofNobody = (one: Payment) => {
    const sum = format.money(one.unapplied_minor, one.currency);
    return (
      <Entry key={one.id} money={`${sum} · ${format.day(one.paid_on)}`}
             actions={mayWrite && <Button size="xs" variant="default" onClick={() => assign(one.id, say('waiting.title', { money: sum }), { currency: one.currency })}>{say('waiting.choose')}</Button>}>
        <Text size="sm">{one.reference ? say('waiting.reference', { reference: one.reference }) : say('waiting.noReference')}</Text>
      </Entry>
    );
  };
  const askedRefund = (one: AskedRefund) => {
    const decide = async (verb: 'approve_refund' | 'refuse_refund', text: string) => {
      if ((await sure(() => post(`payments/${one.payment}/${verb}`, {}))) !== undefined) await done(text);
    };
    return (
      <Entry key={one.payment} money={`${format.money(one.amount_minor, one.currency)} · ${one.provider}`} actions={mayRefund && (
        <>
          {one.by !== me && <Button size="xs" color="red.9" onClick={() => void decide('approve_refund', say('payments.refunded'))}>{say('waiting.refund.approve')}</Button>}
          <Button size="xs" variant="default" onClick={() => void decide('refuse_refund', say('waiting.refund.refused'))}>{say('waiting.refund.refuse')}</Button>
        </>
      )}>
        {person(one.debtor, one.name)}
        <Text size="sm" className="pre">{say('waiting.refund.by', { name: one.by, why: one.why })}</Text>
        <Text size="xs" c="dimmed">{format.moment(one.at)}</Text>
      </Entry>
    );
  };
  const groups = [
    { title: say('waiting.refunds'), text: say('waiting.refunds.text'), rows: money.data.refunds.map(askedRefund), more: null },
    { title: say('waiting.bank'), text: say('waiting.bank.text'), rows: waiting.map(bankLine),
      more: lines.hasNextPage && <Button mt="sm" variant="default" loading={lines.isFetchingNextPage} onClick={() => void lines.fetchNextPage()}>{say('action.more')}</Button> },
    { title: say('waiting.held'), text: say('waiting.held.text'), rows: money.data.held.map(heldMoney), more: null },
    { title: say('waiting.nobodys'), text: say('waiting.nobodys.text'), rows: money.data.nobodys.map(ofNobody), more: null },
  ];
  return (
    <Stack>
      {choice && <ChooseInvoice choice={choice} close={() => setChoice(null)} />}
      {groups.filter((group) => group.rows.length > 0).map((group) => (
        <Card key={group.title} title={group.title}>
          <Text size="sm" c="dimmed" mb="xs">{group.text}</Text>
          <ul className="plain-list">{group.rows}</ul>
          {group.more}
        </Card>
      ))}
    </Stack>
  );
}
