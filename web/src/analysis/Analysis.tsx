// Análisis: each figure with what it means, as a drawing, as a table and as a file, and with the list behind it where there is one.
import { Anchor, Button, Group, Progress, SegmentedControl, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconDownload } from '@tabler/icons-react';
import { Suspense, lazy, useState, type ReactNode } from 'react';
import { Link, useSearchParams } from 'react-router';
import { get } from '../api/client';
import { digitsOf, useFormat, useSay, useSpoken, type Key } from '../i18n';
import { Answer } from '../ui/Answer';
import { Card, Figure } from '../ui/Card';
import { Empty } from '../ui/Empty';
import { Page } from '../ui/Page';
import { Rows, type Column } from '../ui/Rows';
import { csvOf, save, type CsvColumn } from '../ui/csv';
import { baseOf, costPer, curveOf, kAges, kSteps, keptOf, monthName, shareOf, weekdayName, type Age, type AgreementSum, type AnalysisView, type Cohort, type MoneyFigures, type StrategySum } from './api';
import { To, type Behind } from './behind';

const Bars = lazy(async () => ({ default: (await import('./charts')).Bars }));
const Lines = lazy(async () => ({ default: (await import('./charts')).Lines }));

type Told<T> = Column<T> & CsvColumn<T>;

// A figure whole: its meaning, the drawing, the table, the file.
interface Sheeted<T> {
  title: string;
  meaning: string;
  file: string;
  columns: Told<T>[];
  rows: T[];
  shown?: T[];  // Not all of them; the file has all.
  idOf: (row: T) => string;
  none: string;
  children?: ReactNode;
  after?: ReactNode;
}
function Sheet<T>({ title, meaning, file, columns, rows, shown = rows, idOf, none, children, after }: Sheeted<T>) {
  const { say, language } = useSpoken();
  return (
    <Card title={title} aside={rows.length > 0 && (
      <Button variant="default" size="xs" leftSection={<IconDownload size={14} />} aria-label={say('analysis.csv.of', { name: title })} onClick={() => save(`${file}.csv`, csvOf(columns, rows, language))}>{say('analysis.csv')}</Button>
    )}>
      <Text size="sm" c="dimmed" mb="md" maw="60rem">{meaning}</Text>
      {rows.length === 0 ? <Empty title={none} /> : (
        <>
          {children && <Suspense fallback={<div style={{ height: 220 }} />}>{children}</Suspense>}
          <Rows label={title} columns={columns} rows={shown} idOf={idOf} />
          {after}
        </>
      )}
    </Card>
  );
}

// In a file: hundredths of a percent, as nobody reads sixteen digits.
const toldShare = (share: number) => Math.round(share * 10_000) / 10_000;

const major = (minor: number, currency: string) => minor / 10 ** digitsOf(currency);

function Aging({ ages, owed, currency }: { ages: Age[]; owed: number; currency: string }) {
  const { say, format } = useSpoken();
  const name = (age: string) => say(`portfolio.age.${age}` as Key);
  const rows = kAges.map((age) => ages.find((one) => one.age === age) ?? { currency, age, people: 0, owed_minor: 0 });
  const columns: Told<Age>[] = [
    { name: say('portfolio.age'), cell: (row) => <Link className="row-link" to={`/app/portfolio?age=${row.age}`}>{name(row.age)}</Link>, text: (row) => name(row.age) },
    { name: say('analysis.people'), figures: true, cell: (row) => format.number(row.people), text: (row) => row.people },
    { name: say('portfolio.owed'), figures: true, cell: (row) => format.money(row.owed_minor, currency), text: (row) => major(row.owed_minor, currency) },
    { name: say('analysis.share'), figures: true, cell: (row) => format.percent(shareOf(row.owed_minor, owed)), text: (row) => toldShare(shareOf(row.owed_minor, owed)) },
  ];
  return (
    <Sheet title={say('analysis.aging')} meaning={say('analysis.aging.meaning', { owed: format.money(owed, currency) })} file="mora" columns={columns} rows={owed > 0 ? rows : []} idOf={(row) => row.age} none={say('analysis.none')}>
      <Bars label={say('analysis.aging')} name={say('portfolio.owed')} format={(value) => format.money(value * 10 ** digitsOf(currency), currency)} short={format.short}
            data={rows.map((row) => ({ at: name(row.age), [say('portfolio.owed')]: major(row.owed_minor, currency) }))} />
    </Sheet>
  );
}

