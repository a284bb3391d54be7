/** What harmoni trash does. */
export const trashVerbs = ['list', 'restore', 'empty'] as const;
