/** What the items of the Downloads menu are called that others lead to. */
export const downloadItems = {
  spotify: 'Spotify',
  exportify: 'Exportify playlists',
  file: 'Open a file or folder',
  link: 'Paste a link',
} as const;
export type DownloadItem = (typeof downloadItems)[keyof typeof downloadItems];
