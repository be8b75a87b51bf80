// Two texts side by side; on a phone what went stands above what came.
import { Text } from '@mantine/core';
import { useMemo } from 'react';
import { useSay } from '../i18n';
import { diffOf, pairsOf, type Line } from './diff';

function Side({ line, name }: { line: Line | null; name: string }) {
  const number = line && (line.kind === 'new' ? line.after : line.before);
  return (
    <td className={`diff-line ${line && line.kind !== 'same' ? line.kind : ''} ${line ? '' : 'none'}`} data-label={name}>
      {line && <><span className="diff-number">{number}</span><span aria-hidden>{line.kind === 'gone' ? '−' : line.kind === 'new' ? '+' : ' '}</span> {line.text}</>}
    </td>
  );
}

export function Diff({ before, after, names }: { before: string; after: string; names: [string, string] }) {
  const say = useSay();
  const pairs = useMemo(() => pairsOf(diffOf(before, after)), [before, after]);
  if (before === after) return <Text size="sm">{say('texts.diff.same')}</Text>;
  return (
    <table className="diff" aria-label={say('texts.diff')}>
      <thead><tr><th scope="col">{names[0]}</th><th scope="col">{names[1]}</th></tr></thead>
      <tbody>
        {pairs.map((pair, at) => pair.skipped
          ? <tr key={at}><td colSpan={2} className="diff-skipped">{say('texts.diff.skipped', { n: pair.skipped })}</td></tr>
          : <tr key={at} className={pair.left === pair.right ? 'same' : undefined}><Side line={pair.left} name={names[0]} /><Side line={pair.right} name={names[1]} /></tr>)}
      </tbody>
    </table>
  );
}
