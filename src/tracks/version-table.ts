import { foldWords } from './fold.ts';

/** What can make a recording another one than the title alone says. */
export type VersionKind = keyof typeof phrases;

// Folded words, phrases separated by "|". The order does not matter: the longest phrase at a place wins.
const phrases = {
  live:
    'live|en vivo|ao vivo|en directo|en direct|dal vivo|in concert|concert|concerto ao vivo|live session|live sessions|' +
    'bbc session|bbc sessions|peel session|radio session|tiny desk|kexp|soundcheck|rehearsal|rehearsals|livestream|' +
    'on tour|world tour|tour|bootleg|fancam|unplugged|mtv unplugged|в живую|вживую|концерт|живой концерт|canli|na zivo|' +
    'a colors show|busking|live performance|full concert|late show|tonight show|letterman|jools holland|rock am ring|glastonbury',
  acoustic:
    'acoustic|acoustic version|acustico|acustica|acoustique|akustik|акустика|stripped|stripped down|unplugged|mtv unplugged',
  remix:
    'remix|remixed|rmx|mix|mixed|rework|reworked|refix|bootleg remix|mashup|mash up|vip mix|dub mix|dub|remixes|ремикс',
  remaster:
    'remaster|remastered|remasters|remastering|remasterizado|remasterizada|remasterise|remasterisee|digital remaster|' +
    'remastered version|remaster version|digitally remastered|remasterd',
  edit: 'edit|short version|video edit|short edit|tv size|tv version|cut version|short ver',
  radio: 'radio edit|radio version|radio mix|radio cut',
  single:
    'single version|single edit|single mix|7 version|7 inch version|7 inch|7 mix|video version|45 version',
  extended:
    'extended|extended mix|extended version|extended remix|club mix|club version|12 version|12 inch|12 inch version|12 mix|' +
    'long version|maxi version|full length version|extended edit|extended play|extended club mix',
  instrumental:
    'instrumental|instrumentals|instrumental version|off vocal|without vocals|no vocals|minus vocals|inst|инструментал',
  karaoke:
    'karaoke|karaoke version|backing track|backing tracks|sing along|singalong|minus one|playback|in the style of|karafun|' +
    'караоке|минус|with guide vocals|teaching vocal|lower key|higher key|backtrack|sing king',
  cover:
    'cover|covers|covered|fancover|covered by|cover by|cover version|tribute|tribute to|made famous by|as made famous by|made popular by|' +
    'originally performed by|originally by|originally recorded by|in the style of|drum cover|bass cover|guitar cover|piano cover|' +
    'cover song|cover band|кавер|the voice|x factor|got talent|american idol|audition|version cover|dance cover|lip sync|lipsync|busker|' +
    'by request|ringtone cover|rendition|interpretation of|impersonator|impersonation',
  'sped up':
    'sped up|speed up|spedup|speedup|sped up version|fast version|speed up version|speed songs|1 25 speed|1 25x|1 5x|1 5 speed|1 1x|1 2x|1 25 x',
  slowed:
    'slowed|slowed down|slowed and reverb|slowed reverb|slow version|daycore|chopped and screwed|screwed',
  nightcore: 'nightcore|nightstep|nightcore version',
  '8d': '8d|8d audio|9d|9d audio|16d|16d audio|8d version|3d audio|8d music',
  effects:
    'bass boosted|bassboosted|bass boost|reverb|432hz|432 hz|528hz|lofi|lo fi|vaporwave|underwater|in another room|muffled',
  'a cappella':
    'a cappella|acapella|acappella|a capella|vocals only|isolated vocals|vocal only|only vocals|studio acapella|acapellas',
  stems:
    'drumless|drums only|guitar only|bass only|isolated|isolated guitar|isolated drums|isolated bass|multitrack|stems|no drums|' +
    'no guitar|no bass|without drums|without bass|without guitar|only guitar|only drums|guitar backing track|drum track',
  demo: 'demo|demos|demo version|home demo|rough mix|work tape|worktape|rough demo|demo tape|early version|early demo',
  alternate:
    'alternate take|alternate version|alternative version|alternate mix|alt take|alt version|alternate|outtake|outtakes|' +
    'unreleased version|alternative take|alternate ending|first take',
  rerecorded:
    're recorded|rerecorded|taylors version|re recorded version|new recording|rerecording|re recording',
  mono: 'mono|mono version|mono mix',
  stereo: 'stereo|stereo version|stereo mix',
  clean: 'clean|clean version|censored|clean edit|radio clean|clean lyrics|super clean',
  language:
    'spanish version|english version|japanese version|korean version|french version|german version|italian version|' +
    'portuguese version|chinese version|version en espanol|version espanola|english ver|japanese ver|korean ver|jp ver|' +
    'kor ver|eng ver|spanglish version|version francaise|deutsche version|versao em portugues|en espanol|in english|hindi version|russian version',
  arrangement:
    'piano version|violin version|guitar version|orchestral version|orchestral|orchestra version|string quartet|strings version|' +
    'lullaby|lullaby version|8 bit|8bit|music box|chiptune|marching band|choir version|steel drum|steel drums|ukulele|fingerstyle|' +
    'string version|string quartet version|jazz version|metal version|rock version|reggae version|bossa nova version|lullaby rendition|' +
    'synthwave version|epic version|medieval version|bardcore|epic orchestral|guitar arrangement|piano arrangement|piano solo version|saxophone|sax version|kids version|remake|arrangement|arr',
  loop:
    'loop|looped|hour loop|hours loop|non stop|nonstop|hours|10 hours|1 hour|one hour|1hour|10hours|hour version|1 hr|1 hora|1h|10h|' +
    'an hour|half hour|30 minutes|15 minutes|30 min|10 horas|on repeat|on loop|hours of',
  reaction:
    'reaction|reactions|reacts|reacts to|reacting|reacting to|react to|first time hearing|first listen|first reaction|album review|' +
    'song review|analysis|explained|meaning explained|breakdown|vocal coach|реакция|producer reacts',
  tutorial:
    'tutorial|tutorials|lesson|lessons|how to play|how to sing|play along|playalong|chords|tabs|tab|guitar tab|bass tab|sheet music|' +
    'synthesia|guitar lesson|piano lesson|piano tutorial|partitura|drum score|easy piano|jam track|como tocar|урок|разбор|easy guitar|music lesson|aula de',
  teaser:
    'teaser|trailer|preview|snippet|excerpt|excerpts|shorts|sneak peek|promo|tv spot|commercial|ringtone|extract|whatsapp status|' +
    'status video|coming soon|sampler|clip from|intro only|тизер|official trailer|short film',
  collection:
    'full album|complete album|full ep|album completo|full cd|full lp|entire album|whole album|album complet|full record|' +
    'full soundtrack|full original soundtrack|complete soundtrack|greatest hits full|greatest hits|playlist|compilation|megamix|mega mix|medley|best songs|' +
    'all songs|discography|side a|side b|album mix|top songs|non stop mix|full mixtape|full ost|best of|full opera|complete opera|dj set|dj mix|album sampler|' +
    'полный альбом|весь альбом|full discography|mixtape full|hits collection|best hits|complete a side',
  dance:
    'dance practice|choreography|zumba|just dance|line dance|dance challenge|dance video|dance performance|workout|dance tutorial',
  parody:
    'parody|parodia|parodie|meme|but its|but every|пародия|misheard|misheard lyrics|literal version|shreds',
  talk: 'interview|commentary|documentary|behind the scenes|making of|audiobook|podcast|speech|unboxing|the story of|talks about|story behind',
  original:
    'original mix|original version|album version|main version|lp version|main mix|original album version|original recording',
  variant: 'version|ver|versao|versione|versiyon|версия',
  part: 'pt|part|parte|partie|teil|chapter|часть|kapitel',
} as const;

