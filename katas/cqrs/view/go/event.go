package main

import (
	"encoding/json"
	"math"
	"strings"
)

// event is what the write side tells of an order: all of it, as it stands with this version.
type event struct {
	messageID string
	name      string
	status    string
	Order     string `json:"order"`
	Version   int    `json:"version"`
	Customer  string `json:"customer"`
	Amount    int    `json:"amount"`
}

var statuses = map[string]string{"OrderCreated": "OPEN", "OrderChanged": "OPEN", "OrderCancelled": "CANCELLED"}

// readEvent refuses what is no event of an order: a stream keeps it for ever, so it is passed over.
func readEvent(name, messageID string, body []byte) (read event, is bool) {
	status, known := statuses[name]
	if !known || messageID == "" || json.Unmarshal(body, &read) != nil {
		return read, false
	}
	read.messageID, read.name, read.status = messageID, name, status
	return read, isName(read.Order) && isName(read.Customer) && isCount(read.Version) && isCount(read.Amount)
}

// isName: PostgreSQL stores no text with a zero in it.
func isName(text string) bool { return text != "" && !strings.ContainsRune(text, 0) }

// isCount: PostgreSQL's integer ends at 2^31 − 1.
func isCount(number int) bool { return number >= 1 && number <= math.MaxInt32 }
