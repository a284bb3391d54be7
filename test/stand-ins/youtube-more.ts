import { searchCatalogue } from '../../src/demo/catalogue-search.ts';
import type { YouTubeCall } from '../../src/demo/youtube-calls.ts';
import type { TestCatalogue } from './catalogue.ts';
import { playlistAnswer, resolveAnswer } from './innertube-playlist.ts';
import { searchAnswer } from './innertube-search.ts';

/** YouTube's answers to what the demo never asks: plain searches, and playlists. Undefined for the rest. */
export function answerMore(catalogue: TestCatalogue, call: YouTubeCall): unknown {
  switch (call.kind) {
    case 'search':
      return searchAnswer(searchCatalogue(catalogue, call.query ?? '').videos);
    case 'resolve':
      return resolveAnswer(call.address ?? '');
    case 'browse':
      if (call.browseId?.startsWith('VL') !== true) return undefined;
      return playlistAnswer(catalogue.playlists.find((list) => `VL${list.playlistId}` === call.browseId));
    default:
      return undefined;
  }
}
