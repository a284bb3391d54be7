/** The verbs of harmoni config. Apart, because every start reads them and few run them. */
export const configVerbs = ['show', 'get', 'set', 'validate', 'profile', 'reset', 'path'] as const;
export type ConfigVerb = (typeof configVerbs)[number];
