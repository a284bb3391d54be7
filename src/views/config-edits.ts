import { configFields } from '../config/fields.ts';
import type { ConfigStore } from '../config/store.ts';
import { inMenuWords } from '../ui/menu-words.ts';
import type { ToneLine } from '../ui/prompter.ts';
import { valueText } from '../ui/settings-text.ts';

const mostTold = 4;

/** What to tell of an edit of config.json with another program, since the last time this was asked. */
export function editLines(configStore: Pick<ConfigStore, 'edits' | 'path'>): readonly ToneLine[] {
  const edit = configStore.edits();
  if (edit === undefined) return [];
  if (edit.kind === 'wrong') {
    const { message, fix } = edit.error;
    return [{ text: message, tone: 'fail' }, { text: `Fix: ${inMenuWords(fix)}` }];
  }
  if (edit.kind === 'right') return [{ text: `${configStore.path} is valid again.`, tone: 'ok' }];
  const values = new Map<string, unknown>(Object.entries(edit.config));
  const changed = configFields()
    .filter(({ key }) => edit.keys.includes(key))
    .map((field) => `${field.key} is now ${valueText(field, values.get(field.key)) || 'empty'}`);
  const more = changed.length > mostTold ? `, and ${changed.length - mostTold} more` : '';
  return [{ text: `config.json was edited: ${changed.slice(0, mostTold).join(', ')}${more}.`, tone: 'ok' }];
}
