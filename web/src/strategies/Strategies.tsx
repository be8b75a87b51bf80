// Estrategias: the plan in force as a calendar of steps with what people read at each; a draft of it, as form and as text, its
// rehearsal and its launch; and what was in force before.
import { Anchor, Badge, Box, Button, Code, Collapse, Group, SegmentedControl, Select, Tabs, Text, Timeline } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { IconPlayerPause } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { get, post } from '../api/client';
import { useMay } from '../api/session';
import { useNames } from '../conversations/colleagues';
import { unbroken, useFormat, useHome, useSay, type Key } from '../i18n';
import { Diff } from '../texts/Diff';
import { DraftBar } from '../texts/DraftBar';
import { Findings, TextBox } from '../texts/TextBox';
import type { Edition, EditionNote } from '../texts/api';
import { useDraft, type Checked, type DraftAtWork } from '../texts/useDraft';
import { Answer } from '../ui/Answer';
import { Card } from '../ui/Card';
import { Empty } from '../ui/Empty';
import { Notice } from '../ui/Notice';
import { Page } from '../ui/Page';
import { Rows } from '../ui/Rows';
import { useAsk } from '../ui/ask';
import { toast, toastTrouble } from '../ui/toast';
import { Form } from './Form';
import { Rehearse } from './Rehearse';
import { Review } from './Review';
import { mandateIn, dayOf, peopleOf, type StrategiesView, type Step, type Strategy } from './api';
import { withReviewed } from './toml';

function useWhen() {
  const say = useSay();
  return (day: number) => (day < 0 ? say('strategies.before', { n: -day }) : day > 0 ? say('strategies.after', { n: day }) : say('strategies.due'));
}

function Sample({ step }: { step: Step }) {
  const home = useHome();
  const say = useSay();
  const [open, { toggle }] = useDisclosure();
  return (
    <>
      <Group gap="sm">
        {step.sample && <Anchor component="button" type="button" size="sm" aria-expanded={open} onClick={toggle}>{say(open ? 'strategies.sample.hide' : 'strategies.sample.show')}</Anchor>}
        <Anchor size="sm" component={Link} to={`/app/templates?search=${step.template}`}>{step.template}</Anchor>
      </Group>
      <Collapse expanded={open}><div className="chat-paper" style={{ marginTop: '0.5rem' }}><div className="bubble pre" lang={home}>{unbroken(step.sample ?? '')}</div></div></Collapse>
    </>
  );
}

function Steps({ steps }: { steps: Step[] }) {
  const say = useSay();
  const when = useWhen();
  return (
    <Timeline bulletSize={18} lineWidth={2} active={steps.length} color="accent.7">
      {steps.map((step) => (
        <Timeline.Item key={step.id} title={when(step.day)}>
          <Group gap="xs" mb={4}>
            <Text size="sm">{say(`strategies.objective.${step.objective}` as Key)}</Text>
            <Text size="sm" c="dimmed">{say(`strategies.tone.${step.tone}` as Key)}</Text>
            {step.document && <Badge variant="default" tt="none">{say('strategies.document')}</Badge>}
            {step.waits_for_review && <Badge variant="default" tt="none" className="warn">{say('strategies.waits')}</Badge>}
          </Group>
          <Sample step={step} />
        </Timeline.Item>
      ))}
    </Timeline>
  );
}

function Limits({ strategy }: { strategy: Strategy }) {
  const say = useSay();
  const format = useFormat();
  const first = `${Math.floor(strategy.first_minute / 60)}:${String(strategy.first_minute % 60).padStart(2, '0')}`;
  return (
    <Card title={say('strategies.limits')}>
      <ul className="plain-list">
        <li className="line">{say('strategies.perDay', { n: strategy.messages_per_day })}</li>
        <li className="line">{say('strategies.perWeek', { n: strategy.messages_per_week })}</li>
        <li className="line">{say('strategies.gap', { n: strategy.gap_days })}</li>
        {strategy.first_minute > 0 && <li className="line">{say('strategies.first', { hour: first })}</li>}
        {strategy.minimum_balance_minor > 0 && <li className="line">{say('strategies.minimum', { money: format.money(strategy.minimum_balance_minor, strategy.currency) })}</li>}
        <li className="line">{say('strategies.stop', { events: strategy.stop_on.map((event) => say(`strategies.stop.${event}` as Key)).join(', ') })}</li>
      </ul>
      <Text size="sm" c="dimmed" mt="sm">{say('strategies.law')}</Text>
    </Card>
  );
}

