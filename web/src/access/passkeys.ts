// Passkeys in the JSON that the browser itself reads and writes. Whoever turns the browser's question away has done nothing: null.
import { post } from '../api/client';
import type { Session } from '../api/session';

// A page at an address of numbers has none, and the server takes them at https or http://localhost alone.
export const takesPasskeys = () =>
  window.isSecureContext && !/^[\d.[\]:]+$/.test(location.hostname) && typeof window.PublicKeyCredential?.parseCreationOptionsFromJSON === 'function';

async function unlessRefused(ask: Promise<Credential | null>): Promise<PublicKeyCredential | null> {
  try {
    return (await ask) as PublicKeyCredential | null;
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}

export interface Passkey {
  id: string;
  name: string;
  created_at: string;
  used_at: string | null;
}

// The first half wants a fresh proof; it is asked for before the browser's own question comes.
export const beginPasskey = () => post<PublicKeyCredentialCreationOptionsJSON>('me/passkeys/begin');

export async function makePasskey(options: PublicKeyCredentialCreationOptionsJSON, name: string): Promise<Passkey | null> {
  const made = await unlessRefused(navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }));
  return made && post<Passkey>('me/passkeys/finish', { name, credential: made.toJSON() });
}

export async function signInByPasskey(): Promise<Session | null> {
  const options = await post<PublicKeyCredentialRequestOptionsJSON>('session/passkey/begin');
  const shown = await unlessRefused(navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }));
  return shown && post<Session>('session/passkey/finish', { credential: shown.toJSON() });
}
