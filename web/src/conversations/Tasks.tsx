// What waits for somebody: what can be said of it, who has it, until when it may wait.
import { Badge, Button, Group, Menu, Stack, Text } from '@mantine/core';
import { DatePicker, TimeInput } from '@mantine/dates';
import '@mantine/dates/styles.css';
import 'dayjs/locale/es';
import 'dayjs/locale/pt-br';
import { useState } from 'react';
import { useMay, useSession } from '../api/session';
import { houseNow, useFormat, useHome, useSay, useSpoken, type Key } from '../i18n';
import { Dialog } from '../ui/Dialog';
import { Dispute } from './Dispute';
import { PaymentFound } from './PaymentFound';
import { endingsOf, type Ending, type Task } from './api';
import { useNames } from './colleagues';
import { snoozeTimes, tomorrowMorning } from './snooze';

// `back`: what takes it back again. `done` is told the task as it is then. A close waits a little, so that it can be taken back; `confirm`, which a dialog
// has asked for, does not.
export type Act = (task: Task, verb: 'assign' | 'snooze' | 'close' | 'confirm', body: object, done: string | ((after: Task) => string), back?: object) => void;

const kLocales = { es: 'es', pt: 'pt-br', en: 'en' };

// Any day and hour, of the creditor's clock.
function PickMoment({ choose, close }: { choose: (until: string) => void; close: () => void }) {
  const say = useSay();
  const { language, format } = useSpoken();
  const [tomorrow, morning] = tomorrowMorning(format.today()).split('T');
  const [day, setDay] = useState<string | null>(tomorrow);
  const [time, setTime] = useState(morning.slice(0, 5));
  return (
    <Dialog onClose={close} size="auto" title={say('conversations.snooze.pick')}>
      <form onSubmit={(event) => { event.preventDefault(); if (day && time) choose(`${day}T${time}:00`); }}>
        <Stack>
          <DatePicker value={day} onChange={setDay} minDate={format.today()} locale={kLocales[language]} firstDayOfWeek={1} maxLevel="month" hideOutsideDates
                      ariaLabels={{ nextMonth: say('date.nextMonth'), previousMonth: say('date.previousMonth') }} />
          <TimeInput label={say('conversations.snooze.at')} value={time} onChange={(event) => setTime(event.currentTarget.value)} required />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>{say('action.cancel')}</Button>
            <Button type="submit" disabled={!day || !time}>{say('conversations.snooze')}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

function Snooze({ task, act }: { task: Task; act: Act }) {
  const say = useSay();
  const format = useFormat();
  const [isPicking, pick] = useState(false);
  const until = (moment: string) => act(task, 'snooze', { until: moment }, (after) => say('conversations.snoozed.done', { at: format.moment(after.snoozed_until ?? moment) }), {});
  return (
    <>
      <Menu>
        <Menu.Target><Button size="compact-sm" variant="default">{say('conversations.snooze')}</Button></Menu.Target>
        <Menu.Dropdown>
          {snoozeTimes(houseNow(), format.today()).map((one) => <Menu.Item key={one.name} onClick={() => until(one.until)}>{say(`conversations.snooze.${one.name}`)}</Menu.Item>)}
          <Menu.Item onClick={() => pick(true)}>{say('conversations.snooze.other')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isPicking && <PickMoment close={() => pick(false)} choose={(moment) => { pick(false); until(moment); }} />}
    </>
  );
}

interface Ended {
  outcome: Ending['outcome'];
  name: Ending['name'] | 'refuted';
}

// `askReceipt`: puts the words that ask kindly for it into the box; none: they cannot be written to now.
function Claim({ task, confirm, askReceipt }: { task: Task; confirm: (done: string) => void; askReceipt?: () => void }) {
  const say = useSay();
  const [isFound, find] = useState(false);
  return (
    <>
      <Button size="compact-sm" onClick={() => find(true)}>{say('conversations.claim.found')}</Button>
      <Button size="compact-sm" variant="default" disabled={!askReceipt} onClick={askReceipt}>{say('conversations.claim.notSeen')}</Button>
      {isFound && <PaymentFound task={task} close={() => find(false)} confirm={(done) => { find(false); confirm(done); }} />}
    </>
  );
}

export function Tasks({ tasks, act, askReceipt }: { tasks: Task[]; act: Act; askReceipt?: (task: Task) => void }) {
  const home = useHome();
  const say = useSay();
  const format = useFormat();
  const { user } = useSession();
  const may = useMay('conversations_write');
  const nameOf = useNames();
  return tasks.map((task) => {
    const isClaim = task.kind === 'payment_claim';
    const end = ({ outcome, name }: Ended) => act(task, 'close', { outcome }, say(`conversations.end.${name}.done`));
    return (
      <Stack key={task.id} gap={6}>
        <Group justify="space-between" gap="xs">
          <Text fw={600}>{say(`task.${task.kind}` as Key)}</Text>
          {task.assignee && <Badge variant="light" color="gray" tt="none">{say('conversations.assignee', { name: nameOf(task.assignee) })}</Badge>}
        </Group>
        {task.summary && <Text size="sm" className="pre" lang={home}>{task.summary}</Text>}
        <Text size="xs" c="dimmed">{format.moment(task.opened_at)}</Text>
        {may && (
          <Group gap="xs">
            {task.kind === 'dispute' && <Dispute task={task} reject={() => end({ outcome: 'rejected', name: 'refuted' })} />}
            {isClaim && <Claim task={task} confirm={(done) => act(task, 'confirm', { outcome: 'confirmed' }, done)} askReceipt={askReceipt && (() => askReceipt(task))} />}
            {endingsOf(task.kind).map((ending, place) => (
              <Button key={ending.name} size="compact-sm" variant={place === 0 && ending.outcome !== 'settled' && !isClaim ? 'filled' : 'default'} onClick={() => end(ending)}>{say(`conversations.end.${ending.name}`)}</Button>
            ))}
            {task.assignee === user.email
              ? <Button size="compact-sm" variant="default" onClick={() => act(task, 'assign', { assignee: '' }, say('conversations.dropped'), { assignee: task.assignee })}>{say('conversations.drop')}</Button>
              : <Button size="compact-sm" variant="default" onClick={() => act(task, 'assign', { assignee: user.email }, say('conversations.taken'), { assignee: task.assignee })}>{say('conversations.take')}</Button>}
            <Snooze task={task} act={act} />
          </Group>
        )}
      </Stack>
    );
  });
}
