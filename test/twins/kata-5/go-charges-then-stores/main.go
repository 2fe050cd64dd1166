// Command pay charges in one transaction and stores the key in another: whoever dies in between
// charges again.
package main

import (
	"context"
	"net/http"
	"sync"

	"plan-lab/twin"
)

var underWay sync.Map

func main() {
	twin.Serve(`SELECT 1`, func(ctx context.Context, till twin.Till, payment twin.Payment) (twin.Answer, error) {
		name := [2]string{payment.Client, payment.Key}
		if _, isTaken := underWay.LoadOrStore(name, true); isTaken {
			return twin.Problem(http.StatusConflict), nil
		}
		defer underWay.Delete(name)
		answer, found, err := till.Find(ctx, till.Pool, payment)
		if err != nil || found {
			return answer, err
		}
		if answer, err = twin.Charge(ctx, till.Pool, payment); err != nil {
			return answer, err
		}
		return answer, twin.Store(ctx, till.Pool, payment, answer)
	})
}
