// What the server cannot take back is done only when the time to take it back is over; at once when one leaves.
import { useSyncExternalStore } from 'react';

export const kUndoMs = 10_000;

const waiting = new Map<string, () => Promise<void>>();
const watchers = new Set<() => void>();
let names: readonly string[] = [];
function changed() {
  names = [...waiting.keys()];
  for (const watcher of watchers) watcher();
}

// Of a name that waits already nothing more is begun. The answer takes it back: false, it is too late.
export function putOff(name: string, act: () => Promise<void>): () => boolean {
  if (waiting.has(name)) return () => false;
  let begun = false;
  const begin = async () => {
    if (begun) return;
    begun = true;
    clearTimeout(timer);
    await act().finally(() => { waiting.delete(name); changed(); });
  };
  const timer = setTimeout(() => void begin(), kUndoMs);
  waiting.set(name, begin);
  changed();
  return () => {
    if (begun) return false;
    begun = true;
    clearTimeout(timer);
    waiting.delete(name);
    changed();
    return true;
  };
}

export const doNow = () => Promise.all([...waiting.values()].map((begin) => begin()));

// What waits, or is being done.
export const usePutOff = () => useSyncExternalStore((watcher) => { watchers.add(watcher); return () => watchers.delete(watcher); }, () => names);
