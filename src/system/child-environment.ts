/**
 * What of HARMONI's own environment its children need: where programs, folders and the desktop are, the language, the
 * way to the internet. Everything else stays here, above all Spotify's secrets, HARMONI's keys and Node's switches.
 */
const needed: ReadonlySet<string> = new Set([
  ...['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'TERM', 'TMPDIR', 'TEMP', 'TMP', 'TZ', 'TZDIR'],
  ...['LANG', 'LANGUAGE', '__CF_USER_TEXT_ENCODING'],
  // Proxies; their passwords are meant for the children.
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'FTP_PROXY', 'ALL_PROXY', 'NO_PROXY', 'SOCKS_PROXY'],
  ...['SSL_CERT_FILE', 'SSL_CERT_DIR', 'NIX_SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS'],
  ...['REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE'],
  // Where libraries and Python's modules lie (Nix, conda), and what proxychains and torsocks work through.
  ...['LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH', 'DYLD_FALLBACK_LIBRARY_PATH', 'LD_PRELOAD'],
  ...['PYTHONPATH', 'PYTHONHOME', 'PYTHONUSERBASE', 'PYTHONUTF8'],
  ...['PROXYCHAINS_CONF_FILE', 'PROXYCHAINS_QUIET_MODE', 'TORSOCKS_CONF_FILE'],
  // The browser, and the keyring that its cookies are encrypted with.
  ...['DISPLAY', 'WAYLAND_DISPLAY', 'XAUTHORITY', 'DBUS_SESSION_BUS_ADDRESS', 'BROWSER', 'DESKTOP_SESSION'],
  ...['GNOME_DESKTOP_SESSION_ID', 'GNOME_KEYRING_CONTROL', 'KDE_FULL_SESSION', 'KDE_SESSION_VERSION'],
  // The sound of WSL.
  'PULSE_SERVER',
  ...['WSL_DISTRO_NAME', 'WSL_INTEROP', 'WSLENV'],
  // Windows.
  ...[
    'SYSTEMROOT',
    'SYSTEMDRIVE',
    'WINDIR',
    'COMSPEC',
    'PATHEXT',
    'OS',
    'USERPROFILE',
    'USERNAME',
    'USERDOMAIN',
  ],
  ...['HOMEDRIVE', 'HOMEPATH', 'APPDATA', 'LOCALAPPDATA', 'PROGRAMDATA', 'ALLUSERSPROFILE', 'PUBLIC'],
  ...['PROGRAMFILES', 'PROGRAMFILES(X86)', 'PROGRAMW6432', 'COMMONPROGRAMFILES', 'COMPUTERNAME'],
  ...['NUMBER_OF_PROCESSORS', 'PROCESSOR_ARCHITECTURE', 'PSMODULEPATH'],
]);

/** Families of variables that are needed too. */
const neededFamilies = /^(?:LC_|XDG_|YTDLP_NO_)/;

/** Where npm and pip fetch from, for the steps that run them. */
const packageManagerFamilies = /^(?:PIP_|NPM_CONFIG_)/;

const secret = /SECRET|TOKEN|PASS|CREDENTIAL|AUTH|API_?KEY|PRIVATE/;

/**
 * The environment that every child gets. Names count in any case, as proxies are written in both and Windows does not
 * tell them apart. Pure.
 * @param packageManager with what npm and pip are told by variables, but for their secrets
 */
export function childEnvironment(
  own: Readonly<NodeJS.ProcessEnv>,
  options: { readonly packageManager?: boolean } = {},
): NodeJS.ProcessEnv {
  const isNeeded = (name: string): boolean =>
    needed.has(name) ||
    ((neededFamilies.test(name) || (options.packageManager === true && packageManagerFamilies.test(name))) &&
      !secret.test(name));
  return Object.fromEntries(Object.entries(own).filter(([name]) => isNeeded(name.toUpperCase())));
}
