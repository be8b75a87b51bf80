// The phone beside every page of the demonstration.
import { Stack } from '@mantine/core';
import { Chooser, Hands } from './Around';
import { Handset } from './Handset';
import { usePhone } from './api';

export default function Side() {
  const phone = usePhone();
  return phone.data ? <Stack gap="sm" className="phone-beside"><Chooser phone={phone.data} /><Handset phone={phone.data} /><Hands phone={phone.data} /></Stack> : null;
}
