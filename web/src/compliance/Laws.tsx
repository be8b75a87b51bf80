// The law that the gate applies: each country's pack and calendar, and every rule of it with what is not confirmed yet.
import { Anchor, Button, Group, Stack, Switch, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { get } from '../api/client';
import { useSession } from '../api/session';
import { houseNow, useFormat, useSay, useSpoken, type Key } from '../i18n';
import { Answer } from '../ui/Answer';
import { Card } from '../ui/Card';
import { Dialog } from '../ui/Dialog';
import { Rows } from '../ui/Rows';
import type { Compliance, CountryRules, Rule } from './api';

const kConfidences: Record<string, Key> = { T: 'law.sure.T', 'T*': 'law.sure.T', 'S+': 'law.sure.S', S1: 'law.sure.S1', U: 'law.sure.U', H: 'law.sure.H' };

function RuleText({ rule }: { rule: Rule }) {
  const say = useSay();
  const format = useFormat();
  const validity = [rule.valid_from && say('law.from', { on: format.day(rule.valid_from) }), rule.valid_to && say('law.to', { on: format.day(rule.valid_to) })].filter(Boolean).join(', ');
  return (
    <Stack component="li" gap={2} py="sm">
      <Group gap="xs">
        <Text fw={550} size="sm">{rule.id}</Text>
        <Text size="sm" c={rule.unconfirmed ? undefined : 'dimmed'} className={rule.unconfirmed ? 'warn' : undefined}>{say(kConfidences[rule.confidence] ?? 'law.sure.U')}</Text>
      </Group>
      {rule.law && <Text size="sm">{rule.law}</Text>}
      <Text size="sm" className="pre" lang="es">{rule.value}</Text>
      {rule.reading && <Text size="sm" c="dimmed" lang="es">{rule.reading}</Text>}
      {validity && <Text size="sm" c="dimmed">{validity}</Text>}
      {rule.source_url && <Anchor size="sm" href={rule.source_url} target="_blank" rel="noreferrer" className="pre">{rule.source_url}</Anchor>}
    </Stack>
  );
}

function Rules({ country, name, close }: { country: string; name: string; close: () => void }) {
  const say = useSay();
  const [onlyOpen, setOnlyOpen] = useState(false);
  const query = useQuery({ queryKey: ['country', country], queryFn: () => get<CountryRules>(`views/countries/${country}`) });
  return (
    <Dialog onClose={close} size="xl" title={say('law.rules.of', { name })}>
      <Answer query={query}>
        {(told) => (
          <>
            <Text size="sm" c="dimmed">{[told.version, told.authority].filter(Boolean).join(' · ')}</Text>
            <Switch mt="sm" label={say('law.onlyOpen', { n: told.unconfirmed })} checked={onlyOpen} onChange={(event) => setOnlyOpen(event.currentTarget.checked)} />
            <ul className="plain-list">{told.rules.filter((rule) => !onlyOpen || rule.unconfirmed).map((rule) => <RuleText key={rule.id} rule={rule} />)}</ul>
          </>
        )}
      </Answer>
    </Dialog>
  );
}

export function Laws({ compliance }: { compliance: Compliance }) {
  const say = useSay();
  const format = useFormat();
  const { language } = useSpoken();
  const { creditor } = useSession();
  const [shown, setShown] = useState('');
  const names = new Intl.DisplayNames([language], { type: 'region' });
  const nameOf = (country: string) => names.of(country) ?? country;
  const soon = (on: string) => new Date(on).getTime() - houseNow().getTime() < 30 * 86_400_000;
  const rows = compliance.countries.toSorted((a, b) => Number(b.country === creditor.country) - Number(a.country === creditor.country) || nameOf(a.country).localeCompare(nameOf(b.country)));
  return (
    <Card title={say('law.title')}>
      {shown && <Rules country={shown} name={nameOf(shown)} close={() => setShown('')} />}
      <Text size="sm" c="dimmed" mb="sm">{say('law.text')}</Text>
      <Rows label={say('law.title')} rows={rows} idOf={(row) => row.country} columns={[
        { name: say('settings.country'), cell: (row) => <div><Text size="sm" fw={row.country === creditor.country ? 700 : 550}>{nameOf(row.country)}</Text><Text size="sm" c="dimmed">{row.version}</Text></div> },
        { name: say('law.checked'), cell: (row) => format.day(row.checked_on) },
        { name: say('law.review'), cell: (row) => <Text size="sm" className={soon(row.review_by) ? 'warn' : undefined}>{format.day(row.review_by)}</Text> },
        { name: say('law.calendar'), cell: (row) => (row.calendar_until ? <div><Text size="sm" className={soon(row.calendar_until) ? 'warn' : undefined}>{say('law.until', { on: format.day(row.calendar_until) })}</Text><Text size="sm" c="dimmed">{row.calendar_version}</Text></div> : <Text size="sm" className="bad">{say('law.calendar.none')}</Text>) },
        { name: say('law.open'), figures: true, cell: (row) => format.number(row.unconfirmed) },
        { name: say('payments.actions'), cell: (row) => <Button size="xs" variant="default" onClick={() => setShown(row.country)} aria-label={`${say('law.rules', { n: row.rules })}: ${nameOf(row.country)}`}>{say('law.rules', { n: row.rules })}</Button> },
      ]} />
      {compliance.literal.length > 0 && <Text size="sm" className="warn" mt="sm">{say('law.literal', { rules: compliance.literal.join(', ') })}</Text>}
    </Card>
  );
}
