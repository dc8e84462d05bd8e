# Brings PHP and its linter with Debian's packages, where they are missing.
set -e
if ! command -v php || ! command -v phpcs || ! php -m | grep -q curl; then
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends php-cli php-curl php-codesniffer
fi
