// A text that somebody edits: what is kept of it, what they have written since, and what the server finds wrong with that.
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useSure } from '../access/Sure';
import { Problem, getVersioned, post, postVersioned, type Versioned } from '../api/client';
import { useSay } from '../i18n';
import { toast, toastTrouble } from '../ui/toast';
import type { Finding, TextDraft } from './api';
import { keepWritten, writtenKey } from './unkept';

export interface Checked {
  right: boolean;
  findings: Finding[];
}

// "strategies/estandar", "templates/es_CO/recibo_v1". C: what the check tells besides.
export type TextPath = `${string}/${string}`;
export function useDraft<C extends Checked>(path: `strategies/${string}` | `templates/${TextPath}`) {
  const say = useSay();
  const sure = useSure();
  const queries = useQueryClient();
  const key = ['draft', path];
  const kept = useQuery({ queryKey: key, queryFn: () => getVersioned<TextDraft>(`${path}/draft`), refetchOnWindowFocus: false, staleTime: Infinity });
  // null: nothing since it was kept. A state of its own, for what comes from the cache comes too late for a caret in the middle.
  const [written, show] = useState(() => queries.getQueryData<string | null>(writtenKey(path)) ?? null);
  const put = (now: string | null) => {
    keepWritten(queries, path, now);
    show(now);
  };
  const [theirs, setTheirs] = useState<Versioned<TextDraft> | null>(null);  // Somebody else's, kept meanwhile.
  const before = kept.data?.data.draft?.text ?? kept.data?.data.in_force ?? '';
  const text = written ?? before;
  const write = (now: string | null) => put(now === before ? null : now);
  const [settled] = useDebouncedValue(text, 400);
  const checked = useQuery({
    queryKey: ['checked', path, settled],
    queryFn: () => post<C>(`${path}/check`, { text: settled }),
    enabled: settled !== '',
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  const take = (now: Versioned<TextDraft>) => {
    queries.setQueryData(key, now);
    put(null);
  };
  const act = async (verb: '' | '/discard' | '/approve', body: object, version = kept.data!.version): Promise<boolean> => {
    try {
      take(await postVersioned<TextDraft>(`${path}/draft${verb}`, body, version));
      void queries.invalidateQueries({ queryKey: [path.split('/')[0]] });
      return true;
    } catch (problem) {
      if (problem instanceof Problem && problem.status === 412) setTheirs(await getVersioned<TextDraft>(`${path}/draft`));
      else toastTrouble(problem, say);
      return false;
    }
  };
  return {
    kept, text, before, theirs, checked: settled === text ? checked.data : undefined,
    lastChecked: checked.data,
    isChanged: written !== null && written !== before,
    write,
    keep: async () => { if (await act('', { text })) toast(say('texts.kept')); },
    discard: async () => {
      const gone = before;
      if (!await act('/discard', {})) return;
      const back = async () => {
        const now = queries.getQueryData<Versioned<TextDraft>>(key);
        if (now && await act('', { text: gone }, now.version)) toast(say('action.undone'));
      };
      toast(say('texts.discarded'), { name: say('action.undo'), act: () => void back() });
    },
    approve: async () => { if (await act('/approve', {})) toast(say('texts.approvedNow')); },
    // True: it is in force.
    launch: async (body: object): Promise<boolean> => {
      const launched = await sure(() => postVersioned<{ number: number }>(`${path}/draft/launch`, body, kept.data!.version));
      if (!launched) return false;
      await new Promise((done) => setTimeout(done, 600));  // Until the engine's next turn: then the pages show it.
      await queries.invalidateQueries();
      return true;
    },
    // After somebody else's has been kept in between: theirs, or ours in its place.
    takeTheirs: () => { take(theirs!); setTheirs(null); },
    keepOurs: async () => {
      const version = theirs!.version;
      setTheirs(null);
      if (await act('', { text }, version)) toast(say('texts.kept'));
    },
    leave: () => setTheirs(null),
  };
}

export type DraftAtWork<C extends Checked> = ReturnType<typeof useDraft<C>>;
