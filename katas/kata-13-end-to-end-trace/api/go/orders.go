package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"net/http"
	"strings"
	"time"

	rabbit "github.com/rabbitmq/amqp091-go"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"

	"plan-lab/kit"
	"plan-lab/kit/amqp"
	"plan-lab/kit/telemetry"
)

// A broker that is short of memory or disk confirms nothing, for as long as that lasts.
const confirmWithin = 3 * time.Second

type order struct {
	ID       string `json:"id"`
	SKU      string `json:"sku"`
	Quantity int    `json:"quantity"`
}

// placeOrder is POST /orders: 202 once the broker has the order for good.
func placeOrder(publisher *amqp.Publisher, strategy string) kit.Handler {
	return func(request kit.Request) (status int, body any, err error) {
		order, err := readOrder(request)
		if err != nil {
			return 0, nil, err
		}
		if strategy == "blind" {
			err = publish(publisher, order, nil)
		} else {
			err = tell(request.Context(), publisher, order, strategy == "full")
		}
		switch {
		case errors.Is(err, amqp.ErrRefused), errors.Is(err, amqp.ErrNotTaken), errors.Is(err, amqp.ErrUnroutable):
			return http.StatusServiceUnavailable, kit.Problem{Error: "it can't be taken now"}, nil
		case err != nil:
			return 0, nil, err
		}
		return http.StatusAccepted, map[string]string{"id": order.ID}, nil
	}
}

// tell puts into the message what whoever takes it needs to go on with the same thread.
func tell(ctx context.Context, publisher *amqp.Publisher, order order, handsOn bool) error {
	trace.SpanFromContext(ctx).SetAttributes(attribute.String("order.id", order.ID))
	ctx = telemetry.WithID(ctx, "order", order.ID)
	sending, span := otel.Tracer("api").Start(ctx, "send shop", trace.WithSpanKind(trace.SpanKindProducer),
		trace.WithAttributes(
			attribute.String("messaging.system", "rabbitmq"),
			attribute.String("messaging.operation.type", "send"),
			attribute.String("messaging.destination.name", "shop"),
		))
	err := telemetry.Within(span, func() error {
		headers := propagation.MapCarrier{}
		if handsOn {
			otel.GetTextMapPropagator().Inject(sending, headers)
			headers["x-request-id"] = requestIDIn(ctx)
		}
		return publish(publisher, order, headers)
	})
	if err != nil {
		slog.ErrorContext(ctx, "the order was not taken", "error", err.Error())
		return err
	}
	slog.InfoContext(ctx, "the order is on its way")
	return nil
}

func publish(publisher *amqp.Publisher, order order, headers map[string]string) error {
	body, err := json.Marshal(map[string]any{"order": order.ID, "sku": order.SKU, "quantity": order.Quantity})
	if err != nil {
		return err
	}
	table := rabbit.Table{}
	for name, value := range headers {
		table[name] = value
	}
	message := rabbit.Publishing{
		MessageId: newID(), ContentType: "application/json", Headers: table, Body: body,
	}
	return publisher.AllWithin(confirmWithin, []amqp.Outgoing{{
		Exchange: "shop", Key: "OrderPlaced", Publishing: message,
	}})
}

func readOrder(request kit.Request) (read order, err error) {
	if err := request.JSON(&read); err != nil {
		return read, err
	}
	switch {
	case !isName(read.ID):
		return read, fmt.Errorf("%w: id must be a text", kit.ErrBadRequest)
	case !isName(read.SKU):
		return read, fmt.Errorf("%w: sku must be a text", kit.ErrBadRequest)
	case read.Quantity < 1 || read.Quantity > math.MaxInt32:
		return read, fmt.Errorf("%w: quantity must be a whole number from 1", kit.ErrBadRequest)
	}
	return read, nil
}

// isName: PostgreSQL stores no text with a zero in it.
func isName(text string) bool { return text != "" && !strings.ContainsRune(text, 0) }
