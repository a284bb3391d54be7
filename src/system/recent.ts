/**
 * Remembers what was made for the latest names, and whose making is under way: two that ask for the same get the same.
 * @param kept how many are remembered
 */
export function createRecent<T>(kept: number): (name: string, make: () => T) => T {
  const recent = new Map<string, T>();
  return (name, make) => {
    const found = recent.get(name) ?? make();
    recent.delete(name);
    recent.set(name, found);
    const oldest = recent.keys().next().value;
    if (recent.size > kept && oldest !== undefined) recent.delete(oldest);
    return found;
  };
}
