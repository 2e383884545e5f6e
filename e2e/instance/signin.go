package instance

import (
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
)

// setPasswordSignIn writes the setting as Unleash keeps it. The open-source server reads it and has no call that changes it.
//
//nolint:gosec // It holds no password.
const setPasswordSignIn = `
const { Client } = require(process.argv[1]);
(async () => {
	const db = new Client({ connectionString: process.env.DATABASE_URL });
	await db.connect();
	await db.query("INSERT INTO settings (name, content) VALUES ('unleash.auth.simple', $1) ON CONFLICT (name) DO UPDATE SET content = $1",
		[JSON.stringify({ disabled: process.argv[2] === 'off' })]);
	await db.end();
})().catch((e) => { console.error(e.message); process.exit(1); });
`

// SetPasswordSignIn switches signing in with a password on or off.
func (i *Instance) SetPasswordSignIn(ctx context.Context, on bool) error {
	ctx, cancel := context.WithTimeout(ctx, startTime)
	defer cancel()
	state := "off"
	if on {
		state = "on"
	}
	pg := filepath.Join(i.release.modules, "pg")
	node := exec.CommandContext(ctx, i.release.node(), "-e", setPasswordSignIn, pg, state) //nolint:gosec // The instance's own.
	node.Env = []string{"DATABASE_URL=" + i.database.url}
	if out, err := node.CombinedOutput(); err != nil {
		return fmt.Errorf("password sign-in could not be switched %s: %w; the database says: %s", state, err, out)
	}
	return nil
}
