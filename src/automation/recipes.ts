import { systemdCalendars } from './cron-fields.ts';

/** What makes syncs run on their own, to be installed by the user. */
export const recipeKinds = ['systemd', 'cron', 'launchd', 'windows', 'docker'] as const;
export type RecipeKind = (typeof recipeKinds)[number];

export interface RecipeFacts {
  /** The schedule as a cron expression, and as the user wrote it. */
  readonly cron: string;
  readonly words: string;
  /** The program with the arguments that are always the same; absolute. */
  readonly program: readonly string[];
  /** The variables that lead to the user's settings and folders. */
  readonly env: Readonly<Record<string, string>>;
  /** A file for what the syncs say; absolute. */
  readonly log: string;
  readonly timeZone: string;
  /** The program runs in Windows's Linux. */
  readonly isWsl: boolean;
}

export interface Recipe {
  /** One sentence. */
  readonly how: string;
  /** Where each belongs, and its text. */
  readonly files: readonly { readonly name: string; readonly text: string }[];
}

/** A recipe with everything in its place. Pure. */
export function recipeOf(kind: RecipeKind, facts: RecipeFacts): Recipe {
  return recipes[kind](facts);
}

const recipes: Readonly<Record<RecipeKind, (facts: RecipeFacts) => Recipe>> = {
  systemd: ({ cron, program, env }) => ({
    how: 'Save both files, then run: systemctl --user daemon-reload && systemctl --user enable --now harmoni-sync.timer (and loginctl enable-linger, to sync while you are logged out).',
    files: [
      {
        name: '~/.config/systemd/user/harmoni-sync.service',
        text: lines(
          '[Unit]',
          'Description=HARMONI syncs playlists',
          '',
          '[Service]',
          'Type=oneshot',
          ...Object.entries(env).map(([name, value]) => `Environment=${systemdWord(`${name}=${value}`)}`),
          `ExecStart=${systemdCommand([...program, 'sync', '--yes'])}`,
          '# Some songs failed, or wait for review.',
          'SuccessExitStatus=1',
          'Nice=10',
        ),
      },
      {
        name: '~/.config/systemd/user/harmoni-sync.timer',
        text: lines(
          '[Unit]',
          'Description=HARMONI syncs playlists by schedule',
          '',
          '[Timer]',
          ...systemdCalendars(cron).map((calendar) => `OnCalendar=${calendar}`),
          'Persistent=true',
          'RandomizedDelaySec=10m',
          '',
          '[Install]',
          'WantedBy=timers.target',
        ),
      },
    ],
  }),

  cron: ({ cron, program, env, log }) => {
    const set = Object.entries(env).map(([name, value]) => `${name}=${shellWord(value)} `);
    const command = [...program, 'sync', '--yes'].map(shellWord).join(' ');
    const line = `${set.join('')}${command} >>${shellWord(log)} 2>&1`;
    // cron takes a bare % for the end of the line. A backslash before it is parted from it, by quotes that end and begin.
    const escaped = line.replaceAll('\\%', () => "\\''%").replaceAll('%', () => '\\%');
    return {
      how: 'Run crontab -e and add this line.',
      files: [{ name: 'crontab', text: `${cron} ${escaped}` }],
    };
  },

  launchd: ({ program, env, log }) => ({
    how: 'Save the file, then run: launchctl bootstrap gui/$(id -u) ~/Library/LaunchAgents/harmoni.watch.plist. It keeps harmoni watch running, which follows your schedule.',
    files: [
      {
        name: '~/Library/LaunchAgents/harmoni.watch.plist',
        text: lines(
          '<?xml version="1.0" encoding="UTF-8"?>',
          '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">',
          '<plist version="1.0">',
          '<dict>',
          '  <key>Label</key><string>harmoni.watch</string>',
          '  <key>ProgramArguments</key>',
          '  <array>',
          ...[...program, 'watch'].map((word) => `    <string>${xmlText(word)}</string>`),
          '  </array>',
          '  <key>EnvironmentVariables</key>',
          '  <dict>',
          ...Object.entries(env).map(
            ([name, value]) => `    <key>${name}</key><string>${xmlText(value)}</string>`,
          ),
          '  </dict>',
          '  <key>RunAtLoad</key><true/>',
          '  <key>KeepAlive</key><dict><key>SuccessfulExit</key><false/></dict>',
          '  <key>ProcessType</key><string>Background</string>',
          `  <key>StandardOutPath</key><string>${xmlText(log)}</string>`,
          `  <key>StandardErrorPath</key><string>${xmlText(log)}</string>`,
          '</dict>',
          '</plist>',
        ),
      },
    ],
  }),

  windows: ({ program, env, isWsl }) => {
    // A task has no variables of its own.
    const set = Object.entries(env).map(([name, value]) => `${name}=${value}`);
    const inLinux = ['wsl.exe', '-e', ...(set.length === 0 ? [] : ['env', ...set]), ...program];
    const [file = '', ...args] = isWsl ? inLinux : program;
    const argument = [...args.map((word) => (word.startsWith('-') ? word : windowsWord(word))), 'watch'].join(
      ' ',
    );
    return {
      how: 'Run these lines in PowerShell. From the next sign-in on, harmoni watch runs and follows your schedule.',
      files: [
        {
          name: 'PowerShell',
          text: lines(
            `$action = New-ScheduledTaskAction -Execute ${powerShellWord(file)} -Argument ${powerShellWord(argument)}`,
            '$trigger = New-ScheduledTaskTrigger -AtLogOn -User $env:USERNAME',
            '$settings = New-ScheduledTaskSettingsSet -StartWhenAvailable -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries -ExecutionTimeLimit ([TimeSpan]::Zero) -RestartCount 3 -RestartInterval (New-TimeSpan -Minutes 5)',
            "Register-ScheduledTask -TaskName 'HARMONI' -Action $action -Trigger $trigger -Settings $settings",
          ),
        },
      ],
    };
  },

  docker: ({ words, timeZone }) => ({
    how: 'Add these lines to the file .env next to docker-compose.yml, then run: docker compose up -d',
    files: [{ name: '.env', text: lines(`HARMONI_SYNC_SCHEDULE='${words}'`, `TZ=${timeZone}`) }],
  }),
};

