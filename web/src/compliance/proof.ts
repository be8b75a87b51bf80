// What proves one message, as a file; and of which messages there is one.
import { download } from '../api/download';
import { useSay } from '../i18n';
import { toastTrouble } from '../ui/toast';

export const isProved = (state: string) => ['accepted', 'sent', 'delivered', 'read'].includes(state);

export function useProof() {
  const say = useSay();
  return (message: string, as: 'json' | 'pdf') => download(`proofs/${message}`, `constancia-${message}.${as}`, { query: { as } }).catch((problem: unknown) => toastTrouble(problem, say));
}
