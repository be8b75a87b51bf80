// Writes the API's document as one: docs/api/*.json side by side, as src/app/api_document.cpp does. For generators of clients:
//   node tools/openapi.mjs > openapi.json
import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('../docs/api/', import.meta.url);

function merge(into, from) {
  for (const [name, value] of Object.entries(from)) {
    if (name in into) merge(into[name], value);
    else into[name] = value;
  }
  return into;
}

const parts = readdirSync(folder).filter((name) => name.endsWith('.json')).sort();
const whole = parts.map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8'))).reduce(merge, {});
process.stdout.write(JSON.stringify(whole, null, 2) + '\n');
