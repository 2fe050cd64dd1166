import { agreeing, counted } from './words.js';

const en = {
  fewConnections: (free: number, wanted: number) =>
    `The server that DATABASE_URL names has ${counted.en(free, 'connection', 'connections')} left; an experiment needs ${wanted}.`,
  fewConnectionsMend: (enough: number) =>
    `ALTER SYSTEM SET max_connections = ${enough}; and a restart of that server (of a user with a limit: ALTER ROLE <user> CONNECTION LIMIT -1); or plan … --services embedded|local|docker`,
  database: (name: string, server: string) => `database ${name} on ${server}`,
  ownRole: 'programs log in with a role of their own and see the database of their case alone',
  noOwnRole:
    "programs log in as the URL's own user and can do all that this user can: it may create no roles",
  noOwnRoleMend: 'ALTER ROLE <user> CREATEROLE; as an administrator of that server',
};

const es: typeof en = {
  fewConnections: (free, wanted) =>
    `Al servidor que indica DATABASE_URL ${agreeing.es(free, 'le queda', 'le quedan')} ${counted.es(free, 'conexión', 'conexiones')}; un experimento necesita ${wanted}.`,
  fewConnectionsMend: (enough) =>
    `ALTER SYSTEM SET max_connections = ${enough}; y reiniciar ese servidor (de un usuario con límite: ALTER ROLE <usuario> CONNECTION LIMIT -1); o plan … --services embedded|local|docker`,
  database: (name, server) => `base de datos ${name} en ${server}`,
  ownRole: 'los programas entran con un rol propio y solo ven la base de datos de su caso',
  noOwnRole:
    'los programas entran como el propio usuario de la URL y pueden hacer todo lo que él puede: no puede crear roles',
  noOwnRoleMend: 'ALTER ROLE <usuario> CREATEROLE; como administrador de ese servidor',
};

export const postgresTexts = { en, es };