const kMonthsShown = 6;

function Recovery({ money, today }: { money: MoneyFigures; today: string }) {
  const { say, format, language } = useSpoken();
  const name = (cohort: Cohort) => (cohort.due ? monthName(cohort.due, language) : say('person.due.none'));
  const rows = [...money.cohorts].reverse();
  const [all, setAll] = useState(false);
  const drawn = rows.map((cohort) => ({ cohort, curve: curveOf(cohort, today) })).filter((one) => one.curve.length > 0).slice(0, kMonthsShown);
  const reach = Math.min(7, Math.max(0, ...drawn.map((one) => one.curve.length)));
  const data = Array.from({ length: reach }, (_, period) => ({
    at: period === 0 ? say('analysis.recovery.due') : say('portfolio.days', { n: period * 30 }),
    ...Object.fromEntries(drawn.filter((one) => period < one.curve.length).map((one) => [name(one.cohort), Math.round(one.curve[period] * 1000) / 10])),
  }));
  const figure = (title: string, of: (cohort: Cohort) => number): Told<Cohort> => (
    { name: title, figures: true, cell: (row) => format.money(of(row), money.currency), text: (row) => major(of(row), money.currency) });
  const columns: Told<Cohort>[] = [
    { name: say('analysis.recovery.month'), cell: (row) => <To behind={{ figure: 'month', of: row.due, currency: money.currency }}>{name(row)}</To>, text: name },
    { name: say('portfolio.invoices'), figures: true, cell: (row) => format.number(row.invoices), text: (row) => row.invoices },
    figure(say('analysis.recovery.asked'), (row) => row.asked_minor),
    ...(rows.some((row) => row.elsewhere_minor !== 0) ? [figure(say('analysis.recovery.elsewhere'), (row) => row.elsewhere_minor)] : []),
    figure(say('analysis.recovery.recovered'), (row) => row.recovered_minor),
    ...(rows.some((row) => row.forgiven_minor !== 0) ? [figure(say('analysis.recovery.forgiven'), (row) => row.forgiven_minor)] : []),
    figure(say('portfolio.owed'), (row) => row.owed_minor),
    { name: say('analysis.recovery.share'), figures: true, cell: (row) => (baseOf(row) > 0 ? format.percent(row.recovered_minor / baseOf(row)) : '—'), text: (row) => toldShare(shareOf(row.recovered_minor, baseOf(row))) },
  ];
  return (
    <Sheet title={say('analysis.recovery')} meaning={say('analysis.recovery.meaning', { recovered: format.money(money.recovered_minor, money.currency), before: format.money(money.paid_before_minor, money.currency) })} file="recuperacion" columns={columns} rows={rows} shown={all ? rows : rows.slice(0, kMonthsShown)} idOf={(row) => row.due} none={say('analysis.none')}
           after={!all && rows.length > kMonthsShown && <Group justify="center" pt="sm"><Button variant="default" onClick={() => setAll(true)}>{say('action.more')}</Button></Group>}>
      {data.length > 1 && <Lines label={say('analysis.recovery')} names={drawn.map((one) => name(one.cohort))} data={data} format={(value) => format.percent(value / 100)} />}
    </Sheet>
  );
}