function Calendar({ strategy }: { strategy: Strategy }) {
  const say = useSay();
  return (
    <div className="columns">
      <div className="halves">
        <Limits strategy={strategy} />
        <Card title={say('strategies.mandates')}>
          {strategy.mandates.length === 0 && <Text size="sm">{say('strategies.mandates.none')}</Text>}
          {strategy.mandates.map((mandate) => (
            <div key={mandate.segments.join()}>
              <Text fw={600} size="sm">{peopleOf(mandate.segments, say)}</Text>
              <ul className="told">{mandateIn(mandate.rules, say).map((line) => <li key={line}>{line}</li>)}</ul>
            </div>
          ))}
        </Card>
      </div>
      <div className="masonry">
        {strategy.cadences.map((cadence) => <Card key={cadence.segments.join()} title={peopleOf(cadence.segments, say)}><Steps steps={cadence.steps} /></Card>)}
      </div>
    </div>
  );
}

// What a draft would be, if it can be read.
interface CheckedStrategy extends Checked {
  strategy: Strategy | null;
}

function Editor({ strategy, view, draft, way, setWay }: { strategy: Strategy; view: StrategiesView; draft: DraftAtWork<CheckedStrategy>; way: string; setWay: (way: string) => void }) {
  const say = useSay();
  const templates = useMemo(() => [...new Set(view.strategies.flatMap((one) => one.cadences.flatMap((cadence) => cadence.steps.map((step) => step.template))))].sort(), [view]);
  const shown = draft.lastChecked?.strategy ?? strategy;
  const inUse = view.strategies.find((one) => one.in_force);
  return (
    <Answer query={draft.kept} lines={8}>
      {() => (
        <div className="columns">
          <SegmentedControl value={way} onChange={setWay} aria-label={say('texts.way')} data={['form', 'text', 'diff', 'seen'].map((value) => ({ value, label: say(`texts.way.${value}` as Key) }))} visibleFrom="sm" style={{ alignSelf: 'start' }} />
          <Select hiddenFrom="sm" label={say('texts.way')} value={way} onChange={(value) => setWay(value ?? way)} allowDeselect={false} data={['form', 'text', 'diff', 'seen'].map((value) => ({ value, label: say(`texts.way.${value}` as Key) }))} />
          {way !== 'text' && draft.checked && <Findings findings={draft.checked.findings} goTo={() => setWay('text')} />}
          {way === 'form' && <Form text={draft.text} write={draft.write}  templates={templates} currency={strategy.currency} />}
          {way === 'text' && <TextBox label={say('texts.text')} text={draft.text} write={draft.write} findings={draft.checked?.findings ?? []} />}
          {way === 'diff' && <Diff before={inUse?.text ?? ''} after={draft.text} names={[say('texts.inForce'), say('texts.draft')]} />}
          {way === 'seen' && <Calendar strategy={shown} />}
        </div>
      )}
    </Answer>
  );
}

function Editions({ editions, take }: { editions: EditionNote[]; take: ((edition: EditionNote) => void) | null }) {
  const say = useSay();
  const format = useFormat();
  const nameOf = useNames();
  if (editions.length === 0) return <Empty title={say('texts.editions.none')}>{say('texts.editions.none.text')}</Empty>;
  return (
    <>
    <Rows label={say('texts.editions')} rows={editions} idOf={(one) => String(one.number)} columns={[
      { name: say('texts.editions.name'), cell: (one) => `${one.name} · ${one.number}` },
      { name: say('texts.editions.why'), cell: (one) => one.why },
      { name: say('texts.editions.by'), cell: (one) => say(one.approved_by ? 'texts.editions.approved' : 'texts.editions.alone', { who: one.editors.map(nameOf).join(', '), by: nameOf(one.launched_by), approver: nameOf(one.approved_by) }) },
      { name: say('texts.editions.at'), cell: (one) => format.moment(one.launched_at) },
      { name: say('texts.editions.people'), figures: true, cell: (one) => format.number(one.people) },
      ...(take ? [{ name: say('texts.editions.back'), cell: (one: EditionNote) => <Button size="compact-sm" variant="default" onClick={() => take(one)}>{say('texts.editions.take')}</Button> }] : []),
    ]} />
    <Text size="sm" c="dimmed" mt="xs">{say('texts.editions.numbers')}</Text>
    </>
  );
}

