// The labels of a conversation: words of the house's own to find it again.
import { Badge, Card as Plain, Group, TagsInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post } from '../api/client';
import { useMay, useSession } from '../api/session';
import { useSay } from '../i18n';
import { toast, toastTrouble } from '../ui/toast';
import { merged, type Talk } from './api';

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
  // What a colleague has put on or taken off meanwhile stays so.
  const keep = async (from: string[], labels: string[], isBack = false) => {
    const wanted = [...new Set(labels.map((one) => one.trim().toLowerCase().slice(0, kLettersMax)))].filter(Boolean);
    try {
      const before = (await get<Talk>(`conversations/${talk.debtor}`, { limit: 1 })).labels;
      const after = merged(from, wanted, before);
      await post(`conversations/${talk.debtor}/labels`, { labels: after, by: user.email });
      toast(say(isBack ? 'action.undone' : 'conversations.labels.kept'), isBack ? undefined : { name: say('action.undo'), act: () => void keep(after, before, true) });
    } catch (problem) {
      toastTrouble(problem, say);
    }
    await Promise.all([again(), queries.invalidateQueries({ queryKey: ['labels'] })]);
  };
  if (!may) return talk.labels.length > 0 && <Group gap={4}>{talk.labels.map((one) => <Badge key={one} variant="outline" tt="none" color="gray">{one}</Badge>)}</Group>;
  return (
    <Plain withBorder p="md">
      <TagsInput label={say('conversations.labels')} placeholder={talk.labels.length === 0 ? say('conversations.labels.text') : undefined} value={talk.labels} onChange={(labels) => void keep(talk.labels, labels)} data={known.map((one) => one.label)} maxTags={kLabelsMax} />
    </Plain>
  );
}
