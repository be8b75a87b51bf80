// What has been written into drafts and not been kept: it stays in memory while one goes about the pages, and the browser asks before
// it is lost.
import type { QueryClient } from '@tanstack/react-query';

export const writtenKey = (path: string) => ['written', path];

export function keepWritten(queries: QueryClient, path: string, text: string | null) {
  queries.setQueryDefaults(['written'], { gcTime: Infinity, staleTime: Infinity });
  queries.setQueryData(writtenKey(path), text);
}

export const hasUnkept = (queries: QueryClient) => queries.getQueriesData<string | null>({ queryKey: ['written'] }).some(([, text]) => typeof text === 'string');

export function askBeforeLeaving(queries: QueryClient) {
  window.addEventListener('beforeunload', (event) => { if (hasUnkept(queries)) event.preventDefault(); });
}
