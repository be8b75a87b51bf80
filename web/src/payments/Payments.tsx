// Pagos: the money that came in and what it pays, what of it waits for a person's word, and the banks' files.
import { Badge, Button, Card as Plain, Group, Menu, SegmentedControl, Stack, Tabs, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { IconBuildingBank, IconCash, IconDots } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { get, getVersioned, post } from '../api/client';
import { download } from '../api/download';
import { useMay } from '../api/session';
import { useFormat, useSay } from '../i18n';
import { Answer, Waiting } from '../ui/Answer';
import { Empty } from '../ui/Empty';
import { Page } from '../ui/Page';
import { Rows } from '../ui/Rows';
import { Trouble } from '../ui/Trouble';
import { useAsk } from '../ui/ask';
import { useConflict } from '../ui/conflict';
import { toast, toastTrouble } from '../ui/toast';
import { BankUpload } from './BankUpload';
import { RecordPayment } from './RecordPayment';
import { RefundPayment } from './RefundPayment';
import { WaitingMoneyList, useWaiting } from './WaitingMoney';
import { isOfProvider, throughOf, type BankFile, type Payment, type PaymentsPage } from './api';

function State({ payment }: { payment: Payment }) {
  const say = useSay();
  const format = useFormat();
  if (payment.returned_minor >= payment.amount_minor) return <Text size="sm" className="bad">{say('payments.returned')}</Text>;
  return (
    <Stack gap={2}>
      <Text size="sm">{payment.invoices.length ? say('payments.pays', { invoices: payment.invoices.join(', ') }) : say('payments.pays.nothing')}</Text>
      {payment.unapplied_minor > 0 && <Text size="sm" className="warn">{say('person.payments.unapplied', { money: format.money(payment.unapplied_minor, payment.currency) })}</Text>}
      {payment.returned_minor > 0 && <Text size="sm" className="bad">{say('person.payments.returned', { money: format.money(payment.returned_minor, payment.currency) })}</Text>}
    </Stack>
  );
}

function More({ payment, undo, refund }: { payment: Payment; undo: (payment: Payment) => void; refund: (payment: Payment) => void }) {
  const say = useSay();
  const mayWrite = useMay('payments_write');
  const receipt = () => download(`payments/${payment.id}/receipt.pdf`, `recibo-${payment.id}.pdf`).catch((problem: unknown) => toastTrouble(problem, say));
  const isLeft = payment.returned_minor < payment.amount_minor;
  const mayUndo = mayWrite && isLeft;
  const mayRefund = useMay('payments_refund') && isLeft && isOfProvider(payment.source);
  if (!payment.debtor && !mayUndo && !mayRefund) return null;
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target><Button variant="subtle" size="compact-sm" px={6} aria-label={say('payments.more', { name: payment.name || payment.reference || payment.id })}><IconDots size={18} /></Button></Menu.Target>
      <Menu.Dropdown>
        {payment.debtor && <Menu.Item onClick={() => void receipt()}>{say('payments.receipt')}</Menu.Item>}
        {payment.debtor && <Menu.Item component={Link} to={`/app/portfolio/${payment.debtor}`}>{say('payments.person')}</Menu.Item>}
        {mayRefund && <Menu.Item onClick={() => refund(payment)}>{say('payments.refund')}</Menu.Item>}
        {mayUndo && <Menu.Item onClick={() => undo(payment)}>{say('payments.undo')}</Menu.Item>}
      </Menu.Dropdown>
    </Menu>
  );
}

