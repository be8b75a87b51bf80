// What the phone's parts share for as long as the page is open: whose it is, and where the tour stands.
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { useSession } from '../api/session';
import { Whose } from './api';
import { Touring, kSteps, noteSeen, wasSeen, type Step } from './tour';

const kFirst = '/app/portfolio';

export function Provide({ children }: { children: ReactNode }) {
  const { mode } = useSession();
  const navigate = useNavigate();
  const [debtor, choose] = useState('');
  const [step, setStep] = useState<Step | null>(mode === 'demo' && !wasSeen() ? kSteps[0] : null);
  useEffect(() => { if (step === kSteps[0]) void navigate(kFirst); }, []);
  const tour = useMemo(() => {
    const go = (next: Step | null) => {
      if (!next) noteSeen();
      setStep(next);
    };
    return { step, go, start: () => { go(kSteps[0]); void navigate(kFirst); } };
  }, [step, navigate]);
  const whose = useMemo(() => ({ debtor, choose }), [debtor]);
  return <Whose.Provider value={whose}><Touring.Provider value={tour}>{children}</Touring.Provider></Whose.Provider>;
}
