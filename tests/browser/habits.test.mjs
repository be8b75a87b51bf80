// What holds on every page, in Chromium: what is grave asks again who it is, the first load is small, and nothing of people stays in the
// browser's storage.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import path from 'node:path';
import { test, before, after } from 'node:test';
import { House, axe, binary, freePort, openBrowser, pictures } from '../support/browser_house.mjs';

const kPassword = 'una tarde de lluvia en Bogotá';
const kFirstLoadMax = 300 * 1024;
const machine = new House();
let serving, browser, house, sandbox, door, state;

const portfolio = ['Cliente;Cédula;Celular;Factura;Vencimiento;Valor;Saldo', 'Zacarías Quiñones;10.20.300;300 000 1010;F-1;02/11/2026;90.000,00;90.000,00'].join('\n');

// The house, and when it is there; whoever was signed in stays so.
async function serve(now) {
  await serving?.end();
  serving = new House();
  machine.file('puntual.toml', `listen = "127.0.0.1:${door}"
api_token_file = "${path.join(machine.folder, 'api_token')}"
test_clock = "${now}"
[creditor]
name = "Andina Comunicaciones"
agent_name = "Laura"
country = "CO"
help = "llame al 601 555 0100"
[whatsapp]
base_url = "${sandbox.base_url}"
phone_number_id = "${sandbox.phone_number_id}"
waba_id = "${sandbox.waba_id}"
access_token_file = "${machine.file('token.txt')}"
app_secret_file = "${machine.file('secret.txt')}"
verify_token = "v"
number_owner = "Andina Comunicaciones"
`);
  await serving.start(['serve', '--data-dir', machine.folder]);
}

before(async () => {
  door = await freePort();
  house = `http://127.0.0.1:${door}`;
  machine.file('secret.txt', 'secret-of-the-tests\n');
  machine.file('token.txt', 'token-of-the-tests\n');
  machine.file('api_token', `${'a1'.repeat(32)}\n`);
  sandbox = await machine.start(['sandbox', '--app-secret-file', machine.file('secret.txt'), '--token-file', machine.file('token.txt'), '--verify-token', 'v', '--now', '2026-11-24T09:00:00-05:00',
    '--webhook-url', `${house}/webhooks/whatsapp`]);
  await serve('2026-11-24T09:00:00-05:00');
  execFileSync(binary, ['import', machine.file('cartera.csv', portfolio), '--data-dir', machine.folder, '--consent', 'Contrato', '--confirmed-by', 'contract', '--evidence', 'Contrato'], { stdio: 'ignore' });
  execFileSync(binary, ['user', 'add', 'ana@andina.example', '--name', 'Ana Ruiz', '--role', 'supervisor', '--password-stdin', '--data-dir', machine.folder], { input: `${kPassword}\n` });
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await serving?.end();
  await machine.end();
});

