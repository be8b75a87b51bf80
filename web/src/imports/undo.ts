// An import is taken back after a question; whoever has heard of it or paid meanwhile stays as they are.
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { post } from '../api/client';
import { useSay } from '../i18n';
import { useAsk } from '../ui/ask';
import { toast, toastTrouble } from '../ui/toast';

export function useUndo(): [(id: string, counts: { created: number; updated: number }) => Promise<void>, ReactNode] {
  const say = useSay();
  const queries = useQueryClient();
  const [ask, dialog] = useAsk();
  const undo = async (id: string, { created, updated }: { created: number; updated: number }) => {
    if (await ask({ title: say('imports.undo.title'), text: say('imports.undo.text', { created, updated }), action: say('imports.undo'), danger: true }) === null) return;
    try {
      const done = await post<{ withdrawn: number; restored: number; kept: number }>(`imports/${id}/undo`);
      toast(say(done.kept > 0 ? 'imports.undone.kept' : 'imports.undone', { n: done.kept }));
    } catch (problem) {
      toastTrouble(problem, say);
    }
    await queries.invalidateQueries();
  };
  return [undo, dialog];
}
