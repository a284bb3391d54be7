/** The verbs of harmoni review. Apart, because every start reads them and few run them. */
export const reviewVerbs = ['list', 'remove', 'export', 'import', 'redo'] as const;
export type ReviewVerb = (typeof reviewVerbs)[number];
