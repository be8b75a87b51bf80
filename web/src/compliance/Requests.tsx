// What people ask of their data, the most urgent first, each with its clock.
import { Button, Group, NativeSelect, Stack, Text, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { post } from '../api/client';
import { useMay } from '../api/session';
import { useFormat, useSay } from '../i18n';
import { Card } from '../ui/Card';
import { Dialog } from '../ui/Dialog';
import { Empty } from '../ui/Empty';
import { Rows } from '../ui/Rows';
import { Trouble } from '../ui/Trouble';
import { toast } from '../ui/toast';
import type { RightsRequest } from './api';

function AnswerRequest({ request, close }: { request: RightsRequest; close: () => void }) {
  const say = useSay();
  const queries = useQueryClient();
  const [state, setState] = useState('done');
  const [answer, setAnswer] = useState('');
  const [wrong, setWrong] = useState<unknown>(null);
  const submit = async () => {
    try {
      await post('rights/answer', { id: request.id, state, answer });
      toast(say('rights.answered'));
      await queries.invalidateQueries();
      close();
    } catch (problem) {
      setWrong(problem);
    }
  };
  return (
    <Dialog onClose={close} title={say('rights.answer.title', { name: request.name || say('person.unnamed') })}>
      <form onSubmit={(event) => { event.preventDefault(); void submit(); }}>
        <Stack>
          {wrong !== null && <Trouble error={wrong} />}
          <NativeSelect label={say('rights.outcome')} value={state} onChange={(event) => setState(event.currentTarget.value)}
                        data={(['done', 'partly', 'refused'] as const).map((one) => ({ value: one, label: say(`rights.outcome.${one}`) }))} />
          <Textarea label={say('rights.answer.words')} description={say('rights.answer.text')} value={answer} onChange={(event) => setAnswer(event.currentTarget.value)} autosize required data-autofocus />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>{say('action.cancel')}</Button>
            <Button type="submit">{say('rights.answer')}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

export function Requests({ requests }: { requests: RightsRequest[] }) {
  const say = useSay();
  const format = useFormat();
  const mayWrite = useMay('rights_write');
  const clock = (days: number) => (days < 0 ? say('rights.late', { n: -days }) : days === 0 ? say('rights.today') : say('rights.left', { n: days }));
  const [answering, setAnswering] = useState<RightsRequest | null>(null);
  return (
    <Card title={say('rights.open')}>
      {answering && <AnswerRequest request={answering} close={() => setAnswering(null)} />}
      {requests.length === 0 ? <Empty title={say('rights.none')}>{say('rights.none.text')}</Empty> : (
        <Rows label={say('rights.open')} rows={requests} idOf={(one) => one.id} columns={[
          { name: say('portfolio.person'), cell: (one) => <Link className="row-link" to={`/app/portfolio/${one.debtor}`}>{one.name || say('person.unnamed')}</Link> },
          { name: say('rights.kind'), cell: (one) => say(`rights.kind.${one.kind}`) },
          { name: say('rights.received'), cell: (one) => <Text size="sm" c="dimmed">{format.moment(one.received_at)}</Text> },
          { name: say('rights.due'), cell: (one) => (
            <Group gap="xs">
              {format.day(one.due_on)}
              <Text size="sm" fw={550} className={one.days_left < 0 ? 'bad' : one.days_left <= 2 ? 'warn' : undefined}>{clock(one.days_left)}</Text>
            </Group>
          ) },
          { name: say('payments.actions'), cell: (one) => mayWrite && <Button size="xs" variant="default" onClick={() => setAnswering(one)}>{say('rights.answer')}</Button> },
        ]} />
      )}
    </Card>
  );
}