function Steps({ view }: { view: AnalysisView }) {
  const say = useSay();
  const format = useFormat();
  const rows = kSteps.map((step) => ({ step, people: view.funnel[step], share: shareOf(view.funnel[step], view.funnel.sent) }));
  type Row = (typeof rows)[number];
  const name = (row: Row) => say(`analysis.funnel.${row.step}` as Key);
  const columns: Told<Row>[] = [
    { name: say('analysis.funnel.step'), cell: (row) => <div style={{ flex: 1 }}><To behind={{ figure: 'reminded', of: row.step, days: view.days }}>{name(row)}</To><Progress value={row.share * 100} size="sm" mt={6} color="accent.5" aria-label={name(row)} /></div>, text: name },
    { name: say('analysis.people'), figures: true, cell: (row) => format.number(row.people), text: (row) => row.people },
    { name: say('analysis.share'), figures: true, cell: (row) => format.percent(row.share), text: (row) => toldShare(row.share) },
  ];
  return <Sheet title={say('analysis.funnel')} meaning={say('analysis.funnel.meaning')} file="recordatorios" columns={columns} rows={view.funnel.sent ? rows : []} idOf={(row) => row.step} none={say('analysis.funnel.none')} />;
}

// A table whose cells are the deeper, the more people wrote in that hour; hours in which nobody ever did are left out at both ends.
function Hours({ heard, period }: { heard: number[][]; period: number }) {
  const { say, language } = useSpoken();
  const format = useFormat();
  const title = say('analysis.heard');
  const hours = heard[0].map((_, hour) => hour).filter((hour) => heard.some((day) => day[hour] > 0));
  const most = Math.max(1, ...heard.flat());
  const days = heard.map((_, day) => weekdayName(day, 'short', language));
  const shown = hours.length ? Array.from({ length: hours.at(-1)! - hours[0] + 1 }, (_, at) => hours[0] + at) : [];
  const file = () => save('horas.csv', csvOf([{ name: say('analysis.heard.hour'), text: (hour: number) => hour }, ...days.map((name, day) => ({ name, text: (hour: number) => heard[day][hour] }))], shown, language));
  return (
    <Card title={title} aside={shown.length > 0 && <Button variant="default" size="xs" leftSection={<IconDownload size={14} />} aria-label={say('analysis.csv.of', { name: title })} onClick={file}>{say('analysis.csv')}</Button>}>
      <Text size="sm" c="dimmed" mb="md">{say('analysis.heard.meaning')}</Text>
      {shown.length === 0 ? <Empty title={say('analysis.heard.none')} /> : (
        <Table aria-label={title} withRowBorders={false} layout="fixed" horizontalSpacing={2} verticalSpacing={4} fz="sm">
          <Table.Thead><Table.Tr><Table.Th w="3.2rem">{say('analysis.heard.hour')}</Table.Th>{days.map((day) => <Table.Th key={day} ta="center">{day}</Table.Th>)}</Table.Tr></Table.Thead>
          <Table.Tbody>
            {shown.map((hour) => (
              <Table.Tr key={hour}>
                <Table.Th scope="row" fw={400} className="figures">{`${hour}:00`}</Table.Th>
                {heard.map((day, at) => (
                  <Table.Td key={days[at]} ta="center" className="figures" style={day[hour] ? { background: `color-mix(in srgb, var(--mantine-color-accent-5) ${Math.round(10 + 35 * (day[hour] / most))}%, transparent)` } : undefined}>
                    {day[hour] ? <To behind={{ figure: 'heard', of: `${at}-${hour}`, days: period }} label={say('analysis.heard.cell', { day: weekdayName(at, 'long', language), hour: `${hour}:00`, n: day[hour] })}>{format.number(day[hour])}</To> : ''}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Card>
  );
}

function Promises({ agreements, days }: { agreements: AgreementSum[]; days: number }) {
  const say = useSay();
  const format = useFormat();
  const kind = (row: AgreementSum) => say(row.kind === 'plan' ? 'analysis.promises.plan' : 'analysis.promises.promise');
  const state = (row: AgreementSum) => say(`agreement.${row.state}` as Key);
  const columns: Told<AgreementSum>[] = [
    { name: say('analysis.promises.kind'), cell: kind, text: kind },
    { name: say('person.state'), cell: (row) => <To behind={{ figure: 'agreements', of: `${row.kind}-${row.state}`, currency: row.currency, days }}>{state(row)}</To>, text: state },
    { name: say('analysis.promises.count'), figures: true, cell: (row) => format.number(row.count), text: (row) => row.count },
    { name: say('analysis.promises.amount'), figures: true, cell: (row) => format.money(row.amount_minor, row.currency), text: (row) => major(row.amount_minor, row.currency) },
  ];
  return <Sheet title={say('analysis.promises')} meaning={say('analysis.promises.meaning')} file="acuerdos" columns={columns} rows={agreements} idOf={(row) => `${row.kind} ${row.state} ${row.currency}`} none={say('analysis.promises.none')} />;
}

// What was seen of each version of the strategy, and how sure that is.
function Compared({ strategies, days }: { strategies: StrategySum[]; days: number }) {
  const say = useSay();
  const format = useFormat();
  const between = (row: StrategySum) => say('analysis.strategies.between', { low: format.percent(row.low), high: format.percent(row.high) });
  const columns: Told<StrategySum>[] = [
    { name: say('analysis.strategies.version'), cell: (row) => <To behind={{ figure: 'strategy', of: row.version, days }}>{row.version || say('analysis.strategies.none')}</To>, text: (row) => row.version },
    { name: say('analysis.strategies.ripe'), figures: true, cell: (row) => format.number(row.ripe), text: (row) => row.ripe },
    { name: say('analysis.strategies.paid'), figures: true, cell: (row) => format.number(row.paid), text: (row) => row.paid },
    { name: say('analysis.share'), figures: true, cell: (row) => (row.ripe ? format.percent(shareOf(row.paid, row.ripe)) : '—'), text: (row) => toldShare(shareOf(row.paid, row.ripe)) },
    { name: say('analysis.strategies.interval'), figures: true, cell: (row) => (row.ripe ? between(row) : '—'), text: (row) => `${toldShare(row.low)} – ${toldShare(row.high)}` },
    { name: say('analysis.strategies.waiting'), figures: true, cell: (row) => format.number(row.people - row.ripe), text: (row) => row.people - row.ripe },
  ];
  return <Sheet title={say('analysis.strategies')} meaning={say('analysis.strategies.meaning')} file="estrategias" columns={columns} rows={strategies} idOf={(row) => row.version} none={say('analysis.funnel.none')} />;
}

// The four figures at the top; the file has them with what they mean.
interface Head {
  name: string;
  shown: string;
  told: number | string;
  meaning: string;
  list: ReactNode;
}
function Heads({ view, money }: { view: AnalysisView; money: MoneyFigures }) {
  const { say, format, language } = useSpoken();
  const { currency } = money;
  const { kept, ended } = keptOf(view.agreements.filter((one) => one.currency === currency));
  const own = view.money.length === 1 ? view.cost : view.cost.by_currency.find((one) => one.currency === currency) ?? { delivered: 0, usd_micros: 0 };
  const all = format.price(own.usd_micros);
  const messages = format.number(own.delivered);
  const cost = costPer(own.usd_micros, major(money.recovered_since_minor, currency));
  const costs = cost ? say('analysis.cost.meaning', { per: format.money(cost.per * 10 ** digitsOf(currency), currency), all, messages }) : say('analysis.cost.all', { messages });
  const who = (behind: Behind) => <To inline behind={behind}>{say('analysis.people.list')}</To>;
  const heads: Head[] = [
    { name: say('analysis.recovered'), shown: format.money(money.recovered_since_minor, currency), told: major(money.recovered_since_minor, currency), meaning: say('analysis.recovered.meaning', { n: view.days }), list: who({ figure: 'recovered', currency, days: view.days }) },
    { name: say('analysis.dso'), shown: money.dso === null ? '—' : say('portfolio.days', { n: Math.round(money.dso) }), told: money.dso === null ? '' : Math.round(money.dso * 100) / 100, meaning: say('analysis.dso.meaning'), list: who({ figure: 'dso', currency }) },
    { name: say('analysis.kept'), shown: ended ? format.percent(kept / ended) : '—', told: ended ? toldShare(kept / ended) : '', meaning: say('analysis.kept.meaning', { kept: format.number(kept), ended: format.number(ended) }), list: <Anchor inherit href="#acuerdos">{say('analysis.kept.list')}</Anchor> },
    { name: say('analysis.cost'), shown: cost ? format.price(cost.usd * 1_000_000) : all, told: (cost ? cost.usd : own.usd_micros / 1_000_000), meaning: view.money.length > 1 ? `${costs} ${say('analysis.cost.currency', { currency })}` : costs, list: who({ figure: 'delivered', days: view.days }) },
  ];
  const columns: CsvColumn<Head>[] = [{ name: say('analysis.figure'), text: (row) => row.name }, { name: say('analysis.figure.value'), text: (row) => row.told }, { name: say('analysis.figure.meaning'), text: (row) => row.meaning }];
  return (
    <div>
      <div className="grid">{heads.map((head) => <Figure key={head.name} name={head.name} value={head.shown} detail={<>{head.meaning} {head.list}</>} />)}</div>
      <Group justify="flex-end" mt="xs"><Button variant="subtle" size="compact-sm" leftSection={<IconDownload size={14} />} onClick={() => save('cifras.csv', csvOf(columns, heads, language))}>{say('analysis.figures.csv')}</Button></Group>
    </div>
  );
}

const kPeriods = ['30', '90', '365'];

export default function Analysis() {
  const say = useSay();
  // In the address, so that who comes back from the people behind a figure finds what they left.
  const [params, setParams] = useSearchParams();
  const set = (name: string, value: string) => setParams((now) => { now.set(name, value); return now; }, { replace: true });
  const asked = params.get('days') ?? '', days = kPeriods.includes(asked) ? asked : '90';
  const chosen = params.get('currency') ?? '';
  const query = useQuery({ queryKey: ['analysis', days], queryFn: () => get<AnalysisView>('views/analysis', { days }), staleTime: 60_000, placeholderData: (before) => before });
  return (
    <Page title={say('analysis.title')} actions={
      <SegmentedControl aria-label={say('analysis.period')} value={days} onChange={(value) => set('days', value)} data={kPeriods.map((value) => ({ value, label: say('portfolio.days', { n: value }) }))} />
    }>
      <Answer query={query} lines={10}>
        {(view) => {
          const money = view.money.find((one) => one.currency === chosen) ?? [...view.money].sort((a, b) => b.cohorts.reduce((sum, one) => sum + one.invoices, 0) - a.cohorts.reduce((sum, one) => sum + one.invoices, 0))[0];
          if (!money) return <Empty title={say('today.empty')} action={<Button component={Link} to="/app/import">{say('today.import')}</Button>}>{say('analysis.empty.text')}</Empty>;
          return (
            <div className="columns">
              {view.money.length > 1 && <Group><SegmentedControl aria-label={say('settings.currency')} value={money.currency} onChange={(value) => set('currency', value)} data={view.money.map((one) => one.currency)} /></Group>}
              <Heads view={view} money={money} />
              <Aging ages={view.aging.filter((one) => one.currency === money.currency)} owed={money.owed_minor} currency={money.currency} />
              <Recovery money={money} today={view.today} />
              <div className="halves" id="acuerdos"><Steps view={view} /><Promises agreements={view.agreements.filter((one) => one.currency === money.currency)} days={view.days} /></div>
              <Compared strategies={view.strategies} days={view.days} />
              <Hours heard={view.heard} period={view.days} />
            </div>
          );
        }}
      </Answer>
    </Page>
  );
}
