package kit

import (
	"net/http/httptest"
	"strings"
	"testing"
)

func TestRoutesAreFoundByMethodAndPath(t *testing.T) {
	answer := func(status int) Handler {
		return func(Request) (int, any, error) { return status, nil, nil }
	}
	routes := Routes{
		"POST /accounts/{account}/deposits": answer(201),
		"GET /accounts/{account}":           answer(200),
	}.compile()

	for request, wanted := range map[string]int{
		"POST /accounts/a-1/deposits":  201,
		"GET /accounts/a-1?fresh=1":    200,
		"GET /accounts/a-1/deposits":   0,
		"POST /accounts/a-1/deposits/": 0,
		"POST /accounts//deposits":     0,
		"GET /accounts":                0,
	} {
		method, target, _ := strings.Cut(request, " ")
		found, parameters := find(routes, httptest.NewRequest(method, target, nil))
		if wanted == 0 {
			if found.handle != nil {
				t.Errorf("%s has a route", request)
			}
			continue
		}
		if found.handle == nil {
			t.Errorf("%s has no route", request)
			continue
		}
		status, _, _ := found.handle(Request{})
		if status != wanted || parameters["account"] != "a-1" {
			t.Errorf("%s: %d, %v", request, status, parameters)
		}
	}
}
