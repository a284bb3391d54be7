import { expect, test } from 'vitest';
import { runEarDecoys } from '../helpers/ear-decoys.ts';

/** HARMONI_EAR_SONGS=200 tries as many; each has three uploads, and their music has to be made. */
const songs = Number(process.env['HARMONI_EAR_SONGS'] ?? 24);

test(
  `${songs} songs among uploads of the same title and length, of which text can't be sure, are all proven by ear`,
  async () => {
    const { wrong, open, unsureByText, perSong, ...result } = await runEarDecoys(songs, 'ear');
    console.log(JSON.stringify({ ...result, wrong, open, unsureByText, perSong }));
    expect(unsureByText).toBe(songs);
    expect({ wrong, open }).toEqual({ wrong: [], open: [] });
    expect(result.right).toBe(songs);
    // The pick and two more at most, and of every song one preview.
    expect(perSong.visits).toBeLessThanOrEqual(3);
    expect(perSong.previews).toBe(1);
  },
  songs * 60_000,
);
