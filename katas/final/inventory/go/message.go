package main

import (
	"encoding/json"
	"errors"
	"math"
	"strings"
)

// order is what every message of the shop tells: the order, as it was placed.
type order struct {
	Order    string `json:"order"`
	Customer string `json:"customer"`
	SKU      string `json:"sku"`
	Quantity int    `json:"quantity"`
	Amount   int    `json:"amount"`
	Address  string `json:"address"`
}

// readOrder leaves alone the fields of a newer version. It refuses what the database can never store:
// it would be offered again for ever.
func readOrder(body []byte) (read order, err error) {
	if err := json.Unmarshal(body, &read); err != nil {
		return read, err
	}
	isOrder := isText(read.Order) && isText(read.Customer) && isText(read.SKU) && isText(read.Address) &&
		isCount(read.Quantity) && isCount(read.Amount)
	if !isOrder {
		return read, errors.New("the body is no order")
	}
	return read, nil
}

// isText: PostgreSQL stores no text with a zero in it.
func isText(text string) bool { return text != "" && !strings.ContainsRune(text, 0) }

// isCount: PostgreSQL's integer ends at 2^31 − 1.
func isCount(number int) bool { return number >= 1 && number <= math.MaxInt32 }

func orderOf(message order) string { return message.Order }
