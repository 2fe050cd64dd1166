import type { Child } from 'hono/jsx';
import { lexer, type MarkedToken, type Token, type Tokens } from 'marked';

/** Markdown as elements. HTML in it stays text; only links that lead to the web lead anywhere. */
export function Markdown({ text }: { readonly text: string }) {
  return <div class="prose">{blocks(lexer(text))}</div>;
}

const blocks = (tokens: readonly Token[]): Child[] =>
  tokens.map((token) => blockOf(token as MarkedToken));

function blockOf(token: MarkedToken): Child {
  switch (token.type) {
    case 'space':
    case 'def':
      return null;
    case 'heading':
      return headingOf(token);
    case 'code':
      return (
        <pre tabindex={0}>
          <code>{token.text}</code>
        </pre>
      );
    case 'blockquote':
      return <blockquote>{blocks(token.tokens)}</blockquote>;
    case 'list':
      return listOf(token);
    case 'table':
      return tableOf(token);
    case 'hr':
      return <hr />;
    case 'html':
      return /^\s*<!--[^]*-->\s*$/.test(token.raw) ? null : <p>{token.raw}</p>;
    case 'paragraph':
      return <p>{inlines(token.tokens)}</p>;
    default:
      return <>{inlines([token])}</>;
  }
}

/** The page has a heading of its own above. */
function headingOf({ depth, tokens }: Tokens.Heading): Child {
  const words = inlines(tokens);
  if (depth <= 2) return <h2>{words}</h2>;
  return depth === 3 ? <h3>{words}</h3> : <h4>{words}</h4>;
}

function listOf({ ordered, items }: Tokens.List): Child {
  const points = items.map(({ tokens }) => <li>{blocks(tokens)}</li>);
  return ordered ? <ol>{points}</ol> : <ul>{points}</ul>;
}

function tableOf({ header, rows }: Tokens.Table): Child {
  return (
    <div class="scroll" tabindex={0} role="region" aria-label={header[0]?.text ?? ''}>
      <table>
        <thead>
          <tr>
            {header.map(({ tokens }) => (
              <th scope="col" class="left">
                {inlines(tokens)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells) => (
            <tr>
              {cells.map(({ tokens }) => (
                <td class="left">{inlines(tokens)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const inlines = (tokens: readonly Token[]): Child[] =>
  tokens.map((token) => inlineOf(token as MarkedToken));

function inlineOf(token: MarkedToken): Child {
  switch (token.type) {
    case 'strong':
      return <strong>{inlines(token.tokens)}</strong>;
    case 'em':
      return <em>{inlines(token.tokens)}</em>;
    case 'del':
      return <s>{inlines(token.tokens)}</s>;
    case 'codespan':
      // A flag or a name is one word, wherever its hyphens are.
      return <code class={/\s/.test(token.text) ? undefined : 'word'}>{token.text}</code>;
    case 'br':
      return <br />;
    case 'link':
      return /^https:\/\//.test(token.href) ? (
        <a href={token.href} rel="noreferrer noopener" target="_blank">
          {inlines(token.tokens)}
        </a>
      ) : (
        <>{inlines(token.tokens)}</>
      );
    case 'image':
      return token.text;
    case 'text':
      return token.tokens ? <>{inlines(token.tokens)}</> : unescaped(token.text);
    case 'escape':
      return token.text;
    default:
      return token.raw;
  }
}

/** `marked` leaves entities as they stand; they are escaped once more when they are rendered. */
const unescaped = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