function Received() {
  const say = useSay();
  const format = useFormat();
  const queries = useQueryClient();
  const [ask, dialog] = useAsk();
  const [saved, conflict] = useConflict();
  const [refunding, setRefunding] = useState<Payment | null>(null);
  const [params, setParams] = useSearchParams();
  const state = params.get('state') ?? '';
  const query = useInfiniteQuery({
    queryKey: ['payments', state],
    queryFn: ({ pageParam }) => get<PaymentsPage>('views/payments', { state, cursor: pageParam }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
  const undo = async (payment: Payment) => {
    const money = format.money(payment.amount_minor - payment.returned_minor, payment.currency);
    const read = getVersioned(`payments/${payment.id}`).catch(() => null);  // As it stands while one decides.
    const why = await ask({ title: say('payments.undo.title', { money }), text: say('payments.undo.text'), words: say('payments.why'), action: say('payments.undo'), danger: true });
    if (why === null) return;
    try {
      const mark = (await read)?.version ?? '*';
      if (await saved(mark, (match) => post(`payments/${payment.id}/reverse`, { kind: 'correction', why }, { match }))) toast(say('payments.undone'));
    } catch (problem) {
      toastTrouble(problem, say);
    }
    await queries.invalidateQueries();
  };
  if (query.isError) return <Trouble error={query.error} retry={() => void query.refetch()} />;
  const rows = query.data?.pages.flatMap((page) => page.payments) ?? [];
  return (
    <Stack gap="sm">
      {dialog}
      {conflict}
      {refunding && <RefundPayment payment={refunding} close={() => setRefunding(null)} />}
      <Group>
        <SegmentedControl value={state} onChange={(value) => setParams(value ? { state: value } : {}, { replace: true })} aria-label={say('payments.filter')}
                          data={[{ value: '', label: say('payments.all') }, { value: 'unapplied', label: say('payments.unapplied') }]} />
      </Group>
      {query.isPending ? <Waiting lines={8} /> : (
        <Plain withBorder p="sm">
          {rows.length === 0 ? <Empty title={say(state ? 'payments.none.unapplied' : 'payments.none')}>{!state && say('payments.none.text')}</Empty> : (
            <Rows label={say('payments.title')} rows={rows} idOf={(row) => row.id} columns={[
              { name: say('portfolio.person'), cell: (row) => (row.debtor ? <Link className="row-link" to={`/app/portfolio/${row.debtor}`}>{row.name || say('person.unnamed')}</Link> : <Text size="sm" className="warn">{say('payments.nobody')}</Text>) },
              { name: say('payments.on'), cell: (row) => format.day(row.paid_on) },
              { name: say('payments.amount'), figures: true, cell: (row) => format.money(row.amount_minor, row.currency) },
              { name: say('payments.state'), cell: (row) => <State payment={row} /> },
              { name: say('payments.through'), cell: (row) => <Text size="sm" c="dimmed">{throughOf(row, say)}</Text> },
              { name: say('payments.actions'), cell: (row) => <More payment={row} undo={(one) => void undo(one)} refund={setRefunding} /> },
            ]} />
          )}
          {query.hasNextPage && <Group justify="center" p="sm"><Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{say('action.more')}</Button></Group>}
        </Plain>
      )}
    </Stack>
  );
}

function BankFiles() {
  const say = useSay();
  const format = useFormat();
  const query = useInfiniteQuery({ queryKey: ['bank-files'], queryFn: ({ pageParam }) => get<{ files: BankFile[]; next: string | null }>('bank-files', { cursor: pageParam, limit: 50 }),
    initialPageParam: '', getNextPageParam: (page) => page.next, select: (data) => data.pages.flatMap((page) => page.files) });
  return (
    <Answer query={query}>
      {(files) => (
        <Plain withBorder p="sm">
          {files.length === 0 ? <Empty title={say('bank.none')}>{say('bank.none.text')}</Empty> : (
            <Rows label={say('bank.files')} rows={files} idOf={(file) => file.id} columns={[
              { name: say('bank.file'), cell: (file) => <div><Text size="sm" fw={550}>{file.name}</Text><Text size="sm" c="dimmed">{[file.bank, file.account].filter(Boolean).join(' · ')}</Text></div> },
              { name: say('bank.on'), cell: (file) => format.day(file.on) },
              { name: say('bank.lines'), figures: true, cell: (file) => format.number(file.lines) },
              { name: say('payments.state'), cell: (file) => <Text size="sm" className={file.state === 'set_aside' ? 'bad' : undefined}>{say(`bank.state.${file.state}`)}{file.trouble && `: ${file.trouble}`}</Text> },
              { name: say('bank.received'), cell: (file) => format.moment(file.received_at) },
            ]} />
          )}
          {query.hasNextPage && <Group justify="center" p="sm"><Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{say('action.more')}</Button></Group>}
        </Plain>
      )}
    </Answer>
  );
}

export default function Payments() {
  const say = useSay();
  const mayWrite = useMay('payments_write');
  const [params, setParams] = useSearchParams();
  const [recording, { open: record, close: closeRecord }] = useDisclosure();
  const [uploading, { open: upload, close: closeUpload }] = useDisclosure();
  const { count } = useWaiting();
  return (
    <Page title={say('payments.title')} actions={mayWrite && (
      <>
        <Button variant="default" leftSection={<IconBuildingBank size={16} />} onClick={upload}>{say('bank.upload')}</Button>
        <Button variant="default" leftSection={<IconCash size={16} />} onClick={record}>{say('person.paid')}</Button>
      </>
    )}>
      {recording && <RecordPayment close={closeRecord} />}
      {uploading && <BankUpload close={closeUpload} />}
      <Tabs value={params.get('show') ?? 'received'} onChange={(show) => setParams(show && show !== 'received' ? { show } : {}, { replace: true })} keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="received">{say('payments.received')}</Tabs.Tab>
          <Tabs.Tab value="waiting" rightSection={count ? <Badge size="sm" variant="filled" circle={count < 10}>{count}</Badge> : undefined}>{say('payments.waiting')}</Tabs.Tab>
          <Tabs.Tab value="files">{say('bank.files')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="received"><Received /></Tabs.Panel>
        <Tabs.Panel value="waiting"><WaitingMoneyList /></Tabs.Panel>
        <Tabs.Panel value="files"><BankFiles /></Tabs.Panel>
      </Tabs>
    </Page>
  );
}
