// Beside each asset its packed forms, which the server sends to whoever takes them.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const folder = new URL('../build/web/dist/assets/', import.meta.url);
for (const name of readdirSync(folder)) {
  const bytes = readFileSync(new URL(name, folder));
  const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
  if (brotli.length < bytes.length) writeFileSync(new URL(`${name}.br`, folder), brotli);
  const gzip = gzipSync(bytes, { level: 9 });
  if (gzip.length < bytes.length) writeFileSync(new URL(`${name}.gz`, folder), gzip);
}
