import {
  quoted,
  scopesOf,
  type CompletedOption,
  type CompletionModel,
  type Scope,
} from './model.js';

/** For zsh: from ~/.zshrc, or as a file named _plan in a folder of fpath. */
export function zshCompletion(model: CompletionModel): string {
  const commands = model.commands.map(({ name, description }) => described(name, description));
  const words = model.commands.flatMap(({ name, words: own }) =>
    own === undefined || own.length === 0
      ? []
      : [`    ${quoted(name)}) candidates=(${own.map(quoted).join(' ')}) ;;`],
  );
  const scopes = scopesOf(model);
  const deep = scopes.filter(({ name }) => name.includes(' ')).map(({ name }) => quoted(name));
  return `#compdef plan
# Completion of plan for zsh. To have it in every shell:
#   plan completion zsh >> ~/.zshrc
_plan() {
  local -a commands options candidates
  local command='' scope='' value='' i
  commands=(
    ${commands.join('\n    ')}
  )
  for ((i = 2; i < CURRENT; i++)); do
    case "\${words[i]}" in
      --locale) i=$((i + 1)) ;;
      -*) ;;
      *) command="\${words[i]}"; break ;;
    esac
  done
  scope="$command"
  if ((i + 1 < CURRENT)); then
    case "$command \${words[i+1]}" in
      ${deep.length === 0 ? "''" : deep.join('|')}) scope="$command \${words[i+1]}" ;;
    esac
  fi
  if [[ "\${words[CURRENT-1]}" == --locale ]]; then
    compadd es en
    return
  fi
  if [[ -z "$command" ]]; then
    options=(${optionList(model.everywhere)})
    [[ "\${words[CURRENT]}" == -* ]] && _describe option options || _describe command commands
    return
  fi
  case "$scope \${words[CURRENT-1]}" in
${scopes.flatMap(valuesOf).join('\n')}
  esac
  if [[ -n "$value" ]]; then
    if ((\${#candidates})); then compadd -a candidates; else _files; fi
    return
  fi
  case "$scope" in
${scopes.map(({ name, options }) => `    ${quoted(name)}) options=(${optionList(options)}) ;;`).join('\n')}
  esac
  if [[ "\${words[CURRENT]}" == -* || "$scope" == *' '* ]]; then
    _describe option options
    return
  fi
  case "$command" in
${words.join('\n')}
    *) _files; return ;;
  esac
  compadd -a candidates
}
if [[ "\${funcstack[1]}" == _plan ]]; then
  _plan "$@"
else
  (($+functions[compdef])) || { autoload -Uz compinit && compinit }
  compdef _plan plan
fi
`;
}

function valuesOf({ name, options }: Scope): string[] {
  return options
    .filter(({ takesValue }) => takesValue)
    .map(
      ({ flag, values }) =>
        `    ${quoted(`${name} ${flag}`)}) value=1; candidates=(${values.map(quoted).join(' ')}) ;;`,
    );
}

function optionList(options: readonly CompletedOption[]): string {
  return options.map(({ flag, description }) => described(flag, description)).join(' ');
}

/** A colon parts the word from what it means. */
function described(word: string, description: string): string {
  return quoted(`${word}:${description.replaceAll(':', '\\:')}`);
}
