import { relationList, type Recording, type Relation } from './answers.ts';

/** Who did what, by TagLib's names of properties; the ids of the works are among them. Pure. */

/** MusicBrainz' relationships of a recording, and the tags they become. */
const ofRecording: Readonly<Record<string, string>> = {
  producer: 'PRODUCER',
  mix: 'MIXER',
  remixer: 'REMIXER',
  'mix-DJ': 'DJMIXER',
  engineer: 'ENGINEER',
  arranger: 'ARRANGER',
  'instrument arranger': 'ARRANGER',
  'vocal arranger': 'ARRANGER',
  orchestrator: 'ARRANGER',
  conductor: 'CONDUCTOR',
};

const ofWork: Readonly<Record<string, string>> = {
  composer: 'COMPOSER',
  lyricist: 'LYRICIST',
  librettist: 'LYRICIST',
  writer: 'WRITER',
};

/** Many at once are a medley, or a data error. */
const mostWorks = 4;

export function creditsOf({ relations }: Recording): ReadonlyMap<string, readonly string[]> {
  const credits = new Map<string, string[]>();
  const add = (name: string | undefined, value: string | undefined): void => {
    if (name === undefined || value === undefined) return;
    const known = credits.get(name) ?? [];
    if (!known.includes(value)) credits.set(name, [...known, value]);
  };
  const note = (table: Readonly<Record<string, string>>, relation: Relation): void =>
    add(table[relation.type], relation.artist?.name);
  for (const relation of relations) note(ofRecording, relation);
  const performances = relations.filter(({ type, work }) => type === 'performance' && work !== undefined);
  for (const { work } of performances.slice(0, mostWorks)) {
    add('MUSICBRAINZ_WORKID', work?.id);
    for (const relation of relationList.parse(work?.relations)) note(ofWork, relation);
  }
  // A writer wrote both; players know composers, and few know writers.
  for (const writer of credits.get('WRITER') ?? []) add('COMPOSER', writer);
  return credits;
}
