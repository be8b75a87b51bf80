// Which invoice money is of: first whose, found as in the portfolio, then one of those that they owe.
import { Radio, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { get } from '../api/client';
import { useFormat, useSay } from '../i18n';
import { PersonPicker } from '../portfolio/PersonPicker';
import type { Invoice, PersonView } from '../portfolio/api';
import { Answer } from '../ui/Answer';

export const kNone = '-';

interface Props {
  value: string;
  onChange: (number: string, invoice?: Invoice) => void;
  debtor?: string | null;  // Who it may be.
  search?: string;         // What is known of them: a name as the bank writes it.
  none?: string;           // That it is of none in particular may be said so; `value` is kNone then.
  currency?: string;       // Of the money: an invoice in another one is not paid by it. Left out: it follows the invoice.
}

function Owed({ debtor, value, onChange, currency, none }: Props & { debtor: string }) {
  const say = useSay();
  const format = useFormat();
  const person = useQuery({ queryKey: ['person', debtor], queryFn: () => get<PersonView>(`views/people/${debtor}`) });
  const open = person.data?.invoices.filter((one) => one.balance_minor > 0 && one.state === 'open' && (!currency || one.currency === currency)) ?? [];
  const choose = (number: string) => onChange(number, open.find((one) => one.number === number));
  const only = open.length === 1 && !none ? open[0].number : open.length === 0 && none ? kNone : '';
  useEffect(() => { if (only) choose(only); }, [only]);
  return (
    <Answer query={person} lines={2}>
      {() => open.length === 0 && !none ? <Text size="sm" className="warn">{say('pick.invoice.none')}</Text> : (
        <Radio.Group label={say('pick.invoice')} value={value} onChange={choose} required>
          <Stack gap={6} mt={6}>
            {open.map((one) => (
              <Radio key={one.number} value={one.number} label={say('pick.invoice.one', { number: one.number, money: format.money(one.balance_minor, one.currency) })}
                     description={[one.due_on && say(one.due_on < format.today() ? 'pick.wasDue' : 'pick.due', { on: format.day(one.due_on) }), one.product].filter(Boolean).join(' · ')} />
            ))}
            {none && <Radio value={kNone} label={none} />}
          </Stack>
        </Radio.Group>
      )}
    </Answer>
  );
}

export function InvoicePicker(props: Props) {
  const say = useSay();
  const [debtor, setDebtor] = useState<string | null>(props.debtor ?? null);
  const choose = (id: string | null) => {
    setDebtor(id);
    props.onChange('');
  };
  return (
    <Stack gap="sm">
      <PersonPicker label={say('pick.person')} value={debtor} onChange={choose} known={props.debtor} search={props.search} />
      {debtor && <Owed key={debtor} {...props} debtor={debtor} />}
    </Stack>
  );
}
