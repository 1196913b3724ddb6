# shellcheck shell=sh
# SPDX-License-Identifier: MIT
# Sourced by the launcher when something is missing or old. One process at a time gets past the
# lock; what the others waited for they find done.
# shellcheck disable=SC2015 # A && B || fail: fail ends the process, and is for A and B alike

: "${root:?}" "${state:?}" # from the launcher

say() { printf '%s\n' "$*" >&2; }

fail() { # what happened, why, what to do next
  printf 'error: %s\n  why: %s\n  next: %s\n' "$1" "$2" "$3" >&2
  exit 3
}

# Whether system packages may be installed: asked on a terminal; elsewhere --yes or root says so.
may_install() {
  case " $arguments " in *' --yes '* | *' -y '*) return 0 ;; esac
  if [ -t 0 ] && [ -t 2 ] && [ -z "${CI:-}" ]; then
    printf 'Install %s with apt-get now? [Y/n] ' "$1" >&2
    read -r answer
    case $answer in '' | [Yy]*) return 0 ;; *) return 1 ;; esac
  fi
  [ "$(id -u)" -eq 0 ]
}

as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi; }

install_npm() {
  found="the Node.js here: $(node --version 2>/dev/null || echo none), and there is no npm to fetch another with"
  command -v apt-get >/dev/null ||
    fail 'Node.js 20.19 or later is missing' "$found" 'install it (before 25) with npm, then run this again'
  may_install npm ||
    fail 'Node.js 20.19 or later is missing' "$found" 'run this again with --yes, or: apt-get install npm'
  say 'Installing npm with apt-get, to fetch Node.js 20'
  as_root apt-get update -q >&2 &&
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends npm >&2 ||
    fail 'apt-get could not install npm' 'its own words are above' 'check the network and the apt sources, then run this again'
}

# A pinned Node.js and npm, their checksums in tools/node/package-lock.json, for machines whose own
# are too old. Made beside its place and renamed, so that half of it is never used.
make_node() {
  command -v npm >/dev/null || install_npm
  say 'Installing Node.js 20 into the state folder'
  making=$state/node.new
  rm -rf "$making"
  mkdir -p "$making"
  cp "$root/tools/node/package.json" "$root/tools/node/package-lock.json" "$making/"
  # The machine's npm may be one that does not link the commands of platform packages.
  (
    cd "$making" && npm ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error >&2 &&
      ln -sf "../$(cd node_modules && echo node-linux-*)/bin/node" node_modules/.bin/node
  ) ||
    fail 'npm could not install Node.js 20' 'its own words are above' 'check the network and the disk, then run this again'
  rm -rf "$state/node"
  mv "$making" "$state/node"
}

# The state folder may be shared with other clones, which have locks of their own: one that runs is
# not replaced.
install_node() {
  mkdir -p "$state" 2>/dev/null && [ -w "$state" ] ||
    fail "the state folder $state cannot be written" 'Node.js 20 is to be installed there' \
      'name a writable folder with UIO_MSI_STATE'
  exec 8>>"$state/node.lock"
  flock -n 8 || { say 'Another run is installing Node.js: waiting for it' && flock 8; }
  right_node "$state/node/node_modules/.bin/node" || make_node
  exec 8>&-
  PATH=$state/node/node_modules/.bin:$PATH
  right_node node ||
    fail 'the Node.js just installed does not run' "$(node --version 2>&1)" \
      'install Node.js 20.19 or later (before 25) yourself, then run this again'
}

install_packages() {
  command -v npm >/dev/null || install_node
  say 'Installing the JavaScript packages (once, half a minute)'
  rm -f "$root/node_modules/.installed-lock"
  (cd "$root" && npm ci --no-update-notifier >&2) ||
    fail 'npm ci failed' 'its own words are above' 'check the network and the disk, then run this again'
  cp "$root/package-lock.json" "$root/node_modules/.installed-lock.new"
  mv "$root/node_modules/.installed-lock.new" "$root/node_modules/.installed-lock"
}

bundle_script() { (cd "$root/$1" && node --import "$root/tools/register.mjs" scripts/bundle.ts >/dev/null); }

bundle_command() {
  say 'Bundling the command'
  touch "$root/node_modules/.bundled.new"
  bundle_script conformance && bundle_script packages/cli ||
    fail 'the command could not be bundled' 'the errors of the bundler are above' \
      'correct the source it names, then run this again'
  mv "$root/node_modules/.bundled.new" "$root/node_modules/.bundled"
}

arguments=$*
[ -w "$root" ] || fail "the checkout $root cannot be written" 'its packages are to be installed there' \
  'make it writable, or clone into a folder that is'
[ "$(df -Pk "$root" | awk 'NR == 2 { print $4 }')" -ge 1048576 ] ||
  fail "less than 1 GiB is left for $root" 'the JavaScript packages are to be installed there' 'free some space'

exec 9<"$root/package-lock.json"
flock -n 9 || { say 'Another run is installing: waiting for it' && flock 9; }
right_node node || install_node
installed || install_packages
bundled || bundle_command
exec 9<&-
