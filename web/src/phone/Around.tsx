// Around the phone: who one is, what time it is, and what the witness of the demonstration has counted.
import { Anchor, Button, Card as Plain, Group, SegmentedControl, Select, SimpleGrid, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { get } from '../api/client';
import { useSession } from '../api/session';
import { useFormat, useSay } from '../i18n';
import { useDeeds, useStory, useWhose, type Phone } from './api';

export function Chooser({ phone }: { phone: Phone }) {
  const say = useSay();
  const { choose } = useWhose();
  const [search, setSearch] = useState('');
  const [wanted] = useDebouncedValue(search === phone.person?.name ? '' : search.trim(), 200);
  const found = useQuery({ queryKey: ['people', 'phone', wanted], queryFn: () => get<{ people: { id: string; name: string }[] }>('views/people', { search: wanted, limit: 20 }), placeholderData: keepPreviousData });
  const people = (found.data?.people ?? []).map((one) => ({ value: one.id, label: one.name || one.id }));
  if (phone.person && !people.some((one) => one.value === phone.person!.id)) people.unshift({ value: phone.person.id, label: phone.person.name });
  return (
    <Select label={say('phone.who')} searchable data={people} filter={({ options }) => options} value={phone.person?.id ?? null} searchValue={search} onSearchChange={setSearch}
            onChange={(id) => id && choose(id)} allowDeselect={false} nothingFoundMessage={say('palette.nothing')} maxDropdownHeight={280} />
  );
}

const kPaces = ['real', 'slow', 'normal', 'fast'] as const;

export function Hands({ phone }: { phone: Phone }) {
  const say = useSay();
  const format = useFormat();
  const { mode } = useSession();
  const { busy, move, setPace } = useDeeds();
  const debtor = phone.person?.id ?? '';
  if (!phone.has_clock) return <Text size="sm" c="dimmed">{say('phone.clock.machine')}</Text>;
  return (
    <Stack gap="xs">
      <Text size="sm"><b>{format.moment(phone.now)}</b></Text>
      <Group gap={6}>
        <Button size="compact-sm" variant="default" loading={busy} onClick={() => move(debtor, 'hour')}>{say('phone.clock.hour')}</Button>
        <Button size="compact-sm" variant="default" disabled={busy} onClick={() => move(debtor, 'morning')}>{say('phone.clock.morning')}</Button>
        <Button size="compact-sm" variant="default" disabled={busy || !phone.person?.next_due} onClick={() => move(debtor, 'due')}>{say('phone.clock.due')}</Button>
      </Group>
      {mode === 'demo' && (
        <SegmentedControl size="xs" fullWidth value={phone.pace} onChange={(pace) => setPace(pace as Phone['pace'])} aria-label={say('phone.pace')}
                          data={kPaces.map((pace) => ({ value: pace, label: say(`phone.pace.${pace}`) }))} />
      )}
    </Stack>
  );
}

const kNevers = ['twice', 'paid', 'hours', 'stop'] as const;

// What must never be, as somebody apart from the engine counts it.
export function Witness() {
  const say = useSay();
  const { beginAgain } = useDeeds();
  const story = useStory();
  if (!story.data) return null;
  const { never, day, days, ended } = story.data;
  return (
    <Plain component="section" withBorder padding="md" mb="md" aria-label={say('demo.never')}>
      <Group justify="space-between" mb="xs" gap="xs">
        <Text fw={650}>{say('demo.never')}</Text>
        <Text size="sm" c="dimmed">{say('demo.checked', { n: never.checked })} · {say('demo.day', { day: Math.min(day, days), days })}</Text>
      </Group>
      <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="xs" verticalSpacing={4}>
        {kNevers.map((one) => <Text key={one} size="sm" className={never[one] > 0 ? 'bad' : undefined}><b className="figures">{never[one]}</b> {say(`demo.never.${one}`)}</Text>)}
      </SimpleGrid>
      <Group mt="xs" gap="md">
        <Anchor href="/vitrina" size="sm">{say('demo.showcase')}</Anchor>
        {ended && <Button size="compact-sm" onClick={beginAgain}>{say('demo.again')}</Button>}
      </Group>
    </Plain>
  );
}
