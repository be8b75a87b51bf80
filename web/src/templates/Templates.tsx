// Plantillas: what people read, as they see it, with what the platform and our own checks say of each text; and drafts of them.
import { Alert, Badge, Box, Button, Group, SegmentedControl, Select, Text, TextInput, Title } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { IconFileTypePdf, IconSearch } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { get } from '../api/client';
import { useMay } from '../api/session';
import { unbroken, useSay, useSpoken, type Key } from '../i18n';
import { Diff } from '../texts/Diff';
import { DraftBar } from '../texts/DraftBar';
import { TextBox } from '../texts/TextBox';
import type { DraftNote, EditionNote } from '../texts/api';
import { useDraft, type Checked, type TextPath } from '../texts/useDraft';
import { Answer } from '../ui/Answer';
import { Card } from '../ui/Card';
import { Empty } from '../ui/Empty';
import { Notice } from '../ui/Notice';
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
  quality: string;
  source: string;  // "es_CO/recibo_v1"
  text: string;
  footer: string;
  buttons: { kind: string; text: string }[];
  findings: { code: string; error: boolean; es: string; line: number }[];
}
interface TemplatesView {
  language: string;
  languages: string[];
  templates: Template[];
  drafts: DraftNote[];
  editions: EditionNote[];
  four_eyes: boolean;
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

// How people take it, by the platform's count of blocks and complaints.
function Quality({ template }: { template: Template }) {
  const say = useSay();
  const known: Record<string, { name: Key; look?: string }> = { GREEN: { name: 'templates.quality.green' }, YELLOW: { name: 'templates.quality.yellow', look: 'warn' }, RED: { name: 'templates.quality.red', look: 'bad' } };
  const quality = known[template.quality];
  return quality ? <Badge variant="default" tt="none" className={quality.look}>{say(quality.name)}</Badge> : null;
}

function Bubble({ template }: { template: Template }) {
  const say = useSay();
  // The words below the text are a part of what is read; they are shown apart, as on the phone.
  const body = template.footer && template.text.endsWith(template.footer) ? template.text.slice(0, -template.footer.length).trimEnd() : template.text;
  return (
      <div className="chat-paper">
        <div className="bubble" lang={template.language.replace('_', '-')}>
          {template.document && <Group gap={6} mb={6} wrap="nowrap"><IconFileTypePdf size={20} aria-hidden /><Text size="sm">{say('templates.document')}</Text></Group>}
          <div className="pre">{unbroken(body)}</div>
          {template.footer && template.footer !== body && <div className="meta">{template.footer}</div>}
        </div>
        {template.buttons.map((button) => <div key={button.text} className="bubble chat-button" lang={template.language.replace('_', '-')}>{button.text}</div>)}
      </div>
  );
}

function Preview({ template, edit, hasDraft }: { template: Template; edit: (() => void) | null; hasDraft: boolean }) {
  const { say, findingOf } = useSpoken();
  return (
    <Card title={template.name} aside={<Group gap={6}><Quality template={template} /><Status template={template} /></Group>}>
      <Bubble template={template} />
      {['PAUSED', 'DISABLED', 'REJECTED'].includes(template.status) && <Box mt="sm"><Notice><Text size="sm">{say(`templates.halted.${template.status}` as Key)}</Text></Notice></Box>}
      <Text size="sm" c="dimmed" mt="sm">{say(`templates.purpose.${template.purpose}` as Key)} · {template.language}</Text>
      {template.findings.map((finding) => (
        <Alert key={finding.code + finding.line} mt="sm" p="xs" variant="light" color={finding.error ? 'red' : 'orange'} title={say(finding.error ? 'templates.error' : 'templates.warning', { line: finding.line })}>{findingOf(finding.code, finding.es)}</Alert>
      ))}
      <Group mt="sm" gap="xs">
        {edit && <Button size="compact-sm" variant="default" aria-label={say('templates.edit.of', { name: template.name })} onClick={edit}>{say('templates.edit')}</Button>}
        {hasDraft && <Badge variant="default" tt="none" className="warn">{say('texts.hasDraft')}</Badge>}
      </Group>
    </Card>
  );
}

interface CheckedTemplate extends Checked {
  template: Template | null;
}

// A draft of one text beside what people would see of it.
function Editor({ template }: { template: Template }) {
  const say = useSay();
  const draft = useDraft<CheckedTemplate>(`templates/${template.source as TextPath}`);
  const [way, setWay] = useState('text');
  const seen = draft.lastChecked?.template ?? template;
  return (
    <Answer query={draft.kept} lines={8}>
      {(kept) => (
        <div className="columns">
          <DraftBar draft={draft} about={say(template.answer ? 'templates.launch.answer' : 'templates.launch.about')} />
          <SegmentedControl value={way} onChange={setWay} aria-label={say('texts.way')} data={['text', 'diff'].map((value) => ({ value, label: say(`texts.way.${value}` as Key) }))} style={{ alignSelf: 'start' }} />
          <div className="halves">
            {way === 'text' && <TextBox label={say('texts.text')} text={draft.text} write={draft.write} findings={draft.checked?.findings ?? []} />}
            {way === 'diff' && <Diff before={kept.data.in_force ?? ''} after={draft.text} names={[say('texts.inForce'), say('texts.draft')]} />}
            <div><Text fw={600} size="sm" mb="xs">{say('templates.seen')}</Text><Bubble template={seen} /></div>
          </div>
        </div>
      )}
    </Answer>
  );
}

export default function Templates() {
  const say = useSay();
  const may = useMay('templates_write');
  const [params, setParams] = useSearchParams();
  const [language, setLanguage] = useState('');
  const search = params.get('search') ?? '';
  const kind = params.get('kind') ?? 'all';
  const field = useRef<HTMLInputElement>(null);
  useKeys({ '/': () => field.current?.focus() });
  const set = (name: string, value: string) => setParams((now) => { if (value) now.set(name, value); else now.delete(name); return now; }, { replace: true });
  const query = useQuery({ queryKey: ['templates', language], queryFn: () => get<TemplatesView>('views/templates', { language }), placeholderData: keepPreviousData, staleTime: 30_000 });
  const edited = params.get('edit');
  const wanted = search.trim().toLocaleLowerCase();
  const isShown = (one: Template) =>
    (!wanted || `${one.name} ${one.text}`.toLocaleLowerCase().includes(wanted)) &&
    (kind === 'all' || (kind === 'answer' ? one.answer : kind === 'found' ? one.findings.length > 0 : !one.answer && (kind === 'platform' || one.status !== 'APPROVED')));
  return (
    <Page title={say('templates.title')} about={say('templates.about')}>
      <Answer query={query} lines={8}>
        {(view) => {
          const shown = view.templates.filter(isShown);
          const at = may ? view.templates.find((one) => one.source === edited) : undefined;
          if (at) {
            return (
              <>
                <Group mb="md" justify="space-between"><Title order={2} size="h4">{at.name} · {at.language}</Title><Button variant="default" onClick={() => set('edit', '')}>{say('templates.back')}</Button></Group>
                <Editor key={at.source} template={at} />
              </>
            );
          }
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
                <div className="masonry">{shown.map((one) => <Preview key={one.name + one.language} template={one} edit={may ? () => set('edit', one.source) : null} hasDraft={view.drafts.some((draft) => draft.name === one.source)} />)}</div>
              )}
            </>
          );
        }}
      </Answer>
    </Page>
  );
}
