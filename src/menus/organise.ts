import { layoutPresets } from '../config/layouts.ts';
import { parseTyped } from '../config/parse-value.ts';
import { back, type Back, type Prompter } from '../ui/prompter.ts';
import { organiseFiles, type OrganiseViewParts } from '../views/organise.ts';
import { askWhichFiles } from './which-files.ts';

export type OrganiseMenuParts = OrganiseViewParts & { readonly prompter: Prompter };

/** Management → Organize files: how, which files, and then as the command does. */
export async function openOrganise(parts: OrganiseMenuParts): Promise<void> {
  const template = await askTemplate(parts);
  if (template === back) return;
  const ofOwn = 'Your own files are moved by their tags, or by their names where they have none.';
  const includeOwn = await askWhichFiles(parts.prompter, ofOwn);
  if (includeOwn === back) return;
  await organiseFiles(parts, { words: [], includeOwn, template }, { yes: false, dryRun: false });
  parts.prompter.say('');
}

async function askTemplate({ prompter, config }: OrganiseMenuParts): Promise<string | Back> {
  const current = config.file_name_template;
  const isPreset = layoutPresets.some(({ template }) => template === current);
  const chosen = await prompter.select<string | undefined>({
    message: 'How should your songs be organized?',
    choices: [
      ...(isPreset ? [] : [{ value: current, name: 'As new songs', description: current }]),
      ...layoutPresets.map(({ title, template, text }) => ({
        value: template,
        name: title,
        description: `${template}: ${text}`,
      })),
      { value: undefined, name: 'Your own template', description: 'For example {artist}/{album}/{title}' },
    ],
    default: current,
    help: 'You see what would be moved before anything is. Playlists follow the songs.',
  });
  if (chosen !== undefined) return chosen;
  const typed = await prompter.input({
    message: 'Template:',
    default: current,
    validate: (text) => {
      const read = parseTyped('file_name_template', text);
      return read.ok ? true : read.message;
    },
  });
  if (typed === back) return back;
  const read = parseTyped('file_name_template', typed);
  return read.ok ? String(read.value) : back;
}
