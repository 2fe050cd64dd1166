package main

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"strings"

	"github.com/jackc/pgx/v5"

	"plan-lab/kit/outbox"
)

// told is what every message of this saga tells: the order, as it was placed.
type told struct {
	Order    string `json:"order"`
	Customer string `json:"customer"`
	SKU      string `json:"sku"`
	Quantity int    `json:"quantity"`
	Amount   int    `json:"amount"`
}

// readTold leaves alone the fields of a newer version.
func readTold(body []byte) (read told, err error) {
	if err := json.Unmarshal(body, &read); err != nil {
		return read, err
	}
	if !read.isOrder() {
		return read, errors.New("the body is no order")
	}
	return read, nil
}

// isOrder refuses what the database can never store: it would be offered again for ever.
func (t told) isOrder() bool {
	return isName(t.Order) && isName(t.Customer) && isName(t.SKU) && isCount(t.Quantity) && isCount(t.Amount)
}

// isName: PostgreSQL stores no text with a zero in it.
func isName(text string) bool { return text != "" && !strings.ContainsRune(text, 0) }

// isCount: PostgreSQL's integer ends at 2^31 − 1.
func isCount(number int) bool { return number >= 1 && number <= math.MaxInt32 }

func orderOf(message told) string { return message.Order }

// tell publishes a fact: it leaves with the transaction that makes it true.
func tell(ctx context.Context, tx pgx.Tx, fact string, message told) error {
	return outbox.Post(ctx, tx, outbox.Message{
		Exchange: "events", Key: fact, CorrelationID: message.Order, Body: message,
	})
}
