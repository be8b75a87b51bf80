// The payer's page in Chromium, without JavaScript: at three widths, in both themes, from the link to the provider and back. The
// pictures are for people to look at.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test, before, after } from 'node:test';
import { House, axe, binary, freePort, openBrowser, pictures } from '../support/browser_house.mjs';

const kNow = '2026-11-24T09:00:00-05:00';
const kWidths = [320, 360, 1440];

const machine = new House();
let browser, links;

const run = (...args) => execFileSync(binary, [...args, '--data-dir', machine.folder], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

before(async () => {
  const door = await freePort();
  machine.file('secret.txt', 'secret-of-the-tests\n');
  machine.file('token.txt', 'token-of-the-tests\n');
  machine.file('api.txt', 'api-token-of-the-tests\n');
  machine.file('wompi.toml', `public_key = "pub_test_Sandbox0Publica"\nprivate_key = "prv_test_Sandbox0Privada"
events_secret = "test_events_Sandbox0Eventos"\nintegrity_secret = "test_integrity_Sandbox0Integridad"\n`);
  const sandbox = await machine.start(['sandbox', '--app-secret-file', machine.file('secret.txt'), '--token-file', machine.file('token.txt'), '--verify-token', 'v', '--now', kNow,
    '--webhook-url', `http://127.0.0.1:${door}/webhooks/whatsapp`, '--pay', 'wompi', '--pay-notice-url', `http://127.0.0.1:${door}/webhooks/payments`]);
  machine.file('puntual.toml', `listen = "127.0.0.1:${door}"\ntest_clock = "${kNow}"
api_token_file = "${machine.file('api.txt')}"
[creditor]
name = "Cooperativa de Servicios <b>Integrales</b> & Telecomunicaciones del Oriente"
agent_name = "Laura"
country = "CO"
help = "llame al 601 555 0100"
[imports]
grace_seconds = 0
[whatsapp]
base_url = "${sandbox.base_url}"
phone_number_id = "${sandbox.phone_number_id}"
waba_id = "${sandbox.waba_id}"
access_token_file = "${machine.file('token.txt')}"
app_secret_file = "${machine.file('secret.txt')}"
verify_token = "v"
[payments]
public_url = "http://127.0.0.1:${door}"
providers = ["wompi"]
partial = true
partial_minor_min = 1000000
[payments.wompi]
secrets_file = "${machine.file('wompi.toml')}"
base_url = "${sandbox.base_url}/pay/wompi/v1"
[payments.transfer]
bank = "Banco de Prueba"
account_kind = "ahorros"
account = "000-111111-22"
holder = "Cooperativa de Servicios Integrales"
document = "NIT 900.000.000-0"
`);
  machine.file('cartera.csv', `Cliente;Documento;Celular;Factura;Fecha vencimiento;Valor;Saldo;Moneda
<script>alert(1)</script> Ruiz;10.000.001;+573000000001;F-0001;24/10/2026;150.000,00;150.000,00;COP
Luis Mora;10.000.002;+573000000002;F-0002;24/11/2026;1.250.000,00;1.250.000,00;COP
`);
  run('import', machine.file('cartera.csv'));
  await machine.start(['serve', '--data-dir', machine.folder]);
  links = ['F-0001', 'F-0002'].map((invoice) => run('link', invoice).split('\n')[0]);
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await machine.end();
});

// Nothing may be said on its console (the provider's page is not ours), nor asked of another machine.
async function withPayer(options, use) {
  const context = await browser.newContext({ locale: 'es-CO', javaScriptEnabled: false, reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && message.location().url.startsWith(new URL(links[0]).origin) && complaints.push(message.text()));
  page.on('request', (request) => request.url().startsWith('http://127.0.0.1:') || complaints.push(`asked ${request.url()}`));
  await use(page);
  assert.deepEqual(complaints, []);
  await context.close();
}
const openAll = async (page) => {
  const closed = page.locator('details:not([open]) > summary');
  while (await closed.count() > 0) await closed.first().click();
};
const isWithin = (page) => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);

test('fits every width in both themes, before and after the payer has said who they are', async () => {
  for (const width of kWidths) {
    for (const colorScheme of ['light', 'dark']) {
      await withPayer({ viewport: { width, height: width < 1000 ? 640 : 900 }, colorScheme }, async (page) => {
        await page.goto(links[1]);
        assert.ok(await page.getByRole('button', { name: 'PSE' }).isVisible());
        await page.screenshot({ path: `${pictures}/pay-${width}-${colorScheme}.png`, fullPage: true });
        await page.locator('summary', { hasText: 'Ver el detalle' }).click();
        await page.locator('form[action$="identify"] input').first().fill('0002');
        await page.locator('form[action$="identify"] button').first().click();
        await page.getByText('F-0002').waitFor();
        await openAll(page);
        assert.ok(await isWithin(page), `${width} px: something is wider than the screen`);
        await page.screenshot({ path: `${pictures}/pay-known-${width}-${colorScheme}.png`, fullPage: true });
      });
    }
  }
});

test('has no finding of axe that is serious, and targets that a thumb meets', async () => {
  for (const colorScheme of ['light', 'dark']) {
    await withPayer({ viewport: { width: 320, height: 640 }, colorScheme, javaScriptEnabled: true, bypassCSP: true }, async (page) => {
      await page.goto(links[1]);
      await openAll(page);
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => axe.run());
      assert.deepEqual(violations.filter((one) => ['serious', 'critical'].includes(one.impact)).map((one) => `${one.id}: ${one.nodes[0].html}`), []);
      for (const button of await page.locator('button, summary').all()) {
        const box = await button.boundingBox();
        if (box) assert.ok(box.height >= 44, `${await button.innerText()}: ${box.height}`);
      }
    });
  }
});

test('what people and creditors are called is text', async () => {
  await withPayer({ viewport: { width: 360, height: 640 }, javaScriptEnabled: true }, async (page) => {
    page.on('dialog', () => assert.fail('a name became a script'));
    await page.goto(links[0]);
    assert.match(await page.locator('header .from').innerText(), /<b>Integrales<\/b> &/);
    assert.equal(await page.locator('script').count(), 0);
  });
});

test('is paid in two taps, and says so when the payer comes back', async () => {
  await withPayer({ viewport: { width: 360, height: 640 } }, async (page) => {
    await page.goto(links[0]);
    await page.getByRole('button', { name: 'PSE' }).click();
    await page.getByRole('button', { name: 'Pagar' }).click();
    await page.waitForURL(/\/r\/PT-/);
    for (let i = 0; i < 60 && !(await page.locator('h1').innerText()).includes('Gracias'); ++i) {
      await page.waitForTimeout(500);
      await page.reload();
    }
    assert.match(await page.locator('main').innerText(), /Gracias/);
    await page.screenshot({ path: `${pictures}/pay-paid.png`, fullPage: true });
  });
});

test('weighs little', async () => {
  await withPayer({ viewport: { width: 360, height: 640 } }, async (page) => {
    let bytes = 0;
    page.on('response', async (response) => { bytes += (await response.body()).length; });
    await page.goto(links[1]);
    await openAll(page);
    await page.locator('img').scrollIntoViewIfNeeded();
    await page.waitForLoadState('networkidle');
    assert.ok(bytes > 5_000 && bytes < 100_000, `${bytes} bytes`);
  });
});
