// The sections of the application: a page that is not here is linked from nowhere. `right`: who has it sees the section (core/access).
import { IconChartBar, IconFileImport, IconHome, IconMessage2, IconMessages, IconRoute, IconSettings, IconUsers, type Icon } from '@tabler/icons-react';
import { lazy, type ComponentType } from 'react';
import type { Key } from '../i18n';

export interface Section {
  path: string;
  name: Key;
  key: string;  // After g.
  icon: Icon;
  right?: string;
  page: ComponentType;
}

export const sections: Section[] = [
  { path: '/', name: 'nav.today', key: 'h', icon: IconHome, right: 'portfolio_read', page: lazy(() => import('../today/Today')) },
  { path: '/app/portfolio', name: 'nav.portfolio', key: 'c', icon: IconUsers, right: 'portfolio_read', page: lazy(() => import('../portfolio/Portfolio')) },
  { path: '/app/import', name: 'nav.imports', key: 'i', icon: IconFileImport, right: 'portfolio_write', page: lazy(() => import('../imports/Imports')) },
  { path: '/app/conversations', name: 'nav.conversations', key: 'm', icon: IconMessages, right: 'conversations_read', page: lazy(() => import('../conversations/Conversations')) },
  { path: '/app/strategies', name: 'nav.strategies', key: 'e', icon: IconRoute, right: 'strategies_read', page: lazy(() => import('../strategies/Strategies')) },
  { path: '/app/templates', name: 'nav.templates', key: 't', icon: IconMessage2, right: 'templates_read', page: lazy(() => import('../templates/Templates')) },
  { path: '/app/analysis', name: 'nav.analysis', key: 'n', icon: IconChartBar, right: 'portfolio_read', page: lazy(() => import('../analysis/Analysis')) },
  { path: '/app/settings', name: 'nav.settings', key: 's', icon: IconSettings, page: lazy(() => import('../settings/Settings')) },
];
