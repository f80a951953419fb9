# Waybill's chores. `make` alone lists them.
SHELL := /bin/bash
PREFIX ?= /usr/local
DESTDIR ?=
SANDBOX ?= .tmp/sandbox
ROUNDS ?= 2000
SWIFT_FLAGS := --force-resolved-versions
RELEASE_FLAGS := $(SWIFT_FLAGS) --configuration release --static-swift-stdlib --product waybill
share := $(DESTDIR)$(PREFIX)/share/waybill

.PHONY: help build test check demo bench torture install pin clean dependencies test-dependencies

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 12

build: dependencies ## build the program for release: .build/release/waybill
	swift build $(RELEASE_FLAGS)

test: test-dependencies ## run every test, on the debug build
	swift test $(SWIFT_FLAGS) --disable-xctest

check: test-dependencies ## format, declared imports, pinned dependencies, the sandbox's own tests
	scripts/check

demo: dependencies ## make a world in .tmp/sandbox and deliver its first task there
	swift build $(SWIFT_FLAGS) --product waybill
	rm -rf $(SANDBOX)
	"$$(swift build $(SWIFT_FLAGS) --show-bin-path)/waybill" sandbox $(SANDBOX)

bench: build ## measure start, loop, memory, redactor, rules, ledger and status on the release build
	swift build $(SWIFT_FLAGS) --configuration release --static-swift-stdlib --product redaction-bench
	swift build $(SWIFT_FLAGS) --configuration release --static-swift-stdlib --product rules-bench
	swift build $(SWIFT_FLAGS) --configuration release --static-swift-stdlib --product ledger-bench
	scripts/bench .build/release
	scripts/bench-replay .build/release/waybill .build/release/ledger-bench
	scripts/bench-audit .build/release/waybill .build/release/ledger-bench
	scripts/bench-verify .build/release/waybill .build/release/ledger-bench
	scripts/bench-keep .build/release/waybill .build/release/ledger-bench
	swift build $(SWIFT_FLAGS) --configuration release --static-swift-stdlib --product git-bench
	scripts/bench-git .build/release/git-bench
	scripts/bench-scan .build/release/waybill
	swift build $(SWIFT_FLAGS) --configuration release --static-swift-stdlib --product check-bench
	scripts/bench-check .build/release/waybill .build/release/check-bench

torture: dependencies ## kill deliveries at every point, at pairs of points and at random (takes hours); ROUNDS=2000
	swift build $(SWIFT_FLAGS) --configuration release --product torture
	swift build $(SWIFT_FLAGS) --configuration release --product waybill-crashing
	.build/release/torture --pairs --random $(ROUNDS)

install: ## copy what was built to PREFIX (default /usr/local; DESTDIR is honoured)
	@test -x .build/release/waybill || { echo 'nothing is built yet; run "make build" first' >&2; exit 1; }
	install -d "$(DESTDIR)$(PREFIX)/bin" "$(share)/Examples"
	install -s -m 755 .build/release/waybill "$(DESTDIR)$(PREFIX)/bin/waybill"
	rm -rf "$(share)/tasks" "$(share)/validations" "$(share)/Examples/sandbox"
	cp -R tasks validations "$(share)/"
	cp -R Examples/sandbox "$(share)/Examples/"
	find "$(share)" -name __pycache__ -prune -exec rm -rf {} +

pin: ## resolve the dependencies anew and pin them by tag and tree
	scripts/pin

clean: ## remove what was built and made
	rm -rf .build .tmp

dependencies:
	@scripts/dependencies

test-dependencies:
	@scripts/dependencies --tests
