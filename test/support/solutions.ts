/**
 * What a learner would write into what `plan new kata-2` lays down: the balances under one lock, in
 * as few words as each language allows.
 */
interface Solution {
  readonly file: string;
  /** Each text, and what comes in its place. */
  readonly changes: readonly (readonly [string, string])[];
}

const node = (types: boolean): Solution['changes'] => {
  const body = types ? 'body: any, { account }: any' : 'body, { account }';
  return [
    ["'POST /accounts/{account}/deposits': notYet", "'POST /accounts/{account}/deposits': deposit"],
    [
      "'POST /accounts/{account}/withdrawals': notYet",
      "'POST /accounts/{account}/withdrawals': withdraw",
    ],
    ["'GET /accounts/{account}': notYet", "'GET /accounts/{account}': read"],
    [
      'const server = createServer(',
      `const balances = new Map${types ? '<string, number>' : ''}();
const balanceOf = (account${types ? ': string' : ''}) => balances.get(account) ?? 0;
const noAmount = { status: 400, body: { error: 'no amount' } };
function amountIn(${types ? 'body: any' : 'body'}) {
  const amount = body?.amount;
  return Number.isInteger(amount) && amount >= 1 && amount <= 1e9 ? amount : undefined;
}
function add(${types ? 'account: string, amount: number' : 'account, amount'}) {
  balances.set(account, balanceOf(account) + amount);
  return { status: 200, body: { balance: balanceOf(account) } };
}
async function deposit(${body}) {
  const amount = amountIn(body);
  return amount === undefined ? noAmount : add(account, amount);
}
async function withdraw(${body}) {
  const amount = amountIn(body);
  if (amount === undefined) return noAmount;
  const balance = balanceOf(account);
  if (balance < amount) return { status: 409, body: { error: 'insufficient funds', balance } };
  return add(account, -amount);
}
async function read(${body}) {
  return { status: 200, body: { balance: balanceOf(account) } };
}

const server = createServer(`,
    ],
  ];
};

