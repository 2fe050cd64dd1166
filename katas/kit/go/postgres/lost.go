package postgres

import (
	"errors"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
)

// IsSessionLost tells a broken session from what would fail again however often it is tried: a column
// that does not fit, a limit on time. Where it broke at a COMMIT nobody knows whether that went through.
func IsSessionLost(err error) bool {
	var failure *pgconn.PgError
	if !errors.As(err, &failure) {
		var network *net.OpError
		return pgconn.SafeToRetry(err) || errors.As(err, &network) ||
			errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed)
	}
	// 08: connection exception. 57P01 to 57P03: the server ends the session, or only just starts.
	for _, class := range []string{"08", "57P01", "57P02", "57P03"} {
		if strings.HasPrefix(failure.Code, class) {
			return true
		}
	}
	return false
}