async function withPage(use, options = {}) {
  const context = await browser.newContext({ locale: 'es-CO', reducedMotion: 'reduce', viewport: { width: 1440, height: 900 }, storageState: state, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  try {
    await use(page, context);
  } catch (error) {
    await page.screenshot({ path: `${pictures}/habits-failure.png`, fullPage: true });
    throw error;
  }
  await context.close();
}

const zippedBytes = (address) => new Promise((resolve, reject) => {
  get(address, { headers: { 'Accept-Encoding': 'gzip' } }, (answer) => {
    let bytes = 0;
    answer.on('data', (part) => { bytes += part.length; });
    answer.on('end', () => resolve(bytes));
  }).on('error', reject);
});

test('the first load is 300 KB at most, zipped', async () => {
  await withPage(async (page, context) => {
    const asked = new Set();
    page.on('response', (answer) => /^(document|script|stylesheet|font)$/.test(answer.request().resourceType()) && asked.add(answer.url()));
    await page.goto(house);
    await page.getByLabel('Correo').fill('ana@andina.example');
    await page.locator('input[autocomplete$=password]').fill(kPassword);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Hoy' }).waitFor();
    await page.waitForLoadState('networkidle');
    const sizes = await Promise.all([...asked].map(zippedBytes));
    const sum = sizes.reduce((all, one) => all + one, 0);
    console.log(`first load: ${asked.size} files, ${(sum / 1024).toFixed(0)} KB`);
    assert.ok(asked.size > 2 && sum > 50 * 1024, String([...asked]));
    assert.ok(sum <= kFirstLoadMax, `${sum} bytes`);
    state = await context.storageState();
  });
});

test('who takes out the list in a stale session proves who they are, and then has it', async () => {
  await serve('2026-11-24T09:06:00-05:00');
  await withPage(async (page) => {
    await page.goto(`${house}/app/portfolio`);
    await page.getByRole('link', { name: 'Zacarías Quiñones' }).waitFor();
    const took = [];
    page.on('download', (file) => took.push(file));
    const choose = async () => {
      await page.getByRole('button', { name: 'Exportar' }).click();
      await page.getByRole('menuitem', { name: 'CSV' }).click();
    };
    await choose();
    const dialog = page.getByRole('dialog', { name: '¿Sigue siendo usted?' });
    await dialog.waitFor();
    await page.evaluate(axe);
    await page.screenshot({ path: `${pictures}/habits-sure.png` });
    // Who leaves has nothing, and is asked again the next time.
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await choose();
    await dialog.getByLabel('Contraseña').fill('otra cosa del todo');
    await page.keyboard.press('Enter');
    await dialog.getByText('La contraseña no es correcta.').waitFor();
    assert.deepEqual(took, []);
    await dialog.getByLabel('Contraseña').fill(kPassword);
    const [file] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
    assert.match(readFileSync(await file.path(), 'utf8'), /Zacarías Quiñones/);
    await dialog.waitFor({ state: 'hidden' });
  });
});

test('the question stands before the dialog that asked, and the focus comes back to who opened it', async () => {
  await serve('2026-11-24T09:12:00-05:00');
  await withPage(async (page) => {
    await page.goto(`${house}/app/portfolio`);
    await page.getByRole('link', { name: 'Zacarías Quiñones' }).click();
    const focused = () => page.evaluate(() => document.activeElement?.textContent);
    await page.getByRole('button', { name: 'Anotar un pago' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.waitForFunction(() => document.activeElement?.textContent?.includes('Anotar un pago'));
    // From a menu, whose entry is gone by then: the page.
    await page.goto(`${house}/app/settings`);
    await page.getByRole('button', { name: 'Cambiar la contraseña' }).click();
    await page.getByRole('dialog').getByLabel('Contraseña nueva').fill('otra tarde de lluvia en Tunja');
    await page.keyboard.press('Enter');
    const asked = page.getByRole('dialog', { name: '¿Sigue siendo usted?' });
    await asked.waitFor();
    const box = await asked.getByLabel('Contraseña').boundingBox();
    const isInFront = await page.evaluate(({ x, y }) => document.elementFromPoint(x, y)?.tagName === 'INPUT', { x: box.x + box.width / 3, y: box.y + box.height / 2 });
    assert.ok(isInFront, await focused());
    await page.keyboard.press('Escape');
  });
});

test('nothing of people stays in the browser\'s storage', async () => {
  await withPage(async (page, context) => {
    for (const where of ['', 'app/portfolio', 'app/portfolio?search=zacarias', 'app/import', 'app/strategies', 'app/templates', 'app/conversations', 'app/agreements', 'app/payments', 'app/compliance', 'app/analysis', 'app/analysis/people?figure=dso&currency=COP', 'app/phone', 'app/settings']) {
      await page.goto(`${house}/${where}`);
      await page.locator('h1').first().waitFor();
      await page.waitForFunction(() => !document.querySelector('.mantine-Skeleton-root'));
    }
    await page.goto(`${house}/app/portfolio`);
    await page.getByRole('link', { name: 'Zacarías Quiñones' }).click();
    await page.getByRole('heading', { name: 'Zacarías Quiñones' }).waitFor();
    const kept = await page.evaluate(async () => ({
      storage: [...Object.keys(localStorage), ...Object.keys(sessionStorage)],
      databases: (await indexedDB.databases()).length,
      caches: (await caches.keys()).length,
      workers: (await navigator.serviceWorker.getRegistrations()).length,
      cookies: document.cookie,
    }));
    assert.deepEqual(kept.storage.filter((name) => !/^(puntual\.(language|keys|tour)|mantine-color-scheme-value)$/.test(name)), []);
    assert.deepEqual({ ...kept, storage: [] }, { storage: [], databases: 0, caches: 0, workers: 0, cookies: '' });
    assert.deepEqual((await context.cookies()).map((one) => [one.name, one.httpOnly]), [['__Host-puntual', true]]);
  });
});
