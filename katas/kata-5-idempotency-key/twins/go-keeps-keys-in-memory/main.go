// Command pay keeps its keys in a map: right in every way until the process ends.
package main

import (
	"context"
	"net/http"
	"sync"
	"time"

	"plan-lab/twin"
)

type kept struct {
	payment twin.Payment
	answer  twin.Answer
	at      time.Time
}

var (
	lock sync.Mutex
	keys = map[[2]string]kept{}
)

func main() {
	twin.Serve(`SELECT 1`, func(ctx context.Context, till twin.Till, payment twin.Payment) (twin.Answer, error) {
		lock.Lock()
		defer lock.Unlock()
		name := [2]string{payment.Client, payment.Key}
		if before, known := keys[name]; known && time.Since(before.at) < till.TTL {
			if !before.payment.Same(payment) {
				return twin.Problem(http.StatusUnprocessableEntity), nil
			}
			return before.answer, nil
		}
		begun := time.Now()
		answer, err := twin.Charge(ctx, till.Pool, payment)
		if err == nil {
			keys[name] = kept{payment, answer, begun}
		}
		return answer, err
	})
}
