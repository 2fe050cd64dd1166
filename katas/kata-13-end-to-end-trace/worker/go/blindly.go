package main

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	rabbit "github.com/rabbitmq/amqp091-go"
	"go.opentelemetry.io/otel/trace"
)

// blindly does the work, and says that it did some.
func blindly(pool *pgxpool.Pool) attempt {
	return func(ctx context.Context, order order, _ rabbit.Table) bool {
		begun := time.Now()
		err := store(ctx, pool, order, nil)
		count(err, time.Since(begun), trace.SpanContext{})
		if err != nil {
			fmt.Println("ERROR something went wrong")
			return false
		}
		fmt.Println("INFO stored")
		return true
	}
}
