package main

import (
	"context"
	"sync"

	"plan-lab/twin"
)

// Knows the ids that it has done, until it is started anew.
func main() {
	var lock sync.Mutex
	known := map[string]twin.Transfer{}
	steps := twin.Honest()
	steps.Recorded = func(_ context.Context, _ twin.Queries, wanted twin.Transfer) (twin.Status, error) {
		lock.Lock()
		defer lock.Unlock()
		before, found := known[wanted.ID]
		switch {
		case !found:
			known[wanted.ID] = wanted
			return 0, nil
		case before == wanted:
			return twin.Done, nil
		default:
			return twin.Reused, nil
		}
	}
	steps.Debit = func(ctx context.Context, db twin.Queries, wanted twin.Transfer) (bool, error) {
		taken, err := twin.Debit(ctx, db, wanted)
		if !taken || err != nil {
			lock.Lock()
			defer lock.Unlock()
			delete(known, wanted.ID)
		}
		return taken, err
	}
	steps.Credit = func(ctx context.Context, db twin.Queries, wanted twin.Transfer) error {
		err := twin.Credit(ctx, db, wanted)
		if err != nil {
			lock.Lock()
			defer lock.Unlock()
			delete(known, wanted.ID)
		}
		return err
	}
	steps.Record = func(ctx context.Context, db twin.Queries, wanted twin.Transfer) error {
		_, err := db.Exec(ctx, `INSERT INTO transfers (id, payer, payee, amount) VALUES ($1, $2, $3, $4)
			ON CONFLICT DO NOTHING`, wanted.ID, wanted.From, wanted.To, wanted.Amount)
		return err
	}
	twin.Serve(steps.InTransaction, true)
}
