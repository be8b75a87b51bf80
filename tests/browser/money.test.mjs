// Money that came through a provider goes back from the page Pagos: once, with a reason, and the books follow the provider's word.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test, before, after } from 'node:test';
import { House, axe, binary, freePort, openBrowser, pictures } from '../support/browser_house.mjs';

const kPassword = 'una tarde de lluvia en Bogotá';
const machine = new House();
let browser, house, link, payLink;

const run = (...args) => execFileSync(binary, [...args, '--data-dir', machine.folder], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

before(async () => {
  const door = await freePort();
  machine.file('secret.txt', 'secret-of-the-tests\n');
  machine.file('token.txt', 'token-of-the-tests\n');
  machine.file('api.txt', 'api-token-of-the-tests\n');
  machine.file('mercadopago.toml', `access_token = "TEST-1234567890123456-112100-0123456789abcdef0123456789abcdef-99001122"
webhook_secret = "mpsandbox9f2c7a1e5b4d8360aa11bb22cc33"\ncurrency = "COP"\n`);
  machine.file('pay.toml', `[mercadopago]\naccess_token = "TEST-1234567890123456-112100-0123456789abcdef0123456789abcdef-99001122"
webhook_secret = "mpsandbox9f2c7a1e5b4d8360aa11bb22cc33"\ncurrency = "COP"\n`);
  const sandbox = await machine.start(['sandbox', '--app-secret-file', machine.file('secret.txt'), '--token-file', machine.file('token.txt'), '--verify-token', 'v',
    '--webhook-url', `http://127.0.0.1:${door}/webhooks/whatsapp`, '--pay', 'mercadopago', '--pay-secrets-file', machine.file('pay.toml'),
    '--pay-notice-url', `http://127.0.0.1:${door}/webhooks/payments`]);
  machine.file('puntual.toml', `listen = "127.0.0.1:${door}"
api_token_file = "${machine.file('api.txt')}"
[creditor]
name = "Andina Comunicaciones"
agent_name = "Laura"
country = "CO"
zone = "America/Bogota"
currency = "COP"
help = "llame al 601 555 0100"
[access]
second_factor = "optional"
[whatsapp]
base_url = "${sandbox.base_url}"
phone_number_id = "${sandbox.phone_number_id}"
waba_id = "${sandbox.waba_id}"
access_token_file = "${machine.file('token.txt')}"
app_secret_file = "${machine.file('secret.txt')}"
verify_token = "v"
number_owner = "Andina Comunicaciones"
[payments]
public_url = "http://127.0.0.1:${door}"
providers = ["mercadopago"]
[payments.mercadopago]
secrets_file = "${machine.file('mercadopago.toml')}"
base_url = "${sandbox.pay.mercadopago.base_url}"
`);
  machine.file('cartera.csv', `Cliente;Documento;Celular;Factura;Vencimiento;Valor;Saldo;Moneda\nAna Núñez;1000;3000002000;F-0;${day(-5)};120.000,00;120.000,00;COP\n`);
  run('import', machine.file('cartera.csv'));
  let said = '';
  await machine.start(['serve', '--data-dir', machine.folder], { told: (text) => { said += text; } });
  house = `http://localhost:${door}`;
  for (let tries = 0; tries < 50 && !/#inicio=\S+/.test(said); ++tries) await new Promise((resolve) => setTimeout(resolve, 100));
  link = `${house}/${/#inicio=\S+/.exec(said)?.[0] ?? said}`;
  payLink = run('link', 'F-0').split('\n')[0];
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await machine.end();
});

test('a payment of a provider is given back from Pagos, in part, with a reason', async () => {
  const context = await browser.newContext({ locale: 'es-CO', reducedMotion: 'reduce', viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  try {
    const payer = await browser.newContext({ locale: 'es-CO', javaScriptEnabled: false, viewport: { width: 320, height: 640 } });
    const pays = await payer.newPage();
    await pays.goto(payLink);
    await pays.getByRole('button', { name: 'PSE' }).click();
    await pays.getByRole('button', { name: 'Pagar' }).click();
    await pays.waitForURL(/\/r\/PT-/);
    await payer.close();

    await page.goto(link);
    await page.getByLabel('Su nombre').fill('Lucía Herrera');
    await page.getByLabel('Correo').fill('owner@andina.example');
    await page.locator('input[autocomplete$=password]').fill(kPassword);
    await page.keyboard.press('Enter');
    await page.getByRole('navigation').getByRole('link', { name: 'Pagos' }).click();
    const more = page.getByRole('button', { name: /Ana Núñez/ });
    for (let tries = 0; tries < 40 && await more.count() === 0; ++tries) {
      await page.waitForTimeout(500);
      await page.reload();
      await page.getByText('Recibidos').first().waitFor().catch(() => undefined);
    }
    await more.click();
    await page.getByRole('menuitem', { name: 'Devolver el dinero' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(/COP/).fill('120001');
    await dialog.locator('textarea').first().fill('pagó dos veces');
    await dialog.getByRole('button', { name: 'Devolver el dinero' }).click();
    await dialog.getByText(/como máximo/).waitFor();  // No more than came in.
    await dialog.getByLabel(/COP/).fill('50000');
    await page.evaluate(axe);
    assert.deepEqual(await page.evaluate(async () => (await window.axe.run(document)).violations.filter((one) => ['serious', 'critical'].includes(one.impact)).map((one) => one.id)), []);
    await page.screenshot({ path: `${pictures}/refund.png` });
    await dialog.getByRole('button', { name: 'Devolver el dinero' }).click();
    await page.getByText('Se pidió la devolución').waitFor();
    const answer = async () => JSON.parse(run('payments', 'list', '--json')).payments[0];
    for (let tries = 0; tries < 60 && (await answer()).returned_minor === 0; ++tries) await page.waitForTimeout(500);
    const paid = await answer();
    assert.equal(paid.returned_minor, 5_000_000);
    assert.deepEqual(paid.reversals.map((one) => `${one.kind} ${one.amount_minor}`), ['refund 5000000']);
    assert.match(run('invoice', 'show', 'F-0'), /se deben \$ 50\.000\./);
  } catch (error) {
    await page.screenshot({ path: `${pictures}/money-failure.png` });
    throw error;
  }
  await context.close();
});
