// What has been begun and not been kept, a draft's text or an import half-way: it stays in memory while one goes about the pages, and the browser asks before
// it is lost.
import type { QueryClient } from '@tanstack/react-query';

export const writtenKey = (path: string) => ['written', path];

export function keepWritten(queries: QueryClient, path: string, text: unknown) {
  queries.setQueryDefaults(['written'], { gcTime: Infinity, staleTime: Infinity });
  queries.setQueryData(writtenKey(path), text);
}

export const hasUnkept = (queries: QueryClient) => queries.getQueriesData({ queryKey: ['written'] }).some(([, written]) => written != null);

export function askBeforeLeaving(queries: QueryClient) {
  window.addEventListener('beforeunload', (event) => { if (hasUnkept(queries)) event.preventDefault(); });
}
