import { htmlAnswer, type DemoAnswer } from './spotify-exchange.ts';

/** The stand-in's web pages. All that comes from outside is escaped. */

export function consentPage(appName: string, scopes: readonly string[], requestId: string): DemoAnswer {
  const list = scopes.map((scope) => `<li>${escape(scope)}</li>`).join('');
  return page(
    200,
    'Agree?',
    `<p>${escape(appName)} wants to read:</p><ul>${list}</ul>${decisionForm('/authorize/decision', requestId)}`,
  );
}

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

function decisionForm(action: string, requestId: string): string {
  return `<form method="post" action="${action}">
    <input type="hidden" name="request" value="${escape(requestId)}">
    <button name="decision" value="agree" id="agree">Agree</button>
    <button name="decision" value="cancel" id="cancel">Cancel</button>
  </form>`;
}

function page(status: number, title: string, body: string): DemoAnswer {
  const head = `<meta charset="utf-8"><title>${escape(title)}</title><style>
    body { font: 16px system-ui; max-width: 32rem; margin: 4rem auto; padding: 0 1rem }
    button, input { font: inherit; padding: .4rem 1rem }</style>`;
  return htmlAnswer(
    status,
    `<!doctype html><html lang="en">${head}<p>Stand-in of Spotify, for trying out</p><h1>${escape(title)}</h1>${body}</html>`,
  );
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
