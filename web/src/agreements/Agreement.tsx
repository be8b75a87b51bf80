// One agreement: what was agreed, in whose words, the schedule and what of it is met; its printed form, and the way to end it.
import { Anchor, Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { IconArrowLeft, IconDownload, IconX } from '@tabler/icons-react';
import { Link, useParams } from 'react-router';
import { getVersioned, post } from '../api/client';
import { download } from '../api/download';
import { useMay } from '../api/session';
import { useFormat, useSay, type Key } from '../i18n';
import { Answer } from '../ui/Answer';
import { Card, Figure } from '../ui/Card';
import { Page } from '../ui/Page';
import { Rows } from '../ui/Rows';
import { useAsk } from '../ui/ask';
import { useConflict } from '../ui/conflict';
import { toast, toastTrouble } from '../ui/toast';
import type { Agreement as Told } from './api';

export default function Agreement() {
  const { id = '' } = useParams();
  const say = useSay();
  const format = useFormat();
  const queries = useQueryClient();
  const mayWrite = useMay('agreements_write');
  const [ask, dialog] = useAsk();
  const query = useQuery({ queryKey: ['agreement', id], queryFn: () => getVersioned<Told>(`agreements/${id}`) });
  const print = () => download(`agreements/${id}/pdf`, `acuerdo-${id}.pdf`).catch((problem: unknown) => toastTrouble(problem, say));
  const [saved, conflict] = useConflict();
  const cancel = async (name: string, mark: string) => {
    if ((await ask({ title: say('agreements.cancel.title', { name }), text: say('agreements.cancel.text'), action: say('agreements.cancel'), danger: true })) === null) return;
    try {
      if (await saved(mark, (match) => post(`agreements/${id}/cancel`, {}, { match }))) toast(say('agreements.cancelled'));
    } catch (problem) {
      toastTrouble(problem, say);
    }
    await queries.invalidateQueries();
  };
  return (
    <Answer query={query} lines={8}>
      {({ data: one, version }) => {
        const money = (minor: number) => format.money(minor, one.currency);
        const name = one.name || say('person.unnamed');
        return (
          <Page title={say(`agreements.of.${one.kind}`, { name })} about={
            <Group gap="md">
              <Anchor component={Link} to="/app/agreements" size="sm"><Group gap={4}><IconArrowLeft size={14} />{say('agreements.title')}</Group></Anchor>
              <Badge variant="light" tt="none" color={one.state === 'active' ? 'accent' : one.state === 'kept' ? 'teal.9' : 'gray'}>{say(`agreement.${one.state}` as Key)}</Badge>
              <span>{say('agreements.made')}: {format.moment(one.made_at)}</span>
            </Group>
          } actions={
            <>
              <Button component={Link} to={`/app/portfolio/${one.debtor}`} variant="default">{say('payments.person')}</Button>
              <Button variant="default" leftSection={<IconDownload size={16} />} onClick={() => void print()}>{say('agreements.pdf')}</Button>
              {mayWrite && one.state === 'active' && <Button variant="default" leftSection={<IconX size={16} />} onClick={() => void cancel(name, version)}>{say('agreements.cancel')}</Button>}
            </>
          }>
            {dialog}
            {conflict}
            <Stack>
              <div className="grid">
                <Figure name={say('agreements.total')} value={money(one.total_minor)} detail={one.discount_minor > 0 && say('agreements.discount', { money: money(one.discount_minor) })} />
                <Figure name={say('agreements.paidSince')} value={money(one.paid_minor)} detail={one.state === 'active' && say('agreements.left', { money: money(Math.max(0, one.total_minor - one.paid_minor)) })} />
              </div>
              <Card title={say('agreements.schedule')}>
                <Rows label={say('agreements.schedule')} rows={one.instalments} idOf={(part) => String(part.number)} columns={[
                  { name: say('person.due'), cell: (part) => format.day(part.due_on) },
                  { name: say('payments.amount'), figures: true, cell: (part) => money(part.amount_minor) },
                  { name: say('person.state'), cell: (part) => say(part.met ? 'agreements.part.met' : one.state === 'active' ? 'agreements.part.open' : 'agreements.part.ended') },
                ]} />
                {one.grace_days > 0 && <Text size="sm" c="dimmed" mt="sm">{say('agreements.grace', { n: one.grace_days })}</Text>}
              </Card>
              <Card title={say('agreements.words')}>
                <Text className="pre">{one.words || say('agreements.words.gone')}</Text>
                <Text size="sm" c="dimmed" mt="sm">{[say('agreements.covers', { invoices: one.invoices.join(', ') }), one.mandate_version ? say('agreements.mandate', { version: one.mandate_version }) : say('agreements.beyond')].join(' · ')}</Text>
              </Card>
            </Stack>
          </Page>
        );
      }}
    </Answer>
  );
}
