// What a file brings, and whom it would write to if it were kept now.
import { Box, Button, Group, Stack, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useFormat, useSay } from '../i18n';
import { Figure } from '../ui/Card';
import { Notice } from '../ui/Notice';
import { causesOf, type Report } from './api';

const kCausesShown = 4;

export function Rejects({ report, name }: { report: Report; name: string }) {
  const say = useSay();
  if (report.rejected === 0) return null;
  const save = () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([report.rejects], { type: 'text/csv;charset=utf-8' }));
    link.download = `${name.replace(/\.\w+$/, '')}-rechazadas.csv`;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  const causes = causesOf(report);
  return (
    <Group gap="sm">
      <Box component="ul" className="plain-list" w="100%">
        {causes.slice(0, kCausesShown).map((cause) => <Text component="li" py={4} size="sm" key={`${cause.column} ${cause.message}`}>{say(cause.column ? 'imports.cause.column' : 'imports.cause', { n: cause.rows, column: cause.column, message: cause.message })}</Text>)}
        {causes.length > kCausesShown && <Text component="li" py={4} size="sm" c="dimmed">{say('imports.cause.more', { n: causes.length - kCausesShown })}</Text>}
      </Box>
      <Button variant="default" leftSection={<IconDownload size={16} />} onClick={save}>{say('imports.rejects')}</Button>
      <Text size="sm" c="dimmed">{say('imports.rejects.text')}</Text>
    </Group>
  );
}

export function Counts({ report }: { report: Report }) {
  const say = useSay();
  const format = useFormat();
  const isPayments = report.kind === 'payments';
  const figures = ['rows', 'created', 'updated', 'unchanged', 'rejected', 'duplicate'] as const;
  return (
    <Stack>
      <div className="grid">{figures.map((name) => <Figure key={name} name={say(`imports.${name}`)} value={format.number(report[name])} />)}</div>
      {report.totals.map((total) => <Text key={total.currency}>{say(isPayments ? 'imports.paid' : 'imports.totals')}: <strong className="figures">{format.money(isPayments ? total.amount_minor : total.balance_minor, total.currency)}</strong></Text>)}
      {report.people_without_consent > 0 && <Notice>{say('imports.withoutConsent', { n: report.people_without_consent })}</Notice>}
      {report.held > 0 && <Notice>{say('imports.held', { n: report.held })}</Notice>}
      {report.people_unconfirmed > 0 && <Notice>{say('imports.unconfirmed', { n: report.people_unconfirmed })}</Notice>}
    </Stack>
  );
}

// Whom it would write to, when, and what they would read.
export function Reach({ reach }: { reach: Report['reach'] }) {
  const say = useSay();
  const format = useFormat();
  if (!reach) return null;
  const unseen = reach.people - reach.messages.length;
  return (
    <Notice tone="plain" title={reach.first_at ? say('imports.reach', { n: format.number(reach.people), at: format.moment(reach.first_at) }) : say('imports.reach.none')}>
      {reach.more && <Text size="sm">{say('imports.reach.more')}</Text>}
      {reach.messages.length > 0 && (
        <ul className="plain-list scrolls" tabIndex={0} aria-label={say('imports.reach.texts')}>
          {reach.messages.map((one, place) => (
            <Stack component="li" key={place} gap={2} py="sm">
              <Text size="sm"><strong>{one.name || say('person.unnamed')}</strong> · {format.moment(one.at)}</Text>
              <Text size="sm" className="pre">{one.text}</Text>
            </Stack>
          ))}
        </ul>
      )}
      {reach.messages.length > 0 && unseen > 0 && <Text size="sm" c="dimmed">{say('imports.reach.unseen', { n: unseen })}</Text>}
    </Notice>
  );
}
