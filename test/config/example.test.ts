import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { renderExample, withSettingsTable } from './render-example.ts';
import { configFields, configGroups, configKeys } from '../../src/config/fields.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { configSchema } from '../../src/config/schema.ts';

describe('config.json.example', () => {
  it('is what the schema renders; "node test/config/write-example.ts" writes it anew', () => {
    const file = new URL('../../config.json.example', import.meta.url);
    expect(readFileSync(file, 'utf8')).toBe(renderExample());
  });

  it('is valid and changes nothing', () => {
    const { config, problems, unknownKeys } = readConfig(renderExample(), 'config.json.example');
    expect({ config, problems, unknownKeys }).toEqual({
      config: configSchema.parse({}),
      problems: [],
      unknownKeys: [],
    });
  });
});

describe('the settings', () => {
  it('each have a text, a group and a default that is allowed', () => {
    expect(
      configFields()
        .map((field) => field.key)
        .sort(),
    ).toEqual([...configKeys].sort());
    for (const field of configFields()) {
      expect(field.text, field.key).toMatch(/^[A-Za-z].*\.$/);
      expect(field.allowed, field.key).not.toBe('');
      expect(configSchema.shape[field.key].safeParse(field.default).success, field.key).toBe(true);
    }
  });

  it('fill every group: no group is announced that has nothing in it', () => {
    for (const [title, prefixes] of configGroups) {
      for (const prefix of prefixes)
        expect(
          configKeys.filter((key) => key.startsWith(prefix)),
          `${title}: ${prefix}`,
        ).not.toEqual([]);
    }
  });

  it('are in the table of the readme, as the schema has them today', () => {
    const readme = readFileSync(new URL('../../readme.md', import.meta.url), 'utf8');
    expect(readme).toContain('| `retry_attempts` | `3` | How often to retry a song');
    expect(readme, '"node test/config/write-example.ts" writes it anew').toBe(withSettingsTable(readme));
  });

  it('stay out of a document without markers', () => {
    expect(withSettingsTable('# A title\n')).toBe('# A title\n');
  });
});
