// What a strategy would say last, before it stops writing, and says to nobody until somebody has read it and answers for it: its text, for
// whom, how many wait. Whoever lets it leave writes that into the draft, so that versions, four eyes and launch hold for it as for all else.
import { Anchor, Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { get } from '../api/client';
import { useMay } from '../api/session';
import { unbroken, useHome, useSay } from '../i18n';
import type { PortfolioView } from '../portfolio/api';
import { Card } from '../ui/Card';
import { Notices } from './Notices';
import { peopleOf, unreviewedOf, type Strategy } from './api';

function Waiting({ mayDecide }: { mayDecide: boolean }) {
  const say = useSay();
  const [isReading, { open, close }] = useDisclosure();
  const sums = useQuery({ queryKey: ['portfolio', 'sums'], queryFn: () => get<PortfolioView>('views/portfolio'), staleTime: 30_000, enabled: useMay('portfolio_read') });
  const people = sums.data?.silences.find((one) => one.codes === 'needs_review')?.people ?? 0;
  if (people === 0) return null;
  return (
    <Group gap="sm">
      <Anchor size="sm" component={Link} to="/app/portfolio?silence=needs_review">{say('strategies.review.people', { n: people })}</Anchor>
      {mayDecide && <Button size="compact-sm" variant="default" onClick={open}>{say('strategies.review.each')}</Button>}
      {isReading && <Notices close={close} />}
    </Group>
  );
}

// `release`: of the template's name; null: one may not.
export function Review({ strategy, release }: { strategy: Strategy; release: ((template: string) => void) | null }) {
  const home = useHome();
  const say = useSay();
  const notices = unreviewedOf(strategy);
  if (notices.length === 0) return null;
  return (
    <Card title={say('strategies.review')} aside={strategy.in_force && <Waiting mayDecide={release !== null} />}>
      <Text size="sm" mb="sm">{say('strategies.review.text')}</Text>
      {notices.map(({ step, segments }) => (
        <div key={step.template}>
          <Text size="sm" c="dimmed">{peopleOf(segments, say)}</Text>
          {step.sample && <div className="chat-paper" style={{ margin: '0.5rem 0' }}><div className="bubble pre" lang={home}>{unbroken(step.sample)}</div></div>}
          <Group gap="sm">
            {release && <Button size="compact-md" onClick={() => release(step.template)}>{say('strategies.review.release')}</Button>}
            <Anchor size="sm" component={Link} to={`/app/templates?search=${step.template}`}>{say('strategies.review.change', { template: step.template })}</Anchor>
          </Group>
        </div>
      ))}
    </Card>
  );
}
