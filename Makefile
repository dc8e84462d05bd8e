# Only Go is needed. Other toolchains prove outputs where they are installed; with CI=true a missing one is an error.

.PHONY: generate test bench

generate:
	go run ./cmd/errgen generate

test:
	go vet ./...
	go test ./...
	cd golden && go vet ./... && go test ./...
	go run ./cmd/errgen generate --check

bench:
	cd golden && go run ./bench
