// The files that were loaded lately: what came of each, how far one is, and the way back while there is one.
import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { get } from '../api/client';
import { useMay } from '../api/session';
import { useNames } from '../conversations/colleagues';
import { houseNow, useFormat, useSay, type Key } from '../i18n';
import { Card } from '../ui/Card';
import type { Run } from './api';
import { useUndo } from './undo';

const kLookAgainMs = 1_500;
const kUnderWayMs = 60 * 60_000;

// Not ended, and begun within the hour: what is older was cut off.
const isUnderWay = (run: Run | undefined) => run !== undefined && run.ended_at === null && houseNow().getTime() - Date.parse(run.at) < kUnderWayMs;

// For how many seconds more nobody is reminded because of it.
const restsFor = (run: Run) => (run.first_send_not_before === null || run.ended_at === null ? 0 : Math.max(0, Math.ceil((Date.parse(run.first_send_not_before) - houseNow().getTime()) / 1000)));

export function History({ watch }: { watch: boolean }) {
  const say = useSay();
  const format = useFormat();
  const mayWrite = useMay('portfolio_write');
  const nameOf = useNames();
  const [undo, dialog] = useUndo();
  const query = useQuery({ queryKey: ['imports'], queryFn: () => get<{ imports: Run[] }>('imports'),
    refetchInterval: (now) => (watch || isUnderWay(now.state.data?.imports[0]) || now.state.data?.imports.some((run) => restsFor(run) > 0) ? kLookAgainMs : false) });
  const runs = query.data?.imports ?? [];
  if (runs.length === 0) return null;
  return (
    <Card title={say('imports.history')}>
      {dialog}
      <ul className="plain-list">
        {runs.map((run, place) => (
          <Group component="li" key={run.id} justify="space-between" align="start" py="sm" gap="sm">
            <Stack gap={2} flex="1 1 18rem">
              <Text fw={550} style={{ overflowWrap: 'anywhere' }}>{run.file_name || say(`imports.kind.${run.kind}`)}</Text>
              <Text size="sm">{[run.file_name && say(`imports.kind.${run.kind}`), format.moment(run.at)].filter(Boolean).join(' · ')}</Text>
              <Text size="sm" c="dimmed">{say('imports.history.counts', { created: format.number(run.created), updated: format.number(run.updated), unchanged: format.number(run.unchanged), rejected: format.number(run.rejected) })} · {nameOf(run.by)}</Text>
              {place === 0 && isUnderWay(run) && (
                <>
                  <Text size="sm" role="status">{say('imports.underWay', { done: format.number(run.rows) })}</Text>
                  <Progress value={run.blocks === 0 ? 0 : (100 * run.blocks_done) / run.blocks} aria-label={say('imports.progress')} />
                </>
              )}
              {run.ended_at === null && !(place === 0 && isUnderWay(run)) && <Text size="sm">{say('imports.cutOff')}</Text>}
              {!run.why_not_undo && restsFor(run) > 0 && <Text size="sm">{say('imports.rests', { n: restsFor(run) })}</Text>}
              {run.undone_at && <Text size="sm">{say('imports.wasUndone', { at: format.moment(run.undone_at), by: nameOf(run.undone_by) })}</Text>}
              {!run.undone_at && run.why_not_undo && run.created + run.updated > 0 && run.kind === 'portfolio' && <Text size="sm" c="dimmed">{say('imports.noUndo', { why: say(`imports.noUndo.${run.no_undo.code}` as Key, { n: run.no_undo.people }) })}</Text>}
              {run.undo_until && !isUnderWay(run) && <Text size="sm" c="dimmed">{say('imports.undoUntil', { at: format.moment(run.undo_until), since: format.since(run.undo_until) })}</Text>}
            </Stack>
            {mayWrite && !run.why_not_undo && !isUnderWay(run) && <Button size="xs" variant="default" onClick={() => void undo(run.id, run)}>{say('imports.undo')}</Button>}
          </Group>
        ))}
      </ul>
    </Card>
  );
}
