package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/http"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"plan-lab/kit"
)

type payment struct {
	client string
	key    string
	Order  string `json:"order"`
	Amount int64  `json:"amount"` // cents
}

// strategy is one way to treat the key: all that the strategies differ in.
type strategy func(context.Context, payment) (final, error)

// keyring is what every strategy has: the database, and how long a key is remembered.
type keyring struct {
	pool *pgxpool.Pool
	ttl  time.Duration
}

// final is an answer as it is sent, and as it is stored.
type final struct {
	status int
	body   json.RawMessage
}

func (f final) MarshalJSON() ([]byte, error) { return f.body, nil }

func (f final) ContentType() string {
	if f.status < http.StatusBadRequest {
		return "application/json"
	}
	return "application/problem+json"
}

// problem is an error as RFC 9457 writes it.
func problem(status int, title, detail string) final {
	body, err := json.Marshal(struct {
		Title  string `json:"title"`
		Status int    `json:"status"`
		Detail string `json:"detail"`
	}{title, status, detail})
	if err != nil {
		panic(err) // texts and numbers always become JSON
	}
	return final{status, body}
}

func inProgress() final {
	return problem(http.StatusConflict, "In progress", "a request with this key is still under way")
}

func alreadyUsed() final {
	return problem(http.StatusConflict, "Already used", "a request with this key has been here")
}

func otherPayload() final {
	return problem(http.StatusUnprocessableEntity, "Another payload", "this key was used for another payment")
}

// charge takes the money, or declines. It charges twice when it is called twice: it knows no keys.
func charge(ctx context.Context, tx pgx.Tx, wanted payment) (final, error) {
	var limit int64
	err := tx.QueryRow(ctx, `SELECT max_amount FROM limits WHERE client = $1`, wanted.client).Scan(&limit)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return final{}, err
	}
	if err == nil && wanted.Amount > limit {
		detail := fmt.Sprintf("%d is above the limit of %d", wanted.Amount, limit)
		return problem(http.StatusPaymentRequired, "Payment declined", detail), nil
	}
	var id string
	err = tx.QueryRow(ctx,
		`INSERT INTO charges (client, order_id, amount) VALUES ($1, $2, $3) RETURNING id::text`,
		wanted.client, wanted.Order, wanted.Amount).Scan(&id)
	if err != nil {
		return final{}, err
	}
	body, err := json.Marshal(struct {
		ID string `json:"id"`
		payment
	}{id, wanted})
	return final{http.StatusCreated, body}, err
}

// fingerprint tells two payloads under one key apart.
func (p payment) fingerprint() string {
	sum := sha256.Sum256([]byte(fmt.Sprintf("%q %d", p.Order, p.Amount)))
	return hex.EncodeToString(sum[:])
}

func readPayment(request kit.Request) (wanted payment, err error) {
	wanted.client = request.Header.Get("Client-Id")
	wanted.key = bare(request.Header.Get("Idempotency-Key"))
	if wanted.key == "" || len(wanted.key) > 255 {
		return wanted, errors.New("Idempotency-Key is needed: 1 to 255 characters, in quotes or not")
	}
	if wanted.client == "" {
		return wanted, errors.New("Client-Id is needed")
	}
	if err := request.JSON(&wanted); err != nil {
		return wanted, err
	}
	if wanted.Order == "" || wanted.Amount < 1 || wanted.Amount > math.MaxInt32 {
		return wanted, errors.New("order must be a text, and amount a whole number from 1, in cents")
	}
	return wanted, nil
}

// bare takes the quotes off. The draft of the IETF wants them, other APIs do not: both are the same key.
func bare(key string) string {
	if len(key) >= 2 && strings.HasPrefix(key, `"`) && strings.HasSuffix(key, `"`) {
		return key[1 : len(key)-1]
	}
	return key
}
