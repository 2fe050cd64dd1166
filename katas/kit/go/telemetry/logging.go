package telemetry

import (
	"context"
	"log/slog"
	"os"
	"strings"
)

type idsKey struct{}

// WithID has every line that is written with this context tell it, however deep in the code.
func WithID(ctx context.Context, name, value string) context.Context {
	before, _ := ctx.Value(idsKey{}).([]slog.Attr)
	return context.WithValue(ctx, idsKey{}, append(before[:len(before):len(before)], slog.String(name, value)))
}

// StartLogging writes one JSON object a line, also of what the kit says by package log.
func StartLogging() {
	options := &slog.HandlerOptions{ReplaceAttr: named}
	handler := slog.NewJSONHandler(os.Stdout, options)
	slog.SetDefault(slog.New(withIDs{handler}).With("service", serviceName()))
}

// named: message and a small level, as services in other languages write them.
func named(groups []string, field slog.Attr) slog.Attr {
	switch {
	case len(groups) > 0:
	case field.Key == slog.MessageKey:
		field.Key = "message"
	case field.Key == slog.LevelKey:
		field.Value = slog.StringValue(strings.ToLower(field.Value.String()))
	}
	return field
}

// withIDs adds to a line what its context carries.
type withIDs struct{ slog.Handler }

func (h withIDs) Handle(ctx context.Context, line slog.Record) error {
	ids, _ := ctx.Value(idsKey{}).([]slog.Attr)
	line.AddAttrs(ids...)
	return h.Handler.Handle(ctx, line)
}

func (h withIDs) WithAttrs(fields []slog.Attr) slog.Handler {
	return withIDs{h.Handler.WithAttrs(fields)}
}

func (h withIDs) WithGroup(name string) slog.Handler {
	return withIDs{h.Handler.WithGroup(name)}
}
