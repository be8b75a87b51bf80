// Somebody of the portfolio, found as its list finds them.
import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { get } from '../api/client';
import { useSay } from '../i18n';
import type { PersonView } from './api';

const kFound = 20;

interface Found {
  id: string;
  name: string;
  phone: string;
}

// `known`: who it may be, shown although nobody has searched for them; `search`: what is known of them.
export function PersonPicker({ label, value, onChange, known, search: begun = '' }: { label: string; value: string | null; onChange: (debtor: string | null, name: string) => void; known?: string | null; search?: string }) {
  const say = useSay();
  const [search, setSearch] = useState(begun);
  const [wanted] = useDebouncedValue(search.trim(), 200);
  const found = useQuery({ queryKey: ['people', 'pick', wanted], queryFn: () => get<{ people: Found[] }>('views/people', { search: wanted, order: 'late' }), placeholderData: keepPreviousData });
  const told = useQuery({ queryKey: ['person', known], queryFn: () => get<PersonView>(`views/people/${known}`), enabled: !!known });
  const people: Found[] = (found.data?.people ?? []).slice(0, kFound);
  if (told.data && !people.some((one) => one.id === told.data.debtor)) people.unshift({ id: told.data.debtor, name: told.data.name, phone: told.data.phone });
  const nameOf = (id: string | null) => people.find((one) => one.id === id)?.name || say('person.unnamed');
  return (
    <Select label={label} description={say('pick.person.text')} data={people.map((one) => ({ value: one.id, label: `${one.name || say('person.unnamed')} · ${one.phone}` }))}
            value={value} onChange={(id) => onChange(id, nameOf(id))} searchable searchValue={search} onSearchChange={setSearch} filter={({ options }) => options}
            nothingFoundMessage={say('pick.person.none')} required data-autofocus />
  );
}
