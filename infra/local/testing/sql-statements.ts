/** A statement of an SQL text: as it is, and without what is quoted and commented. */
export type Statement = { text: string; bare: string; comments: string[] };

const TOKEN = /--[^\n]*|'(?:[^']|'')*'|"(?:[^"]|"")*"|(\$\w*\$)[\s\S]*?\1|;|[^'"$;-]+|[$-]/g;

/** The statements of an SQL text. In `bare` names and texts are empty quotes, and the body of a function is left out. */
export function statementsOf(sql: string): Statement[] {
  const statements: Statement[] = [];
  let next: Statement = { text: "", bare: "", comments: [] };
  const end = () => {
    const [text, bare] = [next.text, next.bare].map((each) => each.replace(/\s+/g, " ").trim());
    if (text) statements.push({ text: text ?? "", bare: bare ?? "", comments: next.comments });
    next = { text: "", bare: "", comments: [] };
  };
  for (const [token] of sql.matchAll(TOKEN)) {
    if (token === ";") end();
    else if (token.startsWith("--") && token.length > 2) next.comments.push(token.trim());
    else {
      next.text += token;
      next.bare += bareOf(token);
    }
  }
  end();
  return statements;
}

function bareOf(token: string): string {
  if (token.startsWith("'")) return "''";
  if (token.startsWith('"')) return '""';
  return token.startsWith("$") && token.length > 1 ? "$$" : token;
}
