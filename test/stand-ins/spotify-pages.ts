import type { DemoAnswer } from '../../src/demo/spotify-exchange.ts';
import { decisionForm, escape, page } from '../../src/demo/spotify-pages.ts';

/** Shown in place of a redirect: Spotify never tells the app. */
export function authorizeErrorPage(text: string): DemoAnswer {
  return page(400, 'Something went wrong', `<p>${escape(text)}</p>`);
}

/** Where the code of a device is typed. */
export function pairPage(userCode: string, message = ''): DemoAnswer {
  return page(
    200,
    'Connect a device',
    `<p>${escape(message)}</p><form method="get" action="/pair">
      <label>Code <input name="code" value="${escape(userCode)}" autofocus></label> <button>Continue</button>
    </form>`,
  );
}

export function pairConsentPage(appName: string, userCode: string): DemoAnswer {
  const form = decisionForm('/pair', userCode);
  return page(200, 'Agree?', `<p>${escape(appName)} wants to read your playlists.</p>${form}`);
}

export function donePage(text: string): DemoAnswer {
  return page(200, 'Done', `<p>${escape(text)}</p>`);
}
