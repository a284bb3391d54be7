/** "1 song", "12 songs" */
export const songs = (many: number): string => `${many} ${many === 1 ? 'song' : 'songs'}`;
