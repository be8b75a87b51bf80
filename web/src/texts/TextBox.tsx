// The text itself, with what is wrong with it: each finding leads to its line.
import { Anchor, Textarea } from '@mantine/core';
import { useRef } from 'react';
import { useSpoken } from '../i18n';
import { Notice } from '../ui/Notice';
import type { Finding } from './api';
import { mistakeText } from './mistakes';

export function Findings({ findings, goTo }: { findings: Finding[]; goTo?: (line: number) => void }) {
  const { say, findingOf } = useSpoken();
  if (findings.length === 0) return null;
  const wrong = findings.some((one) => one.error);
  return (
    <Notice tone={wrong ? 'bad' : 'warn'} title={say(wrong ? 'texts.wrong' : 'texts.remarks')}>
      <ul className="told">
        {findings.map((one) => (
          <li key={`${one.line} ${one.detail}`}>
            {one.line > 0 && (goTo ? <Anchor component="button" type="button" size="sm" c="inherit" td="underline" onClick={() => goTo(one.line)}>{say('texts.line', { line: String(one.line) })}</Anchor> : say('texts.line', { line: String(one.line) }))}
            {one.line > 0 && ': '}{one.code ? findingOf(one.code, one.detail) : mistakeText(one.detail, say)}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

export function TextBox({ label, text, write, findings, readOnly }: { label: string; text: string; write: (text: string) => void; findings: Finding[]; readOnly?: boolean }) {
  const box = useRef<HTMLTextAreaElement>(null);
  const goTo = (line: number) => {
    const lines = text.split('\n');
    const from = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
    box.current?.focus();
    box.current?.setSelectionRange(from, from + (lines[line - 1]?.length ?? 0));
    if (box.current) box.current.scrollTop = Math.max(0, ((line - 4) / lines.length) * box.current.scrollHeight);
  };
  return (
    <div className="columns">
      <Findings findings={findings} goTo={goTo} />
      <Textarea ref={box} label={label} value={text} onChange={(event) => write(event.currentTarget.value)} readOnly={readOnly} rows={26} spellCheck={false} classNames={{ input: 'source' }} resize="vertical" />
    </div>
  );
}
