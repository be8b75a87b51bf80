// Importar: the file, how its columns are understood, what would change, and only then the change. Both readings are made by the
// server from the same file; the first takes everything back.
import { Button, Checkbox, FileButton, Group, Stack, Stepper, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { IconUpload } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import { get, post } from '../api/client';
import { useMay } from '../api/session';
import { useFormat, useSay } from '../i18n';
import { keepWritten, writtenKey } from '../texts/unkept';
import { usePause } from '../today/pause';
import { Card } from '../ui/Card';
import { Notice } from '../ui/Notice';
import { Page } from '../ui/Page';
import { Trouble } from '../ui/Trouble';
import { kAskCountAbove, useAsk } from '../ui/ask';
import { Columns } from './Columns';
import { History } from './History';
import { Counts, Reach, Rejects } from './Preview';
import { mappingOf, readingOf, splitsAnew, type Reading, type Report } from './api';

interface Told {
  consent: string;
  consentOn: string;  // A day; empty: nobody knows.
  confirmed: boolean;
  evidence: string;
}

// What the file does not say of the people in it; a file of payments is asked nothing.
function Questions({ told, onTell }: { told: Told; onTell: (told: Told) => void }) {
  const say = useSay();
  const format = useFormat();
  return (
    <>
      <TextInput label={say('imports.consent')} description={say('imports.consent.text')} value={told.consent} onChange={(event) => onTell({ ...told, consent: event.currentTarget.value })} />
      {told.consent && <TextInput label={say('imports.consentOn')} description={say('imports.consentOn.text')} type="date" max={format.today()} value={told.consentOn} onChange={(event) => onTell({ ...told, consentOn: event.currentTarget.value })} />}
      <Checkbox label={say('imports.confirmed')} checked={told.confirmed} onChange={(event) => onTell({ ...told, confirmed: event.currentTarget.checked })} />
      {told.confirmed && <TextInput label={say('imports.evidence')} description={say('imports.evidence.text')} value={told.evidence} required onChange={(event) => onTell({ ...told, evidence: event.currentTarget.value })} />}
    </>
  );
}

// Rows without a change may still bring a permission or a number's proof.
const changesOf = (report: Report) => report.created + report.updated;

const kNothingTold: Told = { consent: '', consentOn: '', confirmed: false, evidence: '' };

interface Begun {
  step: number;
  file: File | null;
  told: Told;
  heard: Told;  // What was told when the file was read.
  report: Report | null;
  reading: Reading | null;
  corrected: string;  // The mapping that somebody has put together; empty: as the file tells, or as it is remembered.
  anew: boolean;
  paused: boolean;  // It was kept with everything paused.
}
const kNothing: Begun = { step: 0, file: null, told: kNothingTold, heard: kNothingTold, report: null, reading: null, corrected: '', anew: false, paused: false };

// Who goes to another page half-way finds it again as it was.
function useBegun() {
  const queries = useQueryClient();
  const [begun, set] = useState(() => queries.getQueryData<Begun>(writtenKey('import')) ?? kNothing);
  useEffect(() => keepWritten(queries, 'import', begun.file && begun.step < 3 ? begun : null), [queries, begun]);
  return [begun, (change: Partial<Begun>) => set((now) => ({ ...now, ...change }))] as const;
}

export default function Imports() {
  const say = useSay();
  const queries = useQueryClient();
  const mayPause = useMay('pause');
  const mayResume = useMay('operate');
  const { pause, resume, dialog: resuming } = usePause();
  const [{ step, file, told, heard, report, reading, corrected, anew, paused }, go] = useBegun();
  const [wrong, setWrong] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [ask, dialog] = useAsk();
  const read = async (isRehearsal: boolean, then: number, mapping = corrected, afresh = anew) => {
    setBusy(true);
    setWrong(null);
    try {
      const query = { dry_run: isRehearsal ? 'true' : '', draft: isRehearsal ? 'true' : '', consent: told.consent, consent_on: told.consent ? told.consentOn : '', confirmed_by: told.confirmed ? 'contract' : '', evidence: told.confirmed ? told.evidence : '', mapping,
        anew: afresh ? 'true' : '', file_name: file?.name ?? '' };
      const found = await post<Report>('imports', file, { query });
      go({ report: found, reading: readingOf(found), heard: told, corrected: mapping, anew: afresh, step: found.trouble ? 1 : then });
      if (!isRehearsal) await queries.invalidateQueries();
    } catch (problem) {
      setWrong(problem);
    }
    setBusy(false);
  };
  // Another delimiter makes other columns: the file is read again at once. What a column is counts when one goes on.
  const change = (changed: Reading) => {
    go({ reading: changed });
    if (report && splitsAnew(readingOf(report), changed)) void read(true, 1, mappingOf(changed, []));
  };
  const goOn = () => {
    if (!report || !reading) return;
    const isSame = JSON.stringify(reading) === JSON.stringify(readingOf(report));
    if (isSame && told === heard && !report.trouble) go({ step: 2 });
    else void read(true, 2, isSame ? corrected : mappingOf(reading, report.columns));
  };
  // Nothing leaves between the pause and the file: what it would say can be rehearsed before anybody reads it.
  const keepPaused = async () => {
    if (!await pause(say('imports.paused.why', { name: file?.name ?? '' }))) return;
    go({ paused: true });
    await read(false, 3);
  };
  const keep = async () => {
    const n = report?.reach?.people ?? 0;
    if (n > kAskCountAbove && await ask({ title: say('imports.many.title'), text: say('imports.many.text', { n }), action: say('imports.many'), count: n }) === null) return;
    await read(false, 3);
  };
  const begin = async () => {
    const { planned } = await get<{ planned: number }>('views/today');
    if (await resume(planned)) go({ paused: false });
  };
  const isPayments = report?.kind === 'payments';
  return (
    <Page title={say('imports.title')}>
      {dialog}
      {resuming}
      <Stepper active={step} mb="lg" size="sm" allowNextStepsSelect={false} onStepClick={(to) => step < 3 && to < step && go({ step: to })}>
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
              <FileButton onChange={(chosen) => go({ ...kNothing, file: chosen })} accept=".csv,.tsv,.txt,.xlsx">{(props) => <Button variant="default" leftSection={<IconUpload size={16} />} {...props}>{say('imports.choose')}</Button>}</FileButton>
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
              {reading.kind === 'portfolio' && <Questions told={told} onTell={(then) => go({ told: then })} />}
              <Group>
                <Button loading={busy} disabled={told.confirmed && !told.evidence.trim()} onClick={goOn}>{say('imports.next')}</Button>
                <Button variant="subtle" onClick={() => go({ step: 0 })}>{say('action.back')}</Button>
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
            <Button loading={busy} disabled={!changesOf(report) && !report.unchanged} onClick={() => void keep()}>{changesOf(report) ? say('imports.apply', { n: changesOf(report) }) : say(report.unchanged ? 'imports.applyPeople' : 'imports.noChange')}</Button>
            {changesOf(report) > 0 && !isPayments && mayPause && <Button variant="default" loading={busy} onClick={() => void keepPaused()}>{say('imports.applyPaused')}</Button>}
            <Button variant="subtle" disabled={busy} onClick={() => go({ step: 1 })}>{say('action.back')}</Button>
          </Group>
          {busy && <History watch />}
        </Stack>
      )}
      {step === 3 && report && (
        <Stack>
          {!changesOf(report) ? <Notice tone="plain" title={say('imports.owedAsBefore')} /> : <Notice tone="good" title={say(isPayments ? 'imports.payments.done' : 'imports.done')}>{say(isPayments ? 'imports.payments.done.text' : 'imports.done.text')}</Notice>}
          {paused && (
            <Notice title={say('imports.paused')}>
              {say('imports.paused.text')}
              {mayResume && <Group mt="sm"><Button size="xs" onClick={() => void begin()}>{say('imports.begin')}</Button></Group>}
            </Notice>
          )}
          <Counts report={report} />
          <Rejects report={report} name={file?.name ?? ''} />
          <Group>
            <Button component={Link} to={isPayments ? '/app/payments' : '/app/portfolio'}>{say(isPayments ? 'imports.payments.see' : 'imports.see')}</Button>
            {!isPayments && <Button variant="default" component={Link} to="/app/strategies?tab=rehearsal">{say('imports.rehearse')}</Button>}
            <Button variant="default" onClick={() => go(kNothing)}>{say('imports.again')}</Button>
          </Group>
          <History watch={false} />
        </Stack>
      )}
    </Page>
  );
}
