// What the tests in a browser share: the binary and where pictures go (`make browser` says both), Chromium, and a folder in which
// processes of the binary live until the end.
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

export const freePort = () => new Promise((resolve) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
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
  start(args, { read = (said) => said.includes('\n') && JSON.parse(said.split('\n')[0]), told = () => undefined } = {}) {
    return new Promise((resolve, reject) => {
      const child = spawn(binary, args, { stdio: ['ignore', 'pipe', 'pipe'] });
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

  async end() {
    await Promise.all(this.#children.map((child) => new Promise((resolve) => {
      child.removeAllListeners('exit');
      if (child.exitCode !== null) return resolve();
      child.on('exit', resolve);
      return child.kill('SIGTERM');
    })));
    rmSync(this.folder, { recursive: true, force: true });
  }
}
