const en = {
  fallback: (wanted: string, used: string) =>
    `${wanted} cannot be written, so ${used} is used instead. Set XDG_CACHE_HOME and XDG_STATE_HOME to choose other folders.`,
};

const es: typeof en = {
  fallback: (wanted, used) =>
    `No se puede escribir en ${wanted}, así que se usa ${used}. Con XDG_CACHE_HOME y XDG_STATE_HOME puedes elegir otras carpetas.`,
};

export const foldersTexts = { en, es };
