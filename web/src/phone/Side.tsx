// The phone beside every page of the demonstration.
import Beside from './Around';
import { Handset } from './Handset';

export default function Side() {
  return <Beside>{(phone) => <Handset phone={phone} />}</Beside>;
}
