/** Writes what the schema says about the settings anew: config.json.example, and the table of the readme. */
import { readFileSync, writeFileSync } from 'node:fs';
import { renderExample, withSettingsTable } from './render-example.ts';

const readme = new URL('../../readme.md', import.meta.url);
writeFileSync(new URL('../../config.json.example', import.meta.url), renderExample());
writeFileSync(readme, withSettingsTable(readFileSync(readme, 'utf8')));
