package kit

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

type rejection struct{}

func (rejection) Headers() map[string]string {
	return map[string]string{"Retry-After": "2"}
}

func TestAnswersHaveTheHeadersOfTheirBodies(t *testing.T) {
	routes := Routes{"GET /quotes": func(Request) (int, any, error) {
		return http.StatusServiceUnavailable, rejection{}, nil
	}}
	answer := httptest.NewRecorder()
	handler(routes).ServeHTTP(answer, httptest.NewRequest("GET", "/quotes", nil))
	if answer.Code != http.StatusServiceUnavailable || answer.Header().Get("Retry-After") != "2" {
		t.Errorf("%d, %v", answer.Code, answer.Header())
	}
}
