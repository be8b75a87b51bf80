// Teléfono: one is a debtor, and time is one's own. In the demonstration and in test mode.
import { Box, Button, Stack } from '@mantine/core';
import { useSession } from '../api/session';
import { useSay } from '../i18n';
import { Answer } from '../ui/Answer';
import { Card } from '../ui/Card';
import { Page } from '../ui/Page';
import { Chooser, Hands, Witness } from './Around';
import { Handset } from './Handset';
import { usePhone } from './api';
import { useTour } from './tour';

export default function PhonePage() {
  const say = useSay();
  const { mode } = useSession();
  const { start } = useTour();
  const query = usePhone();
  return (
    <Page title={say('nav.phone')} about={<Box visibleFrom="sm">{say('phone.about')}</Box>}>
      <Answer query={query} lines={8}>
        {(phone) => (
          <div className="phone-page">
            <Handset phone={phone} />
            <Stack>
              <Card title={say('phone.who.title')}><Chooser phone={phone} /></Card>
              <Card title={say('phone.clock')}><Hands phone={phone} /></Card>
              {mode === 'demo' && <Button variant="light" onClick={start}>{say('tour.start')}</Button>}
              {mode === 'demo' && <Witness />}
            </Stack>
          </div>
        )}
      </Answer>
    </Page>
  );
}
