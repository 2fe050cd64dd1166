const en = {
  fallback: (wanted: string, used: string) =>
    `${wanted} cannot be written, so ${used} is used instead. Set XDG_CACHE_HOME and XDG_STATE_HOME to choose other folders.`,
  foreign: (wanted: string, at: string, used: string) =>
    `${wanted} is not used, because other users can change ${at}: ${used} is used instead. Make it yours alone (chmod go-w, chown), or set XDG_CACHE_HOME and XDG_STATE_HOME to choose other folders.`,
};

const es: typeof en = {
  fallback: (wanted, used) =>
    `No se puede escribir en ${wanted}, así que se usa ${used}. Con XDG_CACHE_HOME y XDG_STATE_HOME puedes elegir otras carpetas.`,
  foreign: (wanted, at, used) =>
    `No se usa ${wanted}, porque otros usuarios pueden cambiar ${at}: se usa ${used}. Haz que sea solo tuya (chmod go-w, chown), o elige otras carpetas con XDG_CACHE_HOME y XDG_STATE_HOME.`,
};

export const foldersTexts = { en, es };
