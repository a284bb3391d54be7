/** Arguments without a proxy's password, and the environment that has it instead. */
interface HiddenProxy {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

const separate = '--proxy';
const joined = /^--proxy=/;

/**
 * Every user of a machine can read the arguments of a process, and only its own user the environment: a proxy with a
 * password goes there. As with --proxy, all connections go through it. Pure.
 */
export function hideProxy(args: readonly string[]): HiddenProxy {
  const end = args.indexOf('--');
  const own = end === -1 ? args : args.slice(0, end);
  const at = own.findLastIndex((word) => word === separate || joined.test(word));
  const word = own[at] ?? '';
  const url = word === separate ? (own[at + 1] ?? '') : word.replace(joined, '');
  if (!/^[^?#]*@/.test(url)) return { args, env: {} };
  const rest = own.filter(
    (each, index) => each !== separate && own[index - 1] !== separate && !joined.test(each),
  );
  return {
    args: [...rest, ...args.slice(own.length)],
    env: { http_proxy: url, https_proxy: url, all_proxy: url, no_proxy: '', NO_PROXY: '' },
  };
}
