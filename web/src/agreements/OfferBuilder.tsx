// Puts an agreement together with somebody: what the mandate offers today, or so many payments from a day on. The server lays the
// schedule out and names the bound that it goes beyond; who may decide beyond the mandate is the server's word as well.
import { Button, Divider, Group, Slider, Stack, Text, Textarea, TextInput, UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { get, post } from '../api/client';
import { useMay, useSession } from '../api/session';
import { digitsOf, useFormat, useSay, type Key } from '../i18n';
import type { Said } from '../conversations/api';
import { PersonPicker } from '../portfolio/PersonPicker';
import { minorOf, type PersonView } from '../portfolio/api';
import { Answer } from '../ui/Answer';
import { Dialog } from '../ui/Dialog';
import { Notice } from '../ui/Notice';
import { Rows } from '../ui/Rows';
import { Trouble } from '../ui/Trouble';
import { useAsk } from '../ui/ask';
import { toast } from '../ui/toast';
import type { Offer, Offers } from './api';

const kPartsBeyond = 24;     // Whoever decides beyond the mandate may go so far by the slider,
const kDiscountBeyond = 0.9;  // and forgive so much.

interface Draft {
  parts: number;
  firstOn: string;
  first: string;
  discount: number;
}

function draftOf(offer: Offer, digits: number): Draft {
  const [first] = offer.instalments;
  const parts = offer.instalments.length;
  return { parts, firstOn: first.due_on, first: parts > 1 ? String(first.amount_minor / 10 ** digits) : '', discount: offer.discount_minor };
}

function Ready({ offer, currency, choose }: { offer: Offer; currency: string; choose: () => void }) {
  const say = useSay();
  const format = useFormat();
  const [first, last] = [offer.instalments[0], offer.instalments.at(-1)!];
  const values = { n: offer.instalments.length, money: format.money(first.amount_minor, currency), on: format.day(first.due_on), last: format.day(last.due_on) };
  return (
    <UnstyledButton className="person-button" onClick={choose}>
      <Text size="sm" fw={550}>{say(offer.instalments.length === 1 ? 'offer.ready.once' : 'offer.ready.parts', values)}</Text>
      {offer.discount_minor > 0 && <Text size="xs" c="dimmed">{say('offer.discount', { money: format.money(offer.discount_minor, currency) })}</Text>}
    </UnstyledButton>
  );
}

// What they owe besides, of which nothing is agreed here, and why not.
function LeftOut({ offers }: { offers: Offers }) {
  const say = useSay();
  const format = useFormat();
  if (offers.left_out.length === 0) return null;
  return (
    <Text size="xs" c="dimmed">
      {say('offer.leftOut')} {offers.left_out.map((one) => say(`offer.leftOut.${one.why}`, { invoice: one.invoice, on: one.due_on ? format.day(one.due_on) : '' })).join('; ')}.
    </Text>
  );
}

function Schedule({ offer, offers }: { offer: Offer; offers: Offers }) {
  const say = useSay();
  const format = useFormat();
  const money = (minor: number) => format.money(minor, offers.currency);
  const left = offers.owed_minor - offer.total_minor - offer.discount_minor;
  return (
    <div aria-live="polite">
      <Rows label={say('offer.schedule')} rows={offer.instalments} idOf={(one) => one.due_on} columns={[
        { name: say('person.due'), cell: (one) => format.day(one.due_on) },
        { name: say('payments.amount'), figures: true, cell: (one) => money(one.amount_minor) },
      ]} />
      <Text size="sm" mt={6}>{say('offer.total', { money: money(offer.total_minor) })}{left > 0 && ` · ${say('offer.rest', { money: money(left) })}`}</Text>
    </div>
  );
}

function Builder({ offers, active, lastSeen, done }: { offers: Offers; active?: string; lastSeen?: string; done: () => void }) {
  const say = useSay();
  const format = useFormat();
  const queries = useQueryClient();
  const { user } = useSession();
  const mayBeyond = useMay('agreements_beyond');
  const maySend = useMay('conversations_write') && offers.why_not_sent === null;
  const { debtor, currency, mandate } = offers;
  const money = (minor: number) => format.money(minor, currency);
  const digits = digitsOf(currency);
  const key = useRef(crypto.randomUUID());  // Told twice, it is agreed once.
  const [draft, setDraft] = useState<Draft>({ parts: 1, firstOn: offers.offers[0]?.instalments[0].due_on ?? offers.today, first: '', discount: offers.offers[0]?.discount_minor ?? 0 });
  const [words, setWords] = useState('');
  const [wrong, setWrong] = useState<{ at: 'send' | 'make'; problem: unknown } | null>(null);
  const [busy, setBusy] = useState<'send' | 'make' | null>(null);
  const [asked] = useDebouncedValue(draft, 250);
  const first = asked.first.trim() === '' ? undefined : minorOf(asked.first, digits);
  const laid = useQuery({
    queryKey: ['offers', debtor, asked],
    queryFn: () => get<Offers>(`debtors/${debtor}/offers`, { parts: asked.parts, first_on: asked.firstOn, first_minor: first ?? undefined, discount_minor: asked.discount || undefined }),
    enabled: first !== null && asked.firstOn !== '',
    placeholderData: keepPreviousData,
  });
  const offer = laid.data?.draft;
  const beyond = offer?.beyond;
  const partsMax = Math.max(mayBeyond ? kPartsBeyond : 1, mandate?.parts_max ?? 1);
  const discountMax = Math.max(mayBeyond ? Math.floor(offers.owed_minor * kDiscountBeyond) : 0, mandate?.discount_max_minor ?? 0);
  const isSettled = asked === draft && !laid.isFetching && first !== null;
  const [ask, dialog] = useAsk();
  async function finish<T>(which: 'send' | 'make', act: () => Promise<T>, told: (answer: T) => string) {
    setBusy(which);
    setWrong(null);
    try {
      toast(told(await act()));
      done();
      await queries.invalidateQueries();
    } catch (problem) {
      key.current = crypto.randomUUID();
      setWrong({ at: which, problem });
      setBusy(null);
    }
  }
  const sumsOf = (one: Offer) => ({ instalments: one.instalments.map(({ due_on, amount_minor }) => ({ due_on, amount_minor })), ...(one.discount_minor > 0 && { discount_minor: one.discount_minor }) });
  // Who says to have paid is offered nothing by a slip of the hand: their payment is looked for first.
  const despiteClaim = async () => !offers.claims_paid || (await ask({ title: say('offer.claims.title'), text: say('offer.claims.text'), action: say('offer.claims.action'), danger: true })) !== null;
  const send = async (which: Offer[]) => await despiteClaim() && finish('send', () => post<Said>(`conversations/${debtor}/messages`, { offers: which.map(sumsOf), ...(lastSeen && { last_seen: lastSeen }), by: user.email }, { key: key.current }),
    ({ paused }) => say(paused ? 'conversations.sent.paused' : 'offer.sent'));
  const submit = async () => {
    if (!offer || !isSettled || (beyond && !mayBeyond)) return;
    if (!await despiteClaim()) return;
    if (active && (await ask({ title: say('offer.replaces.title'), text: say('offer.replaces.text'), action: say('offer.replaces.action') })) === null) return;
    await finish('make', () => post(beyond ? 'agreements/beyond' : 'agreements', { subject: debtor, ...sumsOf(offer), ...(active && { replaces: active }), words: words.trim(), through: 'operator', by: user.email }, { key: key.current }), () => say('offer.made'));
  };
  // What is paid in part is not forgiven in part: of one payment there is a discount, or a sum of its own.
  const set = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  // What the mandate offers in so many payments has days of its own, on which alone it stays within.
  const divideIn = (parts: number) => {
    const ready = offers.offers.find((one) => one.instalments.length === parts);
    set(ready ? draftOf(ready, digits) : { parts, first: '' });
  };
  const isMarked = (max: number) => [{ value: 1, label: '1' }, ...(max > 1 ? [{ value: max, label: String(max) }] : [])];
  return (
    <>
    {dialog}
    <form onSubmit={(event) => { event.preventDefault(); void submit(); }}>
      <Stack>
        <Text size="sm">{say('offer.owed', { money: money(offers.owed_minor), invoices: offers.invoices.join(', ') })}</Text>
        <LeftOut offers={offers} />
        {offers.claims_paid && <Notice tone="warn">{say('offer.claims')}</Notice>}
        {offers.why_not_sent === 'disputed' && <Notice tone="warn">{say('offer.disputed')}</Notice>}
        {offers.why_not_sent === 'hours' && <Notice>{say('offer.hours')}</Notice>}
        {offers.why_not_sent === 'too_old' && <Notice tone="warn">{say('offer.tooOld')}</Notice>}
        {active && <Text size="sm" className="warn">{say('offer.replaces')}</Text>}
        {offers.offers.length > 0 ? (
          <div>
            <Text size="sm" fw={550} mb={4}>{say('offer.ready')}</Text>
            {offers.offers.map((one) => (
              <Ready key={one.instalments.length} offer={one} currency={currency}
                     choose={() => set(draftOf(one, digits))} />
            ))}
            {maySend && (
              <Group gap="sm" mt={6}>
                <Button onClick={() => void send(offers.offers)} loading={busy === 'send'} disabled={busy !== null}>{say(offers.offers.length === 1 ? 'offer.send.this' : 'offer.send')}</Button>
                <Text size="xs" c="dimmed" flex={1} miw={180}>{say('offer.send.text')}</Text>
              </Group>
            )}
          </div>
        ) : (offers.why_not_sent === null || offers.why_not_sent === 'no_mandate') && <Notice>{say('offer.none')}</Notice>}
        {wrong?.at === 'send' && <Trouble error={wrong.problem} />}
        <Divider label={say('offer.note')} labelPosition="left" />
        {partsMax > 1 && (
          <div>
            <Text size="sm" fw={500} mb={4}>{say('offer.parts')}: {draft.parts}</Text>
            <Slider min={1} max={partsMax} value={draft.parts} onChange={divideIn} marks={isMarked(partsMax)} mb="md" label={null} thumbLabel={say('offer.parts')} />
          </div>
        )}
        <Group grow align="start">
          <TextInput label={say('offer.firstOn')} type="date" value={draft.firstOn} min={offers.today} onChange={(event) => set({ firstOn: event.currentTarget.value })} required />
          <TextInput label={say('offer.first', { currency })} description={say(draft.parts === 1 ? 'offer.once.text' : 'offer.first.text')} value={draft.first} inputMode="decimal"
                     error={first === null && say('person.paid.bad')} onChange={(event) => set({ first: event.currentTarget.value, ...(draft.parts === 1 && { discount: 0 }) })} />
        </Group>
        {discountMax > 0 ? (
          <div>
            <Text size="sm" fw={500} mb={4}>{say('offer.discount', { money: money(draft.discount) })}</Text>
            <Slider min={0} max={discountMax} step={Math.max(1, Math.floor(discountMax / 100 / 10 ** digits) * 10 ** digits)} value={draft.discount} onChange={(discount) => set({ discount, ...(draft.parts === 1 && { first: '' }) })} label={null} thumbLabel={say('offer.discount', { money: money(draft.discount) })} />
          </div>
        ) : <Text size="xs" c="dimmed">{say('offer.discount.none')}</Text>}
        {laid.isError && <Trouble error={laid.error} />}
        {offer && !laid.isError && <Schedule offer={offer} offers={offers} />}
        {offer && !beyond && maySend && <Group><Button size="compact-sm" variant="default" onClick={() => void send([offer])} disabled={!isSettled || laid.isError || busy !== null}>{say('offer.send.this')}</Button></Group>}
        <Text size="xs" c="dimmed">{say('offer.moved')}</Text>
        {beyond && (
          <Notice tone={mayBeyond ? 'warn' : 'bad'} title={say('offer.beyond')}>
            {say(`offer.bound.${beyond.bound}` as Key, { n: beyond.limit, money: money(beyond.limit), on: beyond.day ? format.day(beyond.day) : '' })}{' '}
            {say(mayBeyond ? 'offer.beyond.yours' : 'offer.beyond.ask')}
          </Notice>
        )}
        <Textarea label={say('offer.words')} description={say('offer.words.text')} value={words} onChange={(event) => setWords(event.currentTarget.value)} autosize maxLength={2000} required />
        {wrong?.at === 'make' && <Trouble error={wrong.problem} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={done}>{say('action.cancel')}</Button>
          <Button type="submit" loading={busy === 'make'} disabled={busy !== null || !offer || !isSettled || laid.isError || (!!beyond && !mayBeyond)}>{say(beyond && mayBeyond ? 'offer.make.beyond' : 'offer.make')}</Button>
        </Group>
      </Stack>
    </form>
    </>
  );
}

// Without somebody: who it is with is asked first.
export function OfferWithSomebody({ close }: { close: () => void }) {
  const say = useSay();
  const [chosen, setChosen] = useState<{ debtor: string; name: string } | null>(null);
  if (chosen) return <OfferBuilder {...chosen} close={close} />;
  return (
    <Dialog onClose={close} size="lg" title={say('offer.propose')}>
      <PersonPicker label={say('offer.with')} value={null} onChange={(debtor, name) => { if (debtor) setChosen({ debtor, name }); }} />
    </Dialog>
  );
}

// `lastSeen`: the last line of theirs that is on the screen; nothing is sent past a newer one.
export function OfferBuilder({ debtor, name, lastSeen, close }: { debtor: string; name: string; lastSeen?: string; close: () => void }) {
  const say = useSay();
  const query = useQuery({ queryKey: ['offers', debtor], queryFn: () => get<Offers>(`debtors/${debtor}/offers`), staleTime: 0 });
  const person = useQuery({ queryKey: ['person', debtor], queryFn: () => get<PersonView>(`views/people/${debtor}`) });
  const active = person.data?.agreements.find((one) => one.state === 'active')?.id;
  return (
    <Dialog onClose={close} size="lg" title={say('offer.title', { name })}>
      <Answer query={query}>{(offers) => <Builder offers={offers} active={active} lastSeen={lastSeen} done={close} />}</Answer>
    </Dialog>
  );
}
