/** "Evening", "Evening and 3 more". Pure. */
export function titleOf(lists: readonly { readonly name: string }[]): string {
  const [first, ...others] = lists;
  if (first === undefined) return 'Downloading';
  return others.length === 0 ? first.name : `${first.name} and ${others.length} more`;
}
