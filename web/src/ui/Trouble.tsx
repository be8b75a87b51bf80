// What went wrong, in words, and the way out; around a page, so that one that breaks does not take the others along.
import { Button, Group } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { Problem } from '../api/client';
import { useSay, type Say } from '../i18n';
import { Notice } from './Notice';

export function troubleText(error: unknown, say: Say): string {
  if (!(error instanceof Problem)) return say('trouble.page');
  if (error.status === 0) return say('trouble.network');
  if (error.status === 403) return error.detail || say('trouble.forbidden');
  if (error.status === 404) return error.detail || say('trouble.missing');
  if (error.status === 429) return say('trouble.many');
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
