// Around every page: the sections, the palette, help, theme, and who is signed in.
import { ActionIcon, AppShell, Burger, Button, Group, Kbd, Modal, NavLink, Stack, Switch, Table, Text, UnstyledButton, VisuallyHidden, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Spotlight, spotlight, type SpotlightActionData } from '@mantine/spotlight';
import { IconHelp, IconLogout, IconMoon, IconPlayerPause, IconSearch, IconSun } from '@tabler/icons-react';
import { Suspense, lazy, useEffect, useRef, useState, type ReactNode } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import { remove } from '../api/client';
import { useLive } from '../api/live';
import { becomes, useMay, useSession } from '../api/session';
import { useSay, type Key } from '../i18n';
import icon from '../icon.svg';
import { Provide } from '../phone/Provide';
import { usePause } from '../today/pause';
import { Waiting } from '../ui/Answer';
import { Boundary } from '../ui/Trouble';
import { useAsk } from '../ui/ask';
import { doNow } from '../ui/later';
import { keysAreOn, setKeysOn, useKeys } from '../ui/keys';
import { useSections } from './sections';

const Side = lazy(() => import('../phone/Side'));
const Tour = lazy(() => import('../phone/Tour'));
const Witness = lazy(async () => ({ default: (await import('../phone/Around')).Witness }));
const kPhone = '/app/phone';

// Where the phone does not fit beside the page, one goes between the two.
function Tabs({ board }: { board: string }) {
  const say = useSay();
  const { pathname } = useLocation();
  const isPhone = pathname === kPhone;
  return (
    <Group component="nav" aria-label={say('phone.tabs')} grow gap={0} h="100%">
      {([[board, 'phone.tabs.board', !isPhone], [kPhone, 'nav.phone', isPhone]] as const).map(([to, name, here]) => (
        <Button key={name} component={Link} to={to} radius={0} h="100%" variant={here ? 'filled' : 'default'} aria-current={here ? 'page' : undefined}>{say(name)}</Button>
      ))}
    </Group>
  );
}

function Palette() {
  const say = useSay();
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const places: SpotlightActionData[] = useSections().map((section) => ({
    id: section.path, label: say(section.name), group: say('palette.go'), leftSection: <section.icon size={18} />, onClick: () => void navigate(section.path),
  }));
  const search: SpotlightActionData[] = text.trim()
    ? [{ id: 'find', label: say('palette.find', { text }), keywords: text, leftSection: <IconSearch size={18} />, onClick: () => void navigate(`/app/portfolio?search=${encodeURIComponent(text.trim())}`) }]
    : [];
  const mayPause = useMay('pause');
  const { pause } = usePause();
  const [ask, dialog] = useAsk();
  const askPause = async () => {
    const why = await ask({ title: say('today.pause.title'), text: say('today.pause.text'), action: say('today.pause'), words: say('today.pause.why'), danger: true });
    if (why !== null) await pause(why);
  };
  const brake: SpotlightActionData[] = mayPause ? [{ id: 'pause', label: say('today.pause'), leftSection: <IconPlayerPause size={18} />, onClick: () => void askPause() }] : [];
  return (
    <>
    {dialog}
    <Spotlight actions={[...places, ...brake, ...search]} query={text} onQueryChange={setText} shortcut={['mod + K']} nothingFound={say('palette.nothing')} highlightQuery={false}
               attributes={{ content: { 'aria-label': say('nav.search') } }}
               searchProps={{ leftSection: <IconSearch size={18} />, placeholder: say('palette.placeholder'), 'aria-label': say('palette.placeholder') }} />
    </>
  );
}

