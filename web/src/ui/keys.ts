// Keys: "g h" is one after the other. Those of a single key can be turned off (WCAG 2.1.4), and rest while somebody writes,
// while something is open above the page, and while a key is held down.
import { useEffect, useRef } from 'react';

const kStored = 'puntual.keys';
export const keysAreOn = () => localStorage.getItem(kStored) !== 'off';
export const setKeysOn = (on: boolean) => localStorage.setItem(kStored, on ? 'on' : 'off');

const isWriting = (target: EventTarget | null) => target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

// Lists stay in the page when they are closed.
const kLayers = '[role=dialog],[role=menu],[role=listbox]';
export const areKeysAsleep = (event: Pick<KeyboardEvent, 'ctrlKey' | 'metaKey' | 'altKey' | 'repeat'>, layers: Iterable<{ checkVisibility: () => boolean }>) =>
  event.ctrlKey || event.metaKey || event.altKey || event.repeat || [...layers].some((layer) => layer.checkVisibility());

export function useKeys(keys: Record<string, () => void>) {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    let before = '';
    let at = 0;
    const listen = (event: KeyboardEvent) => {
      if (!keysAreOn() || isWriting(event.target) || areKeysAsleep(event, document.querySelectorAll(kLayers))) return;
      const pair = Date.now() - at < 1000 ? `${before} ${event.key}` : '';
      const act = latest.current[pair] ?? latest.current[event.key];
      before = event.key;
      at = Date.now();
      if (!act) return;
      event.preventDefault();
      before = '';
      act();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}