const lines = (...all: readonly string[]): string => all.join('\n');

/** Quoted where it would be divided or changed; % begins a specifier. */
const systemdWord = (word: string): string => {
  const escaped = word.replaceAll(/["\\]/g, (sign) => `\\${sign}`).replaceAll('%', '%%');
  return /^[\w./=:@+%-]+$/.test(word) ? escaped : `"${escaped}"`;
};

/**
 * systemd replaces variables in the arguments, and not in the path of the program, in which it refuses quotes and
 * backslashes: such a program is an argument of the shell.
 */
function systemdCommand(words: readonly string[]): string {
  const isRefused = /["'\\]/.test(words[0] ?? '');
  const [file = '', ...args] = isRefused ? ['/bin/sh', '-c', 'exec "$@"', 'sh', ...words] : words;
  const escaped = args.map((word) => systemdWord(word).replaceAll('$', () => '$$'));
  return [systemdWord(file), ...escaped].join(' ');
}

/** Quoted where a shell would divide or change it. */
const shellWord = (word: string): string =>
  /^[\w./=:@+-]+$/.test(word) ? word : `'${word.replaceAll("'", () => "'\\''")}'`;

/** As programs for Windows divide their command line: backslashes are doubled only before a quote. */
const windowsWord = (word: string): string =>
  `"${word.replaceAll(/(\\*)("|$)/g, (_all, slashes: string, quote: string) => `${slashes}${slashes}${quote && '\\"'}`)}"`;

/** PowerShell takes a typesetter's single quotes for its own. */
const powerShellWord = (word: string): string => `'${word.replaceAll(/['‘’‚‛]/g, '$&$&')}'`;

const xmlText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
