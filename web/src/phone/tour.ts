// The tour of two minutes: where each step stands, and whether it is going on. That it was seen is remembered by the browser.
import { createContext, useContext } from 'react';

export const kSteps = ['who', 'sent', 'answer', 'plan', 'pay', 'silence', 'proof', 'weeks'] as const;
export type Step = (typeof kSteps)[number];

const kSeen = 'puntual.tour';
export const wasSeen = () => localStorage.getItem(kSeen) === 'seen';
export const noteSeen = () => localStorage.setItem(kSeen, 'seen');

// Null: it is not going on.
export const Touring = createContext<{ step: Step | null; go: (step: Step | null) => void; start: () => void }>({ step: null, go: () => undefined, start: () => undefined });
export const useTour = () => useContext(Touring);
