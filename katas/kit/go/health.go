package kit

import "net/http"

// HealthyWhile is GET /health of a program that may lose what it works on and live on: 503 for so
// long. Whoever watches over a worker that consumes nothing has to hear of it; its port is open all
// the while.
func HealthyWhile(isReady func() bool) Routes {
	return Routes{"GET /health": func(Request) (int, any, error) {
		if isReady() {
			return http.StatusOK, map[string]string{"status": "ok"}, nil
		}
		return http.StatusServiceUnavailable, map[string]string{"status": "the broker is away"}, nil
	}}
}
