// They do not agree with what is asked of them: they are right, and the invoice is corrected or withdrawn; or they are not, and why.
import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { get, post } from '../api/client';
import { useMay, useSession } from '../api/session';
import { useSay } from '../i18n';
import { CorrectInvoice } from '../portfolio/CorrectInvoice';
import type { PersonView } from '../portfolio/api';
import { Answer } from '../ui/Answer';
import { Dialog } from '../ui/Dialog';
import { useAsk } from '../ui/ask';
import { toastTrouble } from '../ui/toast';
import type { Task } from './api';

export function Dispute({ task, reject }: { task: Task; reject: () => void }) {
  const say = useSay();
  const { user } = useSession();
  const mayCorrect = useMay('portfolio_write');
  const [isRight, right] = useState(false);
  const [ask, dialog] = useAsk();
  const person = useQuery({ queryKey: ['person', task.debtor], queryFn: () => get<PersonView>(`views/people/${task.debtor}`), enabled: isRight });
  const refute = async () => {
    const why = await ask({ title: say('dispute.refute.title'), text: say('dispute.refute.text'), words: say('dispute.why'), action: say('dispute.refute') });
    if (why === null) return;
    try {
      await post(`conversations/${task.debtor}/notes`, { text: say('dispute.refute.note', { why }), by: user.email });
      reject();
    } catch (problem) {
      toastTrouble(problem, say);
    }
  };
  const owed = person.data?.invoices.filter((one) => one.amount_minor > 0 && one.state !== 'written_off') ?? [];
  const close = () => right(false);
  return (
    <>
      {dialog}
      <Button size="compact-sm" onClick={() => right(true)}>{say('dispute.right')}</Button>
      <Button size="compact-sm" variant="default" onClick={() => void refute()}>{say('dispute.refute')}</Button>
      {isRight && (mayCorrect && owed.length > 0
        ? <CorrectInvoice invoices={owed} isDisputed close={close} />
        : <Dialog onClose={close} title={say('dispute.right')}>
            {mayCorrect ? <Answer query={person}>{() => <Text size="sm">{say('person.nothing')}</Text>}</Answer> : <Text size="sm">{say('dispute.right.mayNot')}</Text>}
          </Dialog>)}
    </>
  );
}
