import { htmlAnswer, type DemoAnswer } from './spotify-exchange.ts';

/** The stand-in's web pages. All that comes from outside is escaped. */

/** @param asked the parameters of the authorise request, which come back with the decision */
export function consentPage(asked: URLSearchParams): DemoAnswer {
  const scopes = (asked.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
  const list = scopes.map((scope) => `<li>${escape(scope)}</li>`).join('');
  const form = decisionForm('/authorize/decision', asked.toString());
  return page(200, 'Agree?', `<p>HARMONI demo wants to read:</p><ul>${list}</ul>${form}`);
}

export function decisionForm(action: string, request: string): string {
  return `<form method="post" action="${action}">
    <input type="hidden" name="request" value="${escape(request)}">
    <button name="decision" value="agree" id="agree">Agree</button>
    <button name="decision" value="cancel" id="cancel">Cancel</button>
  </form>`;
}

export function page(status: number, title: string, body: string): DemoAnswer {
  const head = `<meta charset="utf-8"><title>${escape(title)}</title><style>
    body { font: 16px system-ui; max-width: 32rem; margin: 4rem auto; padding: 0 1rem }
    button, input { font: inherit; padding: .4rem 1rem }</style>`;
  return htmlAnswer(
    status,
    `<!doctype html><html lang="en">${head}<p>A Spotify stand-in for trying things out</p><h1>${escape(title)}</h1>${body}</html>`,
  );
}

export function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
