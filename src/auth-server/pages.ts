import { createHash } from 'node:crypto';
import { pageStyle, renderPage, type CallbackPage } from '../auth/callback-page.ts';
import { escapeHtml } from '../tracks/html-text.ts';

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
      text: 'Enter the six characters shown on your machine.',
      next: 'Only enter a code from a screen in front of you. If someone sent you a code, entering it gives them access to your playlists.',
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
  heading: "You're signed in",
  text: 'Your machine will be connected in a few seconds.',
  next: 'You can close this tab and go back to the other screen.',
};

export const deniedPage: CallbackPage = {
  mood: 'bad',
  heading: 'Access denied',
  text: "HARMONI wasn't given access on Spotify's page.",
  next: 'To try again, get a new code on your machine.',
};

export const failedPage: CallbackPage = {
  mood: 'bad',
  heading: "Sign-in didn't work",
  text: "Spotify didn't grant access.",
  next: 'Get a new code on your machine and try again.',
};

export const strangePage: CallbackPage = {
  mood: 'bad',
  heading: "This answer wasn't accepted",
  text: "It doesn't belong to a sign-in started in this browser, or it was already used.",
  next: 'Open the link shown on your machine and enter its code.',
};

export const nothingHere: CallbackPage = {
  mood: 'neutral',
  heading: 'Nothing here',
  text: 'This server helps HARMONI sign in to Spotify.',
  next: 'To connect a machine, open the link it shows.',
};

export const tooManyPage: CallbackPage = {
  mood: 'bad',
  heading: 'Too many attempts',
  text: 'This server got too many attempts from your network.',
  next: 'Wait ten minutes, then try again.',
};

export const notUnderstoodPage: CallbackPage = {
  mood: 'bad',
  heading: "This request didn't work",
  text: "It doesn't come from this server's own page.",
  next: 'Open the link shown on your machine and enter its code.',
};
