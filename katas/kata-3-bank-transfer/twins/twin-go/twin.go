// Package twin is what the twins in Go share: everything but the way they move money.
package twin

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"math"
	"net/http"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"plan-lab/kit"
	"plan-lab/kit/postgres"
)

type Transfer struct {
	ID     string `json:"id"`
	From   string `json:"from"`
	To     string `json:"to"`
	Amount int    `json:"amount"`
}

// Status is what became of a transfer: 201, 404, 409, 422.
type Status int

const (
	Done         Status = http.StatusCreated
	Unknown      Status = http.StatusNotFound
	Insufficient Status = http.StatusConflict
	Reused       Status = http.StatusUnprocessableEntity
)

// Queries is a transaction, or the pool.
type Queries interface {
	Exec(ctx context.Context, sql string, arguments ...any) (pgconn.CommandTag, error)
	QueryRow(ctx context.Context, sql string, arguments ...any) pgx.Row
}

// Steps are the parts of a transfer; each twin gets one of them wrong.
type Steps struct {
	Recorded     func(context.Context, Queries, Transfer) (Status, error)
	Debit        func(context.Context, Queries, Transfer) (bool, error)
	Credit       func(context.Context, Queries, Transfer) error
	Record       func(context.Context, Queries, Transfer) error
	BeforeCredit func()
}

// Honest steps.
func Honest() Steps {
	return Steps{Recorded: Recorded, Debit: Debit, Credit: Credit, Record: Record, BeforeCredit: func() {}}
}

// Move is the whole of it, in their order.
func (s Steps) Move(ctx context.Context, db Queries, wanted Transfer) (Status, error) {
	if before, err := s.Recorded(ctx, db, wanted); err != nil || before != 0 {
		return before, err
	}
	var count int
	err := db.QueryRow(ctx, `SELECT count(*) FROM accounts WHERE id IN ($1, $2)`, wanted.From, wanted.To).Scan(&count)
	if err != nil || count < 2 {
		return Unknown, err
	}
	taken, err := s.Debit(ctx, db, wanted)
	if err != nil {
		return 0, err
	}
	if !taken {
		before, err := s.Recorded(ctx, db, wanted)
		if err != nil || before != 0 {
			return before, err
		}
		return Insufficient, nil
	}
	s.BeforeCredit()
	time.Sleep(5 * time.Millisecond)
	if err := s.Credit(ctx, db, wanted); err != nil {
		return 0, err
	}
	return Done, s.Record(ctx, db, wanted)
}

// Recorded is 0 for a new id.
func Recorded(ctx context.Context, db Queries, wanted Transfer) (Status, error) {
	var same bool
	err := db.QueryRow(ctx, `SELECT (payer, payee, amount) = ($2, $3, $4::int) FROM transfers WHERE id = $1`,
		wanted.ID, wanted.From, wanted.To, wanted.Amount).Scan(&same)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return 0, nil
	case err != nil:
		return 0, err
	case same:
		return Done, nil
	default:
		return Reused, nil
	}
}

func Debit(ctx context.Context, db Queries, wanted Transfer) (bool, error) {
	changed, err := db.Exec(ctx, `UPDATE accounts SET balance = balance - $2 WHERE id = $1 AND balance >= $2`,
		wanted.From, wanted.Amount)
	return changed.RowsAffected() == 1, err
}

func Credit(ctx context.Context, db Queries, wanted Transfer) error {
	_, err := db.Exec(ctx, `UPDATE accounts SET balance = balance + $2 WHERE id = $1`, wanted.To, wanted.Amount)
	return err
}

func Record(ctx context.Context, db Queries, wanted Transfer) error {
	_, err := db.Exec(ctx, `INSERT INTO transfers (id, payer, payee, amount) VALUES ($1, $2, $3, $4)`,
		wanted.ID, wanted.From, wanted.To, wanted.Amount)
	return err
}

// InTransaction makes the transfer between BEGIN and COMMIT.
func (s Steps) InTransaction(ctx context.Context, pool *pgxpool.Pool, wanted Transfer) (result Status, err error) {
	err = postgres.InTransaction(ctx, pool, pgx.ReadCommitted, func(tx pgx.Tx) (err error) {
		result, err = s.Move(ctx, tx, wanted)
		return err
	})
	return result, err
}

// Make is one attempt at a transfer.
type Make func(context.Context, *pgxpool.Pool, Transfer) (Status, error)

// Serve retries what PostgreSQL refuses, what somebody else was faster with, and connections that
// broke; deadlocks only where it is told to.
func Serve(make Make, retriesDeadlocks bool) {
	env := kit.ReadEnvironment()
	port, url, limit := env.Port(), env.Required("DATABASE_URL"), env.Integer("PLAN_RETRIES", 100)
	if err := env.Err(); err != nil {
		log.Fatal(err)
	}
	kit.Run(port, func(ctx context.Context) (kit.Routes, func(), error) {
		pool, err := postgres.OpenPool(ctx, url)
		if err != nil {
			return nil, nil, err
		}
		transfers := func(request kit.Request) (int, any, error) {
			var wanted Transfer
			if err := json.NewDecoder(request.Body).Decode(&wanted); err != nil {
				return 0, nil, fmt.Errorf("%w: %v", kit.ErrBadRequest, err)
			}
			if wanted.From == wanted.To || wanted.Amount < 1 {
				return 0, nil, fmt.Errorf("%w: this is no transfer", kit.ErrBadRequest)
			}
			if wanted.Amount > math.MaxInt32 {
				return http.StatusConflict, map[string]any{"error": "insufficient-funds", "retries": 0}, nil
			}
			var result Status
			retries, err := postgres.WithRetries(limit, func() (err error) {
				result, err = make(context.Background(), pool, wanted)
				return again(err, retriesDeadlocks)
			})
			body := map[string]any{"id": wanted.ID, "retries": retries}
			if errors.Is(err, postgres.ErrGaveUp) || errors.Is(err, errDeadlock) {
				return http.StatusServiceUnavailable, body, nil
			}
			return int(result), body, err
		}
		accounts := func(kit.Request) (int, any, error) {
			type account struct {
				ID      string `json:"id"`
				Balance int    `json:"balance"`
			}
			rows, err := pool.Query(context.Background(), `SELECT id, balance FROM accounts ORDER BY id`)
			if err != nil {
				return 0, nil, err
			}
			all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[account])
			return http.StatusOK, map[string]any{"accounts": all}, err
		}
		return kit.Routes{"POST /transfers": transfers, "GET /accounts": accounts}, pool.Close, nil
	})
}

var errDeadlock = errors.New("deadlock")

func again(err error, retriesDeadlocks bool) error {
	var failure *pgconn.PgError
	switch {
	case err == nil:
		return nil
	case !errors.As(err, &failure) || failure.Code == "23505" || failure.Code == "57P01":
		return fmt.Errorf("%w: %v", postgres.ErrConflict, err)
	case failure.Code == "40P01" && !retriesDeadlocks:
		return errDeadlock
	default:
		return err
	}
}
