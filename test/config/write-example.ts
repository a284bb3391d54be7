/** Writes config.json.example anew from the schema. */
import { writeFileSync } from 'node:fs';
import { renderExample } from '../../src/config/example.ts';

writeFileSync(new URL('../../config.json.example', import.meta.url), renderExample());
