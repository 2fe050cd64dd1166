package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"plan-lab/kit"
)

// readSide answers with what there is, if it may be shown: complete once, and new enough for who asks.
type readSide struct {
	pool     *pgxpool.Pool
	follower *follower
	// whenCut is what is shown while the broker is away: nothing, or what there is.
	whenCut string
	// wait is how long a read waits for what its token names.
	wait time.Duration
}

var errRefused = errors.New("not everything that was told is here")

func (r readSide) answer(request kit.Request, read func(context.Context) (map[string]any, error)) (int, any, error) {
	err := r.mayShow()
	if err == nil {
		err = r.comes(request.Context(), request.Header.Get("x-token"))
	}
	// Before the answer is read: what is shown is at least as new as this says.
	age, _ := r.follower.age()
	if err == nil {
		err = r.mayShow()
	}
	if errors.Is(err, errRefused) {
		return http.StatusServiceUnavailable, map[string]string{"error": err.Error()}, nil
	}
	if err != nil {
		return 0, nil, err
	}
	body, err := read(request.Context())
	if err != nil {
		return 0, nil, err
	}
	body["customer"] = request.Parameters["customer"]
	body["ageMs"] = (age + time.Millisecond - 1) / time.Millisecond
	return http.StatusOK, body, nil
}

func (r readSide) mayShow() error {
	age, was := r.follower.age()
	if age == 0 || (was && r.whenCut == "stale") {
		return nil
	}
	return errRefused
}

// `o-17@2`: the order, and the version that the client was told.
var tokens = regexp.MustCompile(`^(.+)@([1-9]\d{0,8})$`)

func (r readSide) comes(ctx context.Context, token string) error {
	if token == "" {
		return nil
	}
	named := tokens.FindStringSubmatch(token)
	if named == nil {
		return fmt.Errorf("%w: this is no token", kit.ErrBadRequest)
	}
	version, _ := strconv.Atoi(named[2])
	limit := time.NewTimer(r.wait)
	defer limit.Stop()
	for {
		// Whatever is folded from here on wakes it: nothing can come between the look and the wait.
		next := r.follower.nextFold()
		has, err := hasSeen(ctx, r.pool, named[1], version)
		if err != nil || has {
			return err
		}
		select {
		case <-next:
		case <-limit.C:
			return fmt.Errorf("%w: what the token names did not come within %v", errRefused, r.wait)
		}
	}
}
