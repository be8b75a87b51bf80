// A dialog over the page. When it goes, the focus goes back to what opened it; where that is gone too (a menu's entry), to the page.
import { Modal, type ModalProps } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useSay } from '../i18n';

export function Dialog(props: Omit<ModalProps, 'opened' | 'closeButtonProps'>) {
  const say = useSay();
  const [opener] = useState(() => document.activeElement);
  useEffect(() => () => {
    // Who took the dialog away may have set the focus on purpose.
    requestAnimationFrame(() => {
      if (document.activeElement !== null && document.activeElement !== document.body) return;
      const back = opener instanceof HTMLElement && opener.isConnected && opener !== document.body ? opener : document.getElementById('content');
      back?.focus({ preventScroll: true });
    });
  }, [opener]);
  return <Modal opened closeButtonProps={{ 'aria-label': say('action.close') }} {...props} />;
}
