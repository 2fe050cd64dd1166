//go:build jaeger

// Package jaeger names what the soak builds, so that go.mod keeps it.
package jaeger

import _ "github.com/jaegertracing/jaeger/cmd/jaeger"
