// What went wrong, in words, and the way out; around a page, so that one that breaks does not take the others along.
import { Button, Group } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { Problem } from '../api/client';
import { useSay, type Key, type Say } from '../i18n';
import { Notice } from './Notice';

// The server tells engineers in English, and people in their language.
const kInWords = new Set(['conflict', 'unsafe_state', 'still_running', 'version_mismatch', 'too_large', 'invalid_request', 'invalid_fields', 'idempotency_key_reused', 'unsupported_media_type']);
// By words that one of the two has and the other has not; names within quotes are of neither.
const kSpanish = /[áéíóúñ¿¡«]|\b(?:de|del|el|la|los|las|se|nada|tiene|una?|su|sus|que|para|por|con|en|es|ya|hay|ponga|escriba|diga|elija|existe|termina|quita)\b/i;
const kEnglish = /\b(?:the|is|are|was|were|of|to|and|not|this|that|for|has|have|does|must|with|which|only|takes|wants|needs)\b/i;
export const isForReading = (detail: string) => {
  const plain = detail.replace(/'[^']*'|«[^»]*»/g, (quoted) => (quoted.startsWith('«') ? '«»' : ''));
  return kSpanish.test(plain) && !kEnglish.test(plain);
};

export function troubleText(error: unknown, say: Say): string {
  if (!(error instanceof Problem)) return say('trouble.page');
  if (error.status === 0) return say('trouble.network');
  if (error.status === 403) return isForReading(error.detail) ? error.detail : say('trouble.forbidden');
  if (error.status === 404) return isForReading(error.detail) ? error.detail : say('trouble.missing');
  if (error.status === 429) return say('trouble.many');
  if (kInWords.has(error.code) && !isForReading(error.detail)) return say(`trouble.code.${error.code}` as Key);
  return error.status >= 500 ? say('trouble.server') : error.detail;
}

export function Trouble({ error, retry }: { error: unknown; retry?: () => void }) {
  const say = useSay();
  return (
    <Notice tone="bad" urgent title={say('trouble.title')}>
      {troubleText(error, say)}
      {retry && <Group mt="sm"><Button size="xs" variant="default" onClick={retry}>{say('action.retry')}</Button></Group>}
    </Notice>
  );
}

export class Boundary extends Component<{ children: ReactNode }, { error: unknown }> {
  state = { error: null as unknown };
  static getDerivedStateFromError(error: unknown) {
    return { error };
  }
  render() {
    return this.state.error ? <Trouble error={this.state.error} retry={() => this.setState({ error: null })} /> : this.props.children;
  }
}
