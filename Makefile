# Only Go is needed. Other toolchains prove outputs where they are installed; with CI=true a missing one is an error.
# The last line of `make test` says what was not proven on this machine.

SKIPPED := $(CURDIR)/golden/.skipped
PROOF := go run -C golden ./proof

.PHONY: generate test bench

generate:
	go run ./cmd/errgen generate

test:
	@rm -f $(SKIPPED)
	go vet ./...
	go test -json -timeout 60m ./... | $(PROOF) note $(SKIPPED)
	cd golden && go vet ./...
	cd golden && go test -json -count=1 -timeout 60m ./... | go run ./proof note $(SKIPPED)
	go run ./cmd/errgen generate --check
	go run ./cmd/errgen lint
	@if git rev-parse --quiet --verify HEAD >/dev/null 2>&1; then \
		echo "go run ./cmd/errgen breaking --against HEAD"; go run ./cmd/errgen breaking --against HEAD; \
	else \
		echo "There is no git history: errgen breaking has nothing to compare with."; \
	fi
	@$(PROOF) tell $(SKIPPED)

bench:
	cd golden && go run ./bench