/** Kinds that leave the recording what it is, so they tell no two tracks apart. */
export const neutralKinds: ReadonlySet<VersionKind> = new Set(['stereo', 'original']);

/** Written without spaces between words, so looked for inside the word. */
const insideWords: readonly (readonly [string, VersionKind])[] = [
  ['ライブ', 'live'],
  ['ライヴ', 'live'],
  ['라이브', 'live'],
  ['现场', 'live'],
  ['現場', 'live'],
  ['演唱会', 'live'],
  ['演唱會', 'live'],
  ['カラオケ', 'karaoke'],
  ['노래방', 'karaoke'],
  ['伴奏', 'karaoke'],
  ['歌ってみた', 'cover'],
  ['弾いてみた', 'cover'],
  ['叩いてみた', 'cover'],
  ['踊ってみた', 'cover'],
  ['カバー', 'cover'],
  ['カヴァー', 'cover'],
  ['커버', 'cover'],
  ['翻唱', 'cover'],
  ['インスト', 'instrumental'],
  ['リミックス', 'remix'],
  ['リマスター', 'remaster'],
  ['アコースティック', 'acoustic'],
  ['弾き語り', 'acoustic'],
  ['耐久', 'loop'],
  ['作業用', 'loop'],
  ['1時間', 'loop'],
  ['반복', 'loop'],
  ['1시간', 'loop'],
  ['反応', 'reaction'],
  ['リアクション', 'reaction'],
  ['리액션', 'reaction'],
  ['予告', 'teaser'],
  ['メドレー', 'collection'],
];
const noSpaces = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** "Live and Let Die", "Cover Me", "Mix Tape": before these words it is no version word. */
const notBefore: Readonly<Record<string, ReadonlySet<string>>> = {
  live: words('your my our it to a for forever like without while life fast love wire and is more now free'),
  cover: words('me you girl my up girls your art'),
  covered: words('in with'),
  mix: words('tape it'),
  clean: words('bandit up'),
  loop: words('me'),
  tour: words('de of'),
  dub: words('be'),
  concert: words('for in pour'),
};

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}

