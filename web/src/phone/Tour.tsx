// One step of the tour, above the page that it is about: what to look at, and what to do. By the keyboard too: arrows and Escape.
import { Button, CloseButton, Group, Paper, Text, Title } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import { useNavigate } from 'react-router';
import { useSay } from '../i18n';
import { useDeeds, usePhone } from './api';
import { kSteps, useTour, type Step } from './tour';

export default function Tour() {
  const say = useSay();
  const { step, go } = useTour();
  const navigate = useNavigate();
  const phone = usePhone();
  const { busy, send, pay, setPace } = useDeeds();
  const title = useRef<HTMLHeadingElement>(null);
  const debtor = phone.data?.person?.id ?? '';
  const place = step ? kSteps.indexOf(step) : -1;
  const isBeside = useMediaQuery('(min-width: 75em)', true);
  const orPhone = (path: string) => (isBeside ? path : '/app/phone');
  const places: Record<Step, string> = {
    who: '/app/portfolio', sent: '/', answer: orPhone('/'), plan: orPhone('/app/conversations'), pay: orPhone('/app/payments'),
    silence: `/app/portfolio/${debtor}`, proof: '/app/compliance', weeks: '/',
  };
  const write = (key: 'tour.answer.words' | 'tour.plan.words') => send(debtor, { kind: 'text', text: say(key) });
  const deeds: Partial<Record<Step, () => void>> = {
    answer: () => write('tour.answer.words'), plan: () => write('tour.plan.words'), pay: () => pay(debtor), weeks: () => setPace('fast'),
  };
  const to = (next: number) => {
    const wanted = kSteps[next] ?? null;
    go(wanted);
    if (wanted) void navigate(places[wanted]);
  };
  useEffect(() => title.current?.focus({ preventScroll: true }), [step]);
  useEffect(() => {
    if (place < 0) return undefined;
    const listen = (event: KeyboardEvent) => {
      const on = event.target instanceof HTMLElement ? event.target : null;
      if (on?.matches('input:not([type=radio]), textarea')) return;
      if (event.key === 'Escape') go(null);
      if (on?.matches('input')) return;  // Its arrows are its own.
      if (event.key === 'ArrowRight') to(place + 1);
      if (event.key === 'ArrowLeft' && place > 0) to(place - 1);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  });
  if (!step) return null;
  const deed = deeds[step];
  return (
    <Paper component="section" withBorder p="md" mb="md" className="tour" aria-label={say('tour.label')}>
      <Group justify="space-between" wrap="nowrap" align="start">
        <Title order={2} size="h4" ref={title} tabIndex={-1}>{say(`tour.${step}.title`)}</Title>
        <CloseButton aria-label={say('tour.skip')} onClick={() => go(null)} />
      </Group>
      <Text size="sm" mt={4}>{say(`tour.${step}.text`)}</Text>
      <Group mt="sm" gap="xs" justify="space-between">
        <Text size="sm" c="dimmed">{say('tour.place', { place: place + 1, of: kSteps.length })}</Text>
        <Group gap="xs">
          {place > 0 && <Button size="xs" variant="subtle" onClick={() => to(place - 1)}>{say('tour.back')}</Button>}
          {deed && <Button size="xs" variant="light" loading={busy} onClick={deed}>{say(`tour.${step}.deed` as 'tour.pay.deed')}</Button>}
          <Button size="xs" onClick={() => to(place + 1)}>{say(place + 1 < kSteps.length ? 'tour.next' : 'tour.end')}</Button>
        </Group>
      </Group>
    </Paper>
  );
}
