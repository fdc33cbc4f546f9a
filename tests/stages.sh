# SPDX-License-Identifier: Apache-2.0 OR MIT
# shellcheck shell=bash disable=SC2086,SC2154
# What `./run test`, `coverage` and `ci` are made of; sourced by run, which
# brings build, conformance, sources and $python.
passed=0 failed=0

# count NAME COMMAND...: runs a runner and adds what it counted. A runner that
# dies, or that ran nothing, is itself a failure.
count() {
  local name=$1 log="build/log/$1.log" start=$SECONDS status=0 line p=0 f=0
  shift
  mkdir -p build/log
  "$@" >"$log" 2>&1 || status=$?
  line=$(grep -E '^([a-z_ -]+: )?[0-9]+ passed, [0-9]+ failed' "$log" |
    tail -n 1) || true
  if [[ "$line" =~ ([0-9]+)\ passed,\ ([0-9]+)\ failed ]]; then
    p=${BASH_REMATCH[1]} f=${BASH_REMATCH[2]}
  fi
  if [ "$f" -eq 0 ] && { [ "$p" -eq 0 ] || [ "$status" -ne 0 ]; }; then f=1; fi
  tally "$name" "$p" "$f" "$start" "$log"
}

# gate NAME COMMAND...: a step that holds or does not; counts as one.
gate() {
  local name=$1 log="build/log/$1.log" start=$SECONDS status=0
  shift
  mkdir -p build/log
  "$@" >"$log" 2>&1 || status=1
  tally "$name" "$((1 - status))" "$status" "$start" "$log"
}

# tally NAME PASSED FAILED START LOG: adds up; shows what a reader must see.
tally() {
  passed=$((passed + $2)) failed=$((failed + $3))
  [ "$3" -eq 0 ] || tail -n 60 "$5"
  grep -E '^(note|warning):' "$5" || true
  echo "  $1: $2 passed, $3 failed, $((SECONDS - $4)) s"
}

# finish: the one closing line; the status says the same.
finish() {
  echo "$passed passed, $failed failed"
  [ "$failed" -eq 0 ]
}

# runners PRESET: those that drive the programs of one build.
runners() {
  count "unit-$1" $python tests/unit/run.py "build/$1"
  count "cli-$1" $python tests/cli/run.py "build/$1/bin/erofs-ref"
  count "conformance-$1" conformance "$1"
  count "replay-$1" $python fuzz/replay.py "build/$1/bin"
}

stage_test() {
  gate build-dev build dev
  runners dev
  count spec $python tests/spec/run.py
  count architecture $python tests/architecture/run.py
}

trace() {
  local info=build/coverage/reference.info rc="lcov_branch_coverage=1"
  lcov -q --rc $rc --capture --no-external --base-directory . \
    --directory build/coverage --output-file build/coverage/all.info &&
    lcov -q --rc $rc --extract build/coverage/all.info "$PWD/reference/*" \
      --output-file $info &&
    genhtml -q --branch-coverage --output-directory build/coverage $info &&
    $python tests/coverage.py $info 90
}

stage_coverage() {
  gate build-coverage build coverage
  find build/coverage -name '*.gcda' -delete
  runners coverage
  count coverage trace
  grep -E ' lines +[0-9]' build/log/coverage.log || true
}

formatted() { sources | xargs clang-format --dry-run -Werror; }

lint() { run-clang-tidy -quiet -p build/clang "$PWD/reference/.*\.cpp$"; }

stage_ci() {
  gate format formatted
  stage_test
  gate build-asan build asan
  runners asan
  gate build-clang build clang
  stage_coverage
  gate lint lint
}
