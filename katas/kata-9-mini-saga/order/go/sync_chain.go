package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"plan-lab/kit/inbox"
	"plan-lab/kit/postgres"
)

// chain calls in a row, as one would write it without thinking of sagas. How far it is, only this
// program knows: where it ends, or a call gets no answer, nobody goes on and nobody undoes.
type chain struct {
	pool               *pgxpool.Pool
	payment, inventory string
	within             time.Duration
}

func syncChain(c chain) style {
	return style{
		begin:     nothing,
		reactions: inbox.Reactions[told]{},
		afterwards: func(ctx context.Context, message told) {
			if err := c.run(ctx, message); err != nil {
				log.Printf("order %s is left as it is: %v", message.Order, err)
			}
		},
	}
}

func (c chain) run(ctx context.Context, message told) error {
	paid, err := c.call(ctx, c.payment+"/payments", message)
	if err != nil {
		return err
	}
	if !paid {
		return c.ends(ctx, message, rejecting("declined"))
	}
	reserved, err := c.call(ctx, c.inventory+"/reservations", message)
	if err != nil {
		return err
	}
	if reserved {
		return c.ends(ctx, message, confirm)
	}
	if _, err := c.call(ctx, c.payment+"/refunds", message); err != nil {
		return err
	}
	return c.ends(ctx, message, rejecting("out-of-stock"))
}

func (c chain) call(ctx context.Context, url string, message told) (bool, error) {
	body, err := json.Marshal(message)
	if err != nil {
		return false, err
	}
	limited, cancel := context.WithTimeout(ctx, c.within)
	defer cancel()
	request, err := http.NewRequestWithContext(limited, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return false, err
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return false, err
	}
	_ = response.Body.Close()
	if response.StatusCode >= 500 {
		return false, fmt.Errorf("%s says %d", url, response.StatusCode)
	}
	return response.StatusCode < 300, nil
}

func (c chain) ends(ctx context.Context, message told, how inbox.Reaction[told]) error {
	return postgres.InTransaction(ctx, c.pool, pgx.ReadCommitted, func(tx pgx.Tx) error {
		return how(ctx, tx, message)
	})
}
