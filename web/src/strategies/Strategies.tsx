// Estrategias: the plan in force as a calendar of steps with what people read at each, and as the text that it is.
import { Alert, Anchor, Badge, Button, Code, Collapse, Group, Select, Tabs, Text, Timeline } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useDisclosure } from '@mantine/hooks';
import { IconPlayerPause } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { get, post } from '../api/client';
import { useMay } from '../api/session';
import { useFormat, useSay, type Key } from '../i18n';
import { Answer } from '../ui/Answer';
import { Card } from '../ui/Card';
import { Page } from '../ui/Page';
import { useAsk } from '../ui/ask';
import { toast, toastTrouble } from '../ui/toast';

interface Step {
  id: string;
  day: number;
  objective: string;
  tone: string;
  gap_days: number;
  valid_days: number | null;
  template: string;
  sample: string | null;
  document: boolean;
  waits_for_review: boolean;
}
interface Strategy {
  name: string;
  version: string;
  in_force: boolean;
  text: string | null;
  messages_per_day: number;
  messages_per_week: number;
  gap_days: number;
  first_minute: number;
  minimum_balance_minor: number;
  currency: string;
  stop_on: string[];
  cadences: { people: string[]; steps: Step[] }[];
  mandates: { people: string[]; es: string }[];
}
interface StrategiesView {
  paused: boolean;
  strategies: Strategy[];
}

function useWhen() {
  const say = useSay();
  return (day: number) => (day < 0 ? say('strategies.before', { n: -day }) : day > 0 ? say('strategies.after', { n: day }) : say('strategies.due'));
}

function Sample({ step }: { step: Step }) {
  const say = useSay();
  const [open, { toggle }] = useDisclosure();
  return (
    <>
      <Group gap="sm">
        {step.sample && <Anchor component="button" type="button" size="sm" aria-expanded={open} onClick={toggle}>{say(open ? 'strategies.sample.hide' : 'strategies.sample.show')}</Anchor>}
        <Anchor size="sm" component={Link} to={`/app/templates?search=${step.template}`}>{step.template}</Anchor>
      </Group>
      <Collapse expanded={open}><div className="chat-paper" style={{ marginTop: '0.5rem' }}><div className="bubble pre">{step.sample}</div></div></Collapse>
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
            <div key={mandate.people.join()}>
              <Text fw={600} size="sm">{mandate.people.join(', ')}</Text>
              <ul className="told">{mandate.es.trim().split('\n').map((line) => <li key={line}>{line.trim()}</li>)}</ul>
            </div>
          ))}
        </Card>
      </div>
      <div className="masonry">
        {strategy.cadences.map((cadence) => <Card key={cadence.people.join()} title={cadence.people.join(', ')}><Steps steps={cadence.steps} /></Card>)}
      </div>
    </div>
  );
}

export default function Strategies() {
  const say = useSay();
  const queries = useQueryClient();
  const mayPause = useMay('pause');
  const [chosen, setChosen] = useState<string | null>(null);
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
              {view.paused && <Alert color="orange" variant="light" mb="md" title={say('today.paused')}><Anchor size="sm" component={Link} to="/">{say('strategies.paused')}</Anchor></Alert>}
              <Group mb="md" align="end">
                <Select label={say('strategies.which')} value={strategy.name} onChange={setChosen} allowDeselect={false} maw="20rem"
                        data={view.strategies.map((one) => ({ value: one.name, label: one.in_force ? say('strategies.inForce', { name: one.name }) : one.name }))} />
                <Text size="sm" c="dimmed" pb={8}>{strategy.in_force ? say('strategies.version', { version: strategy.version }) : say('strategies.notInForce')}</Text>
              </Group>
              <Tabs defaultValue="calendar" keepMounted={false}>
                <Tabs.List mb="md">
                  <Tabs.Tab value="calendar">{say('strategies.calendar')}</Tabs.Tab>
                  <Tabs.Tab value="text">{say('strategies.text')}</Tabs.Tab>
                </Tabs.List>
                <Tabs.Panel value="calendar"><Calendar strategy={strategy} /></Tabs.Panel>
                <Tabs.Panel value="text">
                  {strategy.text === null ? <Alert color="orange" variant="light">{say('strategies.text.changed')}</Alert> : <Code block className="pre">{strategy.text}</Code>}
                </Tabs.Panel>
              </Tabs>
            </>
          );
        }}
      </Answer>
    </Page>
  );
}
