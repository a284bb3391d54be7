import { createHash } from 'node:crypto';
import { escapeHtml, pageStyle, renderPage, type CallbackPage } from '../auth/callback-page.ts';

const style = `${pageStyle}
main:has(form) .wave { height: 1rem; }
@media (max-width: 26rem) { body { padding: .75rem; } main { padding: 1.5rem 1.5rem 1.75rem; } h1 { font-size: 1.5rem; } }
form { margin-top: 1.5rem; }
label { display: block; font-weight: 600; }
input { width: 100%; margin: .5rem 0 .75rem; padding: .7rem .9rem; border: 2px solid var(--soft); border-radius: .8rem; background: var(--paper); color: var(--ink); font: 600 1.6rem/1.2 ui-monospace, monospace; letter-spacing: .2em; text-transform: uppercase; }
button { width: 100%; padding: .85rem 1rem; border: 0; border-radius: .8rem; background: var(--mood); color: var(--card); font: inherit; font-weight: 600; cursor: pointer; }
input:focus-visible, button:focus-visible { outline: 3px solid var(--mood); outline-offset: 2px; }
.problem { margin-top: 1rem; padding-left: .8rem; border-left: .3rem solid var(--bad); color: var(--bad); }
`;

/** For style-src: no other style gets in. */
export const styleHash = `'sha256-${createHash('sha256').update(style).digest('base64')}'`;

/** Where the code is typed. `code` is what a link brought along, `problem` what was wrong with the last try. */
export function codePage(code: string, problem?: string): string {
  const alert =
    problem === undefined ? '' : `<p class="problem" id="problem" role="alert">${escapeHtml(problem)}</p>`;
  const described = problem === undefined ? '' : ' aria-describedby="problem" aria-invalid="true"';
  const form = `
${alert}<form method="post" action="/pair">
<label for="code">Code</label>
<input id="code" name="code" value="${escapeHtml(code)}" required maxlength="12" autocomplete="off" autocapitalize="characters" autocorrect="off" spellcheck="false" autofocus${described}>
<button id="continue">Continue</button>
</form>`;
  return renderPage(
    {
      mood: 'neutral',
      heading: 'Connect to Spotify',
      text: 'Type the six characters that your machine shows.',
      next: 'Only enter a code from a screen in front of you. A code that somebody sent you would give them your playlists.',
    },
    form,
    style,
  );
}

export function messagePage(page: CallbackPage): string {
  return renderPage(page, '', style);
}

export const pairedPage: CallbackPage = {
  mood: 'good',
  heading: 'You are signed in',
  text: 'Your machine gets the access within seconds.',
  next: 'Close this tab and look at the other screen.',
};

export const deniedPage: CallbackPage = {
  mood: 'bad',
  heading: 'The sign-in was not agreed to',
  text: "Access was denied on Spotify's page.",
  next: 'To start again, ask your machine for a new code.',
};

export const failedPage: CallbackPage = {
  mood: 'bad',
  heading: 'The sign-in did not work',
  text: 'Spotify gave no access for it.',
  next: 'Ask your machine for a new code and try again.',
};

export const strangePage: CallbackPage = {
  mood: 'bad',
  heading: 'This answer was not accepted',
  text: 'It belongs to no sign-in that was started in this browser, or it came a second time.',
  next: 'Open the link that your machine shows, and enter its code there.',
};

export const nothingHere: CallbackPage = {
  mood: 'neutral',
  heading: 'Nothing here',
  text: 'This server helps HARMONI to sign in to Spotify.',
  next: 'To connect a machine, open the link that it shows.',
};

export const tooManyPage: CallbackPage = {
  mood: 'bad',
  heading: 'Too many tries',
  text: 'From your network came more tries than this server takes.',
  next: 'Wait ten minutes, then try again.',
};

export const notUnderstoodPage: CallbackPage = {
  mood: 'bad',
  heading: 'That was not understood',
  text: 'The request is not one that this page sends.',
  next: 'Open the link that your machine shows, and enter its code there.',
};
