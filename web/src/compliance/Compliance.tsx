// Cumplimiento: what people ask of their data, what they allow, the law in force, and the proof that all of it was kept to.
import { Badge, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { get } from '../api/client';
import { useSay } from '../i18n';
import { Answer } from '../ui/Answer';
import { Page } from '../ui/Page';
import { AuditTrail } from './AuditTrail';
import { Laws } from './Laws';
import { People } from './People';
import { Reads } from './Reads';
import { Requests } from './Requests';
import type { Compliance as Told } from './api';

export default function Compliance() {
  const say = useSay();
  const [params, setParams] = useSearchParams();
  const query = useQuery({ queryKey: ['compliance'], queryFn: () => get<Told>('views/compliance') });
  const urgent = query.data?.requests.length ?? 0;
  return (
    <Page title={say('compliance.title')}>
      <Answer query={query} lines={8}>
        {(told) => (
          <Tabs value={params.get('show') ?? 'requests'} onChange={(show) => setParams(show && show !== 'requests' ? { show } : {}, { replace: true })} keepMounted={false}>
            <Tabs.List mb="md">
              <Tabs.Tab value="requests" rightSection={urgent ? <Badge size="sm" variant="filled" circle={urgent < 10}>{urgent}</Badge> : undefined}>{say('compliance.requests')}</Tabs.Tab>
              <Tabs.Tab value="people">{say('compliance.people')}</Tabs.Tab>
              <Tabs.Tab value="laws">{say('compliance.laws')}</Tabs.Tab>
              <Tabs.Tab value="audit">{say('compliance.audit')}</Tabs.Tab>
              <Tabs.Tab value="reads">{say('reads.tab')}</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="requests"><Requests requests={told.requests} /></Tabs.Panel>
            <Tabs.Panel value="people"><People compliance={told} /></Tabs.Panel>
            <Tabs.Panel value="laws"><Laws compliance={told} /></Tabs.Panel>
            <Tabs.Panel value="reads"><Reads /></Tabs.Panel>
            <Tabs.Panel value="audit"><AuditTrail compliance={told} /></Tabs.Panel>
          </Tabs>
        )}
      </Answer>
    </Page>
  );
}
