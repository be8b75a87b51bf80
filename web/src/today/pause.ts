// The brake of the whole house. Each tells whether it was done, and says so.
import { useQueryClient } from '@tanstack/react-query';
import { post } from '../api/client';
import type { Route } from '../api/routes';
import { useSay } from '../i18n';
import { kAskCountAbove, useAsk } from '../ui/ask';
import { toast, toastTrouble } from '../ui/toast';

export function usePause() {
  const say = useSay();
  const queries = useQueryClient();
  const [ask, dialog] = useAsk();
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
  // What waited leaves at once: for many, their number is asked for first.
  const resume = async (waiting: number) => {
    if (waiting > kAskCountAbove && await ask({ title: say('today.resume.title'), text: say('today.resume.many', { n: waiting }), action: say('today.resume'), count: waiting }) === null) return false;
    return set('resume', say('today.resumed'));
  };
  return { dialog, pause: (why: string) => set('pause', say('today.pausedNow'), { why }), resume };
}
