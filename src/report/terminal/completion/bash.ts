import { quoted, quotedList, scopesOf, type CompletionModel } from './model.js';

/** For bash from 3.2 on, which macOS still has, and without the bash-completion package. */
export function bashCompletion(model: CompletionModel): string {
  const scopes = scopesOf(model);
  const words = model.commands.flatMap(({ name, words: own }) =>
    own === undefined || own.length === 0
      ? []
      : [`    ${quoted(name)}) words=${quotedList(own)} ;;`],
  );
  const options = scopes.map(
    ({ name, options: own }) =>
      `    ${quoted(name)}) options=${quotedList(own.map(({ flag }) => flag))} ;;`,
  );
  const values = scopes.flatMap(({ name, options: own }) =>
    own
      .filter(({ takesValue }) => takesValue)
      .map(
        ({ flag, values: allowed }) =>
          `    ${quoted(`${name} ${flag}`)}) value=1; words=${quotedList(allowed)} ;;`,
      ),
  );
  const deeper = model.commands.filter(({ after }) => Object.keys(after).length > 0);
  return `# Completion of plan for bash. To have it in every shell:
#   plan completion bash >> ~/.bashrc
_plan_completion() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  local command='' scope='' words='' options='' value='' i
  COMPREPLY=()
  # bash parts --lang=go into three words.
  if [[ "$current" == = ]]; then
    current=''
  elif [[ "$previous" == = ]]; then
    previous="\${COMP_WORDS[COMP_CWORD-2]}"
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "\${COMP_WORDS[i]}" in
      --locale) i=$((i + 1)) ;;
      -*) ;;
      *) command="\${COMP_WORDS[i]}"; break ;;
    esac
  done
  scope="$command"
  case "$command" in
    ${deeper.length === 0 ? "''" : deeper.map(({ name }) => quoted(name)).join('|')})
      case "\${COMP_WORDS[i+1]}" in
        ${
          deeper
            .flatMap(({ after }) => Object.keys(after))
            .map(quoted)
            .join('|') || "''"
        })
          ((i + 1 < COMP_CWORD)) && scope="$command \${COMP_WORDS[i+1]}" ;;
      esac ;;
  esac
  if [[ "$previous" == --locale ]]; then
    COMPREPLY=($(compgen -W 'es en' -- "$current"))
    return
  fi
  if [[ -z "$command" ]]; then
    words=${quotedList(model.commands.map(({ name }) => name))}
    options=${quotedList(model.everywhere.map(({ flag }) => flag))}
  fi
  case "$scope $previous" in
${values.join('\n')}
  esac
  if [[ -z "$value" ]]; then
    case "$command" in
${words.join('\n')}
    esac
    # A kata is named once.
    [[ "$scope" == *' '* ]] && words=''
    case "$scope" in
${options.join('\n')}
    esac
    [[ "$current" == -* || ( -z "$words" && -n "$options" && "$scope" == *' '* ) ]] && words="$options"
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _plan_completion plan
`;
}
