// The brake of the whole house. Each tells whether it was done, and says so.
import { useQueryClient } from '@tanstack/react-query';
import { post } from '../api/client';
import type { Route } from '../api/routes';
import { useSay } from '../i18n';
import { toast, toastTrouble } from '../ui/toast';

export function usePause() {
  const say = useSay();
  const queries = useQueryClient();
  const set = async (path: Route<'post'>, done: string, query?: Record<string, string>) => {
    let isDone = false;
    try {
      await post(path, undefined, { query });
      toast(done);
      isDone = true;
    } catch (problem) {
      toastTrouble(problem, say);
    }
    await queries.invalidateQueries({ queryKey: ['today'] });
    return isDone;
  };
  return { pause: (why: string) => set('pause', say('today.pausedNow'), { why }), resume: () => set('resume', say('today.resumed')) };
}
