// Ajustes: what is the user's own, and what stands of the house.
import { SegmentedControl, Select, Stack, Switch, Text, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { useState } from 'react';
import { useMay, useSession } from '../api/session';
import { sentence, useSay, useSpoken, type Key, type Language } from '../i18n';
import { Card } from '../ui/Card';
import { Page } from '../ui/Page';
import { keysAreOn, setKeysOn } from '../ui/keys';
import { Account } from './Account';
import { Keys } from './Keys';
import { People } from './People';

function Fact({ name, children }: { name: string; children: string }) {
  return (
    <div className="line">
      <Text c="dimmed">{name}</Text>
      <Text>{children}</Text>
    </div>
  );
}

export default function Settings() {
  const say = useSay();
  const { language, setLanguage, format } = useSpoken();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { user, creditor } = useSession();
  const mayAdmit = useMay('users_write');
  const mayMakeKeys = useMay('keys_write');
  const [keysOn, setKeys] = useState(keysAreOn());
  return (
    <Page title={say('settings.title')}>
      <div className="columns">
        <div className="halves">
          <Card title={say('settings.you')}>
            <Fact name={user.email}>{`${user.name} · ${say(`role.${user.role}` as Key)}`}</Fact>
            <Stack mt="sm">
              <Select label={say('settings.language')} value={language} allowDeselect={false} onChange={(value) => setLanguage(value as Language)}
                      data={[{ value: 'es', label: 'Español' }, { value: 'pt', label: 'Português' }, { value: 'en', label: 'English' }]} />
              <div>
                <Text size="sm" fw={500} mb={4}>{say('settings.theme')}</Text>
                <SegmentedControl fullWidth aria-label={say('settings.theme')} value={colorScheme} onChange={(value) => setColorScheme(value as MantineColorScheme)}
                                  data={(['auto', 'light', 'dark'] as const).map((one) => ({ value: one, label: say(`settings.theme.${one}`) }))} />
              </div>
              <Switch label={say('keys.on')} checked={keysOn} onChange={(event) => { setKeysOn(event.currentTarget.checked); setKeys(event.currentTarget.checked); }} />
            </Stack>
          </Card>
          <Card title={say('settings.creditor')}>
            <Fact name={say('settings.creditor')}>{creditor.name}</Fact>
            <Fact name={say('settings.country')}>{format.country(creditor.country)}</Fact>
            <Fact name={say('settings.currency')}>{sentence(format.currency(creditor.currency))}</Fact>
            <Fact name={say('settings.zone')}>{creditor.timezone}</Fact>
            <div className="line">
              <Text c="dimmed">{say('settings.logo')}</Text>
              {creditor.has_logo ? <img className="logo" src="/v1/logo" alt={say('settings.logo.of', { name: creditor.name })} /> : <Text>{say('settings.logo.none')}</Text>}
            </div>
            <Text size="sm" c="dimmed">{say('settings.logo.text')}</Text>
          </Card>
        </div>
        <Account />
        {mayAdmit && <People />}
        {mayMakeKeys && <Keys />}
      </div>
    </Page>
  );
}
