# SPDX-License-Identifier: Apache-2.0 OR MIT
# shellcheck shell=bash disable=SC2086,SC2154
# What `./run test`, `coverage` and `ci` are made of.
passed=0 failed=0
mkdir -p build/log

# count NAME COMMAND...: runs a runner and adds what it counted. A runner that
# dies, or that ran nothing, is itself a failure.
count() {
  local name=$1 log="build/log/$1.log" start=$SECONDS status=0 line p=0 f=0
  shift
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

# The one closing line; the status says the same.
finish() { echo "$passed passed, $failed failed" && [ "$failed" -eq 0 ]; }

# A sanitizer's complaint must not look like a verdict, which exits 1.
export ASAN_OPTIONS="exitcode=99:allocator_may_return_null=0"
export UBSAN_OPTIONS="exitcode=99:print_stacktrace=1"

# judge NAME PRESET [OPTION]...: the reference as reader and as checker.
judge() {
  local name=$1 preset=$2 mode
  shift 2
  export EROFS_REF="$PWD/build/$preset/bin/erofs-ref"
  for mode in reader checker; do
    count "$name-$mode-$preset" "build/$preset/bin/erofs-conformance" \
      $mode conformance/adapters/reference "$@"
  done
}

# images PRESET: what other tools wrote, and what this kernel makes of it.
images() {
  judge images "$1" --index corpus/images/index.tsv
  count "mount-$1" "build/$1/bin/erofs-conformance" mount \
    conformance/adapters/linux --index corpus/images/index.tsv
  count "kernel-$1" $python conformance/kernel/differential.py "$EROFS_REF"
  count "extraction-$1" $python conformance/kernel/extraction.py "$EROFS_REF"
  count "writer-$1" $python conformance/kernel/writer.py "$EROFS_REF"
}

# runners PRESET: those that drive the programs of one build.
runners() {
  count "unit-$1" $python tests/unit/run.py "build/$1"
  count "cli-$1" $python tests/cli/run.py "build/$1/bin/erofs-ref"
  judge vectors "$1"
  count "replay-$1" $python fuzz/replay.py "build/$1/bin"
}

stage_conformance() {
  gate build-release build release && judge vectors release && images release
}

stage_test() {
  gate build-dev build dev
  runners dev
  images dev
  count spec $python tests/spec/run.py
  count runner $python conformance/runner/selftest.py build/dev
  count guest $python conformance/kernel/guest_selftest.py
  count mutate $python conformance/mutate/selftest.py build/dev/bin/erofs-ref
  count architecture $python tests/architecture/run.py
}

trace() {
  local out=build/coverage rc="lcov_branch_coverage=1"
  local info=$out/reference.info all=$out/all.info
  lcov -q --rc $rc --capture --no-external --base-directory . \
    --directory $out/reference --output-file $all &&
    lcov -q --rc $rc --extract $all "$PWD/reference/*" --output-file $info &&
    genhtml -q --branch-coverage --output-directory $out $info &&
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

# lint [ROOMS]: all, or those that match; CLI11 costs cli 40 seconds a file.
lint() {
  run-clang-tidy -quiet -p build/clang "$PWD/reference/${1:-.*}/.*\.cpp$"
}

stage_ci() {
  gate format formatted
  stage_test
  gate build-asan build asan && runners asan
  gate build-clang build clang
  stage_coverage
  gate lint lint "(?!cli/)[a-z]+"
}