export const solutions: Readonly<Record<string, Solution | undefined>> = {
  javascript: { file: 'main.js', changes: node(false) },
  typescript: { file: 'main.ts', changes: node(true) },
  go: {
    file: 'main.go',
    changes: [
      ['"strings"\n', '"strings"\n\t"sync"\n'],
      ['/deposits": notYet', '/deposits": change(1)'],
      ['/withdrawals": notYet', '/withdrawals": change(-1)'],
      ['{account}": notYet', '{account}": change(0)'],
      [
        'func main() {',
        `var (
	lock     sync.Mutex
	balances = map[string]int{}
)

func change(sign int) handler {
	return func(body []byte, parameters map[string]string, _ http.Header) (reply, error) {
		var wanted struct{ Amount int }
		if sign != 0 {
			err := json.Unmarshal(body, &wanted)
			if err != nil || wanted.Amount < 1 || wanted.Amount > 1_000_000_000 {
				return reply{400, map[string]any{"error": "no amount"}}, nil
			}
		}
		lock.Lock()
		defer lock.Unlock()
		account := parameters["account"]
		next := balances[account] + sign*wanted.Amount
		if next < 0 {
			return reply{409, map[string]any{"error": "insufficient funds", "balance": balances[account]}}, nil
		}
		balances[account] = next
		return reply{200, map[string]any{"balance": next}}, nil
	}
}

func main() {`,
      ],
    ],
  },
  rust: {
    file: 'src/main.rs',
    changes: [
      ['/deposits", routing::post(not_yet)', '/deposits", routing::post(deposit)'],
      ['/withdrawals", routing::post(not_yet)', '/withdrawals", routing::post(withdraw)'],
      ['{account}", routing::get(not_yet)', '{account}", routing::get(read)'],
      [
        'async fn healthy()',
        `static BALANCES: std::sync::Mutex<std::collections::BTreeMap<String, i64>> =
    std::sync::Mutex::new(std::collections::BTreeMap::new());

type Account = axum::extract::Path<String>;

async fn deposit(axum::extract::Path(account): Account, Json(body): Json<Value>) -> Reply {
    match amount_in(&body) {
        Some(amount) => change(account, amount),
        None => no_amount(),
    }
}

async fn withdraw(axum::extract::Path(account): Account, Json(body): Json<Value>) -> Reply {
    match amount_in(&body) {
        Some(amount) => change(account, -amount),
        None => no_amount(),
    }
}

fn amount_in(body: &Value) -> Option<i64> {
    body["amount"].as_i64().filter(|amount| (1..=1_000_000_000).contains(amount))
}

fn no_amount() -> Reply {
    (StatusCode::BAD_REQUEST, Json(json!({ "error": "no amount" })))
}

async fn read(axum::extract::Path(account): Account) -> Reply {
    change(account, 0)
}

fn change(account: String, amount: i64) -> Reply {
    let mut balances = BALANCES.lock().unwrap();
    let balance = balances.entry(account).or_insert(0);
    if *balance + amount < 0 {
        let body = json!({ "error": "insufficient funds", "balance": *balance });
        return (StatusCode::CONFLICT, Json(body));
    }
    *balance += amount;
    (StatusCode::OK, Json(json!({ "balance": *balance })))
}

async fn healthy()`,
      ],
      [
        'async fn not_yet(_body: String) -> Reply {\n    (StatusCode::NOT_IMPLEMENTED, Json(json!({ "error": "not written yet" })))\n}\n',
        '',
      ],
    ],
  },
  python: {
    file: 'main.py',
    changes: [
      ['/deposits": not_yet', '/deposits": change(1)'],
      ['/withdrawals": not_yet', '/withdrawals": change(-1)'],
      ['{account}": not_yet', '{account}": change(0)'],
      [
        'routes = {',
        `lock = threading.Lock()
balances = {}


def change(sign):
    def handle(body, parameters):
        account = parameters["account"]
        amount = body.get("amount") if isinstance(body, dict) else None
        if sign and not (type(amount) is int and 1 <= amount <= 10**9):
            return 400, {"error": "no amount"}
        with lock:
            balance = balances.get(account, 0)
            after = balance + sign * (amount if sign else 0)
            if after < 0:
                return 409, {"error": "insufficient funds", "balance": balance}
            balances[account] = after
            return 200, {"balance": after}

    return handle


routes = {`,
      ],
    ],
  },
  java: {
    file: 'Main.java',
    changes: [
      ['/deposits", Main::notYet', '/deposits", (body, at) -> change(at, 1, amountIn(body))'],
      [
        '/withdrawals", Main::notYet',
        '/withdrawals", (body, at) -> change(at, -1, amountIn(body))',
      ],
      ['{account}", Main::notYet', '{account}", (body, at) -> change(at, 0, 0)'],
      [
        'public static void main(',
        `static final Map<String, Long> balances = new HashMap<>();

    static long amountIn(String body) {
        var whole = Pattern.compile("\\\\{\\\\s*\\"amount\\"\\\\s*:\\\\s*(\\\\d{1,10})\\\\s*\\\\}").matcher(body.strip());
        return whole.matches() ? Long.parseLong(whole.group(1)) : 0;
    }

    static synchronized Reply change(Map<String, String> parameters, int sign, long wanted) {
        if (sign != 0 && (wanted < 1 || wanted > 1_000_000_000)) return new Reply(400, "{}");
        long amount = sign * wanted;
        String account = parameters.get("account");
        long balance = balances.getOrDefault(account, 0L);
        if (balance + amount < 0) return new Reply(409, "{\\"balance\\": %d}".formatted(balance));
        balances.put(account, balance + amount);
        return new Reply(200, "{\\"balance\\": %d}".formatted(balance + amount));
    }

    public static void main(`,
      ],
    ],
  },
};
