module unleash-invite

go 1.26.0

ignore ./e2e/node_modules
