// The phone itself: what stands on it, what can be pressed, and what its owner writes.
import { ActionIcon, Button, Group, Menu, Text, TextInput, VisuallyHidden } from '@mantine/core';
import { IconCamera, IconChecks, IconFileText, IconMicrophone, IconPhoto, IconSend } from '@tabler/icons-react';
import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { addressOf } from '../api/client';
import { useSession } from '../api/session';
import { unbroken, useFormat, useHome, useSay } from '../i18n';
import './phone.css';
import { useDeeds, type Choice, type Message, type Phone } from './api';

// "*bold*" and addresses, as the phone shows them.
function Words({ text }: { text: string }) {
  return text.split(/(\*[^*\n]+\*|https?:\/\/\S+)/).map((part, place): ReactNode => {
    if (part.startsWith('http')) return <a key={place} href={part} target="_blank" rel="noreferrer">{part}</a>;
    return /^\*.+\*$/.test(part) ? <b key={place}>{part.slice(1, -1)}</b> : part;
  });
}

const kFileIcons = { document: IconFileText, image: IconPhoto, audio: IconMicrophone } as const;

function File({ file }: { file: NonNullable<Message['file']> }) {
  const say = useSay();
  const Icon = kFileIcons[file.kind as keyof typeof kFileIcons] ?? IconFileText;
  if (file.kind !== 'document') return <div className="phone-file"><Icon size={22} stroke={1.6} />{say(file.kind === 'image' ? 'phone.photo' : 'phone.voice')}</div>;
  return <a className="phone-file" href={addressOf(`phone/files/${file.id}`)} download={file.name || true}><Icon size={22} stroke={1.6} />{file.name || say('phone.file')}</a>;
}

function Choices({ message, press, leave }: { message: Message; press: (choice: Choice) => void; leave: () => void }) {
  const home = useHome();
  const rows = message.choices.filter((one) => one.kind === 'list');
  return (
    <>
      {message.choices.filter((one) => one.kind !== 'list').map((one) => (one.kind === 'link'
        ? <Button key={one.title} component="a" href={one.value} target="_blank" rel="noreferrer" onClick={leave} fullWidth variant="default" size="compact-sm" className="phone-choice" lang={home}>{one.title}</Button>
        : <Button key={one.title} onClick={() => press(one)} fullWidth variant="default" size="compact-sm" className="phone-choice" lang={home}>{one.title}</Button>))}
      {rows.length > 0 && (
        <Menu width="target">
          <Menu.Target><Button fullWidth variant="default" size="compact-sm" className="phone-choice" lang={home}>{message.menu}</Button></Menu.Target>
          <Menu.Dropdown>
            {rows.map((one) => <Menu.Item key={one.value} lang={home} onClick={() => press(one)}><Text size="sm">{one.title}</Text><Text size="xs" c="dimmed">{one.description}</Text></Menu.Item>)}
          </Menu.Dropdown>
        </Menu>
      )}
    </>
  );
}

function Bubble({ message, children }: { message: Message; children?: ReactNode }) {
  const home = useHome();
  const say = useSay();
  const isOwn = message.from === 'person';
  return (
    <div className={`phone-said ${isOwn ? 'own' : ''}`}>
      <VisuallyHidden>{say(isOwn ? 'phone.own' : 'phone.theirs')}</VisuallyHidden>
      {message.file && <File file={message.file} />}
      {message.text && <div className="pre" lang={home}><Words text={unbroken(message.text)} /></div>}
      {message.footer && <div className="phone-small" lang={home}>{message.footer}</div>}
      <div className="phone-small phone-time">{message.at.slice(11, 16)}{isOwn && <IconChecks size={14} aria-hidden />}</div>
      {children}
    </div>
  );
}

export function Handset({ phone }: { phone: Phone }) {
  const say = useSay();
  const format = useFormat();
  const { creditor, mode } = useSession();
  const { busy, send, setPace } = useDeeds();
  const [text, setText] = useState('');
  const lines = useRef<HTMLDivElement>(null);
  const person = phone.person;
  const newest = phone.messages.at(-1)?.id;
  useEffect(() => { lines.current?.scrollTo({ top: lines.current.scrollHeight }); }, [newest, person?.id]);
  if (!person) return <Text c="dimmed" p="md">{say('phone.nobody')}</Text>;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim()) send(person.id, { kind: 'text', text: text.trim() });
    setText('');
  };
  // Whoever pays on a page looks away: meanwhile time goes by as on the wall.
  const leave = () => { if (mode === 'demo' && phone.pace !== 'real') setPace('real'); };
  const days = phone.messages.map((one) => one.at.slice(0, 10));
  return (
    <section className="phone" aria-label={say('phone.of', { name: person.name })}>
      <div className="phone-head">
        <span className="phone-face" aria-hidden>{creditor.name.slice(0, 1)}</span>
        <div className="phone-who"><b>{creditor.name}</b><span>{say('phone.business')}</span></div>
        <time className="phone-now" dateTime={person.now}>{person.now.slice(11, 16)}</time>
      </div>
      <div className="phone-lines" ref={lines} tabIndex={0} role="log" aria-label={say('phone.talk')}>
        {phone.messages.length === 0 && <p className="phone-day">{say('phone.empty')}</p>}
        {phone.messages.map((one, place) => (
          <div key={one.id} className="phone-line">
            {days[place] !== days[place - 1] && <p className="phone-day">{format.day(days[place])}</p>}
            <Bubble message={one}>
              <Choices message={one} leave={leave} press={(choice) => send(person.id, { kind: choice.kind, text: choice.title, payload: choice.value, context_id: one.id })} />
            </Bubble>
          </div>
        ))}
      </div>
      <form className="phone-write" onSubmit={submit}>
        <TextInput value={text} onChange={(event) => setText(event.currentTarget.value)} maxLength={1000} placeholder={say('phone.write')} aria-label={say('phone.write.as', { name: person.name })} autoComplete="off" />
        <Group gap={2} wrap="nowrap">
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={say('phone.photo.send')} onClick={() => send(person.id, { kind: 'image', text: '' })}><IconCamera size={20} /></ActionIcon>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={say('phone.voice.send')} onClick={() => send(person.id, { kind: 'audio', text: '' })}><IconMicrophone size={20} /></ActionIcon>
          <ActionIcon type="submit" size="lg" radius="xl" aria-label={say('phone.send')} loading={busy}><IconSend size={18} /></ActionIcon>
        </Group>
      </form>
    </section>
  );
}
