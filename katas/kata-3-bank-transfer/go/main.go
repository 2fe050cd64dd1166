// Command kata-3 is the bank of kata 3, in the way that PLAN_STRATEGY names.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net/http"
	"net/url"
	"strings"

	"github.com/jackc/pgx/v5"

	"plan-lab/kit"
	"plan-lab/kit/postgres"
)

var strategies = map[string]strategy{
	"no-transaction": noTransaction,
	"transaction":    transaction,
	"ordered-locks":  orderedLocks,
}

var statuses = map[outcome]int{
	done:              http.StatusCreated,
	insufficientFunds: http.StatusConflict,
	unknownAccount:    http.StatusNotFound,
	idReused:          http.StatusUnprocessableEntity,
}

func main() {
	env := kit.ReadEnvironment()
	port := env.Port()
	address := env.Required("DATABASE_URL")
	counter := counter{
		bank: bank{
			isolation: postgres.Isolation(env),
			think:     env.Milliseconds("PLAN_THINK_MS", 5),
		},
		pay:     strategies[env.Text("PLAN_STRATEGY", "transaction")],
		retries: env.Integer("PLAN_RETRIES", 100),
	}
	if counter.pay == nil {
		env.Fail(fmt.Errorf("there is no strategy %q", env.Text("PLAN_STRATEGY", "transaction")))
	}
	if err := env.Err(); err != nil {
		log.Fatal(err)
	}
	kit.Run(port, func(ctx context.Context) (kit.Routes, func(), error) {
		own, err := levelled(address, counter.bank.isolation)
		if err != nil {
			return nil, nil, err
		}
		pool, err := postgres.OpenPool(ctx, own)
		if err != nil {
			return nil, nil, err
		}
		counter.bank.pool = pool
		return kit.Routes{
			"POST /transfers": counter.transfers,
			"GET /accounts":   counter.accounts,
		}, pool.Close, nil
	})
}

// counter is where the customers come.
type counter struct {
	bank    bank
	pay     strategy
	retries int
}

type answer map[string]any

func (c counter) transfers(request kit.Request) (int, any, error) {
	wanted, err := readTransfer(request)
	if err != nil {
		return 0, nil, err
	}
	// A client that hangs up does not take back its transfer half way.
	ctx := context.Background()
	var result outcome
	retries, err := postgres.WithRetries(c.retries, func() (err error) {
		result, err = c.pay(ctx, c.bank, wanted)
		return runningAgain(err)
	})
	switch {
	case errors.Is(err, postgres.ErrGaveUp):
		return http.StatusServiceUnavailable, answer{"error": "gave up", "retries": retries}, nil
	case err != nil:
		return 0, nil, err
	case result == done:
		return http.StatusCreated, answer{"id": wanted.ID, "retries": retries}, nil
	default:
		return statuses[result], answer{"id": wanted.ID, "error": result, "retries": retries}, nil
	}
}

type account struct {
	ID      string `json:"id"`
	Balance int    `json:"balance"`
}

// accounts reads in one statement, which is one snapshot: no transfer can be half in it.
func (c counter) accounts(kit.Request) (int, any, error) {
	ctx := context.Background()
	var all []account
	retries, err := postgres.WithRetries(c.retries, func() error {
		rows, err := c.bank.pool.Query(ctx, `SELECT id, balance FROM accounts ORDER BY id`)
		if err != nil {
			return runningAgain(err)
		}
		all, err = pgx.CollectRows(rows, pgx.RowToStructByPos[account])
		return runningAgain(err)
	})
	switch {
	case errors.Is(err, postgres.ErrGaveUp):
		return http.StatusServiceUnavailable, answer{"error": "gave up", "retries": retries}, nil
	case err != nil:
		return 0, nil, err
	default:
		return http.StatusOK, answer{"accounts": all}, nil
	}
}

// levelled sets the level also of statements without a BEGIN: each of them is a transaction too.
func levelled(address string, level pgx.TxIsoLevel) (string, error) {
	own, err := url.Parse(address)
	if err != nil {
		return "", err
	}
	query := own.Query()
	query.Set("options", "-c default_transaction_isolation="+strings.ReplaceAll(string(level), " ", `\ `))
	own.RawQuery = query.Encode()
	return own.String(), nil
}

func readTransfer(request kit.Request) (wanted transfer, err error) {
	if err := request.JSON(&wanted); err != nil {
		return wanted, err
	}
	// However much: nobody has more than PostgreSQL's integer, and who asks for it has too little.
	if wanted.ID == "" || wanted.From == "" || wanted.To == "" || wanted.From == wanted.To ||
		wanted.Amount < 1 {
		return wanted, fmt.Errorf("%w: id, from, another to, and an amount from 1 are needed", kit.ErrBadRequest)
	}
	return wanted, nil
}
