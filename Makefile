# Every target a contributor needs; CI calls the same ones.
SHELL := bash
GO ?= go
export GOTOOLCHAIN ?= local
export GOFLAGS ?= -buildvcs=false

.PHONY: help run build test quick generate golden bench nightly fuzz crash orca quality model clean

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: ## the site with demonstration data on http://127.0.0.1:8080
	$(GO) run ./cmd/avow serve --demo

# Pages and operations are called once each: copies of them inside their callers
# (inlining) make the program 2.5 MB larger and nothing faster.
build: ## build/avow, one static binary
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags '-s -w' -gcflags='avow/internal/web/...=-l' -gcflags='avow/internal/api=-l' \
		-gcflags='github.com/danielgtaylor/huma/...=-l' -o build/avow ./cmd/avow

test: ## install what the tests need and run them all, as CI does
	scripts/test

quick: ## Go tests without the race detector, PostgreSQL and the browser
	$(GO) vet ./... && $(GO) test ./...

generate: ## write the generated files anew
	$(GO) generate ./...

golden: ## write the golden files anew; look at the difference before you commit it
	$(GO) test ./internal/server -run PermissionsSay -update
	$(GO) test ./internal/api ./internal/store ./internal/demo -update

bench: build ## measure the promises of speed and size: id value unit pass|fail
	$(GO) run ./internal/bench -avow build/avow

quality: ## measure how well tags are suggested, on members not seen, beside two baselines
	$(GO) run ./internal/quality

model: ## learn the shipped model anew from ../shared/data/ogp
	$(GO) run ./internal/quality -model internal/tagging/shipped.model

fuzz: ## each fuzz target for a minute
	scripts/fuzz 60s

crash: build ## 200 kills in the middle of writing, on both databases
	scripts/crash 200

orca: build ## what a person hears with a screen reader, held against e2e/orca/*.txt
	scripts/orca

nightly: ## what is too long for every change: 100,000 changes of the taxonomy, fuzzing, crashes, missing routes, benchmarks
	scripts/test && AVOW_TEST_SEQUENCES=100000 $(GO) test -count=1 -timeout 1h ./internal/taxonomy && scripts/mutate-routes && scripts/fuzz 10m && scripts/crash 1000 && $(MAKE) orca && $(MAKE) bench

clean: ## remove what was built
	rm -rf build
