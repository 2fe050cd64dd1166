package kit

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// Request is an HTTP request with what stood in its path where the route says {account}.
type Request struct {
	*http.Request
	Parameters map[string]string
}

// A body that is longer is refused: without a bound one request takes all the memory.
const longestBody = 1 << 20

// JSON reads the whole body: what comes after the value is no JSON either. Its error wraps
// ErrBadRequest or ErrTooLarge.
func (r Request) JSON(into any) error {
	text, err := io.ReadAll(io.LimitReader(r.Body, longestBody+1))
	if err == nil && len(text) > longestBody {
		return ErrTooLarge
	}
	if err == nil {
		err = json.Unmarshal(text, into)
	}
	if err != nil {
		return fmt.Errorf("%w: the body is not what the contract says: %v", ErrBadRequest, err)
	}
	return nil
}

var (
	// ErrBadRequest is for a body that the contract does not allow: fmt.Errorf("%w: why", ErrBadRequest).
	ErrBadRequest = errors.New("bad request")
	// ErrTooLarge is for a body that is more than this program takes.
	ErrTooLarge = errors.New("the body is too large")
)

// Handler answers with a status and a body that becomes JSON; an error is answered 500, and 400 or
// 413 where it wraps ErrBadRequest or ErrTooLarge. A body that is an http.Handler answers by itself.
type Handler func(Request) (status int, body any, err error)

// Typed is a body with a media type of its own, such as application/problem+json.
type Typed interface {
	ContentType() string
}

// Headed is a body whose answer has headers besides, such as Retry-After.
type Headed interface {
	Headers() map[string]string
}

// Routes: "POST /accounts/{account}/deposits" → its handler.
type Routes map[string]Handler

type route struct {
	method  string
	path    string
	pattern []string
	handle  Handler
}

func (r Routes) compile() []route {
	compiled := make([]route, 0, len(r))
	for name, handle := range r {
		method, path, _ := strings.Cut(name, " ")
		compiled = append(compiled, route{method, path, strings.Split(path, "/"), handle})
	}
	return compiled
}

// find gives a route without handler where none is for the request.
func find(routes []route, request *http.Request) (route, map[string]string) {
	parts := strings.Split(request.URL.Path, "/")
	for _, each := range routes {
		if each.method != request.Method {
			continue
		}
		if parameters, fits := parametersIn(each.pattern, parts); fits {
			return each, parameters
		}
	}
	return route{}, nil
}

func parametersIn(pattern, parts []string) (parameters map[string]string, fits bool) {
	if len(pattern) != len(parts) {
		return nil, false
	}
	for i, wanted := range pattern {
		isParameter := strings.HasPrefix(wanted, "{") && strings.HasSuffix(wanted, "}")
		switch {
		case isParameter && parts[i] != "":
			if parameters == nil {
				parameters = map[string]string{}
			}
			parameters[wanted[1:len(wanted)-1]] = parts[i]
		case wanted != parts[i]:
			return nil, false
		}
	}
	return parameters, true
}