function Workshop({ strategy, view }: { strategy: Strategy; view: StrategiesView }) {
  const home = useHome();
  const say = useSay();
  const may = useMay('strategies_write');
  const [params, setParams] = useSearchParams();
  const [ask, dialog] = useAsk();
  const [way, setWay] = useState('form');
  const draft = useDraft<CheckedStrategy>(`strategies/${strategy.name}`);
  const when = useWhen();
  const tried = draft.lastChecked?.strategy ?? strategy;
  const nameOf = (step: string) => {
    const day = dayOf(tried, step);
    return day === undefined ? step : when(day);
  };
  const tab = params.get('tab') ?? 'calendar';
  const inUse = view.strategies.find((one) => one.in_force);
  const open = (name: string) => setParams((now) => { now.set('tab', name); return now; }, { replace: true });
  const take = async (edition: EditionNote) => {
    if (draft.isChanged && await ask({ title: say('texts.replace.title'), text: say('texts.replace.text'), action: say('texts.editions.take'), danger: true }) === null) return;
    try {
      const found = await get<Edition>(`editions/${edition.number}`);
      draft.write(found.text);
      open('edit');
    } catch (problem) {
      toastTrouble(problem, say);
    }
  };
  const release = (template: string) => {
    draft.write(withReviewed(draft.text, template));
    setWay('diff');
    open('edit');
    toast(say('strategies.review.released'));
  };
  return (
    <Tabs value={tab} onChange={(name) => open(name ?? 'calendar')} keepMounted={false}>
      {dialog}
      <Tabs.List mb="md">
        <Tabs.Tab value="calendar">{say('strategies.calendar')}</Tabs.Tab>
        <Tabs.Tab value="text">{say('strategies.text')}</Tabs.Tab>
        {may && <Tabs.Tab value="edit">{say('strategies.edit')}</Tabs.Tab>}
        <Tabs.Tab value="rehearsal">{say('rehearsal.title')}</Tabs.Tab>
        <Tabs.Tab value="editions">{say('texts.editions')}</Tabs.Tab>
      </Tabs.List>
      {may && (tab === 'edit' || tab === 'rehearsal') && (
        <Box mb="md">
          <DraftBar draft={draft} inUse={inUse?.text} people={view.people} about={say('strategies.launch.about', { name: strategy.name, n: view.people })}>
            {!strategy.in_force && draft.kept.data?.data.draft === null && !draft.isChanged && <Button variant="default" onClick={() => void draft.keep()}>{say('strategies.prepare')}</Button>}
          </DraftBar>
        </Box>
      )}
      <Tabs.Panel value="calendar">
        <div className="columns">
          <Review strategy={strategy} release={may && draft.kept.isSuccess ? release : null} />
          <Calendar strategy={strategy} />
        </div>
      </Tabs.Panel>
      <Tabs.Panel value="text"><Code block className="pre" lang={home}>{strategy.text}</Code></Tabs.Panel>
      {may && <Tabs.Panel value="edit"><Editor strategy={strategy} view={view} draft={draft} way={way} setWay={setWay} /></Tabs.Panel>}
      <Tabs.Panel value="rehearsal"><Rehearse strategy={strategy.name} version={tried.version} nameOf={nameOf} text={draft.text || strategy.text} name={say(draft.kept.data?.data.draft || draft.isChanged ? 'rehearsal.ofDraft' : 'rehearsal.ofForce')} may={may} /></Tabs.Panel>
      <Tabs.Panel value="editions"><Editions editions={view.editions.filter((one) => one.name === strategy.name)} take={may ? (edition) => void take(edition) : null} /></Tabs.Panel>
    </Tabs>
  );
}

export default function Strategies() {
  const say = useSay();
  const queries = useQueryClient();
  const mayPause = useMay('pause');
  const [params, setParams] = useSearchParams();
  const chosen = params.get('strategy');
  // What was rehearsed of another is not this one's.
  const choose = (name: string | null) => setParams((now) => { now.set('strategy', name ?? ''); now.delete('rehearsal'); return now; }, { replace: true });
  const [ask, dialog] = useAsk();
  const query = useQuery({ queryKey: ['strategies'], queryFn: () => get<StrategiesView>('views/strategies'), staleTime: 30_000 });
  const pause = async () => {
    const why = await ask({ title: say('today.pause.title'), text: say('today.pause.text'), action: say('today.pause'), words: say('today.pause.why'), danger: true });
    if (why === null) return;
    try {
      await post('pause', undefined, { query: { why } });
      toast(say('today.pausedNow'));
    } catch (problem) {
      toastTrouble(problem, say);
    }
    await queries.invalidateQueries();
  };
  return (
    <Page title={say('strategies.title')} about={say('strategies.about')} actions={query.data && !query.data.paused && mayPause && (
      <Button variant="default" leftSection={<IconPlayerPause size={16} />} onClick={() => void pause()}>{say('today.pause')}</Button>
    )}>
      {dialog}
      <Answer query={query} lines={8}>
        {(view) => {
          const strategy = view.strategies.find((one) => one.name === chosen) ?? view.strategies.find((one) => one.in_force)!;
          return (
            <>
              {view.paused && <Notice tone="warn" title={say('today.paused')}><Anchor size="sm" component={Link} to="/">{say('strategies.paused')}</Anchor></Notice>}
              <Group mb="md" align="end">
                <Select label={say('strategies.which')} value={strategy.name} onChange={choose} allowDeselect={false} maw="20rem"
                        data={view.strategies.map((one) => ({ value: one.name, label: one.in_force ? say('strategies.inForce', { name: one.name }) : one.name }))} />
                <Text size="sm" c="dimmed" pb={8}>{strategy.in_force ? say('strategies.version') : say('strategies.notInForce')}</Text>
              </Group>
              {view.drafts.some((one) => one.name === strategy.name) && <Text size="sm" mb="md" className="warn">{say('strategies.hasDraft')}</Text>}
              <Workshop key={strategy.name} strategy={strategy} view={view} />
            </>
          );
        }}
      </Answer>
    </Page>
  );
}
