/** What harmoni backup does. */
export const backupVerbs = ['create', 'list', 'verify', 'restore'] as const;