interface Phrase {
  readonly words: readonly string[];
  readonly kinds: readonly VersionKind[];
}

const table: ReadonlyMap<string, readonly Phrase[]> = buildTable();

function buildTable(): ReadonlyMap<string, readonly Phrase[]> {
  const kindsOf = new Map<string, VersionKind[]>();
  // The keys of a literal object are its kinds.
  for (const [kind, list] of Object.entries(phrases) as [VersionKind, string][]) {
    for (const phrase of list.split('|')) {
      const folded = foldWords(phrase).join(' ');
      const kinds = kindsOf.get(folded) ?? [];
      if (!kinds.includes(kind)) kindsOf.set(folded, [...kinds, kind]);
    }
  }
  const byFirst = new Map<string, Phrase[]>();
  for (const [phrase, kinds] of kindsOf) {
    const list = phrase.split(' ');
    const first = list[0] ?? '';
    byFirst.set(first, [...(byFirst.get(first) ?? []), { words: list, kinds }]);
  }
  for (const list of byFirst.values()) list.sort((a, b) => b.words.length - a.words.length);
  return byFirst;
}

/** The version phrase that begins at a word, the longest there is. */
export function phraseAt(
  list: readonly string[],
  index: number,
): { readonly kinds: readonly VersionKind[]; readonly length: number } | undefined {
  const word = list[index] ?? '';
  const phrase = table
    .get(word)
    ?.find((candidate) => candidate.words.every((part, offset) => list[index + offset] === part));
  if (phrase !== undefined) {
    const next = list[index + phrase.words.length] ?? '';
    const blocked = phrase.words.length === 1 && notBefore[word]?.has(next) === true;
    return blocked ? undefined : { kinds: phrase.kinds, length: phrase.words.length };
  }
  if (!noSpaces.test(word)) return undefined;
  const kinds = insideWords.filter(([text]) => word.includes(text)).map(([, kind]) => kind);
  return kinds.length === 0 ? undefined : { kinds, length: 1 };
}
