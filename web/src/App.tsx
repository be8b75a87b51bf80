import { Button } from '@mantine/core';
import { lazy } from 'react';
import { Link, Navigate, Route, Routes } from 'react-router';
import { Door } from './access/Door';
import { SecondFactor } from './access/SecondFactor';
import { SureProvider } from './access/Sure';
import { SessionContext, useSessionQuery, type Session } from './api/session';
import { Speaking, useSay } from './i18n';
import { Shell } from './shell/Shell';
import { useSections } from './shell/sections';
import { Answer } from './ui/Answer';
import { Empty } from './ui/Empty';

const FigurePeople = lazy(() => import('./analysis/FigurePeople'));
const Agreement = lazy(() => import('./agreements/Agreement'));
const Person = lazy(() => import('./portfolio/Person'));

function Lost() {
  const say = useSay();
  return <Empty title={say('lost.title')} action={<Button component={Link} to="/">{say('nav.today')}</Button>}>{say('lost.text')}</Empty>;
}

function Inside() {
  const shown = useSections();
  return (
    <Shell>
      <Routes>
        {shown[0].path !== '/' && <Route path="/" element={<Navigate to={shown[0].path} replace />} />}
        {shown.map((section) => <Route key={section.path} path={section.path} element={<section.page />} />)}
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
