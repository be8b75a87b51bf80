// The labels of a conversation: words of the house's own to find it again.
import { Badge, Card as Plain, Group, TagsInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post } from '../api/client';
import { useMay, useSession } from '../api/session';
import { useSay } from '../i18n';
import { toast, toastTrouble } from '../ui/toast';
import type { Talk } from './api';

const kLabelsMax = 20, kLettersMax = 30;

export function useLabels(): { label: string; count: number }[] {
  return useQuery({ queryKey: ['labels'], queryFn: () => get<{ labels: { label: string; count: number }[] }>('conversation-labels'), staleTime: 60_000 }).data?.labels ?? [];
}

export function Labels({ talk, again }: { talk: Talk; again: () => Promise<void> }) {
  const say = useSay();
  const { user } = useSession();
  const may = useMay('conversations_write');
  const queries = useQueryClient();
  const known = useLabels();
  const keep = async (labels: string[]) => {
    try {
      await post(`conversations/${talk.debtor}/labels`, { labels: [...new Set(labels.map((one) => one.trim().toLowerCase().slice(0, kLettersMax)))].filter(Boolean), by: user.email });
      toast(say('conversations.labels.kept'));
    } catch (problem) {
      toastTrouble(problem, say);
    }
    await Promise.all([again(), queries.invalidateQueries({ queryKey: ['labels'] })]);
  };
  if (!may) return talk.labels.length > 0 && <Group gap={4}>{talk.labels.map((one) => <Badge key={one} variant="outline" tt="none" color="gray">{one}</Badge>)}</Group>;
  return (
    <Plain withBorder p="md">
      <TagsInput label={say('conversations.labels')} placeholder={talk.labels.length === 0 ? say('conversations.labels.text') : undefined} value={talk.labels} onChange={(labels) => void keep(labels)} data={known.map((one) => one.label)} maxTags={kLabelsMax} />
    </Plain>
  );
}
