package client

import (
	"context"
	"time"
)

// JoinTimes tells when people joined, by their user id: when their accounts were
// made. GET /api/admin/user-admin.
func (c *Client) JoinTimes(ctx context.Context) (map[int64]time.Time, error) {
	accounts, err := c.Accounts(ctx)
	if err != nil {
		return nil, err
	}
	times := make(map[int64]time.Time, len(accounts.All))
	for _, a := range accounts.All {
		times[a.ID] = a.CreatedAt
	}
	return times, nil
}
