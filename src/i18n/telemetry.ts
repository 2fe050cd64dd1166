const en = {
  optionOtlp: 'hand on what the programs tell by OpenTelemetry, to a collector of yours',
  badUrl: (url: string) =>
    `--otlp wants an http:// or https:// URL without a password, not ${url}.`,
  notTaken: (url: string, why: string) => `Nobody takes traces by OTLP/HTTP at ${url}: ${why}`,
  notTakenMend: 'start the collector (port 4318 as a rule), or leave --otlp out',
};

const es: typeof en = {
  optionOtlp: 'entregar lo que los programas cuentan por OpenTelemetry a un collector tuyo',
  badUrl: (url) => `--otlp quiere una URL http:// o https:// sin contraseña, no ${url}.`,
  notTaken: (url, why) => `Nadie acepta trazas por OTLP/HTTP en ${url}: ${why}`,
  notTakenMend: 'arranca el collector (normalmente en el puerto 4318), o quita --otlp',
};

export const telemetryTexts = { en, es };
