package kit

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestAnswersHaveTheHeadersOfTheirBodies(t *testing.T) {
	for after, seconds := range map[time.Duration]string{
		0: "1", time.Millisecond: "1", time.Second: "1", 1001 * time.Millisecond: "2",
	} {
		routes := Routes{"GET /quotes": func(Request) (int, any, error) {
			return http.StatusServiceUnavailable, ComeBack{Problem{"not now"}, after}, nil
		}}
		answer := httptest.NewRecorder()
		handler(routes).ServeHTTP(answer, httptest.NewRequest("GET", "/quotes", nil))
		if answer.Code != http.StatusServiceUnavailable || answer.Header().Get("Retry-After") != seconds {
			t.Errorf("%v: %d, %v", after, answer.Code, answer.Header())
		}
		if body := strings.TrimSpace(answer.Body.String()); body != `{"error":"not now"}` {
			t.Error(body)
		}
	}
}
