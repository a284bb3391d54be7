/** What a process is for: the program that was started, a yt-dlp, an ffmpeg, or anything else below it. */
export const kinds = ['main', 'ytDlp', 'ffmpeg', 'other'] as const;
export type Kind = (typeof kinds)[number];
