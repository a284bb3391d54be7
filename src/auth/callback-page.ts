import { escapeHtml } from '../tracks/html-text.ts';

/** The page that the browser shows after the sign-in. Pure. */
export interface CallbackPage {
  readonly mood: 'good' | 'bad' | 'neutral';
  readonly heading: string;
  readonly text: string;
  readonly next: string;
}

export const signedInPage: CallbackPage = {
  mood: 'good',
  heading: "You're signed in",
  text: 'HARMONI can now read your playlists and liked songs.',
  next: 'You can close this tab and go back to the terminal.',
};

/** What came of the sign-in is not known to this request. */
export const usedPage: CallbackPage = {
  mood: 'neutral',
  heading: 'This address was already used',
  text: 'HARMONI already got an answer for this sign-in. Each address works only once.',
  next: 'Go back to the terminal to see the result.',
};

export const nothingHerePage: CallbackPage = {
  mood: 'neutral',
  heading: 'Nothing here',
  text: 'HARMONI is waiting for Spotify at another address.',
  next: 'Go back to the terminal.',
};

/** A sign-in that failed, or an answer that was not accepted. */
export function failurePage(heading: string, failure: { message: string; fix: string }): CallbackPage {
  return { mood: 'bad', heading, text: failure.message, next: failure.fix };
}

/**
 * Everything the page needs is in it: no script, no font, no picture, nothing from elsewhere. `form` is HTML of our own
 * that goes below the text.
 */
export function renderPage(page: CallbackPage, form = '', style = pageStyle): string {
  const bars = Array.from({ length: 9 }, () => '<i></i>').join('');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(page.heading)} - HARMONI</title>
<style>${style}</style>
</head>
<body>
<main class="${page.mood}">
<div class="wave" aria-hidden="true">${bars}</div>
<p class="name">HARMONI</p>
<h1>${escapeHtml(page.heading)}</h1>
<p>${escapeHtml(page.text)}</p>${form}
<p class="next">${escapeHtml(page.next)}</p>
</main>
</body>
</html>
`;
}

/** Named in the Content-Security-Policy by its hash, so no other style can come in. */
export const pageStyle = `
:root { color-scheme: light dark; --paper: #f6f2ea; --card: #fffdf9; --ink: #23202b; --soft: #5b5666; --line: #ded6c8; --good: #17653f; --bad: #a3232f; --neutral: #4b4a8f; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #17151d; --card: #211e29; --ink: #f1edf7; --soft: #b9b2c6; --line: #383343; --good: #6fd6a1; --bad: #ff9a9a; --neutral: #b3b1ff; }
}
* { box-sizing: border-box; margin: 0; }
body { min-height: 100vh; display: grid; place-items: center; padding: 1.5rem; background: var(--paper); color: var(--ink); font: 1.0625rem/1.55 ui-rounded, system-ui, sans-serif; }
main { width: min(30rem, 100%); padding: 2.25rem 2.25rem 2.5rem; background: var(--card); border: 1px solid var(--line); border-radius: 1.25rem; overflow-wrap: anywhere; }
.good { --mood: var(--good); } .bad { --mood: var(--bad); } .neutral { --mood: var(--neutral); }
.wave { display: flex; align-items: center; gap: .3rem; height: 3rem; }
.wave i { width: .4rem; height: 35%; border-radius: 1rem; background: var(--mood); }
.wave i:nth-child(4n + 2) { height: 70%; } .wave i:nth-child(4n + 3) { height: 100%; } .wave i:nth-child(4n) { height: 55%; }
.bad .wave i:nth-child(n + 5) { height: .4rem; opacity: .45; } .neutral .wave i { height: .4rem; }
.name { margin-top: 1.25rem; letter-spacing: .22em; font-size: .75rem; color: var(--soft); }
h1 { margin: .25rem 0 .75rem; font-size: 1.7rem; line-height: 1.2; color: var(--mood); }
.next { margin-top: .75rem; color: var(--soft); }
`;
