import { resolvePaths } from '../../src/config/paths.ts';
import { applyEnvironment } from '../../src/config/environment.ts';
import { openConfig } from '../../src/config/store.ts';
import type { CheckSettingsParts } from '../../src/views/check-settings.ts';

/** What the settings are checked with, of a config.json in a folder, where data and music are in that folder, too. */
export function settingParts(folder: string, path: string, env: Readonly<Record<string, string>> = {}) {
  const configStore = openConfig(path);
  const places = { project: folder, data: `${folder}/data`, music: `${folder}/music`, home: folder };
  const read = () => resolvePaths(applyEnvironment(configStore.load(), env), places);
  const tool = (configPath: string, envPath: string | undefined) => ({
    configPath,
    envPath,
    pathDirs: [],
    toolsDir: `${folder}/tools`,
  });
  return {
    configStore,
    env,
    get config() {
      return read();
    },
    tools: {
      places: () => ({
        ytDlp: tool(read().ytdlp_path, env['HARMONI_YTDLP']),
        ffmpeg: tool(read().ffmpeg_path, env['HARMONI_FFMPEG']),
      }),
    },
  } satisfies CheckSettingsParts;
}
