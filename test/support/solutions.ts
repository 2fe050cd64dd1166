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
async function deposit(${body}) {
  balances.set(account, balanceOf(account) + body.amount);
  return { status: 200, body: { balance: balanceOf(account) } };
}
async function withdraw(${body}) {
  const balance = balanceOf(account);
  if (balance < body.amount) return { status: 409, body: { error: 'insufficient funds', balance } };
  return deposit({ amount: -body.amount }, { account });
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
			if err := json.Unmarshal(body, &wanted); err != nil {
				return reply{}, err
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
    change(account, body["amount"].as_i64().unwrap())
}

async fn withdraw(axum::extract::Path(account): Account, Json(body): Json<Value>) -> Reply {
    change(account, -body["amount"].as_i64().unwrap())
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
        with lock:
            balance = balances.get(account, 0)
            after = balance + sign * (body["amount"] if sign else 0)
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
      ['/deposits", Main::notYet', '/deposits", (body, at) -> change(at, amountIn(body))'],
      ['/withdrawals", Main::notYet', '/withdrawals", (body, at) -> change(at, -amountIn(body))'],
      ['{account}", Main::notYet', '{account}", (body, at) -> change(at, 0)'],
      [
        'public static void main(',
        `static final Map<String, Long> balances = new HashMap<>();

    static long amountIn(String body) {
        return Long.parseLong(field(body, "amount"));
    }

    static synchronized Reply change(Map<String, String> parameters, long amount) {
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
