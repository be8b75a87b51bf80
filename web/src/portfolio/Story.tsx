// What has happened with one person, newest first: a message is one deed, and a refusal that comes day after day is told once.
import { Button, Text, Timeline } from '@mantine/core';
import { useState } from 'react';
import { sentence, useFormat, useHome, useSay, useSpoken } from '../i18n';
import { Empty } from '../ui/Empty';
import { daysOf, deedsOf, foldedOf, type Happened, type PersonView } from './api';

// In the reader's language, and with how much money; the laws keep their own names. A refusal that is told for many days says no hour.
function useEventText(payments: PersonView['payments']) {
  const { say, format, language, told, eventOf } = useSpoken();
  return (event: Happened, many = false) => {
    const money = payments.find((one) => one.id === event.payment_id);
    if (money && event.message_id === '0') return `${eventOf(event.kind, event.es)}: ${format.money(money.amount_minor, money.currency)}`;
    if (language === 'es') return many ? event.es.replace(/ Podría ser desde el .*$/, '') : event.es;
    const why = event.reasons && told(event.reasons, event.es);
    return [eventOf(event.kind, event.es) + (why ? `: ${why}` : ''), event.laws.length > 0 && say('person.event.laws', { laws: event.laws.join('; ') }),
      !many && event.may_from && say('person.event.from', { at: format.moment(event.may_from) })].filter(Boolean).join(' ');
  };
}

export function Story({ person }: { person: PersonView }) {
  const say = useSay();
  const format = useFormat();
  const home = useHome();
  const textOf = useEventText(person.payments);
  const [all, showAll] = useState(false);
  const [opened, open] = useState<ReadonlySet<string>>(new Set());
  const folds = foldedOf(deedsOf(person.timeline));
  const wordsOf = (event: Happened) => person.messages.find((one) => one.id === event.message_id)?.text;
  const wayOf = ([event, ...before]: Happened[]) => before.toReversed().map((one) => `${textOf(one)}, ${(one.at.slice(0, 10) === event.at.slice(0, 10) ? format.hour : format.moment)(one.at)}`).join(' · ');
  if (folds.length === 0) return <Empty title={say('person.timeline.none')} />;
  const item = ([event, ...before]: Happened[], key: string) => (
    <Timeline.Item key={key}>
      <Text size="sm" className="pre">{sentence(textOf(event))}</Text>
      {wordsOf(event) && <Text size="xs" c="dimmed" lineClamp={1} lang={home}>«{wordsOf(event)}»</Text>}
      <Text size="xs" c="dimmed" component="time" dateTime={event.at}>{format.moment(event.at)}</Text>
      {before.length > 0 && <Text size="xs" c="dimmed">{say('person.timeline.way', { steps: wayOf([event, ...before]) })}</Text>}
    </Timeline.Item>
  );
  return (
    <>
      <Timeline bulletSize={12} lineWidth={2}>
        {(all ? folds : folds.slice(0, 30)).flatMap((deeds, place) => {
          const [event] = deeds[0];
          const key = `${event.at} ${place}`;
          if (deeds.length === 1) return [item(deeds[0], key)];
          const days = daysOf(deeds);
          const isOpen = opened.has(key);
          const span = format.days(days.at(-1)!, days[0]);
          return [
            <Timeline.Item key={key}>
              <Text size="sm" className="pre">{sentence(textOf(event, true))}</Text>
              <Text size="xs" c="dimmed">{say(days.length > 1 ? 'person.timeline.days' : 'person.timeline.times', { n: days.length > 1 ? days.length : deeds.length, span })}</Text>
              <Button size="compact-xs" variant="subtle" px={0} aria-expanded={isOpen} onClick={() => open(new Set(isOpen ? [...opened].filter((one) => one !== key) : [...opened, key]))}>
                {say(isOpen ? 'person.timeline.fold' : 'person.timeline.each', { n: deeds.length })}
              </Button>
            </Timeline.Item>,
            ...(isOpen ? deeds.map((deed, at) => item(deed, `${key} ${at}`)) : []),
          ];
        })}
      </Timeline>
      {!all && folds.length > 30 && <Button mt="md" variant="default" onClick={() => showAll(true)}>{say('action.more')}</Button>}
    </>
  );
}
