package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"

	"plan-lab/kit"
	"plan-lab/kit/telemetry"
)

// answerWithin bounds how long a request waits for the database: who is told 503 asks again.
const answerWithin = 5 * time.Second

// edge is what clients see.
type edge struct {
	pool    *pgxpool.Pool
	clients *clients
	// limit is nil where every request passes.
	limit *rateLimit
	take  func(context.Context, request) (id string, err error)
}

// request is one for an order.
type request struct {
	client, key string
	asked       asked
}

func (e edge) place(from kit.Request) (status int, body any, err error) {
	// A client that hangs up does not stop it half way.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(from.Context()), answerWithin)
	defer cancel()
	client, err := e.clients.nameOf(ctx, from.Header.Get("X-API-Key"))
	switch {
	case err != nil:
		return notNow(ctx, err)
	case client == "":
		return http.StatusUnauthorized, kit.Problem{Error: "no such key"}, nil
	}
	if after, passes := e.limit.passes(client); !passes {
		tooMany := kit.Problem{Error: "too many of yours"}
		return http.StatusTooManyRequests, kit.ComeBack{Problem: tooMany, After: after}, nil
	}
	key := from.Header.Get("Idempotency-Key")
	if !isText(key) {
		return 0, nil, fmt.Errorf("%w: Idempotency-Key is missing", kit.ErrBadRequest)
	}
	wanted, err := readAsked(from)
	if err != nil {
		return 0, nil, err
	}
	id, err := e.take(ctx, request{client, key, wanted})
	switch {
	case errors.Is(err, errOtherOrder):
		return http.StatusUnprocessableEntity, kit.Problem{Error: err.Error()}, nil
	case err != nil:
		return notNow(ctx, err)
	}
	trace.SpanFromContext(ctx).SetAttributes(attribute.String("order.id", id))
	slog.InfoContext(telemetry.WithID(ctx, "order", id), "taken")
	return http.StatusAccepted, order{ID: id, Status: pending}, nil
}

func notNow(ctx context.Context, why error) (int, any, error) {
	slog.ErrorContext(ctx, "an order could not be taken", "error", why.Error())
	return http.StatusServiceUnavailable, kit.Problem{Error: "it can't be taken now; ask again with the same key"}, nil
}

func (e edge) show(from kit.Request) (int, any, error) {
	ctx, cancel := context.WithTimeout(from.Context(), answerWithin)
	defer cancel()
	found, err := find(ctx, e.pool, from.Parameters["id"])
	if err == nil && found == nil {
		return http.StatusNotFound, kit.Problem{Error: "there is no such order"}, nil
	}
	return http.StatusOK, found, err
}

func readAsked(from kit.Request) (read asked, err error) {
	if err := from.JSON(&read); err != nil {
		return read, err
	}
	if !read.isOrder() {
		return read, fmt.Errorf("%w: customer, sku and address are texts, quantity and amount whole numbers from 1",
			kit.ErrBadRequest)
	}
	return read, nil
}
