import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { generatedFiles } from './generated.ts';

/** Writes the generated pages and schemas beside this file: `npm run schemas`. */
for (const file of generatedFiles()) {
  const target = path.join(import.meta.dirname, file.path);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, file.text);
}
