// The audit trail: is it whole, what was written down of it elsewhere, and the proof of one message by its number.
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconAnchor, IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { Problem, post } from '../api/client';
import { download } from '../api/download';
import { useFormat, useSay } from '../i18n';
import { Card } from '../ui/Card';
import { Empty } from '../ui/Empty';
import { Notice } from '../ui/Notice';
import { Trouble } from '../ui/Trouble';
import { toastTrouble } from '../ui/toast';
import type { Audit, Compliance } from './api';

export function AuditTrail({ compliance }: { compliance: Compliance }) {
  const say = useSay();
  const format = useFormat();
  const queries = useQueryClient();
  const [message, setMessage] = useState('');
  const [isMissing, setMissing] = useState(false);
  const verify = useMutation({ mutationFn: () => post<Audit>('audit/verify') });
  const trouble = (problem: unknown) => toastTrouble(problem, say);
  const proof = (as: 'json' | 'pdf') => download(`proofs/${encodeURIComponent(message.trim())}`, `constancia-${message.trim()}.${as}`, { query: { as } }).catch((problem: unknown) => (problem instanceof Problem && problem.status === 404 ? setMissing(true) : trouble(problem)));
  const anchor = () => download('audit/anchors', `ancla-${format.today()}.json`, { body: {} }).then(() => queries.invalidateQueries(), trouble);
  return (
    <Stack>
      <Card title={say('audit.title')} aside={<Button loading={verify.isPending} onClick={() => verify.mutate()}>{say('audit.verify')}</Button>}>
        <Text size="sm" c="dimmed">{say('audit.text')}</Text>
        <div role="status">
          {verify.data?.ok && <Notice tone="good">{say('audit.whole', { n: format.number(verify.data.records) })}</Notice>}
          {verify.data && !verify.data.ok && (
            <Notice tone="bad" title={say('audit.broken')}>
              {verify.data.faults.map((fault) => <Text key={fault.record} size="sm">{fault.record}: {fault.es}</Text>)}
              <Text size="sm">{say('audit.broken.text')}</Text>
            </Notice>
          )}
        </div>
        {verify.isError && <Trouble error={verify.error} />}
      </Card>
      <Card title={say('anchor.title')} aside={<Button variant="default" leftSection={<IconAnchor size={16} />} onClick={() => void anchor()}>{say('anchor.make')}</Button>}>
        <Text size="sm" c="dimmed">{say('anchor.text')}</Text>
        {compliance.anchors.length === 0 ? <Empty title={say('anchor.none')} /> : (
          <ul className="plain-list">
            {compliance.anchors.map((one) => (
              <li key={`${one.at} ${one.records}`} className="line"><span>{format.moment(one.at)} <Text component="span" c="dimmed" size="xs">{one.root.slice(0, 16)}</Text></span><span className="figures">{say('anchor.records', { n: format.number(one.records) })}</span></li>
            ))}
          </ul>
        )}
      </Card>
      <Card title={say('proof.one')}>
        <Text size="sm" c="dimmed" mb="sm">{say('proof.one.text')}</Text>
        <form onSubmit={(event) => { event.preventDefault(); void proof('pdf'); }}>
          <Group align="end">
            <TextInput flex="1 1 16rem" label={say('proof.message')} value={message} error={isMissing && say('proof.missing')} onChange={(event) => { setMessage(event.currentTarget.value); setMissing(false); }} required autoComplete="off" />
            <Button type="submit" variant="default" leftSection={<IconDownload size={16} />}>{say('proof.pdf')}</Button>
            <Button variant="default" leftSection={<IconDownload size={16} />} disabled={!message.trim()} onClick={() => void proof('json')}>{say('proof.json')}</Button>
          </Group>
        </form>
      </Card>
    </Stack>
  );
}
