# Ruby 3.1 and RuboCop 1.39, as Debian 12 has them.
set -e
for program in ruby rubocop; do
  if ! command -v $program > /dev/null; then
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends $program
  fi
done
