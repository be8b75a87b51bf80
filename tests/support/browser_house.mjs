// What the tests in a browser share: the binary and where pictures go (`make browser` says both), Chromium, how a page is visited, and a
// folder in which processes of the binary live until the end.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const binary = process.env.PUNTUAL ?? 'build/release/puntual';
export const pictures = process.env.SCREENSHOTS ?? 'build/screenshots';

const require = createRequire(path.resolve('build/browser/package.json'));
const { chromium } = require('playwright-core');
const kArguments = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];

export const axe = readFileSync(require.resolve('axe-core'), 'utf8');

export function openBrowser() {
  mkdirSync(pictures, { recursive: true });
  return chromium.launch({ executablePath: '/usr/bin/chromium', args: kArguments });
}

let failures = 0;

// A page of its own. At the end nothing may have been said on its console, but what `spared` matches, and if `within` is given no other
// address been asked. What fails is pictured under `name`.
export async function visit(browser, { name, spared, within, patience = 15_000, prepare, ...options }, use) {
  const context = await browser.newContext({ locale: 'es-CO', reducedMotion: 'reduce', viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(patience);
  await prepare?.(page);
  const complaints = [];
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && !spared?.test(message.text()) && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  if (within) page.on('request', (request) => request.url().startsWith(within) || /^(data|blob):/.test(request.url()) || complaints.push(`asked ${request.url()}`));
  try {
    await use(page, context);
  } catch (error) {
    await page.screenshot({ path: `${pictures}/${name}-failure-${++failures}.png` });
    throw error;
  }
  assert.deepEqual(complaints, []);
  await context.close();
}

export async function settled(page) {
  await page.locator('h1').first().waitFor();
  await page.waitForFunction(() => !document.querySelector('.mantine-Skeleton-root'));
  await page.evaluate(() => document.fonts.ready);
}

export async function findsNothingSerious(page, where) {
  await page.evaluate(axe);
  const found = await page.evaluate(async () => (await window.axe.run(document)).violations
    .filter((one) => ['serious', 'critical'].includes(one.impact))
    .map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`));
  assert.deepEqual(found, [], where);
}

export const freePort = () => new Promise((resolve) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});

const ended = (child) => new Promise((resolve) => {
  child.removeAllListeners('exit');
  if (child.exitCode !== null) return resolve();
  child.on('exit', resolve);
  return child.kill('SIGTERM');
});

export class House {
  folder = mkdtempSync(path.join(tmpdir(), 'puntual-browser-'));
  #children = [];

  // Where the file of that name is; it is written first if a text is given.
  file(name, text) {
    const where = path.join(this.folder, name);
    if (text !== undefined) writeFileSync(where, text, { mode: 0o600 });
    return where;
  }

  // Starts the binary; `read` makes of its output so far what is waited for, or nothing yet: left alone, its first line as JSON. `told`
  // is given what it says on its error stream.
  start(args, { read = (said) => said.includes('\n') && JSON.parse(said.split('\n')[0]), told = () => undefined, env = {} } = {}) {
    return new Promise((resolve, reject) => {
      const child = spawn(binary, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
      this.#children.push(child);
      let said = '';
      child.stdout.on('data', (bytes) => {
        said += bytes;
        const found = read(said);
        if (found) resolve(found);
      });
      child.stderr.on('data', (bytes) => told(bytes.toString()));
      child.on('exit', (code) => reject(new Error(`${args[0]} ended with ${code}: ${said}`)));
    });
  }

  // A house of one creditor that speaks to a sandbox of its own: its `puntual.toml` is written, `first` and `access` into it. Answers what
  // the sandbox said of itself.
  async settle({ first = '', access = '' } = {}) {
    const door = await freePort();
    this.file('secret.txt', 'secret-of-the-tests\n');
    this.file('token.txt', 'token-of-the-tests\n');
    const sandbox = await this.start(['sandbox', '--app-secret-file', this.file('secret.txt'), '--token-file', this.file('token.txt'), '--verify-token', 'v',
      '--webhook-url', `http://127.0.0.1:${door}/webhooks/whatsapp`]);
    this.file('puntual.toml', `listen = "127.0.0.1:${door}"
${first}
[creditor]
name = "Andina Comunicaciones"
agent_name = "Laura"
country = "CO"
zone = "America/Bogota"
currency = "COP"
help = "llame al 601 555 0100"
[access]
${access}
[imports]
grace_seconds = 0
[whatsapp]
base_url = "${sandbox.base_url}"
phone_number_id = "${sandbox.phone_number_id}"
waba_id = "${sandbox.waba_id}"
access_token_file = "${this.file('token.txt')}"
app_secret_file = "${this.file('secret.txt')}"
verify_token = "v"
number_owner = "Andina Comunicaciones"
`);
    return sandbox;
  }

  // Serves a house that nobody has set up yet; where, and the one-time token with which its first owner does. `env` is added to the
  // environment.
  async serve(env) {
    let said = '';
    let heard;
    const token = new Promise((resolve) => { heard = resolve; });
    const { url } = await this.start(['serve', '--data-dir', this.folder], { told: (text) => {
      said += text;
      const found = /#inicio=(\S+)/.exec(said);
      if (found) heard(found[1]);
    }, env });
    return { url, token: await token };
  }

  // Ends what was started last.
  stop() {
    return ended(this.#children.pop());
  }

  async end() {
    await Promise.all(this.#children.map(ended));
    rmSync(this.folder, { recursive: true, force: true });
  }
}
