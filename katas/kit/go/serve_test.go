package kit

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func bare(_ string, answer http.HandlerFunc) http.HandlerFunc { return answer }

func TestAnswersHaveTheHeadersOfTheirBodies(t *testing.T) {
	for after, seconds := range map[time.Duration]string{
		0: "1", time.Millisecond: "1", time.Second: "1", 1001 * time.Millisecond: "2",
	} {
		routes := Routes{"GET /quotes": func(Request) (int, any, error) {
			return http.StatusServiceUnavailable, ComeBack{Problem{"not now"}, after}, nil
		}}
		answer := httptest.NewRecorder()
		handler(routes, bare).ServeHTTP(answer, httptest.NewRequest("GET", "/quotes", nil))
		if answer.Code != http.StatusServiceUnavailable || answer.Header().Get("Retry-After") != seconds {
			t.Errorf("%v: %d, %v", after, answer.Code, answer.Header())
		}
		if body := strings.TrimSpace(answer.Body.String()); body != `{"error":"not now"}` {
			t.Error(body)
		}
	}
}

func TestWhatIsAroundSeesTheRouteAsItIsWritten(t *testing.T) {
	page := http.HandlerFunc(func(response http.ResponseWriter, _ *http.Request) {
		_, _ = response.Write([]byte("as it is"))
	})
	routes := Routes{
		"GET /orders/{order}": func(Request) (int, any, error) { return http.StatusOK, nil, nil },
		"GET /page":           func(Request) (int, any, error) { return 0, page, nil },
	}
	var seen []string
	handle := handler(routes, func(route string, answer http.HandlerFunc) http.HandlerFunc {
		seen = append(seen, route)
		return answer
	})
	var last *httptest.ResponseRecorder
	for _, target := range []string{"/orders/o-1?fresh=1", "/orders", "/health", "/page"} {
		last = httptest.NewRecorder()
		handle.ServeHTTP(last, httptest.NewRequest("GET", target, nil))
	}
	if told := strings.Join(seen, " "); told != "/orders/{order}   /page" {
		t.Errorf("%q", told)
	}
	if body := last.Body.String(); body != "as it is" {
		t.Errorf("%q", body)
	}
}
