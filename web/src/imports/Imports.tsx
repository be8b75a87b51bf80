// Importar: the file, how its columns are understood, what would change, and only then the change. Both readings are made by the
// server from the same file; the first takes everything back.
import { Anchor, Button, Checkbox, FileButton, Group, Stack, Stepper, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { IconDownload, IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { post } from '../api/client';
import { useMay } from '../api/session';
import { useFormat, useSay } from '../i18n';
import { Card, Figure } from '../ui/Card';
import { Notice } from '../ui/Notice';
import { Page } from '../ui/Page';
import { Trouble } from '../ui/Trouble';
import { Columns } from './Columns';
import { History } from './History';
import { commonestCause, mappingOf, readingOf, splitsAnew, type Reading, type Report } from './api';

interface Told {
  consent: string;
  since: string;  // YYYY-MM-DD; empty: not said.
  confirmed: boolean;
  evidence: string;
}

function Rejects({ report, name }: { report: Report; name: string }) {
  const say = useSay();
  if (report.rejected === 0) return null;
  const save = () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([report.rejects], { type: 'text/csv;charset=utf-8' }));
    link.download = `${name.replace(/\.\w+$/, '')}-rechazadas.csv`;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  const cause = commonestCause(report);
  return (
    <Group gap="sm">
      {cause && <Text size="sm" w="100%">{say(cause.column ? 'imports.cause.column' : 'imports.cause', { n: cause.rows, column: cause.column, message: cause.message })}</Text>}
      <Button variant="default" leftSection={<IconDownload size={16} />} onClick={save}>{say('imports.rejects')}</Button>
      <Text size="sm" c="dimmed">{say('imports.rejects.text')}</Text>
    </Group>
  );
}

function Counts({ report }: { report: Report }) {
  const say = useSay();
  const format = useFormat();
  const isPayments = report.kind === 'payments';
  const figures = ['rows', 'created', 'updated', 'unchanged', 'rejected', 'duplicate'] as const;
  return (
    <Stack>
      <div className="grid">{figures.map((name) => <Figure key={name} name={say(`imports.${name}`)} value={format.number(report[name])} />)}</div>
      {report.totals.map((total) => <Text key={total.currency}>{say(isPayments ? 'imports.paid' : 'imports.totals')}: <strong className="figures">{format.money(isPayments ? total.amount_minor : total.balance_minor, total.currency)}</strong></Text>)}
      {report.people_without_consent > 0 && <Notice>{say('imports.withoutConsent', { n: report.people_without_consent })}</Notice>}
      {report.people_unconfirmed > 0 && <Notice>{say('imports.unconfirmed', { n: report.people_unconfirmed })}</Notice>}
    </Stack>
  );
}

// Whom it would write to; and where the month ahead of the plan is rehearsed.
function Reach({ reach }: { reach: Report['reach'] }) {
  const say = useSay();
  const format = useFormat();
  if (!reach) return null;
  return (
    <Notice tone="plain" title={reach.first_at ? say('imports.reach', { n: format.number(reach.people), at: format.moment(reach.first_at) }) : say('imports.reach.none')}>
      {reach.more && <Text size="sm">{say('imports.reach.more')}</Text>}
      {reach.first.length > 0 && (
        <details>
          <summary>{say('imports.reach.first', { n: reach.first.length })}</summary>
          <Stack gap="xs" my="xs">
            {reach.first.map((one, place) => (
              <div key={place}>
                <Text size="sm"><strong>{one.name}</strong> · {format.moment(one.at)}</Text>
                <div className="chat-paper"><div className="bubble pre">{one.text}</div></div>
              </div>
            ))}
          </Stack>
        </details>
      )}
      <Anchor size="sm" component={Link} to="/app/strategies?tab=rehearsal" target="_blank">{say('imports.reach.rehearse')}</Anchor>
    </Notice>
  );
}

// What the file does not say of the people in it; a file of payments is asked nothing.
function Questions({ told, onTell }: { told: Told; onTell: (told: Told) => void }) {
  const say = useSay();
  const format = useFormat();
  return (
    <>
      <TextInput label={say('imports.consent')} description={say('imports.consent.text')} value={told.consent} onChange={(event) => onTell({ ...told, consent: event.currentTarget.value })} />
      {told.consent.trim() && <TextInput type="date" label={say('imports.since')} description={say('imports.since.text')} value={told.since} max={format.today()} onChange={(event) => onTell({ ...told, since: event.currentTarget.value })} />}
      <Checkbox label={say('imports.confirmed')} checked={told.confirmed} onChange={(event) => onTell({ ...told, confirmed: event.currentTarget.checked })} />
      {told.confirmed && <TextInput label={say('imports.evidence')} description={say('imports.evidence.text')} value={told.evidence} required onChange={(event) => onTell({ ...told, evidence: event.currentTarget.value })} />}
    </>
  );
}

// Rows without a change may still bring a permission or a number's proof.
const changesOf = (report: Report) => report.created + report.updated;

const kNothingTold: Told = { consent: '', since: '', confirmed: false, evidence: '' };

export default function Imports() {
  const say = useSay();
  const queries = useQueryClient();
  const [step, setStep] = useState(0);
  const [file, setFile] = useState<File | null>(null);
  const [told, setTold] = useState(kNothingTold);
  const [heard, setHeard] = useState(kNothingTold);  // What was told when the file was read.
  const [report, setReport] = useState<Report | null>(null);
  const [reading, setReading] = useState<Reading | null>(null);
  const [corrected, setCorrected] = useState('');  // The mapping that somebody has put together; empty: as the file tells, or as it is remembered.
  const [anew, setAnew] = useState(false);
  const [wrong, setWrong] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [isPaused, setPaused] = useState(false);
  const mayPause = useMay('pause');
  const read = async (isRehearsal: boolean, then: number, mapping = corrected, afresh = anew) => {
    setBusy(true);
    setWrong(null);
    try {
      const query = { dry_run: isRehearsal ? 'true' : '', draft: isRehearsal ? 'true' : '', consent: told.consent, consent_on: told.consent ? told.since : '', confirmed_by: told.confirmed ? 'contract' : '', evidence: told.confirmed ? told.evidence : '', mapping,
        anew: afresh ? 'true' : '' };
      const found = await post<Report>('imports', file, { query });
      setReport(found);
      setReading(readingOf(found));
      setHeard(told);
      setCorrected(mapping);
      setAnew(afresh);
      setStep(found.trouble ? 1 : then);
      if (!isRehearsal) await queries.invalidateQueries();
    } catch (problem) {
      setWrong(problem);
    }
    setBusy(false);
  };
  // Nothing leaves until somebody has rehearsed it, and starts.
  const keepPaused = async () => {
    try {
      await post('pause', {}, { query: { why: say('imports.paused.why', { name: file?.name ?? '' }) } });
    } catch (problem) {
      return setWrong(problem);
    }
    setPaused(true);
    await read(false, 3);
  };
  // Another delimiter makes other columns: the file is read again at once. What a column is counts when one goes on.
  const change = (changed: Reading) => {
    setReading(changed);
    if (report && splitsAnew(readingOf(report), changed)) void read(true, 1, mappingOf(changed, []));
  };
  const goOn = () => {
    if (!report || !reading) return;
    const isSame = JSON.stringify(reading) === JSON.stringify(readingOf(report));
    if (isSame && told === heard && !report.trouble) setStep(2);
    else void read(true, 2, isSame ? corrected : mappingOf(reading, report.columns));
  };
  const choose = (chosen: File | null) => {
    setFile(chosen);
    setTold(kNothingTold);
    setCorrected('');
    setAnew(false);
  };
  const begin = () => {
    choose(null);
    setReport(null);
    setPaused(false);
    setStep(0);
  };
  const isPayments = report?.kind === 'payments';
  return (
    <Page title={say('imports.title')}>
      <Stepper active={step} mb="lg" size="sm" allowNextStepsSelect={false} onStepClick={(to) => step < 3 && to < step && setStep(to)}>
        <Stepper.Step label={say('imports.step.file')} />
        <Stepper.Step label={say('imports.step.columns')} />
        <Stepper.Step label={say('imports.step.preview')} />
        <Stepper.Step label={say('imports.step.apply')} />
      </Stepper>
      {wrong !== null && <><Trouble error={wrong} /><br /></>}
      {step === 0 && (
        <Stack>
        <Card>
          <Stack maw="40rem">
            <Text>{say('imports.file.text')}</Text>
            <Group>
              <FileButton onChange={choose} accept=".csv,.tsv,.txt,.xlsx">{(props) => <Button variant="default" leftSection={<IconUpload size={16} />} {...props}>{say('imports.choose')}</Button>}</FileButton>
              {file && <Text fw={550}>{file.name}</Text>}
            </Group>
            <Group><Button disabled={!file} loading={busy} onClick={() => void read(true, 1, '', false)}>{say('imports.look')}</Button></Group>
          </Stack>
        </Card>
        <History watch={false} />
        </Stack>
      )}
      {step === 1 && report && reading && (
        <Card title={say('imports.understood')}>
          <Stack>
            {report.trouble && <Notice title={say('imports.trouble')}>{report.trouble}</Notice>}
            {report.remembered && (
              <Notice tone="good">
                {say('imports.remembered')}
                <Group mt="xs"><Button size="xs" variant="default" loading={busy} onClick={() => void read(true, 1, '', true)}>{say('imports.anew')}</Button></Group>
              </Notice>
            )}
            <Columns report={report} reading={reading} onChange={change} />
            <Stack maw="48rem">
              {reading.kind === 'portfolio' && <Questions told={told} onTell={setTold} />}
              <Group>
                <Button loading={busy} disabled={told.confirmed && !told.evidence.trim()} onClick={goOn}>{say('imports.next')}</Button>
                <Button variant="subtle" onClick={() => setStep(0)}>{say('action.back')}</Button>
              </Group>
            </Stack>
          </Stack>
        </Card>
      )}
      {step === 2 && report && (
        <Stack>
          <Text c="dimmed">{say('imports.nothing')}{!isPayments && ` ${say('imports.fromNow')}`}</Text>
          <Counts report={report} />
          <Reach reach={report.reach} />
          <Rejects report={report} name={file?.name ?? ''} />
          <Group>
            <Button loading={busy} disabled={!changesOf(report) && !report.unchanged} onClick={() => void read(false, 3)}>{changesOf(report) ? say('imports.apply', { n: changesOf(report) }) : say(report.unchanged ? 'imports.applyPeople' : 'imports.noChange')}</Button>
            {mayPause && report.reach?.first_at && <Button variant="default" disabled={busy} onClick={() => void keepPaused()}>{say('imports.keepPaused')}</Button>}
            <Button variant="subtle" disabled={busy} onClick={() => setStep(1)}>{say('action.back')}</Button>
          </Group>
          {busy && <History watch />}
        </Stack>
      )}
      {step === 3 && report && (
        <Stack>
          {!changesOf(report) ? <Notice tone="plain" title={say('imports.owedAsBefore')} /> : <Notice tone="good" title={say(isPayments ? 'imports.payments.done' : 'imports.done')}>{say(isPayments ? 'imports.payments.done.text' : 'imports.done.text')}</Notice>}
          <Counts report={report} />
          <Rejects report={report} name={file?.name ?? ''} />
          {isPaused && <Notice tone="plain" title={say('imports.paused')}>{say('imports.paused.text')}</Notice>}
          <Group>
            {!isPayments && <Button variant={isPaused ? 'filled' : 'default'} component={Link} to="/app/strategies?tab=rehearsal">{say('imports.rehearse')}</Button>}
            {isPaused && <Button variant="default" component={Link} to="/app/">{say('imports.toToday')}</Button>}
            <Button variant={isPaused ? 'default' : 'filled'} component={Link} to={isPayments ? '/app/payments' : '/app/portfolio'}>{say(isPayments ? 'imports.payments.see' : 'imports.see')}</Button>
            <Button variant="default" onClick={begin}>{say('imports.again')}</Button>
          </Group>
          <History watch={false} />
        </Stack>
      )}
    </Page>
  );
}
