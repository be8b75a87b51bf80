// Plantillas: what people read, as they see it, with what the platform and our own checks say of each text.
import { Alert, Badge, Group, Select, Text, TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { IconFileTypePdf, IconSearch } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { get } from '../api/client';
import { useSay, type Key } from '../i18n';
import { Answer } from '../ui/Answer';
import { Card } from '../ui/Card';
import { Empty } from '../ui/Empty';
import { Page } from '../ui/Page';
import { useKeys } from '../ui/keys';

interface Template {
  name: string;
  language: string;
  purpose: string;
  answer: boolean;
  document: boolean;
  version: string;
  status: string;
  text: string;
  footer: string;
  buttons: { kind: string; text: string }[];
  findings: { code: string; error: boolean; es: string; line: number }[];
}
interface TemplatesView {
  language: string;
  languages: string[];
  templates: Template[];
}

// What the platform may say of a text; anything newer is shown as it says it.
const kStatuses: Record<string, { name: Key; look?: string }> = {
  APPROVED: { name: 'templates.status.approved' },
  PENDING: { name: 'templates.status.pending', look: 'warn' },
  REJECTED: { name: 'templates.status.rejected', look: 'bad' },
  PAUSED: { name: 'templates.status.paused', look: 'warn' },
  DISABLED: { name: 'templates.status.disabled', look: 'bad' },
  '': { name: 'templates.status.unknown', look: 'warn' },
};

function Status({ template }: { template: Template }) {
  const say = useSay();
  if (template.answer) return <Badge variant="default" tt="none">{say('templates.status.answer')}</Badge>;
  const known = kStatuses[template.status];
  return <Badge variant="default" tt="none" className={known?.look}>{known ? say(known.name) : template.status}</Badge>;
}

function Preview({ template }: { template: Template }) {
  const say = useSay();
  // The words below the text are a part of what is read; they are shown apart, as on the phone.
  const body = template.footer && template.text.endsWith(template.footer) ? template.text.slice(0, -template.footer.length).trimEnd() : template.text;
  return (
    <Card title={template.name} aside={<Status template={template} />}>
      <div className="chat-paper">
        <div className="bubble">
          {template.document && <Group gap={6} mb={6} wrap="nowrap"><IconFileTypePdf size={20} aria-hidden /><Text size="sm">{say('templates.document')}</Text></Group>}
          <div className="pre">{body}</div>
          {template.footer && template.footer !== body && <div className="meta">{template.footer}</div>}
        </div>
        {template.buttons.map((button) => <div key={button.text} className="bubble chat-button">{button.text}</div>)}
      </div>
      <Text size="sm" c="dimmed" mt="sm">{say(`templates.purpose.${template.purpose}` as Key)} · {template.language}</Text>
      {template.findings.map((finding) => (
        <Alert key={finding.code + finding.line} mt="sm" p="xs" variant="light" color={finding.error ? 'red' : 'orange'} title={say(finding.error ? 'templates.error' : 'templates.warning', { line: finding.line })}>{finding.es}</Alert>
      ))}
    </Card>
  );
}

export default function Templates() {
  const say = useSay();
  const [params, setParams] = useSearchParams();
  const [language, setLanguage] = useState('');
  const search = params.get('search') ?? '';
  const kind = params.get('kind') ?? 'all';
  const field = useRef<HTMLInputElement>(null);
  useKeys({ '/': () => field.current?.focus() });
  const set = (name: string, value: string) => setParams((now) => { if (value) now.set(name, value); else now.delete(name); return now; }, { replace: true });
  const query = useQuery({ queryKey: ['templates', language], queryFn: () => get<TemplatesView>('views/templates', { language }), placeholderData: keepPreviousData, staleTime: 30_000 });
  const wanted = search.trim().toLocaleLowerCase();
  const isShown = (one: Template) =>
    (!wanted || `${one.name} ${one.text}`.toLocaleLowerCase().includes(wanted)) &&
    (kind === 'all' || (kind === 'answer' ? one.answer : kind === 'found' ? one.findings.length > 0 : !one.answer && (kind === 'platform' || one.status !== 'APPROVED')));
  return (
    <Page title={say('templates.title')} about={say('templates.about')}>
      <Answer query={query} lines={8}>
        {(view) => {
          const shown = view.templates.filter(isShown);
          return (
            <>
              <Group mb="md" align="end" gap="sm">
                <TextInput ref={field} flex="1 1 14rem" type="search" leftSection={<IconSearch size={18} />} label={say('templates.search')} value={search} onChange={(event) => set('search', event.currentTarget.value)} autoComplete="off" />
                <Select label={say('settings.language')} w="9rem" value={view.language} data={view.languages} allowDeselect={false} onChange={(value) => setLanguage(value ?? '')} />
                <Select label={say('templates.kind')} w="15rem" value={kind} allowDeselect={false} onChange={(value) => set('kind', value === 'all' ? '' : value ?? '')}
                        data={['all', 'platform', 'waiting', 'answer', 'found'].map((value) => ({ value, label: say(`templates.kind.${value}` as Key) }))} />
              </Group>
              <Text size="sm" c="dimmed" mb="md" role="status">{say('templates.count', { n: shown.length })}</Text>
              {shown.length === 0 ? <Empty title={say('templates.none')}>{say('templates.none.text')}</Empty> : (
                <div className="masonry">{shown.map((one) => <Preview key={one.name + one.language} template={one} />)}</div>
              )}
            </>
          );
        }}
      </Answer>
    </Page>
  );
}
