// See sandbox_sdk.sh. Nothing but loopback is ever called.
import assert from 'node:assert/strict';

const info = JSON.parse(process.argv[2]);
const realFetch = globalThis.fetch;
globalThis.fetch = (target, options) => {
  const url = String(target?.url ?? target);
  assert(url.startsWith(info.base_url), `not the sandbox: ${url}`);
  return realFetch(target, options);
};
const { default: Client } = await import('@great-detail/whatsapp');
const { WhatsAppAPI } = await import('whatsapp-api-js');
const m = await import('whatsapp-api-js/messages');

const authorization = { Authorization: `Bearer ${info.access_token}` };
const post = (path, body) => fetch(info.base_url + path, { method: 'POST', headers: authorization, body: JSON.stringify(body) })
  .then((answer) => answer.json());

await post('/_sandbox/say', { from: '+573001234567', text: 'hola' });
await post(`/v26.0/${info.waba_id}/message_templates`, {
  name: 'aviso', language: 'es_CO', category: 'UTILITY',
  components: [{ type: 'BODY', text: 'Hola {{1}}, tu factura vence pronto.', example: { body_text: [['Ana']] } }],
});

const phoneNumberID = info.phone_number_id;
const to = '+573001234567';
const one = new Client({ baseUrl: info.base_url, graphVersion: 'v26.0', request: { headers: authorization } });
const sends = [
  { type: 'text', text: { body: 'Hola' } },
  { type: 'template', template: { name: 'aviso', language: { code: 'es_CO' }, components: [{ type: 'body', parameters: [{ type: 'text', text: 'Ana' }] }] } },
  { type: 'interactive', interactive: { type: 'button', body: { text: '¿Pagas hoy?' }, action: { buttons: [{ type: 'reply', reply: { id: 's', title: 'Sí' } }] } } },
];
for (const message of sends) {
  const answer = await (await one.message.createMessage({ phoneNumberID, to, ...message })).json();
  assert.match(answer.messages[0].id, /^wamid\./);
}

const two = new WhatsAppAPI({
  token: info.access_token, appSecret: 'secreto', v: 'v26.0',
  ponyfill: { fetch: (url, options) => fetch(String(url).replace('https://graph.facebook.com', info.base_url), options) },
});
const messages = [
  new m.Text('Hola'),
  new m.Template('aviso', new m.Language('es_CO'), new m.BodyComponent(new m.BodyParameter('Ana'))),
  new m.Interactive(new m.ActionButtons(new m.Button('s', 'Sí')), new m.Body('¿Pagas hoy?')),
];
for (const message of messages) {
  const answer = await two.sendMessage(phoneNumberID, '573001234567', message);
  assert.match(answer.messages[0].id, /^wamid\./);
}
const refused = await two.sendMessage(phoneNumberID, '573001234567', new m.Template('otra', new m.Language('es')));
assert.equal(refused.error.code, 132001);
console.log('both SDKs: text, template, interactive accepted; an unknown template refused with 132001');
