/** In the order of the page. yt-dlp reads them from the last to the first; as on the real page, the last one has no id. */
const scripts = ['0-2f1d6a3b', '49-7c0ee815', '55-d1a5b0c2', '56-90fe1c77'];
const scriptWithId = '55-d1a5b0c2';

/** A page of soundcloud.com: an empty frame that its scripts fill. */
export function pageHtml(title: string): string {
  const tags = scripts.map(
    (name) => `<script crossorigin src="https://a-v2.sndcdn.com/assets/${name}.js"></script>`,
  );
  return [
    `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>${title}</title></head>`,
    '<body><div id="app"></div>',
    '<script>window.__sc_version="1700000000"</script>',
    ...tags,
    '</body></html>',
  ].join('\n');
}

/** A script of the page, or undefined. @param clientId what the one that has it says; undefined: none has it */
export function scriptText(path: string, clientId: string | undefined): string | undefined {
  const name = /^\/assets\/([\w-]+)\.js$/.exec(path)?.[1];
  if (name === undefined || !scripts.includes(name)) return undefined;
  const config = name === scriptWithId && clientId !== undefined ? `,client_id:"${clientId}"` : '';
  return `(self.webpackJsonp=self.webpackJsonp||[]).push([[1],{1:function(e,t,n){e.exports={env:"production"${config}}}}]);`;
}
