package main

import (
	"encoding/json"
	"errors"
	"math"
	"strings"
)

// asked is an order as a client places it.
type asked struct {
	Customer string `json:"customer"`
	SKU      string `json:"sku"`
	Quantity int    `json:"quantity"`
	Amount   int    `json:"amount"`
	Address  string `json:"address"`
}

// told is what every message tells: the order, as it was placed.
type told struct {
	Order string `json:"order"`
	asked
	// Of ParcelBooked.
	Tracking string `json:"tracking,omitempty"`
	// Of OrderRejected.
	Reason string `json:"reason,omitempty"`
}

// readTold leaves alone the fields of a newer version.
func readTold(body []byte) (read told, err error) {
	if err := json.Unmarshal(body, &read); err != nil {
		return read, err
	}
	if !isText(read.Order) || !read.isOrder() {
		return read, errors.New("the body is no order")
	}
	return read, nil
}

func orderOf(message told) string { return message.Order }

// asPlaced is without what a reply adds.
func (t told) asPlaced() told { return told{Order: t.Order, asked: t.asked} }

// isOrder refuses what the database can never store: it would be offered again for ever.
func (a asked) isOrder() bool {
	return isText(a.Customer) && isText(a.SKU) && isText(a.Address) && isCount(a.Quantity) && isCount(a.Amount)
}

// isText: PostgreSQL stores no text with a zero in it.
func isText(text string) bool { return text != "" && !strings.ContainsRune(text, 0) }

// isCount: PostgreSQL's integer ends at 2^31 − 1.
func isCount(number int) bool { return number >= 1 && number <= math.MaxInt32 }
