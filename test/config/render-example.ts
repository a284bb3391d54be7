import { configVersion } from '../../src/config/config-version.ts';
import { versionKey } from '../../src/config/version-key.ts';
import { configFields } from '../../src/config/fields.ts';

/** config.json.example: every setting with its default, as valid JSON. The texts stand in the table below. */
export function renderExample(): string {
  const entries = configFields().map((field) => [field.key, field.secret ? '' : field.default]);
  return `${JSON.stringify({ [versionKey]: configVersion, ...Object.fromEntries(entries) }, null, 2)}\n`;
}

/** The settings as a Markdown table per group, for the readme. Allowed values are in the text or show in the default. */
export function renderSettingsTable(): string {
  return [...Map.groupBy(configFields(), (field) => field.group)]
    .map(([group, fields]) => {
      const rows = fields.map(({ key, default: value, secret, text }) => {
        const shown = typeof value === 'string' ? value : JSON.stringify(value);
        return `| \`${key}\` | ${shown === '' || secret ? '' : `\`${cell(shown)}\``} | ${cell(text)} |`;
      });
      return [
        `### ${group}`,
        '',
        '| setting | default | what it does |',
        '| --- | --- | --- |',
        ...rows,
      ].join('\n');
    })
    .join('\n\n');
}

const cell = (text: string) => text.replaceAll('|', '\\|');

const [begin, end] = ['<!-- settings -->', '<!-- /settings -->'];

/** A document with the table between its two markers; one without them stays as it is. */
export function withSettingsTable(document: string): string {
  const [before, rest] = document.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) return document;
  return `${before}${begin}\n\n${renderSettingsTable()}\n\n${end}${after}`;
}
