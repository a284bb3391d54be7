/** "1 song", "12 songs" */
export const songs = (many: number): string => `${many} ${many === 1 ? 'song' : 'songs'}`;

/** "1 playlist", "12 playlists" */
export const playlists = (many: number): string => `${many} ${many === 1 ? 'playlist' : 'playlists'}`;
