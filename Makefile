# Short names for what is done here. `make` alone lists them; every one installs what it needs first.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.NOTPARALLEL:
.SUFFIXES:

PUNTUAL := build/release/puntual
PLAYWRIGHT := 1.65.1
AXE := 4.14.1
SEED ?= 1
DAYS ?= 30
SEEDS ?= 200
TALK_SEEDS ?= 20
JOBS ?= $(shell nproc)
CYCLES ?= 1000
SECONDS ?= 60
# What `format` and `tidy` look at: the sources that differ from main, or FILES="…".
FILES ?= $(shell git diff --name-only --diff-filter=d main -- '*.cpp' '*.h' 2>/dev/null)

.PHONY: help deps web build test demo browser dev sim sim-many faults golden bench asan tsan fuzz format tidy

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

deps: ## Install what is missing to build and test (Debian packages; asks sudo if not root)
	@tools/install_deps.sh

web: | deps ## Build the web application, which becomes part of the binary
	@tools/build_web.sh

build: web build/release/build.ninja ## Build build/release/puntual
	@cmake --build --preset release --target puntual

test: web build/release/build.ninja ## Build and run all tests; the parsers' corpus and the door's threads under sanitizers as well
	@[ ! -d build/web/dist ] || npm test --prefix web --silent
	@cmake --build --preset release
	@[ -f build/parsers/build.ninja ] || cmake --preset parsers --log-level=WARNING
	@cmake --build --preset parsers
	@LSAN_OPTIONS=suppressions=tests/sanitizers/lsan.txt build/parsers/parsers --gtest_brief=1
	@[ -f build/threads/build.ninja ] || cmake --preset threads --log-level=WARNING
	@cmake --build --preset threads
	@TSAN_OPTIONS=halt_on_error=1 build/threads/test_http --gtest_brief=1
	@ctest --preset release

demo: build ## Build and run the demonstration: sandbox, sample portfolio, a page to open
	@$(PUNTUAL) demo

browser: build ## Try the application, the demonstration and the payer's page in Chromium; pictures in build/screenshots
	@tools/install_deps.sh browser
	@[ -d build/browser/node_modules/axe-core ] || npm install --silent --no-audit --no-fund --prefix build/browser playwright-core@$(PLAYWRIGHT) axe-core@$(AXE)
	@PUNTUAL=$(PUNTUAL) node --test tests/browser/

dev: build/dev/build.ninja ## Debug build and its tests, quick to build again
	@cmake --build --preset dev
	@ctest --preset dev

sim: build/release/build.ninja ## Replay one simulated seed, told line by line: SEED=1 DAYS=30; TALK=1: with people who talk
	@cmake --build --preset release --target tests_simulation
	@PUNTUAL_SEED=$(SEED) PUNTUAL_DAYS=$(DAYS) PUNTUAL_TALK=$(TALK) PUNTUAL_TRACE=1 build/release/tests_simulation --gtest_filter=Simulation.Replay

sim-many: build/release/build.ninja ## Simulate many seeds from SEED on, and count: SEEDS=200 DAYS=30 JOBS=2 TALK_SEEDS=20
	@cmake --build --preset release --target tests_simulation
	@PUNTUAL_SEED=$(SEED) PUNTUAL_SEEDS=$(SEEDS) PUNTUAL_DAYS=$(DAYS) PUNTUAL_TALK_SEEDS=$(TALK_SEEDS) PUNTUAL_JOBS=$(JOBS) build/release/tests_simulation --gtest_filter=Simulation.HoldsItsInvariants*

faults: build/release/build.ninja ## Kill the real process again and again: CYCLES=1000
	@cmake --build --preset release --target tests_faults puntual
	@PUNTUAL_FAULT_CYCLES=$(CYCLES) build/release/tests_faults --gtest_filter='*Death*'

golden: build/release/build.ninja ## Write the golden files of tests/golden anew; review them with git diff
	@cmake --build --preset release
	@PUNTUAL_WRITE_GOLDEN=1 build/release/test_core --gtest_filter="*ReadAsReviewed*"
	@git --no-pager diff --stat -- tests/golden

bench: build/release/build.ninja ## Measure; BENCH=name runs one, N=size sets its size
	@cmake --build --preset release --target bench
	@tools/run_benches.sh build/release "$(BENCH)" "$(N)"

asan: model build/asan/build.ninja ## All tests with the address and undefined-behaviour sanitizers
	@cmake --build --preset asan
	@ctest --preset asan

tsan: model build/tsan/build.ninja ## All tests with the thread sanitizer
	@cmake --build --preset tsan
	@ctest --preset tsan

fuzz: model | deps-fuzz build/fuzz/build.ninja ## Fuzz one parser: TARGET=phone SECONDS=60; all of tests/fuzz without TARGET
	@cmake --build --preset fuzz --target fuzz
	@tools/run_fuzz.sh build/fuzz/fuzz $(SECONDS) $(TARGET)

# Sanitizers take the release build's model of intents: they would train one of their own for minutes.
.PHONY: model
model: build/release/build.ninja
	@cmake --build --preset release --target generated/intent_model.bin

.PHONY: deps-fuzz
deps-fuzz:
	@tools/install_deps.sh fuzz

format: ## Format what differs from main; FILES="…" formats those
	@tools/install_deps.sh format
	@[ -z "$(FILES)" ] || clang-format -i $(FILES)

tidy: build/dev/build.ninja ## Run clang-tidy on what differs from main; FILES="…" checks those
	@tools/install_deps.sh tidy
	@sources='$(filter %.cpp,$(FILES))'; [ -z "$$sources" ] || clang-tidy-19 --quiet -p build/dev $$sources

# Configures once; later CMake looks by itself whether its own files have changed.
build/%/build.ninja: CMakeLists.txt CMakePresets.json | deps
	@cmake --preset $* --log-level=WARNING
	@touch $@
