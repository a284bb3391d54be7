import { configFields, type ConfigField } from './fields.ts';

/** config.json.example: every setting with its default, as valid JSON. The texts stand in the table below. */
export function renderExample(): string {
  const entries = configFields().map((field) => [field.key, field.secret ? '' : field.default]);
  return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`;
}

/** The settings as Markdown tables, one per group, for the documentation. */
export function renderSettingsTable(): string {
  const groups = Map.groupBy(configFields(), (field) => field.group);
  return [...groups]
    .map(([group, fields]) => [`### ${group}`, '', ...tableOf(fields), ''].join('\n'))
    .join('\n');
}

function tableOf(fields: readonly ConfigField[]): readonly string[] {
  return [
    '| Setting | Default | Allowed | What it is for |',
    '| --- | --- | --- | --- |',
    ...fields.map(
      ({ key, default: value, allowed, text }) =>
        `| \`${key}\` | \`${cell(JSON.stringify(value))}\` | ${cell(allowed)} | ${cell(text)} |`,
    ),
  ];
}

const cell = (text: string) => text.replaceAll('|', '\\|');
