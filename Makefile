# Only Go is needed. Other toolchains prove outputs where they are installed; with CI=true a missing one is an error.

.PHONY: generate test bench

generate:
	go run ./cmd/errgen generate

test:
	go vet ./...
	go test -timeout 30m ./...
	cd golden && go vet ./... && go test -count=1 -timeout 30m ./...
	go run ./cmd/errgen generate --check
	go run ./cmd/errgen lint
	@if git rev-parse --quiet --verify HEAD >/dev/null 2>&1; then \
		echo "go run ./cmd/errgen breaking --against HEAD"; go run ./cmd/errgen breaking --against HEAD; \
	else \
		echo "There is no git history: errgen breaking has nothing to compare with."; \
	fi

bench:
	cd golden && go run ./bench
