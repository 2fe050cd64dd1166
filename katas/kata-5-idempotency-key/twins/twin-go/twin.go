// Package twin is what the twins in Go share: everything but how they treat the key.
package twin

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

type Payment struct {
	Client string `json:"-"`
	Key    string `json:"-"`
	Order  string `json:"order"`
	Amount int    `json:"amount"`
}

// Same tells whether it is the same payload.
func (p Payment) Same(other Payment) bool {
	return p.Order == other.Order && p.Amount == other.Amount
}

type Answer struct {
	Status int
	Body   json.RawMessage
}

// Database is a pool or a transaction.
type Database interface {
	Exec(context.Context, string, ...any) (pgconn.CommandTag, error)
	QueryRow(context.Context, string, ...any) pgx.Row
}

// Till is what a twin works with.
type Till struct {
	Pool *pgxpool.Pool
	TTL  time.Duration
}

type Pay func(context.Context, Till, Payment) (Answer, error)

// Serve prepares, and pays in the twin's own way until SIGTERM.
func Serve(prepare string, pay Pay) {
	term, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	pool, err := pgxpool.New(term, os.Getenv("DATABASE_URL"))
	if err == nil {
		_, err = pool.Exec(term, prepare)
	}
	ttl, ttlErr := strconv.Atoi(os.Getenv("PLAN_KEY_TTL_MS"))
	if err = errors.Join(err, ttlErr); err != nil {
		log.Fatal(err)
	}
	till := Till{pool, time.Duration(ttl) * time.Millisecond}
	server := &http.Server{Addr: "127.0.0.1:" + os.Getenv("PORT"), Handler: handler(till, pay)}
	go func() {
		if err := server.ListenAndServe(); err != http.ErrServerClosed {
			log.Fatal(err)
		}
	}()
	<-term.Done()
	// What is under way is finished.
	within, cancel := context.WithTimeout(context.Background(), 4*time.Second)
	defer cancel()
	_ = server.Shutdown(within)
}

func handler(till Till, pay Pay) http.Handler {
	routes := http.NewServeMux()
	routes.HandleFunc("/health", func(response http.ResponseWriter, _ *http.Request) {
		send(response, Answer{http.StatusOK, []byte(`{}`)})
	})
	routes.HandleFunc("/pay", func(response http.ResponseWriter, request *http.Request) {
		payment := Payment{
			Client: request.Header.Get("Client-Id"),
			Key:    strings.Trim(request.Header.Get("Idempotency-Key"), `"`),
		}
		err := json.NewDecoder(request.Body).Decode(&payment)
		if err != nil || payment.Client == "" || payment.Key == "" || payment.Amount < 1 {
			send(response, Problem(http.StatusBadRequest))
			return
		}
		answer, err := pay(context.Background(), till, payment)
		if err != nil {
			log.Print(err)
			answer = Problem(http.StatusServiceUnavailable)
		}
		send(response, answer)
	})
	return routes
}

func send(response http.ResponseWriter, answer Answer) {
	response.Header().Set("Content-Type", "application/json")
	response.WriteHeader(answer.Status)
	_, _ = response.Write(answer.Body)
}

// Problem is an error body.
func Problem(status int) Answer {
	return Answer{status, []byte(fmt.Sprintf(`{"title": %q, "status": %d}`, http.StatusText(status), status))}
}

// Charge takes the money or declines, and knows no keys.
func Charge(ctx context.Context, db Database, payment Payment) (Answer, error) {
	var isDeclined bool
	err := db.QueryRow(ctx, `SELECT exists(SELECT FROM limits WHERE client = $1 AND max_amount < $2)`,
		payment.Client, payment.Amount).Scan(&isDeclined)
	if err != nil || isDeclined {
		return Problem(http.StatusPaymentRequired), err
	}
	var id int64
	err = db.QueryRow(ctx, `INSERT INTO charges (client, order_id, amount) VALUES ($1, $2, $3) RETURNING id`,
		payment.Client, payment.Order, payment.Amount).Scan(&id)
	body := fmt.Sprintf(`{"id": %d, "order": %q, "amount": %d}`, id, payment.Order, payment.Amount)
	return Answer{http.StatusCreated, []byte(body)}, err
}

// Fingerprint is the payload itself.
func (p Payment) Fingerprint() string {
	return fmt.Sprintf("%d %s", p.Amount, p.Order)
}

// Find answers for a key that has not expired; found is false where there is none.
func (t Till) Find(ctx context.Context, db Database, payment Payment) (answer Answer, found bool, err error) {
	var fingerprint string
	var status *int
	var body *string
	err = db.QueryRow(ctx, `SELECT fingerprint, status, body FROM idempotency_keys
		WHERE client = $1 AND key = $2 AND created_at > clock_timestamp() - $3 * interval '1 ms'
		ORDER BY created_at DESC LIMIT 1`,
		payment.Client, payment.Key, t.TTL.Milliseconds()).Scan(&fingerprint, &status, &body)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return Answer{}, false, nil
	case err != nil:
		return Answer{}, false, err
	case fingerprint != payment.Fingerprint():
		return Problem(http.StatusUnprocessableEntity), true, nil
	case status == nil:
		return Problem(http.StatusConflict), true, nil
	default:
		return Answer{*status, []byte(*body)}, true, nil
	}
}

// Store writes the key with its answer.
func Store(ctx context.Context, db Database, payment Payment, answer Answer) error {
	_, err := db.Exec(ctx, `INSERT INTO idempotency_keys (client, key, fingerprint, status, body)
		VALUES ($1, $2, $3, $4, $5)`,
		payment.Client, payment.Key, payment.Fingerprint(), answer.Status, string(answer.Body))
	return err
}
