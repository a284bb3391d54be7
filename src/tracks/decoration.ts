import { foldWords } from './fold.ts';

// In the languages that uploads are labelled in most.
const wordsOfVideos = `
  official officiel officielle oficial ufficiale offiziell offizielles resmi officieel officiele
  video videos vídeo clip clips clipe videoclip videoclipe videoklip klip videosu mv pv visualizer visualiser
  music musica musik muzik audio song track single lyric lyrics lyrical letra letras paroles testo songtext sozleri lirik tekst lirycs
  subtitulada subtitulado subtitled subtitles sottotitoli sub subs legendado legenda traducao traduccion traduction translation
  hd hq uhd fullhd 4k 8k 1080p 1080 720p 720 480p 60fps 320kbps quality high definition dvd vinyl
  explicit uncensored vevo topic wmv mp4 mp3 flv avi mpg mpeg flac
  premiere bonus deluxe edition version album original soundtrack ost new nuevo release ncs prod upload
  full with color coded on screen captions download free
  клип официальный официальное видео видеоклип премьера текст песни песня
  歌詞 歌詞付き 公式 官方 高音質 字幕 フル 中字 가사 뮤직비디오 공식 자막 חדש קליפ מילים الرسمي كلمات
`;

const decorationWords: ReadonlySet<string> = new Set(foldWords(wordsOfVideos));

/** A folded word that says how a video is made or shown, never which recording it holds. */
export function isDecoration(word: string): boolean {
  return decorationWords.has(word);
}

const telling = new Set(
  foldWords(
    'official officiel oficial video lyric lyrics visualizer visualiser soundtrack ost explicit bonus deluxe premiere audio hd hq 4k mv uncensored',
  ),
);
const fromSomething =
  /^from\b.*(?:["“”«»]|\b(?:soundtrack|motion picture|film|movie|album|series|musical)\b)/iu;

/** A bracket or suffix that only decorates: "Official Video", "HD", "Bonus Track", 'From "Frozen"'. */
export function isDecorationPiece(piece: string, words: readonly string[]): boolean {
  if (words.every((word) => isDecoration(word) || /^(?:19|20)\d\d$/.test(word))) return true;
  return fromSomething.test(piece) || (words.length <= 9 && words.some((word) => telling.has(word)));
}
