import { useState } from '@inquirer/core';

/** A prompt that somebody else than its keys may want drawn anew. Before it is drawn first, `redraw` does nothing. */
export interface Redrawn {
  redraw: () => void;
}

/**
 * A hook of Inquirer: called once in each drawing of a prompt, it gives `redraw` its meaning. Inquirer draws only when
 * a state of its own changes, and knows no such state for a terminal that was resized or for a help text.
 */
export function useRedraw(prompt: Redrawn): void {
  const [, setTimes] = useState(0);
  prompt.redraw = () => setTimes((times) => times + 1);
}
