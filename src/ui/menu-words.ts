import type { Theme } from './theme.ts';

const listening = 'Tools → Library cleanup → Listen to every song';

const wordings: readonly (readonly [RegExp, string])[] = [
  [/, or take this one with --accept unsure/g, ''],
  [/\bwith harmoni review redo NAME\b/g, 'in Downloads → Fix a wrong match'],
  [/\b[Rr]un harmoni library verify --repair\b/g, 'Choose Management → Verify and repair'],
  [/\bRun harmoni adopt\b/g, 'Choose Management → Adopt music you own'],
  [/\bwith harmoni review\b/g, 'in Downloads → Review uncertain matches'],
  [/\brun harmoni retry\b/g, 'choose Downloads → Retry failed songs'],
  [/\bRun harmoni retry\b/g, 'Choose Downloads → Retry failed songs'],
  [/\brun harmoni resume\b/g, 'choose Resume the interrupted download'],
  [/\bRun harmoni resume\b/g, 'Choose Resume the interrupted download'],
  [/\brun harmoni login\b/g, 'choose Downloads → Spotify → Sign in'],
  [/\bRun harmoni login\b/g, 'Choose Downloads → Spotify → Sign in'],
  [/\bwith harmoni config set KEY VALUE\b/g, 'in Config → Change a setting'],
  [/\brun harmoni config set KEY VALUE\b/g, 'choose Config → Change a setting'],
  [/\bwith harmoni config profile save NAME\b/g, 'in Config → Profiles'],
  [/\brun harmoni config profile NAME\b/g, 'choose Config → Profiles'],
  [/\bwith harmoni config reset\b/g, 'with Config → Reset to defaults'],
  [/\brun harmoni undo (\d+)/g, 'choose run $1 in Tools → History'],
  [/\bRun harmoni undo (\d+)/g, 'Choose run $1 in Tools → History'],
  [/\brun harmoni unfollow "[^"]*"/g, 'choose Automation → Stop following playlists'],
  [/\brun harmoni config reset\b/g, 'choose Config → Reset to defaults'],
  [/\bwith harmoni doctor --fix\b/g, 'in Tools → Update yt-dlp and ffmpeg'],
  [/\brun harmoni doctor --fix\b/g, 'choose Tools → Update yt-dlp and ffmpeg'],
  [/\bRun harmoni doctor --fix\b/g, 'Choose Tools → Update yt-dlp and ffmpeg'],
  [/\brun harmoni doctor\b/g, 'choose Tools → Check for problems'],
  [/\bRun harmoni doctor\b/g, 'Choose Tools → Check for problems'],
  [/\bRun harmoni library enrich\b/g, 'Choose Management → Embed metadata'],
  [/\bRun harmoni library organise\b/g, 'Choose Management → Organize files'],
  [/\bRun harmoni library scan --deep\b/g, `Choose ${listening}`],
  [/\bAdd --deep to (listen[^.]*)\./g, `To $1, choose ${listening}.`],
  [/\bsee harmoni library verify\b/g, 'see Management → Verify and repair'],
  [
    /\brun harmoni config set verify_by_ear uncertain, then harmoni retry\b/g,
    'choose Downloads → Review uncertain matches',
  ],
  [/\bRun harmoni config set verify_by_ear \w+/g, 'Choose Config → Change a setting → verify_by_ear'],
  [/\brun harmoni config set verify_by_ear \w+/g, 'choose Config → Change a setting → verify_by_ear'],
  [/: harmoni config set (\w+) true, or --only facts/g, ': Config → Change a setting → $1'],
  [/\bRun harmoni undo\b(?! \d)/g, 'Choose Tools → History'],
  [/\bharmoni undo (takes|brings)\b/g, 'Tools → History $1'],
  [/ (?:\(add|Add) --[a-z-]+ to (?:include|convert|copy) (?:it|them)(?: anyway)?(?:\.|\))/g, ''],
  [/\bharmoni doctor (tells|tests)\b/g, 'Tools → Check for problems $1'],
];

/** A remedy for somebody in the menu, who has no command line: its commands are the items of the menu. Pure. */
export function inMenuWords(fix: string): string {
  return wordings.reduce((text, [command, item]) => text.replace(command, item), fix);
}

/** The theme of all that is printed while the menu is open. */
export function inMenu(theme: Theme): Theme {
  return { ...theme, local: (text) => theme.local(inMenuWords(text)) };
}
