import { Button } from '@mantine/core';
import { lazy } from 'react';
import { Link, Navigate, Route, Routes } from 'react-router';
import { Door } from './access/Door';
import { SecondFactor } from './access/SecondFactor';
import { SureProvider } from './access/Sure';
import { SessionContext, useSession, useSessionQuery, type Session } from './api/session';
import { Speaking, useSay, type Key } from './i18n';
import { Shell } from './shell/Shell';
import { useBarred, useSections, type Section } from './shell/sections';
import { Answer } from './ui/Answer';
import { Empty } from './ui/Empty';
import { Page } from './ui/Page';

const FigurePeople = lazy(() => import('./analysis/FigurePeople'));
const Agreement = lazy(() => import('./agreements/Agreement'));
const Person = lazy(() => import('./portfolio/Person'));

function Lost() {
  const say = useSay();
  return <Empty title={say('lost.title')} action={<Button component={Link} to="/">{say('nav.today')}</Button>}>{say('lost.text')}</Empty>;
}

// It is there, but for others: whom to ask.
function Barred({ section }: { section: Section }) {
  const say = useSay();
  const { user } = useSession();
  const page = say(section.name);
  return (
    <Page title={page}>
      <Empty title={say('barred.title', { page })} action={<Button component={Link} to="/">{say('barred.back')}</Button>}>{say('barred.text', { page, role: say(`role.${user.role}` as Key) })}</Empty>
    </Page>
  );
}

function Inside() {
  const shown = useSections();
  const barred = useBarred();
  return (
    <Shell>
      <Routes>
        {shown[0].path !== '/' && <Route path="/" element={<Navigate to={shown[0].path} replace />} />}
        {shown.map((section) => <Route key={section.path} path={section.path} element={<section.page />} />)}
        {barred.map((section) => <Route key={section.path} path={section.path} element={<Barred section={section} />} />)}
        <Route path="/app/portfolio/:id" element={<Person />} />
        <Route path="/app/analysis/people" element={<FigurePeople />} />
        <Route path="/app/agreements/:id" element={<Agreement />} />
        <Route path="*" element={<Lost />} />
      </Routes>
    </Shell>
  );
}

function pageFor(session: Session | null) {
  if (!session) return <Door />;
  if (session.second_factor.must_set_up) return <SecondFactor />;
  return <SessionContext.Provider value={session}><SureProvider><Inside /></SureProvider></SessionContext.Provider>;
}

export function App() {
  const query = useSessionQuery();
  const creditor = query.data?.creditor;
  return (
    <Speaking country={creditor?.country} zone={creditor?.timezone} language={creditor?.language}>
      <Answer query={query}>{pageFor}</Answer>
    </Speaking>
  );
}