function KeyHelp({ opened, close }: { opened: boolean; close: () => void }) {
  const say = useSay();
  const [on, setOn] = useState(keysAreOn());
  const rows: [string[], string][] = [
    [['Ctrl', 'K'], say('keys.palette')], [['?'], say('keys.help')],
    ...useSections().map((section): [string[], string] => [['g', section.key], say('keys.go', { name: say(section.name) })]),
    [['/'], say('keys.find')], [['j'], say('keys.next')], [['k'], say('keys.previous')], [['r'], say('keys.reply')], [['e'], say('keys.close')],
  ];
  return (
    <Modal opened={opened} onClose={close} title={say('keys.title')} closeButtonProps={{ 'aria-label': say('action.close') }}>
      <Stack>
        <Switch label={say('keys.on')} checked={on} onChange={(event) => { setKeysOn(event.currentTarget.checked); setOn(event.currentTarget.checked); }} />
        <Table aria-label={say('keys.title')}>
          <Table.Tbody>
            {rows.map(([keys, what]) => (
              <Table.Tr key={what}>
                <Table.Td w="7rem"><Group gap={4}>{keys.map((key) => <Kbd key={key}>{key}</Kbd>)}</Group></Table.Td>
                <Table.Td>{what}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Stack>
    </Modal>
  );
}

function ThemeToggle() {
  const say = useSay();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  return (
    <ActionIcon variant="subtle" color="gray" size="lg" aria-label={say('theme.toggle')} onClick={() => setColorScheme(scheme === 'dark' ? 'light' : 'dark')}>
      {scheme === 'dark' ? <IconSun size={20} /> : <IconMoon size={20} />}
    </ActionIcon>
  );
}

async function signOut() {
  await doNow();
  await remove('session').catch(() => undefined);
  becomes(null);
}

function Mode() {
  const say = useSay();
  const { mode } = useSession();
  return mode === 'live' ? null : <Text size="sm" className="warn" visibleFrom="sm">{say(mode === 'demo' ? 'app.demo' : 'app.test')}</Text>;
}

export function Shell({ children }: { children: ReactNode }) {
  return <Provide><Frame>{children}</Frame></Provide>;
}

function Frame({ children }: { children: ReactNode }) {
  useLive();
  const say = useSay();
  const session = useSession();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const [menu, { toggle: toggleMenu, close: closeMenu }] = useDisclosure();
  const [help, { open: openHelp, close: closeHelp }] = useDisclosure();
  const shown = useSections();
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  // Whoever moves to another page by keyboard or reader begins at its beginning.
  useEffect(() => {
    closeMenu();
    window.scrollTo(0, 0);
    if (!first.current) main.current?.focus();
    first.current = false;
  }, [pathname, closeMenu]);
  useKeys({ '?': openHelp, ...Object.fromEntries(shown.map((section) => [`g ${section.key}`, () => void navigate(section.path)])) });
  const isDemo = session.mode === 'demo';
  const isPhone = pathname === kPhone;
  const board = useRef('/');
  if (!isPhone) board.current = pathname;
  const isHere = (path: string) => (path === '/' ? pathname === '/' : pathname.startsWith(path));
  return (
    <AppShell header={{ height: 56 }} navbar={{ width: 232, breakpoint: 'sm', collapsed: { mobile: !menu } }} padding={{ base: 'md', sm: 'lg' }}
              aside={{ width: 392, breakpoint: 'lg', collapsed: { mobile: true, desktop: !isDemo || isPhone } }} footer={{ height: { base: isDemo ? 48 : 0, lg: 0 } }}>
      <a className="skip" href="#content" onClick={() => main.current?.focus()}>{say('nav.skip')}</a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger opened={menu} onClick={toggleMenu} hiddenFrom="sm" size="sm" aria-label={say(menu ? 'nav.close' : 'nav.open')} />
            <UnstyledButton component={Link} to="/">
              <Group gap="xs" wrap="nowrap">
                <img src={icon} alt="" width={28} height={28} />
                <Text fw={650} visibleFrom="xs">Puntual</Text>
                <VisuallyHidden hiddenFrom="xs">Puntual</VisuallyHidden>
              </Group>
            </UnstyledButton>
            <Mode />
          </Group>
          <Group gap="xs" wrap="nowrap">
            <Button variant="default" leftSection={<IconSearch size={16} />} rightSection={<Kbd size="xs">Ctrl K</Kbd>} onClick={spotlight.open} visibleFrom="sm" fw={400}>{say('nav.search')}</Button>
            <ActionIcon variant="subtle" color="gray" size="lg" hiddenFrom="sm" aria-label={say('nav.search')} onClick={spotlight.open}><IconSearch size={20} /></ActionIcon>
            <ThemeToggle />
            <ActionIcon variant="subtle" color="gray" size="lg" aria-label={say('keys.title')} onClick={openHelp}><IconHelp size={20} /></ActionIcon>
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" aria-label={say('nav.label')}>
        <AppShell.Section grow>
          {shown.map((section) => (
            <NavLink key={section.path} component={Link} to={section.path} label={say(section.name)} leftSection={<section.icon size={20} stroke={1.6} />}
                     active={isHere(section.path)} aria-current={isHere(section.path) ? 'page' : undefined} onClick={closeMenu} />
          ))}
        </AppShell.Section>
        <AppShell.Section>
          <Text size="sm" fw={600} px="sm" truncate>{session.creditor.name}</Text>
          <Text size="sm" c="dimmed" px="sm" truncate>{session.user.name}</Text>
          <Text size="sm" c="dimmed" px="sm" truncate>{say(`role.${session.user.role}` as Key)}</Text>
          {!isDemo && <NavLink component="button" type="button" label={say('signin.out')} leftSection={<IconLogout size={20} stroke={1.6} />} onClick={() => void signOut()} />}
        </AppShell.Section>
      </AppShell.Navbar>
      <AppShell.Main id="content" ref={main} tabIndex={-1}>
        {isDemo && <Suspense><Tour />{pathname === '/' && <Witness />}</Suspense>}
        <Boundary key={pathname}>
          <Suspense fallback={<Waiting />}>{children}</Suspense>
        </Boundary>
      </AppShell.Main>
      {isDemo && !isPhone && <AppShell.Aside p="sm" aria-label={say('nav.phone')} visibleFrom="lg"><Suspense fallback={<Waiting />}><Side /></Suspense></AppShell.Aside>}
      {isDemo && <AppShell.Footer hiddenFrom="lg"><Tabs board={board.current} /></AppShell.Footer>}
      <Palette />
      <KeyHelp opened={help} close={closeHelp} />
    </AppShell>
  );
}
