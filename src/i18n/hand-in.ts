/** A kata that is handed in: its repository (`plan new`), and its page (`plan doc`). */
const en = {
  toDecide: '_still to decide_',
  began: (language: string) => `${language}, as it was laid down`,
  noFigures: (kata: string, command: string) =>
    `_Open: there are no figures of mine of ${kata} yet. \`${command}\` measures them; then they belong here._`,
  oneLanguage: (command: string) =>
    `_Open: only one language was measured. \`${command}\` sets several beside each other, turn by turn._`,
  runOf: (when: string, command: string) => `Run of ${when}: ${command}`,
  conditions: 'Conditions',
  machine: 'Machine',
  perSecond: 'answers/s',
  program: 'program',
  way: 'strategy',
  verdict: 'held',
  ofAll: (held: number, all: number) => `${held} of ${all}`,
  // the page
  seenIn: (name: string, when: string, folder: string) =>
    `Seen in ${name}, run of ${when} (${folder}).`,
  nothingSeen: '_Nothing was seen in this run._',
  noneSeen: '_None was seen in this run._',
  queue: (name: string) => `queue ${name}`,
  outside: 'what you do not run',
  wentThrough: 'One that went through',
  wasUndone: 'One that was undone',
  requirement: 'requirement',
  standing: 'standing',
  rules: 'rules that held',
  met: 'met',
  broken: 'not met',
  notShown: 'not shown',
  onlyActs: (acts: string) =>
    `Only these acts were played (${acts}): a requirement is met in the whole experiment alone.`,
  text: {
    env: 'Copy to .env, which git ignores. "openssl rand -hex 16" makes a good password.',
    compose:
      'What the shop stands on, for working by hand. The exam starts servers of its own and needs none of this.',
    hostname: 'Its data goes by this name.',
    topology:
      'The exchanges, the queues and what they hear, as in the exam; it ends when they are there.',
    hostNetwork:
      'The services listen on 127.0.0.1 of this machine, so whoever asks them is on its network. Docker Desktop: enable host networking.',
    databases: 'A database and a user for each service; none gets into that of another.',
    topologyScript: 'The password goes by the standard input: arguments can be read by others.',
    workflow:
      'The exam of the whole plan, on every push. Red until all seven requirements are met.',
  },
};

const es: typeof en = {
  toDecide: '_por decidir_',
  began: (language) => `${language}, como se preparó`,
  noFigures: (kata, command) =>
    `_Abierta: todavía no hay cifras mías de ${kata}. \`${command}\` las mide; después van aquí._`,
  oneLanguage: (command) =>
    `_Abierta: solo se ha medido un lenguaje. \`${command}\` pone varios uno al lado de otro, por turnos._`,
  runOf: (when, command) => `Run del ${when}: ${command}`,
  conditions: 'Condiciones',
  machine: 'Máquina',
  perSecond: 'respuestas/s',
  program: 'programa',
  way: 'estrategia',
  verdict: 'se cumplió',
  ofAll: (held, all) => `${held} de ${all}`,
  seenIn: (name, when, folder) => `Visto en ${name}, run del ${when} (${folder}).`,
  nothingSeen: '_En este run no se vio nada._',
  noneSeen: '_En este run no se vio ninguno._',
  queue: (name) => `cola ${name}`,
  outside: 'lo que no es tuyo',
  wentThrough: 'Uno que salió adelante',
  wasUndone: 'Uno que se deshizo',
  requirement: 'requisito',
  standing: 'estado',
  rules: 'reglas que se cumplieron',
  met: 'cumplido',
  broken: 'no cumplido',
  notShown: 'no demostrado',
  onlyActs: (acts) =>
    `Solo se jugaron estos actos (${acts}): un requisito solo se cumple en el experimento entero.`,
  text: {
    env: 'Cópialo a .env, que git ignora. "openssl rand -hex 16" da una buena contraseña.',
    compose:
      'Sobre lo que está la tienda, para trabajar a mano. El examen arranca servidores propios y no necesita nada de esto.',
    hostname: 'Sus datos van por este nombre.',
    topology: 'Los exchanges, las colas y lo que oyen, como en el examen; termina cuando están.',
    hostNetwork:
      'Los servicios escuchan en 127.0.0.1 de esta máquina, así que quien les pregunta está en su red. Docker Desktop: activa la red del host.',
    databases: 'Una base de datos y un usuario por servicio; ninguno entra en la de otro.',
    topologyScript:
      'La contraseña va por la entrada estándar: los argumentos los pueden leer otros.',
    workflow:
      'El examen de todo el plan, en cada push. En rojo hasta que se cumplan los siete requisitos.',
  },
};

export const handInTexts = { en, es };
