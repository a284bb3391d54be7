/** Stands in a config.json that this version wrote. It is no setting: HARMONI reads by it what the settings mean. */
export const versionKey = 'config_version';
