// The sections of the application: a page that is not here is linked from nowhere. `right`: who has it sees the section (core/access).
import { IconCash, IconChartBar, IconDeviceMobile, IconFileImport, IconHome, IconMessage2, IconMessages, IconRoute, IconScale, IconSettings, IconUsers, IconWriting, type Icon } from '@tabler/icons-react';
import { lazy, type ComponentType } from 'react';
import { useSession } from '../api/session';
import type { Right } from '../api/routes';
import type { Key } from '../i18n';

export interface Section {
  path: string;
  name: Key;
  key: string;  // After g.
  icon: Icon;
  right?: Right;
  simulated?: boolean;  // Only where nobody real is written to.
  page: ComponentType;
}

export const sections: Section[] = [
  { path: '/', name: 'nav.today', key: 'h', icon: IconHome, right: 'people_read', page: lazy(() => import('../today/Today')) },
  { path: '/app/portfolio', name: 'nav.portfolio', key: 'c', icon: IconUsers, right: 'people_read', page: lazy(() => import('../portfolio/Portfolio')) },
  { path: '/app/import', name: 'nav.imports', key: 'i', icon: IconFileImport, right: 'portfolio_write', page: lazy(() => import('../imports/Imports')) },
  { path: '/app/strategies', name: 'nav.strategies', key: 'e', icon: IconRoute, right: 'strategies_read', page: lazy(() => import('../strategies/Strategies')) },
  { path: '/app/templates', name: 'nav.templates', key: 't', icon: IconMessage2, right: 'templates_read', page: lazy(() => import('../templates/Templates')) },
  { path: '/app/conversations', name: 'nav.conversations', key: 'm', icon: IconMessages, right: 'conversations_read', page: lazy(() => import('../conversations/Conversations')) },
  { path: '/app/agreements', name: 'nav.agreements', key: 'a', icon: IconWriting, right: 'portfolio_read', page: lazy(() => import('../agreements/Agreements')) },
  { path: '/app/payments', name: 'nav.payments', key: 'p', icon: IconCash, right: 'payments_read', page: lazy(() => import('../payments/Payments')) },
  { path: '/app/compliance', name: 'nav.compliance', key: 'l', icon: IconScale, right: 'compliance_read', page: lazy(() => import('../compliance/Compliance')) },
  { path: '/app/analysis', name: 'nav.analysis', key: 'n', icon: IconChartBar, right: 'portfolio_read', page: lazy(() => import('../analysis/Analysis')) },
  { path: '/app/phone', name: 'nav.phone', key: 'f', icon: IconDeviceMobile, right: 'conversations_write', simulated: true, page: lazy(() => import('../phone/PhonePage')) },
  { path: '/app/settings', name: 'nav.settings', key: 's', icon: IconSettings, page: lazy(() => import('../settings/Settings')) },
];

const isOpen = (section: Section, rights: Right[]) => !section.right || rights.includes(section.right);
function useHere() {
  const { rights, mode } = useSession();
  return { rights, here: sections.filter((section) => !section.simulated || mode !== 'live') };
}

// Those that the user may see: everybody has the last one.
export function useSections() {
  const { rights, here } = useHere();
  return here.filter((section) => isOpen(section, rights));
}

// Those that are for others. Who may not see the first is led to one that they may.
export function useBarred() {
  const { rights, here } = useHere();
  return here.filter((section) => section.path !== '/' && !isOpen(section, rights));
}
