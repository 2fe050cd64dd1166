/** What a command of a next step is for: the report says it beside the command. */
export type Does =
  'lesson' | 'brief' | 'own' | 'page' | 'note' | 'tick' | 'report' | 'milestone' | 'final-list';
