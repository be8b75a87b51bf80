// A bank's file: first what it would come to, and only then it is taken. Given twice, it counts once.
import { Button, FileButton, Group, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { post } from '../api/client';
import { useFormat, useSay } from '../i18n';
import { Dialog } from '../ui/Dialog';
import { Trouble } from '../ui/Trouble';
import { toast } from '../ui/toast';
import type { BankReport } from './api';

export function BankUpload({ close }: { close: () => void }) {
  const say = useSay();
  const format = useFormat();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [file, setFile] = useState<File | null>(null);
  const [report, setReport] = useState<BankReport | null>(null);
  const [wrong, setWrong] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const send = async (chosen: File, dry: boolean) => {
    setBusy(true);
    setWrong(null);
    try {
      const found = await post<BankReport>('bank-files', chosen, { query: { name: chosen.name, dry_run: dry ? 'true' : '' } });
      if (dry) {
        setReport(found);
      } else {
        toast(say('bank.done', { n: found.applied }));
        await queries.invalidateQueries();
        close();
        if (found.proposed + found.unmatched > 0) void navigate('/app/payments?show=waiting');
      }
    } catch (problem) {
      setWrong(problem);
    }
    setBusy(false);
  };
  const choose = (chosen: File | null) => {
    setFile(chosen);
    setReport(null);
    if (chosen) void send(chosen, true);
  };
  const counts = ['lines', 'applied', 'proposed', 'unmatched', 'ignored', 'returned', 'unchanged'] as const;
  return (
    <Dialog onClose={close} title={say('bank.upload')}>
      <Stack>
        <Text size="sm">{say('bank.text')}</Text>
        <Group>
          <FileButton onChange={choose}>{(props) => <Button variant="default" loading={busy && !report} leftSection={<IconUpload size={16} />} {...props}>{say('imports.choose')}</Button>}</FileButton>
          {file && <Text fw={550}>{file.name}</Text>}
        </Group>
        {wrong !== null && <Trouble error={wrong} />}
        {report && (
          <>
            {report.description && <Text size="sm" c="dimmed" className="pre">{report.description}</Text>}
            <ul className="plain-list">
              {counts.filter((name) => name === 'lines' || report[name] > 0).map((name) => (
                <li key={name} className="line"><span>{say(`bank.count.${name}`)}</span><strong className="figures">{format.number(report[name])}</strong></li>
              ))}
              <li className="line"><span>{say('bank.sum')}</span><strong className="figures">{format.money(report.applied_minor, report.currency)}</strong></li>
            </ul>
            <Text size="sm" c="dimmed">{say(report.new ? 'imports.nothing' : 'bank.known')}</Text>
            <Group justify="flex-end">
              <Button variant="default" onClick={close}>{say('action.cancel')}</Button>
              <Button loading={busy} onClick={() => file && void send(file, false)}>{say('bank.take')}</Button>
            </Group>
          </>
        )}
      </Stack>
    </Dialog>
  );
}
